"""A remote centre to measure: a city with many seats, cases that wait, officers with sessions and streams.

Rows and verbs of the product, in whatever database the settings lead to.
"""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from kuaichu.kernel.actors import Actor

MODEL = "yancheng"
CITY = "manyseats"
"""The city that is measured: MODEL under another name, since no file may replace a city that is there."""
SEATS = "determination = 12"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AGENT = "kuaichu-bench"
TOKEN = "r" * 32
TOLD = (
    {"movement": "STRAIGHT", "zone": "FRONT", "other_movement": "STOPPED_QUEUE", "other_zone": "REAR"},
    {"movement": "STOPPED_QUEUE", "zone": "REAR", "answers": {"B.rolled_back": False}},
)

SETTLED_SECONDS = 300.0
"""So long the server has to work off what follows from the requests."""


@dataclass
class Officer:
    """Somebody at a seat: the powers, and the session of the browser."""

    actor: Actor
    session: str

    def headers(self) -> dict[str, str]:
        """What this officer's browser sends with every request."""
        cookie = f"sessionid={self.session}; csrftoken={TOKEN}"
        return {
            "Cookie": cookie,
            "X-CSRFToken": TOKEN,
            "User-Agent": AGENT,
            "Content-Type": "application/json",
        }


class Stream(threading.Thread):
    """Holds `/live/work` open; `heard` are the moments of its rings (`time.monotonic`)."""

    def __init__(self, port: int, officer: Officer) -> None:
        super().__init__(daemon=True)
        self.heard: list[float] = []
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        link.request("GET", "/live/work", headers=officer.headers())
        self._answer = link.getresponse()
        if self._answer.status != 200:
            raise SystemExit(f"/live/work answers {self._answer.status}: {self._answer.read(500)!r}")

    def run(self) -> None:
        """Read until the server goes away."""
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            while line := self._answer.readline():
                if line.startswith(b"event: ring"):
                    self.heard.append(time.monotonic())

    def first_since(self, moment: float) -> float | None:
        """Seconds from `moment` to the first ring after it; None while there was none."""
        return next((at - moment for at in tuple(self.heard) if at >= moment), None)


def city_file(folder: Path, seats: int) -> None:
    """Write the file of a city like MODEL with so many seats for those who determine (KUAICHU_CITY_DIRS)."""
    import kuaichu

    text = (Path(kuaichu.__file__).parent / "cities" / f"{MODEL}.toml").read_text("utf-8")
    for old, new in ((f'code = "{MODEL}"', f'code = "{CITY}"'), (SEATS, f"determination = {seats}")):
        if old not in text:
            raise ValueError(f"{MODEL}.toml: there is no {old!r}")
        text = text.replace(old, new, 1)
    folder.mkdir()
    (folder / f"{CITY}.toml").write_text(text, "utf-8")


def new_case(number: int) -> UUID:
    """A case that is ready and for which an officer is asked; the request is a fact, and rings."""
    from kuaichu.cases.models import Case, Party, Vehicle
    from kuaichu.desks.liability import requests
    from kuaichu.kernel import clock
    from kuaichu.people.roles import system

    now = clock.now()
    case = Case.objects.create(
        city=CITY, number=f"R{number:05}", status=Case.Status.READY, opened_at=now, happened_at=now,
        injury="none", light="day", place="人民南路与世纪大道路口", lon=120.1573, lat=33.3776,
    )  # fmt: skip
    for label, told in zip("AB", TOLD, strict=True):
        party = Party.objects.create(case=case, label=label, status="confirmed", statement=told)
        Vehicle.objects.create(case=case, party=party, plate=f"苏J{label}{number:04}")
    requests.request(system(CITY), case.pk)
    return case.pk


def new_officer(number: int) -> Officer:
    """A qualified officer with a second factor, signed in."""
    from allauth.mfa.totp.internal.auth import TOTP
    from django.conf import settings
    from django.test import Client

    from kuaichu.people import signin
    from kuaichu.people.models import Account, Organisation, Qualification

    unit, _ = Organisation.objects.get_or_create(
        city=CITY, code="YC-REMOTE", defaults={"kind": "police", "name": "YC-REMOTE"}
    )
    account = Account.objects.create_user(
        f"ring{number:03}", password=None, organisation=unit, roles=["determination_officer"],
        display_name=f"ring{number:03}", badge=f"9{number:05}",
    )  # fmt: skip
    Qualification.objects.create(
        account=account,
        kind="summary",
        number=f"Q{number}",
        valid_from="2020-01-01",
        valid_until="2099-12-31",
    )
    TOTP.activate(account, SECRET)
    browser = Client()
    browser.force_login(account)
    return Officer(signin.staff(account), browser.cookies[settings.SESSION_COOKIE_NAME].value)


def until_settled() -> None:
    """Wait until the server has done everything that is due. Raises SystemExit where it never does."""
    from kuaichu.kernel import clock
    from kuaichu.kernel.models import Delivery

    end = time.monotonic() + SETTLED_SECONDS
    while Delivery.objects.filter(run_at__lte=clock.now(), lane="", held=False).exists():
        if time.monotonic() > end:
            raise SystemExit("the server does not get its work done 服务未能完成待办")
        time.sleep(0.2)
