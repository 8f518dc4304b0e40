"""Recourse: paying first and getting it back, bills paid first, claims refused."""
