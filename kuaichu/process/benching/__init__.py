"""What follows from what officers decide besides liability."""
