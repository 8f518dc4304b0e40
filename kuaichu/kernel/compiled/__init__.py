"""Statements and rows without the ORM's ceremony: what it would decide every time is decided once."""
