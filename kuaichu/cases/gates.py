"""The table of excluding conditions (`gates.toml`), and how a row is read against what is known.

Pure: no database, clock or settings. Facts are three-valued: None means not known yet, and what is not known
never opens a gate.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

Value = str | bool | None
Known = Mapping[str, Value]
Answer = Literal["Y", "N", "C"]


class Procedure(StrEnum):
    """The procedures of D146, from the least to the most formal."""

    SELF = "SELF"
    ONLINE = "ONLINE"
    SUMMARY = "SUMMARY"
    GENERAL_FAST = "GENERAL_FAST"
    GENERAL = "GENERAL"
    CERT_OF_FACTS = "CERT_OF_FACTS"
    CRIMINAL = "CRIMINAL"
    NOT_ACCEPTED = "NOT_ACCEPTED"


class Step(StrEnum):
    """What happens when a gate closes a procedure."""

    SELF = "SELF"
    GENERAL = "GENERAL"
    GENERAL_FAST = "GENERAL_FAST"
    CERT_OF_FACTS = "CERT_OF_FACTS"
    CRIMINAL = "CRIMINAL"
    POLICE_ON_SITE = "POLICE_ON_SITE"
    JOINT_APPLICATION = "JOINT_APPLICATION"
    HOLD = "HOLD"  # nothing goes on by itself until an officer has looked
    TOW = "TOW"
    MOVE_VEHICLE = "MOVE_VEHICLE"
    IMPOUND = "IMPOUND"
    PENALTY = "PENALTY"
    SUBSTANCE_TEST = "SUBSTANCE_TEST"
    SEARCH = "SEARCH"
    EMERGENCY_PLAN = "EMERGENCY_PLAN"
    CLEAR_FIRST = "CLEAR_FIRST"
    CLEAR_THEN_REPORT = "CLEAR_THEN_REPORT"
    CALL_POLICE = "CALL_POLICE"
    RIGHTS_NOTICE = "RIGHTS_NOTICE"
    NOTIFY_OWNER = "NOTIFY_OWNER"
    NOTIFY_MILITARY = "NOTIFY_MILITARY"
    NOTIFY_AGRICULTURE = "NOTIFY_AGRICULTURE"
    VERIFY_FIRST = "VERIFY_FIRST"
    TRANSFER = "TRANSFER"
    WRITTEN_REFUSAL = "WRITTEN_REFUSAL"
    BY_REFERENCE = "BY_REFERENCE"  # off the road: handled as on it (法77)


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"wanted": "is"}):
    """What turns a C into a Y: a fact, a city's switch, or a limit a city does not set."""

    pack: str = ""
    without: str = ""
    fact: str = ""
    wanted: bool = True

    def __post_init__(self) -> None:
        if bool(self.pack) == bool(self.fact):
            raise ValueError("an opening names either a city's option or a fact")


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the eligibility matrix (D146 13-15, 18-24 and city rules)."""

    code: str
    order: int
    when: tuple[dict[str, tuple[str | bool, ...]], ...]
    answers: dict[Procedure, Answer]
    otherwise: tuple[Step, ...]
    law: tuple[str, ...]
    severity: Literal["info", "notice", "block", "urgent"]
    mark: Literal["sourced", "own_reading"]
    title: str
    reason: str
    opens: dict[Procedure, Opening] = {}
    basis: str = ""
    scene: Literal["", "keep"] = ""

    def __post_init__(self) -> None:
        conditional = {procedure for procedure, answer in self.answers.items() if answer == "C"}
        if conditional != set(self.opens):
            raise ValueError(f"gate {self.code}: every C needs its `opens`, and nothing else has one")

    def bites(self, known: Known) -> tuple[bool | None, tuple[str, ...]]:
        """Whether the condition is met (None: not known), and the first facts to be asked."""
        states = [match(clause, known) for clause in self.when]
        if any(state for state, _ in states):
            return True, ()
        missing = tuple(dict.fromkeys(fact for state, fact in states if state is None))
        return (None, missing) if missing else (False, ())

    def admits(self, procedure: Procedure, known: Known, options: object) -> tuple[bool | None, str]:
        """Whether the procedure stays open although the gate bites, and the fact this hangs on if unknown.

        `options` has the city's options as attributes.
        """
        answer = self.answers.get(procedure, "Y")
        if answer != "C":
            return answer == "Y", ""
        opening = self.opens[procedure]
        if opening.fact:
            value = known[opening.fact]
            return (None, opening.fact) if value is None else (value is opening.wanted, "")
        option = getattr(options, opening.pack)
        return (opening.without not in option if opening.without else bool(option)), ""


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Facts that must all be so before a procedure is open at all."""

    procedure: Procedure
    when: dict[str, tuple[str | bool, ...]]
    law: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `gates.toml`."""

    version: str
    gate: tuple[Gate, ...]
    requirement: tuple[Requirement, ...]
    digest: str = ""

    def __post_init__(self) -> None:
        orders = [gate.order for gate in self.gate]
        if orders != sorted(set(orders)) or len({gate.code for gate in self.gate}) != len(orders):
            raise ValueError("gates: codes must be unique and orders rising")


@cache
def table() -> Table:
    """The gates in order, checked. Raises msgspec.ValidationError for a row that does not fit."""
    raw = (files(__package__) / "gates.toml").read_bytes()
    read = msgspec.convert(tomllib.loads(raw.decode()), Table)
    return msgspec.structs.replace(read, digest=hashlib.sha256(raw).hexdigest()[:12])


def match(clause: Mapping[str, Sequence[str | bool]], known: Known) -> tuple[bool | None, str]:
    """Whether all facts have one of the values; if that is open, also the first unknown fact.

    Raises KeyError for a fact that does not exist.
    """
    missing = ""
    for fact, values in clause.items():
        value = known[fact]
        if value is None:
            missing = missing or fact
        elif value not in values:
            return False, ""
    return (None, missing) if missing else (True, "")


def any_true(values: Iterable[bool | None]) -> bool | None:
    """True if one is True; otherwise None if one is not known; otherwise False."""
    seen = set(values)
    return True if True in seen else None if None in seen else False
