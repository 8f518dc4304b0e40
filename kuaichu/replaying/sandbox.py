"""Cases of named scenarios, made to arrive on demand: the same scenario and seed is always the same case.

Two parties walk the public interface as they do in a replay. Plates, telephones, statements and policies
follow from scenario, seed and insurers alone; asked for again, the case that is there already is named.
"""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass, field
from datetime import datetime

from kuaichu.replaying.accidents import Accident
from kuaichu.replaying.citizens import Journey
from kuaichu.replaying.line import Count, Line
from kuaichu.replaying.officers import Officer
from kuaichu.replaying.phones import Phones
from kuaichu.replaying.situations import Situation, Told
from kuaichu.replaying.viewing import Course

_MOMENT = datetime(2026, 1, 5, 9, 30)  # noqa: DTZ001 - a part of the seed, no time of anything
_REAR_END = {
    "A": Told("STRAIGHT", "FRONT", {}, "STOPPED_QUEUE", "REAR"),
    "B": Told("STOPPED_QUEUE", "REAR", {"B.rolled_back": False}),
}


@dataclass(frozen=True)
class Scenario:
    """One scenario: what the insurer's system sees of it, what both say, how it is decided.

    `own` is whether the claims' insurer insures both cars; `after` is what happens once the claim is there.
    """

    words: str
    told: dict[str, Told] = field(default_factory=lambda: _REAR_END)
    way: str = "agree"
    injury: str = "none"
    own: bool = True
    after: str = ""


SCENARIOS: dict[str, Scenario] = {
    "rear_end": Scenario("one claim; the company insures both cars and assesses both"),
    "two_insurers": Scenario("a claim for each company; each assesses what the city asks it to", own=False),
    "lane_change": Scenario(
        "one claim; A changed lanes and bears all",
        {
            "A": Told("LANE_CHANGE_LEFT", "LEFT", {}, "STRAIGHT", "FRONT_RIGHT"),
            "B": Told("STRAIGHT", "FRONT_RIGHT"),
        },
    ),
    "reversing": Scenario(
        "one claim; A reversed and bears all",
        {"A": Told("REVERSING", "REAR", {}, "STRAIGHT", "FRONT"), "B": Told("STRAIGHT", "FRONT")},
    ),
    "disputed": Scenario(
        "one claim on an officer's certificate; the accounts differ (`differences` in the packet)",
        {
            "A": Told("STRAIGHT", "FRONT", {}, "REVERSING", "REAR"),
            "B": Told("STOPPED_QUEUE", "REAR", {"B.rolled_back": False}),
        },
        way="officer",
    ),
    "injury_refused": Scenario("no claim at all: somebody is hurt, the police come", injury="slight"),
    "late_injury": Scenario("one claim, then `claim.held`: somebody is hurt after all", after="late_injury"),
}  # fmt: skip


@dataclass(frozen=True)
class Places:
    """Where the sandbox's programs answer, and the officers who may sign in there."""

    base: str
    phones: str
    register: str
    policies: str
    plate_prefix: str
    lon: float
    lat: float
    officers: tuple[tuple[str, str], ...] = ()
    patience: float = 60.0


@dataclass(frozen=True)
class Arrived:
    """The case; `known` when it was there already."""

    number: str
    case_id: str
    plates: tuple[str, str]
    outcome: str
    known: bool


class Stuck(Exception):
    """The case did not get as far as its scenario says; the text tells why."""


