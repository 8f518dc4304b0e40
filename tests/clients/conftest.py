from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.portals.api.world import World
from tests.servers import ROOT, Server
from tests.stories.builders import town_of

CLIENT = ROOT / "clients" / "python"
sys.path.insert(0, str(CLIENT))


@pytest.fixture(scope="module")
def world(make_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A real server with its worker and the town, for a file of tests."""
    folder = tmp_path_factory.mktemp("clients")
    with town_of(folder) as town:
        made = World(town, make_server, folder)
        yield made
        made.close()
