"""The pictures themselves: golden files, and what every one of them must keep to."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kuaichu.desks.documents.rendering import picture
from kuaichu.desks.liability.facts import AccidentFacts, VehicleFacts
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, scene
from kuaichu.desks.liability.sketch import draw, palette
from kuaichu.desks.liability.vocabulary import Movement, RoadForm
from tests.desks.liability.sketch.redraw import GOLDEN, drawings

DRAWN = dict(drawings())
SVG = "{http://www.w3.org/2000/svg}"
TOKENS = Path("kuaichu/portals/look/static/look/css/tokens.css")


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_golden(name: str) -> None:
    path = GOLDEN / f"{name}.svg"
    assert path.exists(), "new: python -m tests.desks.liability.sketch.redraw, then look at the picture"
    assert path.read_text(encoding="utf-8") == DRAWN[name] + "\n"


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.svg")} == set(DRAWN)


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_plain_readable_shapes(name: str) -> None:
    svg = DRAWN[name]
    picture(svg.encode())  # what may be printed: no script, style, link, image
    assert not re.search(r"style=|class=|<script|href|url\(|on\w+=", svg)
    assert len(svg) < 20_000
    root = ET.fromstring(svg)
    assert [one.tag for one in list(root)[:2]] == [SVG + "title", SVG + "desc"]
    assert all(one.text and one.text.strip() for one in list(root)[:2])
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    assert width == 360
    assert height < 1500
    scale = float(re.search(r"scale\(([\d.]+)\)", svg)[1])  # type: ignore[index]
    sizes = [float(one.attrib["font-size"]) for one in root.iter(SVG + "text")]
    letters = [float(one.attrib["font-size"]) * scale for one in root.findall(f"./{SVG}g[1]//{SVG}text")]
    assert min(sizes) * 320 / 360 >= 8.5
    assert min(letters) * 320 / 360 >= 10


def test_text_stays_inside() -> None:
    for svg in DRAWN.values():
        root = ET.fromstring(svg)
        for one in root.findall(f"./{SVG}g[2]//{SVG}text"):
            text, size = one.text or "", float(one.attrib["font-size"])
            if one.attrib.get("text-anchor") != "middle":
                long = sum(size if ord(ch) > 0x2E80 else size * 0.51 for ch in text)
                assert float(one.attrib["x"]) + long <= 362, text


def test_every_road_user_is_named_and_described() -> None:
    facts = ALL["RE-03"].examples[0].facts
    zh, en = draw(facts, lang="zh-hans"), draw(facts, lang="en")
    assert all(f">{letter}</text>" in zh for letter in "甲乙丙")
    assert all(f">{letter}</text>" in en for letter in "ABC")
    assert "车尾与" in zh
    assert "rear of B against front of C" in en


def test_pages_that_say_a_and_b_get_letters() -> None:
    svg = draw(ALL["RE-01"].examples[0].facts, lang="zh", letters=True)
    assert "甲" not in svg
    assert ">A</text>" in svg
    assert "直行，碰撞部位：车头" in svg


def test_colours_are_the_tokens() -> None:
    text = TOKENS.read_text(encoding="utf-8").split("}")[0]
    known = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]+)", text))
    assert {name: known[name] for name in palette.TOKENS} == palette.TOKENS
    used = {colour for svg in DRAWN.values() for colour in re.findall(r'"(#[0-9a-f]+)"', svg)}
    assert used <= set(palette.TOKENS.values())


def test_unknown_lines_are_not_drawn_as_known_ones() -> None:
    plain = scene(car("A", "LANE_CHANGE_LEFT", "LEFT"), car("B", "STRAIGHT", "RIGHT"))
    solid = scene(
        car("A", "LANE_CHANGE_LEFT", "LEFT", crossed_solid_line=True), car("B", "STRAIGHT", "RIGHT")
    )
    assert "灰色虚线" in draw(plain)
    assert draw(plain) != draw(solid)
    assert 'stroke-dasharray="9 9"' in draw(plain)
    centre = scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR"), centre_line=True)
    assert f'stroke="{palette.ACCENT}" stroke-width="2.4"' in draw(centre)
    assert f'stroke="{palette.ACCENT}" stroke-width="2.4"' not in draw(plain)


def test_a_north_arrow_only_when_known() -> None:
    facts = ALL["RE-01"].examples[0].facts
    assert ">N<" not in draw(facts)
    assert ">N<" in draw(facts, north=90)


def test_width_is_written_when_given_and_the_legend_may_be_left_out() -> None:
    facts = ALL["RE-01"].examples[0].facts
    assert 'width="320"' in draw(facts, width=320)
    assert "示意图，不按比例" not in draw(facts, legend=False)


@pytest.mark.parametrize("form", RoadForm)
def test_every_form_of_road(form: RoadForm) -> None:
    first = draw(scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR"), road_form=form))
    assert first == draw(scene(car("B", "STRAIGHT", "REAR"), car("A", "STRAIGHT", "FRONT"), road_form=form))


def test_values_nobody_knows_yet_are_drawn_plainly() -> None:
    strange = car("A", None, "FRONT", movement_of_tomorrow="HOVERING", other_came_from="above")
    facts = scene(strange, car("B", "STRAIGHT", "LEFT"), control="traffic_robot", road_form="bridge")
    assert draw(facts).startswith("<svg")
    alone = VehicleFacts("Ψ9", movement=Movement.STRAIGHT)
    assert "Ψ9" in draw(AccidentFacts((alone,), facts.on))


def test_quick_enough(capsys: pytest.CaptureFixture[str]) -> None:
    started = time.process_time()
    sizes = [len(draw(one.examples[0].facts)) for one in ALL.values()]
    spent = (time.process_time() - started) / len(sizes) * 1000
    with capsys.disabled():
        print(f"\n  sketch: {spent:.2f} ms, {sum(sizes) // len(sizes)} bytes (most {max(sizes)})")
    assert spent < 25
