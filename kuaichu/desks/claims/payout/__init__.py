"""Who pays what after an accident, as pure arithmetic: see `computing.compute`."""
