"""`python -m tests.desks.liability.sketch.redraw` draws all golden files anew: look at them first.

With `--sheet FILE` it also writes a page that shows all of them side by side.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, scene
from kuaichu.desks.liability.sketch import Shape, draw

GOLDEN = Path(__file__).parent / "golden"
CHAIN = " ".join(f"{a}.FRONT-{b}.REAR" for a, b in zip("BCDEFGHIJ", "ABCDEFGHI", strict=True))


def drawings() -> Iterator[tuple[str, str]]:
    """Name and picture: the first example of every scenario, and places no scenario asks for."""
    for code, one in ALL.items():
        yield code, draw(one.examples[0].facts)
    yield from places()


def places() -> Iterator[tuple[str, str]]:
    """Chains, forms of the road, kinds of vehicle, missing facts, English."""
    tens = scene(*(car(x, "STOPPED_QUEUE" if x == "A" else "STRAIGHT") for x in "ABCDEFGHIJ"), contacts=CHAIN)
    yield "chain-of-ten", draw(tens)
    side = (car("A", "RIGHT_TURN", "LEFT", other_came_from="left"), car("B", "STRAIGHT", "FRONT"))
    yield "tee", draw(scene(*side, road_form="tee", control="signs"), lang="en", north=30)
    meeting = (car("A", "STRAIGHT", "FRONT_LEFT", other_came_from="opposite"), car("B", "STRAIGHT", "LEFT"))
    yield "narrow", draw(scene(*meeting, road_form="narrow"))
    ramp = (car("A", "MERGING", "LEFT", merged_from="ramp"), car("B", "STRAIGHT", "FRONT_RIGHT"))
    yield "slip-road-truck", draw(scene(*ramp), shapes={"B": Shape.TRUCK})
    yield (
        "bus-stop",
        draw(
            scene(car("A", "LEAVING_KERB", "FRONT_LEFT"), car("B", "STRAIGHT", "RIGHT")),
            shapes={"A": Shape.BUS},
        ),
    )
    yield (
        "slope",
        draw(
            scene(car("A", "ROLLING", "REAR"), car("B", "STOPPED_QUEUE", "FRONT"), road_form="slope"),
            lang="en",
        ),
    )
    yield "backing-out", draw(scene(car("A", "LEAVING_BAY", "REAR_LEFT"), car("B", "STRAIGHT", "FRONT")))
    yield "nothing-known", draw(scene(car("A", None), car("B", "STRAIGHT", "FRONT")), lang="en")
    yield "three-unconnected", draw(scene(car("A", "STRAIGHT"), car("B", "LEFT_TURN"), car("C", None)))
    yield "officer", draw(scene(*side, control="officer"))


def sheet() -> str:
    """A page with all pictures."""
    cells = "".join(
        f"<figure><figcaption>{name} {escape(ALL[name].en if name in ALL else '')}</figcaption>{svg}</figure>"
        for name, svg in drawings()
    )
    look = "body{font:13px sans-serif;display:grid;grid-template-columns:repeat(6,320px);gap:10px}"
    look += "figure{margin:0}"
    return f"<!doctype html><meta charset=utf-8><title>Sketches</title><style>{look}</style>{cells}"


def main() -> None:
    """Write the files; those of scenarios which are gone are taken away."""
    GOLDEN.mkdir(exist_ok=True)
    made = dict(drawings())
    for name, svg in made.items():
        (GOLDEN / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
    for path in GOLDEN.glob("*.svg"):
        if path.stem not in made:
            path.unlink()
    if "--sheet" in sys.argv:
        Path(sys.argv[sys.argv.index("--sheet") + 1]).write_text(sheet(), encoding="utf-8")


if __name__ == "__main__":
    main()
