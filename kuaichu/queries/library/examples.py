"""Worked examples of a rule as people read them: facts in words, the engine's result, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from django.utils.translation import gettext as _

from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.facts import AccidentFacts, VehicleFacts
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import Example, Scenario
from kuaichu.desks.liability.sketch import draw
from kuaichu.desks.liability.vocabulary import PLACE, UserKind
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries.library.shelves import grade_words, said
from kuaichu.queries.own_case import fact_words

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """What the engine says: grades in words by label, or why it proposes nothing and what would decide."""

    grades: tuple[Fact, ...]
    reasons: tuple[str, ...]
    would_decide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One example. `near_miss`: something is decided, but not by this rule. `open`: nothing is proposed.

    `own` is the city's result where it differs.
    """

    number: int
    title: str
    facts: tuple[Fact, ...]
    result: Result
    near_miss: bool
    open: bool
    own: Result | None


def examples(one: Scenario, city: str) -> list[Shown]:
    """The worked examples of a rule; the city's own result where it differs from the national one."""
    return [_shown(number, each, city) for number, each in enumerate(one.examples, start=1)]


@cache
def sketch(code: str, number: int, lang: str, *, legend: bool) -> tuple[str, str]:
    """The drawing of an example (counted from 1) and its digest. Raises NotFound."""
    found = ALL.get(code)
    if found is None or not 1 <= number <= len(found.examples):
        raise NotFound(_("There is no such drawing."))
    drawn = draw(found.examples[number - 1].facts, lang=lang, legend=legend, letters=True)
    return drawn, sha256(drawn.encode()).hexdigest()[:16]


def _shown(number: int, one: Example, city: str) -> Shown:
    national, own = _result(one.facts, LiabilityPack.default()), _result(one.facts, pack_of(city))
    differs = own.grades != national.grades
    near = bool(national.grades) and not one.fires
    facts = tuple(_facts(one.facts))
    return Shown(
        number, said(one.zh, one.en), facts, national, near, not national.grades, own if differs else None
    )


def _result(facts: AccidentFacts, pack: LiabilityPack) -> Result:
    made = propose(facts, pack, facts.on)
    reasons = tuple(said(one.zh, one.en) for one in made.reasons)
    if isinstance(made, Abstention):
        asked = dict.fromkeys(_question(ref) for ref in made.would_decide)
        return Result((), reasons, tuple(asked))
    return Result(tuple(_grades(made)), reasons)


def _grades(made: Proposal) -> Iterator[Fact]:
    collisions: list[Mapping[str, Grade]] = (
        [made.grades] if made.grades else [c.grades for c in made.collisions]
    )
    for grades in collisions:
        yield from ((label, grade_words(grade)) for label, grade in grades.items())


def _question(ref: str) -> str:
    return fact_words(ref, None, "")[0]


def _facts(facts: AccidentFacts) -> Iterator[Fact]:
    for one in facts.vehicles:
        yield _("Road user %(label)s") % {"label": one.label}, _kind(one.kind)
        yield from _told(one)
    yield from (fact_words(f"{PLACE}.{key}", value, "") for key, value in facts.place.items())
    for met in facts.contacts:
        first = fact_words(f"{met.first}.zone", met.first_zone, "")[1]
        second = fact_words(f"{met.second}.zone", met.second_zone, "")[1]
        yield _("Contact"), f"{met.first} {first} — {met.second} {second}"


def _told(one: VehicleFacts) -> Iterator[Fact]:
    told = {"movement": one.movement, "zone": one.zone, **one.answers}
    for key, value in told.items():
        if value is not None or key == "movement":
            yield fact_words(f"{one.label}.{key}", value, "")


def _kind(kind: UserKind) -> str:
    return {
        UserKind.MV: _("motor vehicle"),
        UserKind.NMV: _("bicycle, e-bike or other non-motor vehicle"),
        UserKind.PEDESTRIAN: _("pedestrian"),
    }[kind]
