"""Photographs: everything real is taken, nothing hostile harms, nothing is kept twice."""

from __future__ import annotations

import hashlib
import io
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from kuaichu.cases import intake, phones, viewing
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Case, Evidence, Party
from kuaichu.cases.watch.marks import photo_seen_before
from kuaichu.kernel import clock
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import roles
from tests.cases.photographs import EXIF, SAMPLES, encoded
from tests.kernel.trying import at_once


@pytest.fixture
def part(db: None) -> Party:
    return intake.open_case(roles.visitor("yancheng"))[1]


def capture(**told: Any) -> Capture:
    return Capture(**({"client_id": uuid.uuid4(), "shot": "front", "source": "in_app"} | told))


class TestKeeping:
    def test_once(self, part: Party) -> None:
        actor, told, data = phones.actor_of(part), capture(), SAMPLES["JPEG"]
        rows = [photograph(actor, part.case_id, told, data) for _ in range(3)]
        assert len({row.pk for row in rows}) == 1
        assert rows[0].sha256 == hashlib.sha256(data).hexdigest()
        assert Entry.objects.filter(kind="cases.photographed").count() == 1
        with pytest.raises(WrongState):
            photograph(actor, part.case_id, capture(client_id=told.client_id, sha256="0" * 64), data)

    def test_arrived_incomplete(self, part: Party) -> None:
        with pytest.raises(Invalid) as refused:
            photograph(phones.actor_of(part), part.case_id, capture(sha256="0" * 64), SAMPLES["JPEG"])
        assert refused.value.code == "hash_differs"
        assert not Evidence.objects.exists()

    def test_only_a_party_of_this_case(self, part: Party) -> None:
        other = intake.open_case(roles.visitor("yancheng"))[1]
        with pytest.raises(NotAllowed):
            photograph(phones.actor_of(other), part.case_id, capture(), SAMPLES["JPEG"])
        with pytest.raises(NotAllowed):
            photograph(roles.visitor("yancheng"), part.case_id, capture(), SAMPLES["JPEG"])
        stray = replace(phones.actor_of(other), case_id=part.case_id)
        with pytest.raises(NotFound):
            photograph(stray, part.case_id, capture(), SAMPLES["JPEG"])

    @pytest.mark.parametrize(
        "told",
        [
            {"lat": float("nan"), "lon": 1.0}, {"lat": float("inf"), "lon": 1.0}, {"lat": 91.0, "lon": 1.0},
            {"accuracy_m": -float("inf")}, {"captured_at": datetime(2099, 1, 1)},
        ],
    )  # fmt: skip
    def test_odd_sensors_refuse_nothing(self, part: Party, told: dict) -> None:
        row = photograph(phones.actor_of(part), part.case_id, capture(**told), SAMPLES["JPEG"])
        row.refresh_from_db()
        assert row.lat is None
        assert row.captured_at is None or row.captured_at.tzinfo is not None
        assert ("taken_in_future" in row.remarks) == ("captured_at" in told)

    def test_not_more_than_the_city_takes(self, part: Party, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(40):
            photograph(phones.actor_of(part), part.case_id, capture(), SAMPLES["JPEG"])
        with pytest.raises(WrongState) as refused:
            photograph(phones.actor_of(part), part.case_id, capture(), SAMPLES["JPEG"])
        assert refused.value.code == "too_many_photos"

    def test_viewing_copies_carry_no_metadata(self, part: Party) -> None:
        data = (EXIF / "hachoir_gps.jpg").read_bytes()
        row = photograph(phones.actor_of(part), part.case_id, capture(), data)
        for size in viewing.SIZES:
            with Image.open(io.BytesIO(viewing.viewing_copy(row, size))) as copy:
                assert not dict(copy.getexif())
                assert max(copy.size) <= viewing.SIZES[size]

    def test_a_photograph_damaged_inside_breaks_no_page(self, part: Party) -> None:
        data = bytearray(encoded("JPEG", (400, 300)))
        start = data.find(b"\xff\xda") + 20
        data[start:-2] = b"\xff\xd9" * ((len(data) - 2 - start) // 2)
        row = photograph(phones.actor_of(part), part.case_id, capture(), bytes(data))
        try:
            assert viewing.viewing_copy(row, "small")
        except NotFound as refused:
            assert refused.code == "damaged"  # noqa: PT017 - or shown


@pytest.mark.django_db(transaction=True)
def test_the_same_photograph_ten_times_at_once() -> None:
    _case, part = intake.open_case(roles.visitor("yancheng"))
    actor, told = phones.actor_of(part), capture()
    rows = at_once(*[lambda: photograph(actor, part.case_id, told, SAMPLES["JPEG"])] * 6)
    assert len({getattr(row, "pk", row) for row in rows}) == 1, rows
    assert Evidence.objects.count() == Entry.objects.filter(kind="cases.photographed").count() == 1


@pytest.mark.django_db
def test_a_photograph_of_an_earlier_case_is_noticed_but_not_the_other_way() -> None:
    first_case, first = intake.open_case(roles.visitor("yancheng"))
    with clock.at(clock.now() + timedelta(hours=1)):
        second_case, second = intake.open_case(roles.visitor("yancheng"))
    for part in (first, second):
        photograph(phones.actor_of(part), part.case_id, capture(), SAMPLES["JPEG"])
    assert photo_seen_before(second_case)
    assert not photo_seen_before(first_case)
    Case.objects.filter(pk=first_case.pk).update(status="withdrawn")
    assert not photo_seen_before(second_case)


class TestGrades:
    """In the app, by the phone's camera, from the gallery; and what is added when the scene is left."""

    @pytest.mark.parametrize(
        ("told", "kept", "remarks"),
        [
            ("in_app", "in_app", []),
            ("camera", "camera", []),
            ("gallery", "gallery", ["from_gallery"]),
            ("anything", "gallery", ["from_gallery"]),
        ],
    )
    def test_at_the_scene(self, part: Party, told: str, kept: str, remarks: list[str]) -> None:
        row = photograph(phones.actor_of(part), part.case_id, capture(source=told), SAMPLES["JPEG"])
        assert (row.source, row.remarks) == (kept, remarks)

    @pytest.mark.parametrize("source", ["in_app", "camera", "gallery"])
    @pytest.mark.parametrize("why", ["cleared", "hours"])
    def test_after_the_scene_was_left(self, part: Party, source: str, why: str) -> None:
        now = clock.now()
        if why == "cleared":
            Case.objects.filter(pk=part.case_id).update(cleared_at=now)
        with clock.at(now + timedelta(hours=3 if why == "hours" else 0, minutes=1)):
            row = photograph(phones.actor_of(part), part.case_id, capture(source=source), SAMPLES["JPEG"])
        assert ("late_import" in row.remarks) == (source != "in_app")
