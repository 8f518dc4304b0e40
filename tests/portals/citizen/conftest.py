from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.stories.builders import Person, Town, town_of


@pytest.fixture(scope="session")
def running_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town_of(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def town(running_town: Town, settings: Settings, transactional_db: None) -> Town:
    """The town, and the house connected to it."""
    settings.CONNECTORS = {**settings.CONNECTORS, **running_town.connectors()}
    return running_town


@pytest.fixture
def anna(town: Town) -> Person:
    """Somebody who has just opened a case."""
    person = Person(town, town.car("苏J20001"))
    person.start()
    return person
