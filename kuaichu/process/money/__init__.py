"""What follows from the money's facts: between insurers, with the bank, and towards those who wait for it."""
