"""The ground of a sketch: form of the place, roads, lines, signs."""
