"""Shape of a scenario file: rule, law, grades and worked examples."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuaichu.law.statutes import Citation, parse

from ..facts import AccidentFacts, Contact, VehicleFacts
from ..grades import Grade
from ..matrix import FaultClass
from ..vocabulary import Answer, Movement, Situation, UserKind, Zone
from ._logic import ALWAYS, Finding
from ._pair import Pair
from ._result import Reason

Rule = Callable[[Pair], Finding]
EXAMPLE_DAY = date(2024, 5, 15)
FROM_2018 = date(2018, 5, 1)
"""Start of the accident procedure (D146) whose grades all scenarios use."""
FULL_NONE = (Grade.FULL, Grade.NONE)


class Certainty(StrEnum):
    """Where a rule comes from."""

    SOURCED = "sourced"
    OWN_KNOWLEDGE = "own knowledge"


class Scope(StrEnum):
    """What a scenario looks at.

    CONTACT: two road users who touched. SINGLE: one motor vehicle alone. PARTY and ACCIDENT come before the
    table and decide the whole accident: by the conduct of one road user, or by what happened to all; like
    SINGLE they are asked of a road user paired with himself. OUTCOME names what the faults found at a contact
    come to together.
    """

    CONTACT = "contact"
    SINGLE = "single"
    PARTY = "party"
    ACCIDENT = "accident"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Law:
    """A cited place; with `when` it is cited only where that condition holds."""

    citation: Citation
    when: Rule | None = None


def law(text: str, when: Rule | None = None) -> Law:
    """Cite by short form: law("条52(2)"). Raises ValueError."""
    return Law(parse(text), when)


@dataclass(frozen=True, slots=True)
class OtherFault:
    """Fault of the counterpart which belongs to a scenario; `rule` is asked of the same pair.

    Contributory (class B) unless the scenario itself is a fault of the same class on both sides.
    """

    code: str
    zh: str
    en: str
    laws: tuple[Law, ...]
    rule: Rule = lambda _: ALWAYS
    fault_class: FaultClass = FaultClass.B


@dataclass(frozen=True, slots=True)
class Example:
    """Facts and the grades which must follow; no grades mean that the engine must abstain.

    `fires` tells whether this very scenario must be among the faults found.
    """

    zh: str
    en: str
    facts: AccidentFacts
    grades: Mapping[str, Grade] | None
    fires: bool = True


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row of the scenario table. `grades` are those of (actor, other) when the other has no fault.

    `zh` and `en` name the conduct so that "X…的行为违反了…" reads well; `rule_zh` and `rule_en` tell the
    driver the rule. `cause` is the four-digit code of the national accident form (pre-2022 code set), empty
    where the form has none. `fault_class` is None for what decides before the table; `grades` is None where
    no grades may be given at all. A `special` scenario names the situation before the general ones.
    `warnings` go with every proposal of the scenario.
    """

    code: str
    zh: str
    en: str
    rule_zh: str
    rule_en: str
    laws: tuple[Law, ...]
    rule: Rule
    situation: Situation
    cause: str
    source: str
    examples: tuple[Example, ...]
    fault_class: FaultClass | None = FaultClass.A
    grades: tuple[Grade, Grade] | None = FULL_NONE
    other_fault: OtherFault | None = None
    certainty: Certainty = Certainty.SOURCED
    valid_from: date = FROM_2018
    note: str = ""
    scope: Scope = Scope.CONTACT
    special: bool = False
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """What decides the whole accident before the table; `bearer` is a label, or the place."""

    scenario: Scenario
    bearer: str
    grades: Mapping[str, Grade]
    used: frozenset[str]
    laws: tuple[Citation, ...]


def car(
    label: str, movement: str | None, zone: str | None = None, kind: str = "MV", **answers: Answer
) -> VehicleFacts:
    """A road user of an example, told by the officer."""
    return VehicleFacts(
        label=label,
        kind=UserKind(kind),
        movement=Movement(movement) if movement else None,
        zone=Zone(zone) if zone else None,
        answers=answers,
        sources=dict.fromkeys(("movement", "zone", *answers), ("officer",)),
    )


def scene(*vehicles: VehicleFacts, contacts: str = "", **place: Answer) -> AccidentFacts:
    """Facts of an example; contacts of three or more are written "C.FRONT-B.REAR B.FRONT-A.REAR"."""
    return AccidentFacts(
        vehicles=vehicles,
        on=EXAMPLE_DAY,
        place=place,
        contacts=tuple(_contact(text) for text in contacts.split()),
        place_sources=dict.fromkeys(place, ("officer",)),
    )


def outcome(**grades: str) -> dict[str, Grade]:
    """Grades of an example by label."""
    return {label: Grade(grade) for label, grade in grades.items()}


def _contact(text: str) -> Contact:
    (first, first_zone), (second, second_zone) = (part.split(".") for part in text.split("-"))
    return Contact(first, second, Zone(first_zone), Zone(second_zone))
