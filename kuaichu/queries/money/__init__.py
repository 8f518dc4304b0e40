"""Questions about money between insurers, parties and the bank."""
