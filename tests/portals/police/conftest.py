from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from kuaichu.people.models import Account
from tests.portals.citizen.conftest import running_town, town
from tests.portals.police import building

__all__ = ["running_town", "town"]


@pytest.fixture(autouse=True)
def clean_cache() -> None:
    """Counters of wrong tries and used codes belong to one test."""
    cache.clear()


@pytest.fixture
def officer(db: None) -> Account:
    made = building.account("officer")
    building.totp(made)
    return made


@pytest.fixture
def desk(officer: Account) -> Client:
    return building.signed_in(officer)


@pytest.fixture
def colleague(db: None) -> Callable[..., Client]:
    """Browsers of further staff: `colleague("name", "role")`."""

    def make(name: str = "colleague", role: str = "determination_officer", **more: object) -> Client:
        made = building.account(name, role, **more)
        if role == "determination_officer":
            building.totp(made)
        return building.signed_in(made)

    return make
