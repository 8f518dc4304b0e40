"""The sketch of a case: drawn from all that is known, or from one party's own account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.desks.liability.asking import answered
from kuaichu.desks.liability.facts import AccidentFacts
from kuaichu.desks.liability.gathering import facts_of
from kuaichu.desks.liability.questions import question
from kuaichu.desks.liability.sketch import Shape, conflicts, draw

MOST_DRAWN = 8
_SPOKEN = re.compile(r"<(title|desc)>.*?</\1>\n?")
"""What a sketch says to those who do not see it: beside an answer the answer itself says it."""
_SHAPES = {
    "K1": Shape.BUS, "K2": Shape.BUS, "H1": Shape.TRUCK, "H2": Shape.TRUCK, "H3": Shape.VAN, "H4": Shape.VAN,
    "Q1": Shape.TRUCK, "Q2": Shape.TRUCK, "Z1": Shape.TRUCK, "Z2": Shape.TRUCK, "D1": Shape.BUS,
    "D2": Shape.BUS, "M1": Shape.MOTORCYCLE, "M2": Shape.MOTORCYCLE,
}  # fmt: skip
"""Family of the registered vehicle type (GA/T 16.4) → what it looks like from above; others are cars."""


@dataclass(frozen=True, slots=True)
class Sketched:
    """A sketch as SVG markup made here (never by a browser), and what in it cannot be right, in words."""

    svg: str
    conflicts: tuple[str, ...]


def of_case(
    case: Case, parties: list[Party], vehicles: Mapping[str, Vehicle], officer: dict[str, Any] | None = None
) -> Sketched | None:
    """The sketch of all that is known, the officer's findings before the parties' words; None without any."""
    return _sketched(facts_of(case, parties, dict(vehicles), officer), vehicles)


def own_account(
    case: Case, party: Party, parties: tuple[Party, ...], vehicles: Mapping[str, Vehicle]
) -> Sketched | None:
    """The sketch of what this party alone has told; None before it has said what it did."""
    facts, told = _own_facts(case, party, parties, vehicles)
    return _sketched(facts, told) if party.statement.get("movement") else None


def of_choices(
    case: Case, party: Party, parties: tuple[Party, ...], vehicles: Mapping[str, Vehicle], ref: str
) -> dict[str, str]:
    """What each answer to a question would look like, as SVG by value, on what this party has told.

    Only where the answers look different: an answer drawn like another one gets no picture, and a question
    none at all unless two answers have one, or for more than `MOST_DRAWN` answers.
    """
    facts, told = _own_facts(case, party, parties, vehicles)
    values = [value for value, _ in question(ref).choices]
    if len(values) > MOST_DRAWN:
        return {}
    lang, shapes = get_language() or "zh", shapes_of(told)
    drawn = {
        str(value): _SPOKEN.sub(
            "", draw(answered(facts, ref, value), lang=lang, shapes=shapes, legend=False, letters=True)
        )
        for value in values
    }
    count = Counter(drawn.values())
    found = {value: svg for value, svg in drawn.items() if count[svg] == 1}
    return found if len(found) > 1 else {}


def _own_facts(
    case: Case, party: Party, parties: tuple[Party, ...], vehicles: Mapping[str, Vehicle]
) -> tuple[AccidentFacts, dict[str, Vehicle]]:
    told = {**vehicles}
    shown = [one if one.pk == party.pk else _silent(case, one.label) for one in parties]
    if len(shown) == 1 and not case.triage.get("single_vehicle"):
        shown.append(_silent(case, "B"))
        told["B"] = Vehicle(case=case, party=shown[-1], kind="MV")
    return facts_of(case, shown, told), told


def for_paper(
    case: Case, parties: list[Party], vehicles: Mapping[str, Vehicle], officer: dict[str, Any]
) -> str:
    """The sketch as a paper shows it, in Chinese; "" where facts are missing, disputed or cannot be right."""
    facts = facts_of(case, parties, dict(vehicles), officer)
    told = all(one.kind == "PEDESTRIAN" or (one.movement and one.answer("zone")) for one in facts.vehicles)
    if not told or facts.disputed() or conflicts(facts) or not (facts.met() or len(parties) == 1):
        return ""
    return draw(facts, lang="zh", shapes=shapes_of(vehicles))


def shapes_of(vehicles: Mapping[str, Vehicle]) -> dict[str, Shape]:
    """What the registered vehicles look like from above, as far as the register says."""
    types = {label: str((one.record or {}).get("vehicle_type", "")) for label, one in vehicles.items()}
    return {label: _SHAPES[kind[:2]] for label, kind in types.items() if kind[:2] in _SHAPES}


def _silent(case: Case, label: str) -> Party:
    return Party(case=case, label=label, statement={})


def _sketched(facts: AccidentFacts, vehicles: Mapping[str, Vehicle]) -> Sketched | None:
    if not any(one.movement or one.answer("zone") for one in facts.vehicles):
        return None
    lang = get_language() or "zh"
    svg = draw(facts, lang=lang, shapes=shapes_of(vehicles), letters=True)
    found = conflicts(facts)
    return Sketched(svg, tuple(one.zh if lang.startswith("zh") else one.en for one in found))
