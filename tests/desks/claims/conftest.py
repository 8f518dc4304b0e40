from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from kuaichu.desks.claims import rules
from kuaichu.kernel import city as cities
from tests.process.walking import Road
from tests.standin_servers import standins, town
from tests.stories.builders import CITY, Town

__all__ = ["standins", "town"]


@pytest.fixture
def road(town: Town, db: None) -> Road:
    """An agreed rear-end collision: A is at fault (HUAIHAI), B is not (TAIHU)."""
    made = Road(town).ready()
    made.agree()
    return made


@pytest.fixture
def city_rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change rules of claims of the city, as its file would."""

    def change(**changes: Any) -> None:
        city = cities.city(CITY)
        monkeypatch.setitem(city._made, "claims", structs.replace(rules.rules(CITY), **changes))

    return change
