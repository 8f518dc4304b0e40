"""Reads about people at the scene: their tasks, who comes to a case, identity cards, records of scenes."""
