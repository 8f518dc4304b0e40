"""Papers that wait to be handed over, and what became of those that were served."""
