"""What follows from what is noticed about an accident: people look, money waits, everybody is told."""
