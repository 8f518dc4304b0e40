"""What was noticed about an accident, and what the party says to it."""
