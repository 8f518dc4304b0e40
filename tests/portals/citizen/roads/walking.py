"""Walks of accidents besides two cars: everybody by the real pages."""

from __future__ import annotations

import uuid
from typing import Any

from tests.stories.builders import Person, Town, insurers

Contacts = dict[str, tuple[str, str]]


def people(town: Town, count: int) -> list[Person]:
    """So many people, each with a car of their own that nobody can object to."""
    insurers()
    serial = uuid.uuid4().int % 80_000 + 10_000
    names = [f"苏J{serial + number}" for number in range(count)]
    codes = ("HUAIHAI", "TAIHU")
    return [Person(town, town.car(name, insurer=codes[n % 2])) for n, name in enumerate(names)]


def begin(person: Person, *checks: str, site: str = "road") -> None:
    """From the first tap to the photographs."""
    person.start()
    person.send("safety", injury="none", lat="33.377600", lon="120.157300", accuracy="12")
    person.send("place", place="人民南路与世纪大道路口", weather="1", light="day", site=site)
    person.send("checks", **({"checks": list(checks)} if checks else {"none": "yes"}))
    person.drive()
    person.prove()
    person.shoot()


def bring(first: Person, label: str, other: Person, kind: str = "MV") -> None:
    """Invite another road user by message, who opens the link and proves the phone."""
    first.send(f"others/{label}", how="sms", phone=other.phone, vehicle_kind=kind)
    other.open_link()


def tell_many(person: Person, movement: str, touched: Contacts, first: str = "", **answers: str) -> None:
    """What one of many tells; the questions that follow get `answers` by their key, else a no."""
    person.send("happened/movement", answer=movement)
    response = person.send("happened/met", answer=list(touched) or ["none"])
    for _step in range(20):
        page = response["Location"].removeprefix(person.url() + "/")
        if page == "happened/words":
            break
        response = person.send(page, **_answer(page, touched, first, answers))
    person.send("happened/words", answer="")


def _answer(page: str, touched: Contacts, first: str, answers: dict[str, str]) -> dict[str, Any]:
    ask = page.removeprefix("happened/")
    if ask.startswith("met_"):
        own, other = touched[ask.removeprefix("met_")]
        return {"zone": own, "other_zone": other}
    if ask == "first":
        return {"answer": first}
    return {"answer": answers.get(ask.split(".")[-1], "False")}
