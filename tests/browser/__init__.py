"""The whole story in a real browser."""
