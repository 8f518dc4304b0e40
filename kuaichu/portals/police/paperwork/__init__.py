"""The papers of a case: those there are, and asking for more."""
