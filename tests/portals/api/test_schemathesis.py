"""Schemathesis against a real server: what the description promises is so, whatever is sent.

Each door is tried with the token of somebody who may use it, on a case and a claim that exist.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.portals.api.world import World, agree
from tests.servers import Server
from tests.stories.builders import town_of

pytestmark = [pytest.mark.slow]
SECONDS = int(os.environ.get("KUAICHU_SCHEMATHESIS_SECONDS", "40"))
EXAMPLES = int(os.environ.get("KUAICHU_SCHEMATHESIS_EXAMPLES", "12"))
PASSED_OVER = {
    "positive_data_acceptance": "a verb refuses with 422 what only the case's state tells",
    "use_after_free": "nothing is deleted by DELETE here but recordings, and those may be sent again",
    "ensure_resource_availability": "the example of an id is no row of this server",
}
"""Checks whose promise this API does not make, each with the reason."""
RAW = ("photograph", "speak", "upload_piece")
"""Operations whose body is a file as it is: their own tests send real files."""


@pytest.fixture(scope="module")
def world(make_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("schemathesis")
    with town_of(folder) as town:
        made = World(town, make_server, folder)
        yield made
        made.close()


def fuzz(world: World, folder: Path, token: str, paths: str, **parameters: str) -> None:
    """Run it on the operations at these addresses; fails with what it found."""
    lines = [f'{name} = "{value}"' for name, value in parameters.items()]
    (folder / "schemathesis.toml").write_text("\n".join(["[parameters]", *lines]), encoding="utf-8")
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(folder / "schemathesis.toml"),
        "run", f"{world.server.url}/api/v1/openapi.json", "-H", f"Authorization: Bearer {token}",
        "--include-path-regex", paths, "--exclude-checks", ",".join(PASSED_OVER),
        "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES), "--max-time", str(SECONDS),
        "--seed", "20261122", "--no-shrink", "--generation-database", "none",
        "--suppress-health-check", "all", "--no-color", "--warnings", "off", "--continue-on-failure",
        *(word for one in RAW for word in ("--exclude-operation-id", one)),
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"NO_PROXY": "127.0.0.1"}, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS + 240,
    )  # fmt: skip
    if kept := os.environ.get("KUAICHU_SCHEMATHESIS_LOG"):
        Path(kept).write_text(done.stdout, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-6000:]
    told = re.search(r"(\d+) generated", done.stdout)
    assert told is not None, done.stdout[-3000:]
    assert int(told[1]) > 20, done.stdout[-3000:]


def test_the_insurers_door(world: World, tmp_path: Path) -> None:
    a, _b = agree(world, "苏J10001", "苏J10002")
    a.until(lambda view: view["claims"])
    with world.client(world.token("HUAIHAI")) as city:
        [claim] = city.get("/api/insurer/v1/claims").json()["claims"]
    fuzz(world, tmp_path, world.token("HUAIHAI"), "^/api/insurer/", claim_id=claim["claim_id"])


def test_the_parties_door(world: World, tmp_path: Path) -> None:
    with world.client() as anybody:
        opened = anybody.post("/api/v1/cases", json={"client_id": str(uuid.uuid4())}).json()
    fuzz(world, tmp_path, opened["token"], "^/api/v1/(cases|joins|calls)", case_id=opened["case_id"])
