"""Somebody looks at an accident before anything more is decided by a machine."""
