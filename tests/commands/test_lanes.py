"""`kuaichu work --lane vision` as a process of its own beside a server; `kuaichu check-reading`."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kuaichu.__main__ import main
from kuaichu.commands.running import lanes
from kuaichu.connectors import vision
from kuaichu.specimens.plates import drawn, in_street
from tests.servers import ROOT, Server


def until(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


class Eyes:
    """The worker of the lane, as an operator starts it."""

    def __init__(self, server: Server, *options: str) -> None:
        self.log = server.var / "eyes.log"
        command = [sys.executable, "-m", "kuaichu", "work", "--lane", "vision", *options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=server.environment, cwd=ROOT, stdout=log, stderr=log)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Iterator[Server]:
    made = make_server(KUAICHU_LANES="vision").start()
    yield made
    made.kill()


class Browser:
    """A party's browser: one case, photographs of plates, and the vehicle's page."""

    def __init__(self, server: Server) -> None:
        self.base = server.url
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        ).open
        page = self.open(f"{self.base}/start").read().decode()
        fields = dict(re.findall(r'name="(csrfmiddlewaretoken|number)" value="([^"]+)"', page))
        sent = urllib.request.Request(f"{self.base}/start", urllib.parse.urlencode(fields).encode())
        sent.add_header("Referer", f"{self.base}/start")
        self.part = self.open(sent).geturl().split("/p/")[1][:36]

    def shoot(self, plate: str) -> None:
        address = f"{self.base}/p/{self.part}/photos/plate/{uuid.uuid4()}"
        headers = {"Content-Type": "image/jpeg", "Accept": "application/json", **self._token()}
        data = in_street(drawn(plate), 420, 7)
        self.open(urllib.request.Request(address, data, headers, method="PUT"))

    def _token(self) -> dict[str, str]:
        page = self.open(f"{self.base}/p/{self.part}/vehicle").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        return {"X-CSRFToken": token[1], "Referer": f"{self.base}/"}

    def offered(self) -> str:
        return self.open(f"{self.base}/p/{self.part}/vehicle/read").read().decode()


@pytest.mark.slow
def test_it_reads_beside_the_server_rings_and_starts_anew(server: Server) -> None:
    browser = Browser(server)
    rings: list[bytes] = []
    case = re.search(
        r"/live/case/([0-9a-f-]{36})", browser.open(f"{server.url}/p/{browser.part}/vehicle").read().decode()
    )
    assert case
    eyes = Eyes(server, "--recycle", "1")
    try:
        browser.shoot("苏J20001")
        until(lambda: "苏J20001" in browser.offered())
        stream = browser.open(f"{server.url}/live/case/{case[1]}", timeout=30)
        browser.shoot("苏J20002")
        while (
            len(rings) < 2
        ):  # the photograph's own, by the server, and the reading's, from the other process
            if (line := stream.readline()).startswith(b"data:"):
                rings.append(line)
        assert b'"seq":' in rings[0]
        until(lambda: "苏J20002" in browser.offered())
        assert eyes.process.poll() is None, "a new process in the place of the old one"
        assert eyes.stop() == 0
    finally:
        eyes.process.kill()
    assert "rror" not in eyes.log.read_text(), eyes.log.read_text()


def test_a_clear_message_without_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], server: Server
) -> None:
    monkeypatch.setattr(vision, "PACKAGES", {"no_such_package_here": "opencv-python-headless"})
    assert vision.missing() == ["opencv-python-headless"]
    assert "pip install 'kuaichu[vision]'" in lanes.missing("vision")
    assert lanes.missing("") == ""
    blocker = server.var / "blocked"
    blocker.mkdir()
    (blocker / "sitecustomize.py").write_text(
        "import importlib.util as u\nold = u.find_spec\n"
        "u.find_spec = lambda name, package=None: None if name == 'rapidocr' else old(name, package)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "kuaichu", "work", "--lane", "vision"],
        env=server.environment | {"PYTHONPATH": f"{blocker}{os.pathsep}{ROOT}"}, cwd=ROOT,
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 3
    assert "needs packages that are not installed: rapidocr" in done.stderr
    assert main(["work", "--lane", "hearing"]) == 2
    assert "There is no lane 'hearing'" in capsys.readouterr().err


def test_check_reading_writes_its_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "reading.md"
    assert main(["check-reading", "plates", "--limit", "5", "--write", str(written)]) == 0
    out = capsys.readouterr().out
    assert re.search(r"crop, 94 × 24 pixels: 5 plates, right \d+\.0 %", out)
    page = written.read_text("utf-8")
    assert page.count("\n| ") == 4
    assert "## Papers" not in page
