"""The dispute bundle: one file with everything a court or a journalist needs to check a case without us."""
