"""Kuaichu 快处快赔: the open system a city runs for minor road accidents."""

__version__ = "0.1.0"
