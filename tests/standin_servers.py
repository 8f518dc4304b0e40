"""The world outside for tests of the core: registers, telephones and bank as processes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.stories.builders import Town


@pytest.fixture(scope="session")
def standins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Register, policies, telephones and rail, started once on free ports."""
    town = Town(tmp_path_factory.mktemp("standins"))
    yield town
    town.close()


@pytest.fixture
def town(standins: Town, settings: Any) -> Iterator[Town]:
    """The stand-ins, well-behaved, and the settings that lead to them."""
    settings.CONNECTORS = standins.connectors()
    rail = standins.running["rail"]
    well = {"late_ms": 0, "lost_answer": 0, "reject": 0, "twice": False, "short": 0, "partial": 0}
    rail.post("/behaviour", well)
    yield standins
    for one in standins.running.values():
        if one.process is None:
            one.start()
    rail.post("/behaviour", well)
