"""The API of the parties of an accident."""
