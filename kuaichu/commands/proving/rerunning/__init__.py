"""Checking a dispute bundle without the installation that made it."""
