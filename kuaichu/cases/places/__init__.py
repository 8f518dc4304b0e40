"""Where it happened: maps' datums, and what a place is in the eyes of the law."""
