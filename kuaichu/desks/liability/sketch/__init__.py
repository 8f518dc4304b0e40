"""The sketch of an accident, drawn from its facts: pure, the same bytes for the same facts."""

from ..vocabulary import RoadForm
from .bodies import Shape
from .conflicts import conflicts
from .drawing import draw

__all__ = ["RoadForm", "Shape", "conflicts", "draw"]
