"""Which app shows the page: what browsers and apps in China say of themselves."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kuaichu.portals.browsers import in_app

_FILE = Path(__file__).parent.parent / "data" / "user_agents.tsv"
with _FILE.open(encoding="utf-8", newline="") as _lines:
    _ROWS = list(csv.reader((line for line in _lines if not line.startswith("#")), delimiter="\t"))
APPS = {name: (agent, code) for name, code, agent in _ROWS if code}
BROWSERS = {name: agent for name, code, agent in _ROWS if not code}


@pytest.mark.parametrize("name", APPS)
def test_apps(name: str) -> None:
    agent, code = APPS[name]
    found = in_app(agent)
    assert found is not None
    assert found.code == code
    assert str(found.name)
    assert str(found.way_out)


@pytest.mark.parametrize("name", BROWSERS)
def test_browsers(name: str) -> None:
    assert in_app(BROWSERS[name]) is None


def test_there_are_enough() -> None:
    assert len(APPS) >= 15
    assert len(BROWSERS) >= 12
