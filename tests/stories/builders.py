"""People at the roadside, for tests: each walks the real pages with a real browser session of its own."""

from __future__ import annotations

import io
import re
import uuid
from random import Random
from typing import Any

from django.http import HttpResponse
from django.test import Client
from PIL import Image

from kuaichu.cases.models import Case, Party
from kuaichu.kernel.deliveries import drain
from kuaichu.people.models import Organisation
from tests.stories.town import INSURERS, Town, town_of

__all__ = ["CITY", "INSURERS", "SIGNATURE", "Person", "Town", "insurers", "photograph", "rear_end", "town_of"]

CITY = "yancheng"
SIGNATURE = "M10.0 10.0L100.5 100.0L50.0 60.0"


def insurers() -> None:
    """The two insurers of the town."""
    for code, name in INSURERS.items():
        defaults = {"kind": Organisation.Kind.INSURER, "name": name}
        Organisation.objects.get_or_create(city=CITY, code=code, defaults=defaults)


def photograph(seed: int = 0, size: tuple[int, int] = (800, 600)) -> bytes:
    """A small JPEG that differs by its seed."""
    out = io.BytesIO()
    Image.frombytes("RGB", (8, 6), Random(seed).randbytes(144)).resize(size).save(out, "JPEG")
    return out.getvalue()


class Person:
    """Somebody with a telephone and a browser, walking the citizen's pages."""

    def __init__(self, town: Town, plate: str, *, language: str = "en") -> None:
        self.town, self.plate, self.phone = town, plate, town.number()
        self.browser = Client(HTTP_ACCEPT_LANGUAGE=language)
        self.party_id = ""
        self.seed = uuid.uuid4().int % 1_000_000

    @property
    def party(self) -> Party:
        """This person's row as it is now."""
        return Party.objects.select_related("case").get(pk=self.party_id)

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.party.case

    def url(self, page: str = "") -> str:
        """The address of one of this person's pages."""
        return f"/p/{self.party_id}" + (f"/{page}" if page else "")

    def see(self, page: str = "", status: int = 200) -> str:
        """The text of a page."""
        response = self.browser.get(self.url(page))
        assert response.status_code == status, (page, response.status_code)
        return response.content.decode()

    def send(self, page: str, status: int = 302, /, **fields: Any) -> HttpResponse:
        """Send the form of a page; then everything that follows is done."""
        response = self.browser.post(self.url(page), fields)
        assert response.status_code == status, (page, response.status_code, response.content.decode()[-3000:])
        drain()
        return response

    def start(self) -> None:
        """Open a case."""
        number = re.search(r'name="number" value="([^"]+)"', self.browser.get("/start").content.decode())
        assert number
        response = self.browser.post("/start", {"number": number[1]})
        self.party_id = response["Location"].split("/")[2]

    def describe(self, *checks: str) -> None:
        """Safety, place, quick check."""
        self.send("safety", injury="none", lat="33.377600", lon="120.157300", accuracy="12")
        self.send("place", place="人民南路与世纪大道路口", weather="1", light="day")
        self.send("checks", **({"checks": list(checks)} if checks else {"none": "yes"}))

    def drive(self) -> None:
        """The own car; the register tells the rest."""
        self.send("vehicle", vehicle_kind="MV", plate=self.plate, plate_kind="")
        self.send("owner", owner="yes")

    def prove(self) -> None:
        """The own phone."""
        self.send("phone", phone=self.phone)
        self.send("phone", code=self.town.code(self.phone))

    def shoot(self, *shots: str) -> None:
        """Photographs, as the behaviour sends them."""
        for shot in shots or ("front", "rear", "contact"):
            self.seed += 1
            response = self.put(photograph(self.seed), shot)
            assert response.status_code == 200, response.content

    def put(
        self, data: bytes, shot: str = "front", client: uuid.UUID | None = None, **headers: str
    ) -> HttpResponse:
        """One raw upload."""
        address = self.url(f"photos/{client or uuid.uuid4()}?shot={shot}")
        return self.browser.put(
            address, data, content_type="image/jpeg", headers=headers, HTTP_ACCEPT="application/json"
        )

    def tell(self, movement: str, zone: str, other_movement: str, other_zone: str) -> None:
        """What happened; the yes-or-no questions that follow get a no, the others “don't know”."""
        told = {
            "movement": movement,
            "zone": zone,
            "other_movement": other_movement,
            "other_zone": other_zone,
        }
        for key, value in told.items():
            response = self.send(f"happened/{key}", answer=value)
        while not response["Location"].endswith("/words"):
            page = response["Location"].removeprefix(self.url() + "/")
            no = 'value="False"' in self.see(page)
            response = self.send(page, answer="False" if no else "unknown")
        self.send("happened/words", answer="")

    def invite(self, other: Person) -> None:
        """Send the other party the link, which they open and prove their phone for."""
        self.send("other", how="sms", phone=other.phone)
        other.open_link()

    def open_link(self) -> None:
        """Follow the newest link on this telephone."""
        text = next(t for t in self.town.messages(self.phone) if "/j/" in t)
        found = re.search(r"/j/[\w-]+", text)
        assert found
        self.follow(found.group())

    def follow(self, link: str, **fields: str) -> None:
        """Open a link, ask for the code, enter it."""
        self.browser.post(link, {"ask": "yes", **fields})
        drain()
        response = self.browser.post(link, {"code": self.town.code(self.phone)})
        assert response.status_code == 302, response.content.decode()[-2000:]
        self.party_id = response["Location"].split("/")[2]

    def confirm(self) -> None:
        """Declare the own part true."""
        self.send("review", true="on")

    def choose(self, way: str) -> None:
        """Say which way to go."""
        self.send("ways", way=way)

    def read_agreement(self) -> str:
        """Open the agreement and, where the city wants one, ask for the code that signs it; that code."""
        if 'name="ask"' not in self.see("agreement"):
            return ""
        self.send("agreement", ask="yes")
        return self.town.code(self.phone)

    def sign(self, status: int = 302, /, **fields: Any) -> HttpResponse:
        """Read the agreement, then sign it, drawn unless `fields` say otherwise."""
        code = self.read_agreement()
        told = {"signature_path": SIGNATURE, "read": "on", "code": code} | fields
        return self.send("agreement", status, **told)


def first_half(town: Town) -> tuple[Person, Person]:
    """A rear-end collision confirmed by the first, who ran into the second, and invited that one."""
    serial = uuid.uuid4().int % 90_000 + 10_000
    first = Person(town, town.car(f"苏J{serial}"))
    second = Person(town, town.car(f"苏J{(serial + 1) % 90_000 + 10_000}", insurer="TAIHU"))
    first.start()
    first.describe()
    first.drive()
    first.prove()
    first.shoot()
    first.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    first.invite(second)
    first.confirm()
    return first, second


def rear_end(town: Town) -> tuple[Person, Person]:
    """Two people who have confirmed a rear-end collision: the first ran into the second."""
    insurers()
    first, second = first_half(town)
    second.drive()
    second.tell("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT")
    second.confirm()
    return first, second
