"""The real engine on real crops and drawn specimens, without any network."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from PIL import Image

from kuaichu.cases.ports import Reader
from kuaichu.cases.sight import Sight, found_of
from kuaichu.kernel.ports import adapter
from kuaichu.specimens.papers import KINDS, specimen
from kuaichu.specimens.plates import drawn, exists, in_street, measure, sample
from kuaichu.specimens.spoiling import GRADES, photographed
from tests.cases.photographs import encoded, png
from tests.servers import ROOT


@pytest.fixture(scope="module")
def reader() -> Reader:
    return adapter("vision", {"adapter": "rapidocr"})


def read(reader: Reader, data: bytes, kind: str = "plate") -> Sight:
    return reader.read(data, kind)


def test_real_crops_keep_their_rates(reader: Reader) -> None:
    """Half of the sample inside. The figures of all are in docs/reading.md; these are somewhat below them."""
    pictures = sample(limit=50)
    rates = measure(reader, "crops", "plate", pictures, frozenset(plate for plate, _data in pictures))
    assert rates.tried == 50
    assert rates.right >= 34
    assert rates.wrong <= 2
    assert rates.first >= 43
    assert rates.listed >= 47
    assert rates.by_register >= 45


def test_a_plate_is_found_in_a_street(reader: Reader) -> None:
    for plate in ("苏J20001", "苏JD12345"):
        data = in_street(drawn(plate), 300, 3)
        found = read(reader, data, "scene").fields["plate"]
        assert found.value == plate
        assert found.quad is not None
        xs = [x for x, _y in found.quad]
        ys = [y for _x, y in found.quad]
        assert 0.27 < min(xs) < max(xs) < 0.58
        assert 0.42 < min(ys) < max(ys) < 0.60


def test_the_guide_is_where_to_look(reader: Reader) -> None:
    left, right = drawn("苏J20001"), drawn("苏J33333")
    wide = Image.new("RGB", (1200, 400), (90, 90, 90))
    wide.paste(Image.open(io.BytesIO(left)), (60, 130))
    wide.paste(Image.open(io.BytesIO(right)), (700, 130))
    out = io.BytesIO()
    wide.save(out, "JPEG")
    found = reader.read(out.getvalue(), "plate", (0.55, 0.2, 0.98, 0.8))
    assert found.fields["plate"].value == "苏J33333"
    assert {line[0] for line in reader.read(out.getvalue(), "scene").lines} >= {"苏J20001", "苏J33333"}


@pytest.mark.parametrize("kind", KINDS)
def test_papers(reader: Reader, kind: str) -> None:
    paper = specimen(kind, 1)
    sight = read(reader, photographed(paper.pixels, GRADES["mild"], 1), "licence")
    assert sight.kind == kind
    right = [
        name
        for name, true in paper.fields.items()
        if name in sight.fields and sight.fields[name].value == true
    ]
    assert len(right) >= len(paper.fields) - 1, sight.fields
    assert "address" not in sight.fields
    assert found_of(sight.plain()) == sight.fields


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side(reader: Reader, turn: int) -> None:
    paper = specimen("vehicle_licence", 2)
    image = Image.open(io.BytesIO(photographed(paper.pixels, GRADES["clean"], 2))).rotate(turn, expand=True)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    sight = read(reader, out.getvalue(), "licence")
    assert sight.rotation == turn
    assert sight.fields["vin"].value == paper.fields["vin"]
    assert sight.fields["plate"].value == paper.fields["plate"]


@pytest.mark.parametrize("kind", ["plate", "scene", "licence"])
def test_unreadable_input_is_read_as_nothing(reader: Reader, kind: str) -> None:
    whole = drawn("苏J20001")
    noise = encoded("JPEG", (400, 300))
    for data in (
        b"",
        b"no image",
        whole[:700],
        png(20_000, 20_000),
        png(9_000, 9_000),
        noise,
        encoded("PNG", (3, 2)),
    ):
        assert not {"plate", "vin", "licence_no"} & set(read(reader, data, kind).fields)


def test_severe_photographs_are_left_open_rather_than_wrong(reader: Reader) -> None:
    paper = specimen("driving_licence", 4)
    sight = read(reader, photographed(paper.pixels, GRADES["severe"], 4), "licence")
    wrong = [
        n for n, true in paper.fields.items() if n in sight.fields and sight.fields[n].value not in ("", true)
    ]
    assert len(wrong) <= 1


def test_decoys_of_the_register_are_as_many_as_said() -> None:
    plates = [f"苏J{n:05d}" for n in range(4000)]
    assert 0.27 < sum(exists(plate, ()) for plate in plates) / 4000 < 0.33
    assert exists("苏J99999", {"苏J99999"})


def test_it_reads_in_a_process_without_network_or_home() -> None:
    """Sockets are refused from the first line on, so that nothing can be fetched."""
    script = """
import socket
def refused(*_args, **_kwargs): raise OSError("no network in this test")
class Closed(socket.socket):
    def connect(self, *_args): refused()
    def connect_ex(self, *_args): refused()
socket.socket, socket.create_connection, socket.getaddrinfo = Closed, refused, refused
import django; django.setup()
from kuaichu.connectors.vision.rapidocr import connect
from kuaichu.specimens.plates import drawn
print(connect({}).read(drawn("苏J20001"), "plate").fields["plate"].value)
"""
    environment = {k: v for k, v in os.environ.items() if k != "HOME"}
    environment |= {"DJANGO_SETTINGS_MODULE": "kuaichu.settings", "HOME": "/nonexistent"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert done.stdout.strip().endswith("苏J20001"), done.stderr[-3000:]


def test_web_and_ordinary_workers_import_none_of_it() -> None:
    script = """
import sys, django; django.setup()
import kuaichu.server, kuaichu.portals.urls, kuaichu.process.wiring
import kuaichu.commands.work, kuaichu.commands.running.lanes
"""
    script += "print(sorted({'cv2', 'rapidocr', 'onnxruntime', 'numpy'} & set(sys.modules)))"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "kuaichu.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert done.stdout.strip().endswith("[]"), done.stdout + done.stderr[-3000:]
