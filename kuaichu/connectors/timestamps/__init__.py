"""Time-stamp authorities, by name."""
