"""Pictures: everything real is read, nothing hostile harms."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from kuaichu.cases import intake, pictures
from kuaichu.cases.exif import read_exif
from kuaichu.cases.models import Party
from kuaichu.cases.pictures import examine
from kuaichu.kernel.refusals import Invalid
from kuaichu.people import roles
from tests.cases.photographs import EXIF, SAMPLES, encoded, exif_of, png


@pytest.fixture
def part(db: None) -> Party:
    return intake.open_case(roles.visitor("yancheng"))[1]


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
        assert (found.mime, found.width, found.height) == (pictures.MIMES[kind], 64, 48)

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
            assert found.width * found.height <= pictures.MOST_PIXELS
