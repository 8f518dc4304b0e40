"""Text messages to people's phones."""
