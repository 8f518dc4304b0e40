"""Pictograms of the product, looked up by name: movements, vehicles, photo guides and line icons."""

from dataclasses import dataclass

from kuaichu.portals.look.pictograms.marks import STROKES
from kuaichu.portals.look.pictograms.movements import MOVEMENTS
from kuaichu.portals.look.pictograms.scenes import GUIDES, SILHOUETTE, VEHICLES, ZONES

__all__ = [
    "GUIDES",
    "MOVEMENTS",
    "SILHOUETTE",
    "STROKES",
    "VEHICLES",
    "ZONES",
    "Pictogram",
    "names",
    "pictogram",
]


@dataclass(frozen=True, slots=True)
class Pictogram:
    """A drawing: its kind (`mark`, `pictogram`, `guide`), view box and SVG body."""

    kind: str
    box: str
    body: str


def pictogram(name: str) -> Pictogram:
    """Find a drawing by name; raises `KeyError` for a name that was never drawn."""
    if name in STROKES:
        return Pictogram("mark", "0 0 24 24", f'<path d="{STROKES[name]}"/>')
    if name in MOVEMENTS:
        return Pictogram("pictogram", "0 0 96 96", MOVEMENTS[name])
    if name in VEHICLES:
        return Pictogram("pictogram", "0 0 96 96", VEHICLES[name])
    return Pictogram("guide", "0 0 120 90", GUIDES[name])


def names() -> list[str]:
    """Every drawn name, in order of kind."""
    return [*STROKES, *MOVEMENTS, *VEHICLES, *GUIDES]
