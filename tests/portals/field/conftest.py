from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from kuaichu.kernel.deliveries import drain
from kuaichu.people.models import Account
from tests.desks.dispatch import people
from tests.portals.citizen.conftest import running_town, town
from tests.portals.police import building

__all__ = ["running_town", "town"]


@pytest.fixture(autouse=True)
def clean_cache() -> None:
    """Counters of wrong tries and used codes belong to one test."""
    cache.clear()


class Walker:
    """Somebody who goes to the scene, with a browser of the own phone."""

    def __init__(self, account: Account) -> None:
        self.account = account
        building.totp(account)
        self.browser = building.signed_in(account)
        self.browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def see(self, page: str = "", status: int = 200) -> str:
        """The text of a page of the field."""
        response = self.browser.get(f"/field/{page}")
        assert response.status_code == status, (page, response.status_code)
        return response.content.decode()

    def send(self, page: str, status: int = 302, /, **fields: object) -> str:
        """Send a form; where it leads, or its text when it came back."""
        response = self.browser.post(f"/field/{page}", fields)
        assert response.status_code == status, (page, response.status_code, response.content.decode()[-2000:])
        drain()
        return response["Location"] if status == 302 else response.content.decode()

    def go_on_duty(self) -> None:
        """On duty at the usual place."""
        lat, lon = people.HERE
        self.send("duty", consent="on", unit="021", lat=str(lat), lon=str(lon), accuracy="9")

    def stop(self) -> str:
        """Stopped for an accident: the task's address below /field/."""
        number = self.see("stop").split('name="number" value="')[1].split('"')[0]
        lat, lon = people.HERE
        where = self.send("stop", number=number, lat=str(lat), lon=str(lon), accuracy="9", injury="none")
        return where.removeprefix("/field/")


@pytest.fixture
def walker(db: None) -> Callable[..., Walker]:
    """Somebody of this role: `walker("persuader")`."""
    return lambda role, **given: Walker(people.account(role, **given))


@pytest.fixture
def stranger() -> Client:
    """A browser of anybody, in English."""
    return Client(HTTP_ACCEPT_LANGUAGE="en")
