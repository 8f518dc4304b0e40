"""A reporter with a phone of its own, and which interruptions it meets: a sample, or with --all-kills all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.phones import Phone
from tests.conftest import CHROMIUM_ARGS, PLACE, SIZES, require
from tests.kill.answers import KINDS, SHOTS, STEPS
from tests.kill.roadside import Reporter
from tests.kill.world import FAIR, World
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SAMPLE = [
    ("place", "network"),
    ("vehicle", "browser"),
    ("code", "tab"),
    ("photo.rear", "server"),
    ("photo.contact", "network"),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"moment", "kind"} <= {*metafunc.fixturenames}:
        moments = [*STEPS, *(f"photo.{shot}" for shot in SHOTS)]
        every = [(moment, kind) for moment in moments for kind in KINDS]
        chosen = every if metafunc.config.getoption("all_kills") else SAMPLE
        metafunc.parametrize(
            ("moment", "kind"), chosen, ids=[f"{m}-{k}".replace("/", "-") for m, k in chosen]
        )


@pytest.fixture(scope="module")
def world(make_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(make_server, tmp_path_factory.mktemp("roadside"))
    yield made
    made.close()


@pytest.fixture
def reporter(world: World, chromium: Browser, tmp_path: Path) -> Iterator[Reporter]:
    world.line.weather = FAIR
    profile = tmp_path / "profile"
    profile.mkdir()
    look: dict[str, Any] = SIZES["phone"] | {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "geolocation": PLACE,
    }
    phone = Phone(
        chromium.browser_type,
        profile,
        require("chromium"),
        CHROMIUM_ARGS,
        permissions=["geolocation"],
        **look,
    )
    somebody = Reporter(phone, world.line, world.plate(), world.town.number(), world.town.code)
    yield somebody
    print("\n".join(somebody.log))  # shown where a test fails
    phone.close()
