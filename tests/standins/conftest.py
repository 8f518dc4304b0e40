from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.standins.running import Running


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start stand-ins that end with the test."""
    started: list[Running] = []

    def start(name: str, *options: str) -> Running:
        started.append(Running(name, tmp_path, *options))
        return started[-1]

    yield start
    for one in started:
        one.close()
