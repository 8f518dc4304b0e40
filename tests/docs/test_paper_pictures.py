"""The pictures of docs/papers are those of the layouts as they are."""

from __future__ import annotations

import io

import paper_pictures
from PIL import Image, ImageChops

from kuaichu.desks.documents.papers.kinds import KINDS

MOST_BYTES = 4 * 1024 * 1024
NEAR = 2.0
"""Mean difference of grey values (0 to 255) that fonts' smoothing by another poppler may make."""


def _grey(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def test_every_paper_has_its_picture_and_it_is_of_today() -> None:
    kept = {file.name: file.read_bytes() for file in paper_pictures.FOLDER.glob("*.png")}
    drawn = dict(paper_pictures.pictures())
    assert set(kept) == set(drawn)
    assert {f"{kind}.png" for kind in KINDS} <= set(kept)
    assert sum(map(len, kept.values())) < MOST_BYTES
    for name, png in drawn.items():
        old, new = _grey(kept[name]), _grey(png)
        assert old.size == new.size, name
        histogram = ImageChops.difference(old, new).histogram()
        mean = sum(value * count for value, count in enumerate(histogram)) / (old.width * old.height)
        assert mean < NEAR, f"{name}: draw it again with tools/paper_pictures.py"


def test_the_page_names_every_kind() -> None:
    text = (paper_pictures.FOLDER / "README.md").read_text(encoding="utf-8")
    for kind, paper in KINDS.items():
        assert f"[{paper.TITLE}]({kind}.png)" in text