async def arrive(places: Places, name: str, seed: str, insurers: tuple[str, str]) -> Arrived:
    """Make a case of this scenario arrive at these insurers of A's and B's car. Raises Stuck."""
    scenario = SCENARIOS[name]
    city, telephones = (
        Line(at, Count(), places.patience, connections=4) for at in (places.base, places.phones)
    )
    run = f"sandbox/{name}/{seed}/{'/'.join(insurers)}"
    outside = [Line(at, Count(), places.patience, connections=2) for at in (places.register, places.policies)]
    try:
        journey = journey_of((city, telephones), places, name, run)
        for label, insurer in zip("AB", insurers, strict=True):
            await _plant(outside, journey.parts[label].plate, insurer)
        course = await _walked(journey, places, scenario.way == "officer")
    finally:
        for one in (city, telephones, *outside):
            await one.close()
    plates = (journey.parts["A"].plate, journey.parts["B"].plate)
    return _arrived(scenario, course, plates)


async def _plant(outside: list[Line], plate: str, insurer: str) -> None:
    """Let the registers know this car, its owner's licence and its policies: all in order."""
    register, policy_register = outside
    later = f"{datetime.now().year + 2}-06-30"  # noqa: DTZ005 - a day of the calendar
    car = {"status": "正常", "inspection_until": later}
    record = (await register.call("PUT", f"/vehicles/{plate}", json=car)).json()
    driver = {"status": "正常", "valid_until": later, "classes": "C1", "id_no": record["owner"]["id_no"]}
    await register.call("PUT", f"/drivers/sandbox-{zlib.crc32(plate.encode())}", json=driver)
    await policy_register.call("PUT", f"/policies/{plate}", json={"policies": policies(plate, insurer)})


def _arrived(scenario: Scenario, course: Course, plates: tuple[str, str]) -> Arrived:
    known = "phone_not_proven" in course.failure and bool(course.case_id)
    if course.failure and not known:
        raise Stuck(course.failure)
    refused = course.outcome == "handed_over"
    if not known and refused != (scenario.injury != "none"):
        raise Stuck(
            f"the case is {course.outcome or 'open'}: {', '.join(course.reasons) or 'no reason told'}"
        )
    return Arrived(course.number, course.case_id, plates, course.outcome, known)


def journey_of(lines: tuple[Line, Line], places: Places, name: str, run: str) -> Journey:
    """The way of two parties through this scenario: all of it follows from its name, the run and the place.

    `lines` lead to the city and to the telephones.
    """
    scenario = SCENARIOS[name]
    row = zlib.crc32(run.encode())
    accident = Accident(row, _MOMENT, 3, "人民南路与世纪大道路口", places.lon, places.lat)
    situation = Situation(name, scenario.told, "day", scenario.injury, {"alcohol_suspected": False})
    return Journey(
        lines[0], Phones(lines[1]), accident, situation, run=run, plate_prefix=places.plate_prefix,
        agree=scenario.way == "agree", stay=False,
    )  # fmt: skip


async def _walked(journey: Journey, places: Places, with_officers: bool) -> Course:
    """The journey to its end, with officers beside it where its way needs one."""
    stop, desks = asyncio.Event(), list[Line]()
    robots = []
    for name, password in places.officers if with_officers else ():
        desk = Line(places.base, Count(), places.patience, connections=2)
        desks.append(desk)
        robots.append(asyncio.create_task(Officer(desk, journey.phones, name, password).work(stop)))
    try:
        return await journey.go()
    finally:
        stop.set()
        await asyncio.gather(*robots, return_exceptions=True)
        for desk in desks:
            await desk.close()


def policies(plate: str, insurer: str) -> list[dict[str, object]]:
    """The policies of this car with this company, in force now; the numbers follow from the plate."""
    mark = zlib.crc32(f"{plate}/{insurer}".encode())
    limits = {"CTALI": 20_000_000, "TPL": 100_000_000, "MOD": 12_000_000}
    year = datetime.now().year  # noqa: DTZ005 - a policy's years are days of the calendar here
    return [
        {
            "cover": cover, "insurer": insurer, "number": f"{insurer[:2]}{cover}{mark:010d}",
            "starts": f"{year - 1}-07-01", "ends": f"{year + 1}-06-30",
            "limit_fen": fen, "deductible_fen": None,
        }
        for cover, fen in limits.items()
    ]  # fmt: skip
