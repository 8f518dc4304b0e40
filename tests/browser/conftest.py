"""One demonstration for all stories, and how pages are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.demonstration import Demonstration
from tests.browser.looking import Look
from tests.conftest import SCREENSHOTS

if TYPE_CHECKING:
    from playwright.sync_api import Page


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "pictures: takes the README's pictures, only with --screenshots")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The README's pictures are taken only when pictures are asked for."""
    if config.getoption("screenshots"):
        return
    pictures = [item for item in items if item.get_closest_marker("pictures")]
    config.hook.pytest_deselected(items=pictures)
    items[:] = [item for item in items if item not in pictures]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """`kuaichu demo` without stories; it must end cleanly."""
    running = Demonstration(tmp_path_factory.mktemp("demo"), "--no-stories")
    yield running
    assert running.stop() == 0, running.printed[-2000:]


@pytest.fixture(scope="session")
def look(axe: Callable[[Page], None], request: pytest.FixtureRequest) -> Look:
    """`look(page, name)`: axe, the width and, with --screenshots, two pictures."""
    return Look(axe, SCREENSHOTS if request.config.getoption("screenshots") else None)
