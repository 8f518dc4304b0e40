"""An ordinary tus client (tuspy) against the running server, over lines that break and servers that die."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import random
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed
from tusclient.uploader import Uploader

from tests.portals.tus.cutting import Line
from tests.servers import Server

pytestmark = pytest.mark.slow
SIZE = (2400, 1800)


def noise(seed: int) -> bytes:
    """A photograph of more than a megabyte."""
    out = io.BytesIO()
    Image.frombytes("L", SIZE, random.Random(seed).randbytes(SIZE[0] * SIZE[1])).save(out, "JPEG", quality=40)
    return out.getvalue()


@pytest.fixture(scope="module")
def server(make_server: Callable[..., Server]) -> Iterator[Server]:
    made = make_server(KUAICHU_LOG="WARNING").start()
    yield made
    made.kill()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    made = Line(server.port)
    yield made
    made.close()


class App:
    """An app with a case of its own, which uploads over a line."""

    def __init__(self, server: Server, line: Line) -> None:
        self.server, self.line = server, line
        body = json.dumps({"client_id": str(uuid.uuid4()), "source": "app"}).encode()
        asked = urllib.request.Request(
            f"{server.url}/api/v1/cases", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=20) as answer:
            told: dict[str, Any] = json.load(answer)
        self.headers = {"Authorization": f"Bearer {told['token']}"}
        self.client = TusClient(f"{line.url}/api/v1/cases/{told['case_id']}/uploads", headers=self.headers)

    def uploader(self, data: bytes, **options: Any) -> Uploader:
        said = {"client_id": str(uuid.uuid4()), "shot": "front", "source": "in_app"}
        said["sha256"] = hashlib.sha256(data).hexdigest()
        made: Uploader = self.client.uploader(file_stream=io.BytesIO(data), metadata=said, **options)
        return made

    def finish(self, uploader: Uploader, seconds: float = 60) -> list[int]:
        """Upload until it is done; the offsets at which it went on."""
        end, offsets = time.monotonic() + seconds, []
        while True:
            try:
                if uploader.url:
                    uploader.offset = uploader.get_offset()
                    offsets.append(uploader.offset)
                uploader.upload()
            except (TusCommunicationError, TusUploadFailed, OSError):
                assert time.monotonic() < end, self.server.log[-3000:]
                time.sleep(0.2)
            else:
                return offsets

    def kept(self, uploader: Uploader) -> dict[str, Any]:
        """What the server says of it."""
        asked = urllib.request.Request(uploader.url, headers=self.headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


@pytest.fixture
def app(server: Server, line: Line) -> App:
    return App(server, line)


def equal(app: App, uploader: Uploader, data: bytes) -> bool:
    found = app.kept(uploader)
    return found["sha256"] == hashlib.sha256(data).hexdigest() and found["size"] == len(data)


@pytest.mark.parametrize(
    "options", [{}, {"chunk_size": 100_000}, {"chunk_size": 70_001, "upload_checksum": True}]
)
def test_whole(app: App, options: dict[str, Any]) -> None:
    data = noise(1)
    uploader = app.uploader(data, **options)
    uploader.upload()
    assert equal(app, uploader, data)


def test_the_line_breaks_again_and_again(app: App) -> None:
    data, roll = noise(2), random.Random(7)
    uploader = app.uploader(data)  # one request for everything: what came before the break must stay
    uploader.set_url(uploader.create_url())
    offsets = [0]
    for _ in range(6):
        app.line.left = roll.randrange(120_000, 220_000)
        with pytest.raises((TusCommunicationError, TusUploadFailed, OSError)):
            uploader.upload()
        time.sleep(0.2)
        uploader.offset = uploader.get_offset()
        offsets.append(uploader.offset)
    assert all(b - a > 100_000 for a, b in itertools.pairwise(offsets)), offsets
    app.finish(uploader)
    assert equal(app, uploader, data)
    assert app.line.cuts == 6


@pytest.mark.parametrize("options", [{}, {"chunk_size": 64_000}])
def test_the_server_is_killed_in_the_middle(app: App, options: dict[str, Any]) -> None:
    data = noise(3)
    uploader = app.uploader(data, **options)
    done = threading.Event()

    def kill() -> None:
        for _ in range(3):
            before = app.line.passed
            while app.line.passed - before < len(data) // 5 and not done.is_set():
                time.sleep(0.001)
            if not done.is_set():
                app.server.restart()

    app.line.pause = 0.005
    killer = threading.Thread(target=kill)
    killer.start()
    offsets = app.finish(uploader)
    done.set()
    killer.join(60)
    assert equal(app, uploader, data)
    assert offsets, "no request was ever interrupted"
    assert offsets == sorted(offsets), "an offset once told is never taken back"
    assert offsets[-1] > 0


def test_a_damaged_piece_is_refused_and_the_next_goes_on(app: App) -> None:
    data = noise(4)
    uploader = app.uploader(data, chunk_size=200_000, upload_checksum=True)
    uploader.upload_chunk()
    uploader.file_stream = io.BytesIO(data[:250_000] + b"?" + data[250_001:])
    asked = urllib.request.Request(
        uploader.url,
        data[200_000:400_000],
        app.headers | {
            "Tus-Resumable": "1.0.0", "Upload-Offset": "200000", "Upload-Checksum": "sha1 AAAA",
            "Content-Type": "application/offset+octet-stream",
        },
        method="PATCH",
    )  # fmt: skip
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=20)
    assert refused.value.code == 460
    assert uploader.get_offset() == 200_000
    uploader.file_stream = io.BytesIO(data)
    app.finish(uploader)
    assert equal(app, uploader, data)


def test_two_at_once_make_one_photograph(app: App) -> None:
    data = noise(5)
    first = app.uploader(data)
    url = first.create_url()
    racers = [app.client.uploader(file_stream=io.BytesIO(data), url=url, chunk_size=50_000) for _ in range(4)]
    threads = [threading.Thread(target=app.finish, args=(racer,)) for racer in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    first.set_url(url)
    assert equal(app, first, data)
