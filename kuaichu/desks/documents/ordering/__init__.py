"""Papers that somebody asks for: what has to be told, who may ask, and who may read what comes of it."""
