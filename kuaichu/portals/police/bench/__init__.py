"""Other ways out of the bench: more evidence, other endings, own opinions, corrections."""
