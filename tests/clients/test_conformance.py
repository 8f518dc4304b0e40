"""The conformance kit against real systems: the example passes, wrong ones fail in words."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients.conftest import CLIENT
from tests.portals.api.world import World
from tests.servers import ROOT
from tests.standins.running import until

pytestmark = [pytest.mark.slow]
Kit = Callable[..., subprocess.CompletedProcess[str]]


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def kit(world: World, tmp_path: Path) -> Kit:
    """Run the kit against a program: its command before port and store."""

    def run(*command: str, patience: int = 40) -> subprocess.CompletedProcess[str]:
        own, port, listen = world.clients["HUAIHAI"], free(), free()
        told = {
            "KUAICHU_BASE": f"http://127.0.0.1:{listen}", "KUAICHU_CLIENT_ID": own["client_id"],
            "KUAICHU_CLIENT_SECRET": own["client_secret"], "KUAICHU_HOOK_SECRET": own["webhook_secret"],
            "PYTHONPATH": f"{CLIENT}{os.pathsep}{ROOT}",
        }  # fmt: skip
        with (tmp_path / "insurer.log").open("wb") as log:
            system = subprocess.Popen(
                [sys.executable, *command, str(port), str(tmp_path / "store.db")],
                env=os.environ | told, cwd=ROOT, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            until(lambda: answers(port), seconds=30)
            running = world.town.running
            return world.server.command(
                "conformance", "--endpoint", f"http://127.0.0.1:{port}/hooks", "--listen", str(listen),
                "--base", world.server.url, "--phones", running["phones"].base, "--register",
                running["register"].base, "--policies", running["policies"].base,
                "--patience", str(patience), check=False,
            )  # fmt: skip
        finally:
            system.kill()
            system.wait(10)
            print((tmp_path / "insurer.log").read_text())

    return run


def wrong(mistake: str) -> tuple[str, ...]:
    return ("-m", "tests.clients.wrong_insurers", mistake)


def failures(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done.stdout
    return "\n".join(line for line in done.stdout.splitlines() if line.startswith(("✗", "    ")))


def test_the_example_of_about_a_hundred_lines_passes(kit: Kit) -> None:
    lines = (ROOT / "examples" / "insurer.py").read_text().splitlines()
    assert len([line for line in lines if line.strip()]) <= 110
    done = kit("examples/insurer.py")
    assert done.returncode == 0, done.stdout
    assert "conforms" in done.stdout
    assert done.stdout.count("✓") == 15


def test_who_does_not_check_signatures_is_told(kit: Kit) -> None:
    said = failures(kit(*wrong("unchecked"), patience=15))
    assert "signed with another secret" in said
    assert "anybody could tell your system anything" in said


def test_who_answers_twice_differently_is_told(kit: Kit) -> None:
    said = failures(kit(*wrong("twice_otherwise"), patience=15))
    assert "The same message again changes nothing" in said
    assert "the assessment was sent again with another content" in said


def test_who_ignores_idempotency_is_told(kit: Kit) -> None:
    said = failures(kit(*wrong("new_keys"), patience=15))
    assert "under another key: it could be done twice" in said


def test_who_does_not_read_the_feed_is_told(kit: Kit) -> None:
    said = failures(kit(*wrong("deaf"), patience=15))
    assert "read GET /events from your last number" in said
    assert said.count("✗") == 1
