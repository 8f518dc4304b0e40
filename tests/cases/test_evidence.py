"""Photographs: everything real is taken, nothing hostile harms, nothing is kept twice."""

from __future__ import annotations

import hashlib
import io
import struct
import uuid
import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from kuaichu.cases import evidence, intake, phones, viewing
from kuaichu.cases.evidence import Capture, examine, photograph
from kuaichu.cases.exif import read_exif
from kuaichu.cases.models import Case, Evidence, Party
from kuaichu.kernel import clock
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import roles
from tests.kernel.trying import at_once

EXIF = Path(__file__).parent.parent / "data" / "photos" / "exif"


def encoded(kind: str, size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    out = io.BytesIO()
    picture = Image.effect_noise(size, 60).convert("RGB")
    picture.save(out, kind, **options)
    return out.getvalue()


def exif_of(**tags: Any) -> bytes:
    exif = Image.Exif()
    for name, value in tags.items():
        exif[getattr(ExifTags.Base, name)] = value
    return encoded("JPEG", exif=exif)


def png(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that says how large it is, and holds almost nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b"")


def code_of(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        examine(data)
    assert "photo" in refused.value.fields
    return refused.value.code


class TestReal:
    @pytest.mark.parametrize("path", sorted(EXIF.glob("*.jpg")), ids=lambda p: p.name)
    def test_cameras(self, path: Path) -> None:
        data = path.read_bytes()
        if path.name == "notjpeg.jpg":
            assert code_of(data) == "no_image"
            return
        try:
            found = examine(data)
        except Invalid as refused:
            assert refused.code == "damaged"  # noqa: PT017 - some of these are whole
            with Image.open(path) as image, pytest.raises(OSError):
                image.load()
            return
        assert found.mime == "image/jpeg"
        with Image.open(path) as image:
            assert (found.width, found.height) == image.size
        assert "\0" not in str(found.exif)

    def test_positions_and_times(self) -> None:
        found = examine((EXIF / "hachoir_gps.jpg").read_bytes()).exif
        assert -90 <= found["lat"] <= 90
        assert -180 <= found["lon"] <= 180
        told = examine(exif_of(DateTime="2026:11:22 10:30:00", Make="Canon\0\0x", Model="m" * 90)).exif
        assert told["taken_at"] == "2026-11-22T10:30:00+08:00"
        assert told["maker"] == "Canonx"
        assert len(told["model"]) == 40

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_formats(self, kind: str) -> None:
        found = examine(encoded(kind))
        assert (found.mime, found.width, found.height) == (evidence.MIMES[kind], 64, 48)

    def test_several_pictures_in_one_file(self) -> None:
        """Phones put a gain map or a second view behind the first picture (MPF)."""
        out = io.BytesIO()
        views = [Image.effect_noise((80, 60), 50).convert("RGB") for _ in range(2)]
        views[0].save(out, "MPO", save_all=True, append_images=views[1:])
        assert examine(out.getvalue()).mime == "image/jpeg"

    def test_a_film_behind_the_picture(self) -> None:
        assert examine(encoded("JPEG") + b"\0\0\0\x18ftypmp42" + bytes(100_000)).width == 64

    def test_progressive(self) -> None:
        assert examine(encoded("JPEG", progressive=True)).width == 64


class TestHostile:
    @pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(50), b"%PDF-1.7", b"<svg/>", b"\xff\xd8\xff"])
    def test_no_image(self, data: bytes) -> None:
        assert code_of(data) in ("no_image", "damaged")

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
    def test_cut_off(self, kind: str, part: float) -> None:
        data = encoded(kind, (400, 300))
        assert code_of(data[: int(len(data) * part)]) in ("damaged", "no_image")

    def test_cut_off_behind_a_thumbnail(self) -> None:
        """The end mark of the thumbnail in the metadata is not the end of the picture."""
        small = encoded("JPEG", (40, 30))
        whole = encoded("JPEG", (400, 300))
        segment = b"\xff\xe1" + struct.pack(">H", len(small) + 8) + b"Thumb\0" + small
        data = whole[:2] + segment + whole[2:]
        assert examine(data).width == 400
        assert code_of(data[: len(data) // 2]) == "damaged"

    @pytest.mark.parametrize("size", [(50_000, 50_000), (9000, 9000), (6000, 5000), (1, 2**31 - 1)])
    def test_bombs_of_pixels(self, size: tuple[int, int]) -> None:
        assert code_of(png(*size)) in ("too_many_pixels", "no_image", "damaged")

    def test_a_bomb_of_scans(self) -> None:
        data = encoded("JPEG", (200, 200), progressive=True)
        first = data.rfind(b"\xff\xda")
        end = data.rfind(b"\xff\xd9")
        assert code_of(data[:end] + data[first:end] * 500 + data[end:]) == "too_many_pixels"

    def test_too_large(self) -> None:
        assert code_of(encoded("JPEG") + bytes(13 * 1024 * 1024)) == "too_large"

    def test_metadata_that_are_no_numbers(self) -> None:
        data = encoded("JPEG")
        with Image.open(io.BytesIO(data)) as image:
            exif = image.getexif()
            gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
            for pair in ((float("nan"), 0, 0), (500.0, 0.0, 0.0)):
                gps[ExifTags.GPS.GPSLatitude] = gps[ExifTags.GPS.GPSLongitude] = pair
                assert "lat" not in read_exif(image)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.sampled_from(["JPEG", "PNG", "WEBP"]),
        st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=12),
        st.floats(0.2, 1),
    )
    def test_broken_bytes_are_refused_or_taken_never_a_crash(
        self, kind: str, changes: list[tuple[float, int]], part: float
    ) -> None:
        data = bytearray(SAMPLES[kind])
        for place, value in changes:
            data[int(place * min(len(data), 700))] = value
        try:
            found = examine(bytes(data[: int(len(data) * part)]))
        except Invalid as refused:
            assert refused.code in ("no_image", "damaged", "too_many_pixels")  # noqa: PT017 - or taken
        else:
            assert found.width * found.height <= evidence.MOST_PIXELS


SAMPLES = {kind: encoded(kind) for kind in ("JPEG", "PNG", "WEBP")}


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
    from kuaichu.cases.screening import _photo_seen_before

    first_case, first = intake.open_case(roles.visitor("yancheng"))
    with clock.at(clock.now() + timedelta(hours=1)):
        second_case, second = intake.open_case(roles.visitor("yancheng"))
    for part in (first, second):
        photograph(phones.actor_of(part), part.case_id, capture(), SAMPLES["JPEG"])
    assert _photo_seen_before(second_case)
    assert not _photo_seen_before(first_case)
    Case.objects.filter(pk=first_case.pk).update(status="withdrawn")
    assert not _photo_seen_before(second_case)
