"""What happened in a replayed accident: drawn from the worked examples of the liability engine's scenarios.

Two motor vehicles each; how often a scenario is drawn follows how often such accidents happen (rear-end
collisions and lane changes most). Who is reporter is drawn too, so A is not always at fault.
"""

from __future__ import annotations

import pkgutil
import random
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from kuaichu.desks.liability import scenarios
from kuaichu.desks.liability.facts import AccidentFacts
from kuaichu.desks.liability.vocabulary import UserKind

# family of scenarios -> weight
WEIGHTS = {"RE": 34, "LC": 24, "RV": 10, "IX": 10, "SG": 5, "PK": 7, "DR": 3, "EN": 4, "UT": 3, "WR": 2}
ZONES = ("FRONT", "FRONT_LEFT", "FRONT_RIGHT", "LEFT", "RIGHT", "REAR", "REAR_LEFT", "REAR_RIGHT")
# why an accident leaves the quick procedures at once, and how often
EXCLUDING: tuple[tuple[dict[str, Any], int], ...] = (
    ({"injury": "slight"}, 3),
    ({"triage": {"alcohol_suspected": True}}, 2),
    ({"triage": {"facility_hit": True}}, 2),
    ({"triage": {"immovable": True}}, 1),
    ({"triage": {"police_requested": True}}, 1),
)
_ABSTAINING = 0.08
_CONTRADICTING = 0.05


@dataclass(frozen=True, slots=True)
class Told:
    """What one party says."""

    movement: str
    zone: str
    answers: dict[str, Any] = field(default_factory=dict)
    other_movement: str | None = None
    other_zone: str | None = None

    def statement(self) -> dict[str, Any]:
        """As the interface takes it."""
        values = {
            "movement": self.movement,
            "zone": self.zone,
            "other_movement": self.other_movement,
            "other_zone": self.other_zone,
            "answers": self.answers,
        }
        return {key: value for key, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Situation:
    """One accident of two cars: the scenario it was drawn from, what A and B say, and what excludes it."""

    code: str
    told: dict[str, Told]
    light: str
    injury: str
    triage: dict[str, bool]

    @property
    def is_excluded(self) -> bool:
        """Whether it was drawn to leave the quick procedures."""
        return self.injury != "none" or any(self.triage.values())


@cache
def _examples() -> tuple[tuple[str, AccidentFacts, bool], ...]:
    """All examples of two motor vehicles: scenario code, facts, whether the engine proposes."""
    found = []
    for module in pkgutil.iter_modules(scenarios.__path__):
        if module.name.startswith("_"):
            continue
        scenario = import_module(f"{scenarios.__name__}.{module.name}").SCENARIO
        for example in scenario.examples:
            cars = example.facts.vehicles
            if len(cars) == 2 and all(v.kind == UserKind.MV and v.movement and v.zone for v in cars):
                found.append((scenario.code, example.facts, example.grades is not None))
    return tuple(found)


def draw(roll: random.Random, *, night: bool, excluded_share: float = 0.06) -> Situation:
    """One accident."""
    decided = roll.random() >= _ABSTAINING
    options = [e for e in _examples() if e[2] == decided and e[0][:2] in WEIGHTS]
    per_family: dict[str, int] = {}
    for code, *_ in options:
        per_family[code[:2]] = per_family.get(code[:2], 0) + 1
    weights = [WEIGHTS[code[:2]] / per_family[code[:2]] for code, *_ in options]
    code, facts, _ = roll.choices(options, weights)[0]
    aside: dict[str, Any] = {}
    if roll.random() < excluded_share:
        aside = roll.choices([row for row, _ in EXCLUDING], [weight for _, weight in EXCLUDING])[0]
    return Situation(
        code=code,
        told=_told(roll, facts),
        light=str(facts.place.get("light") or ("night_lit" if night else "day")),
        injury=aside.get("injury", "none"),
        triage={"alcohol_suspected": False, **aside.get("triage", {})},
    )


def _told(roll: random.Random, facts: AccidentFacts) -> dict[str, Told]:
    first, second = (v.label for v in facts.vehicles)
    names = {first: "A", second: "B"} if roll.random() < 0.5 else {first: "B", second: "A"}
    by_name = {names[v.label]: v for v in facts.vehicles}
    place = {f"place.{key}": value for key, value in facts.place.items() if key != "light"}
    told = {}
    for name in ("A", "B"):
        own = by_name[name]
        answers = {f"{name}.{key.split('@')[0]}": value for key, value in own.answers.items()}
        told[name] = Told(str(own.movement), str(own.zone), {**answers, **(place if name == "A" else {})})
    return told if roll.random() >= _CONTRADICTING else {**told, "A": _doubting(roll, told["A"], told["B"])}


def _doubting(roll: random.Random, own: Told, other: Told) -> Told:
    """A account of the other that differs from the other's own: an officer sees the contradiction."""
    zone = roll.choice([z for z in ZONES if z != other.zone])
    return Told(own.movement, own.zone, own.answers, other.movement, zone)
