"""The examples of docs/api.md are run as they stand, in their order, against a real server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.portals.api.casework import card, photograph
from tests.portals.api.world import World, code_on
from tests.servers import ROOT, Server
from tests.stories.builders import town_of

pytestmark = [pytest.mark.slow, pytest.mark.needs("curl")]
DOCS = ROOT / "docs" / "api.md"


def examples() -> list[str]:
    return re.findall(r"```sh\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


def kept(example: str, output: str) -> dict[str, str]:
    """What the example's `# keep NAME=field` takes from its answer."""
    found = re.search(r"^# keep (.+)$", example, re.MULTILINE)
    values = {}
    for name, path in (pair.split("=") for pair in (found[1].split() if found else [])):
        here = json.loads(output)
        for part in path.split("."):
            here = here[int(part) if part.isdecimal() else part]
        values[name] = str(here)
    return values


def run(example: str, environment: dict[str, str], folder: Path, server: Server) -> dict[str, str]:
    """Run until it succeeds: what follows a request happens a moment later."""
    end = time.monotonic() + 30
    while True:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", example],
            env=os.environ | environment | {"NO_PROXY": "127.0.0.1"},
            cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        try:
            if done.returncode == 0:
                return kept(example, done.stdout)
        except (LookupError, TypeError, ValueError):
            pass
        assert time.monotonic() < end, (example, done.stdout[-2000:], server.log[-2000:])
        time.sleep(0.3)


def test_every_example_works(make_server: Callable[..., Server], tmp_path: Path) -> None:
    for n, shot in enumerate(("front", "rear", "contact")):
        (tmp_path / f"{shot}.jpg").write_bytes(photograph(1000 + n))
        (tmp_path / f"{shot}.id").write_text(str(uuid.uuid4()))
    assert len(examples()) >= 20
    with town_of(tmp_path) as town:
        world = World(town, make_server, tmp_path)
        try:
            own = world.clients["HUAIHAI"]
            known = {
                "BASE": world.server.url, "CLIENT_ID": str(uuid.uuid4()), "CARD": card(5),
                "PHONE_A": town.number(), "PHONE_B": town.number(),
                "PLATE_A": town.car("苏J11111", insurer="HUAIHAI"),
                "PLATE_B": town.car("苏J22222", insurer="TAIHU"),
                "PARTNER_ID": own["client_id"], "PARTNER_SECRET": own["client_secret"],
            }  # fmt: skip
            for example in examples():
                for who in "AB":
                    if f"$CODE_{who}" in example:
                        known[f"CODE_{who}"] = code_on(town, known[f"PHONE_{who}"])
                known |= run(example, known, tmp_path, world.server)
        finally:
            world.close()
