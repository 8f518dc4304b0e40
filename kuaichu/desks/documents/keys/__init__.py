"""The keys that sign papers: which are in use, and how they are replaced."""
