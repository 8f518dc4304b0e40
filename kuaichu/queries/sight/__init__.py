"""What was read in photographs, for parties and officers."""
