"""Seals of police units, by name."""
