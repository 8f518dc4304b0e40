"""Photographs that look alike. Only a worker of the lane `vision` makes an adapter that needs its extra."""
