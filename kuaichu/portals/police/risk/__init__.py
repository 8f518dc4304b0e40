"""Accidents that somebody looks at."""
