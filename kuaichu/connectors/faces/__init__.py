"""Faces in photographs. Only a worker of the lane `vision` makes an adapter that needs its extra."""
