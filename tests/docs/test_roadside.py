"""The page of the roadside shows every picture there is, and no picture is heavy."""

from __future__ import annotations

import re

from tests.docs.reading import ROOT, document

MOST_BYTES = 120_000


def test_every_picture_is_there_and_light() -> None:
    shown = set(re.findall(r"\(screenshots/(roadside-[^)]+)\)", document("docs/roadside.md").text))
    kept = {one.name: one.stat().st_size for one in (ROOT / "docs" / "screenshots").glob("roadside-*.png")}
    assert shown == set(kept)
    assert not {name: size for name, size in kept.items() if size > MOST_BYTES}
    assert {name.split("-")[1] for name in shown} == set("123456789")
