"""Facts of a police record of Montgomery County, word for word by the table beside the data.

The table says of every column whether it is read. The label is none of them: it never reaches the facts.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, cast

from kuaichu.desks.liability.facts import AccidentFacts, VehicleFacts
from kuaichu.desks.liability.vocabulary import Answer, Movement, Zone

Line = Mapping[str, str]
Record = tuple[Line, Line]
LABEL = "Driver At Fault"
_FOLDER = resources.files("kuaichu.outside") / "data" / "montgomery"
_TURNS = frozenset({Movement.LEFT_TURN, Movement.RIGHT_TURN})
_SWERVING = _TURNS | {Movement.U_TURN}
_BY_COMPASS = ("same", "left", "opposite", "right")
_MIRRORED = {"left": "right", "right": "left"}


@cache
def table() -> Mapping[str, Any]:
    """The mapping, as the file has it."""
    return tomllib.loads((_FOLDER / "mapping.toml").read_text("utf-8"))


@cache
def records() -> tuple[Record, ...]:
    """All pairs of the file: two drivers each, one found at fault and one not."""
    lines = list(csv.DictReader((_FOLDER / "pairs.csv").read_text("utf-8").splitlines()))
    return tuple((lines[at], lines[at + 1]) for at in range(0, len(lines), 2))


def facts_of(record: Record, presume: bool = False) -> AccidentFacts:
    """The engine's facts of a pair, A the first line; `presume` adds what the table takes for granted."""
    first, second = ({key: value for key, value in one.items() if key != LABEL} for one in record)
    moves = _movement(first, second), _movement(second, first)
    place = _place(first, moves)
    came = _came_from(first, second, moves)
    directions = (came, _MIRRORED.get(came, came)) if came else (None, None)
    lines = zip("AB", (first, second), moves, directions, strict=True)
    return AccidentFacts(
        vehicles=tuple(_vehicle(*one, place=place if presume else {}) for one in lines),
        on=_moment(first).date(),
        place=place,
    )


def _vehicle(
    label: str, line: Line, movement: Movement | None, came: str | None, place: Mapping[str, Answer]
) -> VehicleFacts:
    answers = {one["key"]: one["value"] for one in _presumed(place)}
    answers |= table()["answers"].get(line["Vehicle Movement"], {})
    answers |= {"other_came_from": came} if came else {}
    return VehicleFacts(label, movement=movement, zone=_zone(line), answers=answers)


def _presumed(place: Mapping[str, Answer]) -> list[dict[str, str]]:
    rows = cast("dict[str, dict[str, str]]", table()["presumed"])
    return [one for one in rows.values() if place.get("control") == one["control"]]


def _movement(line: Line, other: Line) -> Movement | None:
    word = line["Vehicle Movement"]
    if word in table()["lane_change"]["words"]:
        side = _side(_zone(line)) or _MIRRORED.get(_side(_zone(other)), "")
        return Movement(table()["lane_change"][side]) if side else None
    found = table()["movement"].get(word)
    return Movement(found) if found else None


def _zone(line: Line) -> Zone | None:
    found = table()["zone"].get(line["Vehicle First Impact Location"])
    return Zone(found) if found else None


def _side(zone: Zone | None) -> str:
    return next((side for side in _MIRRORED if zone and side in zone.lower().split("_")), "")


def _place(line: Line, moves: tuple[Movement | None, ...]) -> dict[str, Answer]:
    word = line["Traffic Control"]
    turns = table()["control_of_turns"] if _TURNS & {*moves} else {}
    found = {"light": _light(line), "control": {**table()["control"], **turns}.get(word)}
    return {key: value for key, value in found.items() if value}


def _light(line: Line) -> str | None:
    found, hours = table()["light"].get(line["Light"]), table()["daylight"]
    bright = line["Light"] == "N/A" and hours["from"] <= _moment(line).hour < hours["until"]
    return "day" if bright else cast("str | None", found)


def _came_from(first: Line, second: Line, moves: tuple[Movement | None, ...]) -> str | None:
    """Where the second came from, seen by the first: by form and compass, None where these contradict."""
    form, compass = table()["form"].get(first["Collision Type"]), _by_compass(first, second)
    swerving = bool(_SWERVING & {*moves})
    if form in ("same", "opposite"):
        return cast(str, form) if swerving or compass in (form, None) else None
    straight_on = form == "crossing" and not swerving
    return None if straight_on and compass in ("same", "opposite") else compass


def _by_compass(first: Line, second: Line) -> str | None:
    rose = table()["compass"]
    mine, yours = (rose.get(one["Vehicle Going Dir"]) for one in (first, second))
    return None if mine is None or yours is None else _BY_COMPASS[(yours - mine) % 4]


def _moment(line: Line) -> datetime:
    """Local time of the place."""
    return datetime.strptime(line["Crash Date/Time"], "%m/%d/%Y %I:%M:%S %p")  # noqa: DTZ007
