"""When a party is asked for more, or does not agree: photographs wanted, objection, review."""
