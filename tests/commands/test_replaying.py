"""What a replay is made of: accidents, places, situations, photographs, numbers, figures."""

from __future__ import annotations

import io
import math
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kuaichu.cases.evidence import SHOTS as KNOWN_SHOTS
from kuaichu.cases.exif import read_exif
from kuaichu.cases.payees import name_payee
from kuaichu.cases.plates import parse_plate
from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.settling import Statement, gather
from kuaichu.desks.liability.vocabulary import UserKind
from kuaichu.people.phone_numbers import parse_mobile
from kuaichu.replaying import accidents
from kuaichu.replaying.accidents import Accident, Area
from kuaichu.replaying.figures import figures, spread
from kuaichu.replaying.identities import card_number, mobile_number, plate_number, signature
from kuaichu.replaying.line import Count
from kuaichu.replaying.photos import SHOTS, Scene, photograph
from kuaichu.replaying.situations import draw
from kuaichu.replaying.viewing import Course

HERE = Area(120.16, 33.35, 119.45, 32.56, 120.95, 34.48)
SCENE = Scene("a", ("苏J12345", "苏JD12345"), ("FRONT", "REAR"), 120.15, 33.36, datetime(2026, 11, 22, 10, 3))


def test_the_sample_is_ten_days_of_which_some_are_property_only() -> None:
    rows = list(accidents.read())
    assert len(rows) == 1370
    chosen = accidents.span(rows, None, 10)
    assert len(chosen) == 604
    assert chosen == sorted(chosen, key=lambda a: (a.happened_at, a.row))
    second = accidents.span(rows, date(2020, 1, 2), 1)
    assert second
    assert {a.happened_at.date() for a in second} == {date(2020, 1, 2)}


def test_the_quotes_of_2019_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "2019.csv"
    head = "發生時間,處理別,肇事地點,經度,緯度\n"
    rows = '"""2019/2/26-00:40""",3,"""大同區延平北路3段25-3號""",121.5111575,25.0643779\n"x",3,y,z,1\n'
    file.write_text(head + rows, encoding="utf-8")
    (only,) = accidents.read(file)
    assert (only.happened_at, only.kind) == (datetime(2019, 2, 26, 0, 40), 3)
    assert accidents.plain_place(only.place) == "延平北路3段25-3号"


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        list(accidents.read(tmp_path / "x.csv"))


POINTS = st.lists(
    st.tuples(st.floats(121.2, 121.8), st.floats(24.6, 25.5)), min_size=2, max_size=30, unique=True
)


@given(POINTS)
def test_moving_keeps_the_geometry_and_stays_in_the_city(points: list[tuple[float, float]]) -> None:
    rows = [Accident(i, datetime(2020, 1, 1), 3, "x路", lon, lat) for i, (lon, lat) in enumerate(points)]
    there = accidents.moved(rows, HERE)
    assert all(HERE.west <= a.lon <= HERE.east and HERE.south <= a.lat <= HERE.north for a in there)
    middle = sorted(lat for _, lat in points)
    cosine = math.cos(math.radians((middle[(len(middle) - 1) // 2] + middle[len(middle) // 2]) / 2))
    before = [_metres(rows[0], a, cosine) for a in rows[1:]]
    after = [_metres(there[0], a, math.cos(math.radians(HERE.lat))) for a in there[1:]]
    longest = max(before)
    if longest > 1:
        scale = after[before.index(longest)] / longest
        assert 0 < scale <= 1.0001
        assert after == pytest.approx([d * scale for d in before], rel=1e-6, abs=0.01)


def _metres(a: Accident, b: Accident, cosine: float) -> float:
    return math.hypot((a.lon - b.lon) * cosine, a.lat - b.lat) * 111_195


def test_situations_are_mostly_decided_by_the_engine() -> None:
    roll, kinds = random.Random(1), {"A": UserKind.MV, "B": UserKind.MV}
    answers = []
    for number in range(200):
        drawn = draw(roll, night=number % 3 == 0)
        said = [Statement("place", "light", drawn.light, "register")]
        for label, told in drawn.told.items():
            pairs = {f"{label}.movement": told.movement, f"{label}.zone": told.zone, **told.answers}
            said += [Statement(*ref.split("."), value, f"party:{label}") for ref, value in pairs.items()]
        facts = gather(date(2026, 11, 22), kinds, said)
        answers.append(propose(facts, LiabilityPack.default(), facts.on))
    decided = sum(isinstance(a, Proposal) for a in answers)
    assert 150 < decided < 200
    assert sum(isinstance(a, Abstention) for a in answers) == 200 - decided


def test_photographs_are_distinct_repeatable_and_know_where_and_when() -> None:
    pictures = {
        (seed, shot): photograph(Scene(seed, *_rest(SCENE)), shot, i)
        for seed in "ab"
        for i, shot in enumerate(SHOTS)
    }
    assert len(set(pictures.values())) == len(pictures)
    assert pictures["a", "front"] == photograph(SCENE, "front", 0)
    for data in pictures.values():
        assert 20_000 < len(data) < 1_000_000
        with Image.open(io.BytesIO(data)) as image:
            found = read_exif(image)
            assert image.size == (1280, 960)
        assert found["taken_at"].startswith("2026-11-22T10:03:00")
        assert (found["lon"], found["lat"]) == pytest.approx((SCENE.lon, SCENE.lat), abs=1e-4)
        assert found["maker"]
    assert set(SHOTS) <= set(KNOWN_SHOTS)


def _rest(scene: Scene) -> tuple[object, ...]:
    return scene.plates, scene.zones, scene.lon, scene.lat, scene.taken_at


@given(st.integers())
@settings(max_examples=60)
def test_numbers_are_well_formed(seed: int) -> None:
    roll = random.Random(seed)
    text = plate_number(roll, "苏J")
    assert parse_plate(text).normal == text
    assert not text.startswith("苏JZ")
    assert parse_mobile(mobile_number(roll)).number
    assert name_payee.__globals__["_luhn"](card_number(roll))
    assert signature(roll).startswith("M")


def test_figures_count_what_ended_and_what_was_lost() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    times = {"cases.opened": start, "cases.closed": start + timedelta(seconds=30)}
    courses = [
        Course(case_id="1", outcome="closed", way="agree", times=times),
        Course(case_id="2", outcome="handed_over", reasons=("ALCOHOL_DRUG",)),
        Course(case_id="3", failure="nothing more happens"),
        Course(failure="GET case of A"),
    ]
    found = figures(courses, Count(requests=9), 60)
    assert (found.cases, found.accepted, found.closed, found.handed_over, found.lost) == (4, 3, 1, 1, 2)
    assert found.reasons == {"ALCOHOL_DRUG": 1}
    assert found.legs["report → closed"] == {"n": 1, "median": 30.0, "p95": 30.0}


def test_percentiles_are_nearest_rank() -> None:
    assert spread([float(n) for n in range(1, 101)]) == {"n": 100, "median": 50.0, "p95": 95.0}
    assert math.isnan(spread([])["median"])
