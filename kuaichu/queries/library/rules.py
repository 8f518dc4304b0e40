"""One rule of the public library, with all that it rests on and what cities decide otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kuaichu.desks.liability.matrix import FaultClass
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._contributory import CONTRIBUTORY
from kuaichu.desks.liability.scenarios._pack import LiabilityPack
from kuaichu.desks.liability.scenarios._scenario import Certainty, Scenario, Scope
from kuaichu.kernel.city import cities, city
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries.law_search import Found, found
from kuaichu.queries.library.examples import Shown, examples
from kuaichu.queries.library.shelves import cited, grade_words, said
from kuaichu.queries.library.sources import explained


@dataclass(frozen=True, slots=True)
class Difference:
    """What one city decides otherwise, in sentences, and the articles it cites in addition."""

    city: str
    sentences: tuple[str, ...]
    articles: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its page shows it. `grades` are (actor, other) in words when the other has no fault."""

    code: str
    title: str
    text: str
    grades: tuple[str, str] | None
    fault_class: str
    other_fault: tuple[str, str] | None
    scope: str
    situation: str
    articles: tuple[Found, ...]
    examples: tuple[Shown, ...]
    differences: tuple[Difference, ...]
    source: str
    sources: tuple[tuple[str, str], ...]
    sure: bool
    valid_from: date
    note: str
    before: str
    after: str


def rule(code: str, city_code: str, on: date) -> Rule:
    """The page of a rule, its law as in force that day. Raises NotFound."""
    one = ALL.get(code)
    if one is None:
        raise NotFound(_("There is no such rule."))
    codes = sorted(ALL)
    here = codes.index(code)
    return Rule(
        code=code,
        title=said(one.zh, one.en),
        text=said(one.rule_zh, one.rule_en),
        grades=(grade_words(one.grades[0]), grade_words(one.grades[1])) if one.grades else None,
        fault_class=class_words(one.fault_class),
        other_fault=(one.other_fault.code, said(one.other_fault.zh, one.other_fault.en))
        if one.other_fault
        else None,
        scope=_scope(one.scope),
        situation=one.situation.value,
        articles=tuple(hit for place in cited(one) if (hit := found(place, on))),
        examples=tuple(examples(one, city_code)),
        differences=tuple(_differences(one, on)),
        source=one.source,
        sources=tuple(explained(one.source)),
        sure=one.certainty is Certainty.SOURCED,
        valid_from=one.valid_from,
        note=one.note,
        before=codes[here - 1] if here else "",
        after=codes[here + 1] if here + 1 < len(codes) else "",
    )


def home_of(code: str) -> tuple[str, str]:
    """Where a code is explained: (rule code, "") or ("", contributory code). Raises NotFound."""
    code = code.upper()
    if code in ALL:
        return code, ""
    if code in {one.code for one in CONTRIBUTORY} | set(other_faults()):
        return "", code
    raise NotFound(_("There is no such rule."))


def other_faults() -> dict[str, list[Scenario]]:
    """Codes of faults of the counterpart which are no rules of their own, with the rules that name them."""
    named: dict[str, list[Scenario]] = {}
    for one in ALL.values():
        if one.other_fault and one.other_fault.code not in ALL:
            named.setdefault(one.other_fault.code, []).append(one)
    return named


def class_words(fault_class: FaultClass | None) -> str:
    """How heavily a fault weighs, in words; "" for what decides before the table."""
    if fault_class is None:
        return ""
    return {
        FaultClass.A: _("class A: breaks the right of way"),
        FaultClass.B: _("class B: contributes"),
    }[fault_class]


def _scope(scope: Scope) -> str:
    return {
        Scope.CONTACT: _("Asked of any two road users who touched."),
        Scope.SINGLE: _("Asked of a motor vehicle that met nobody else."),
        Scope.PARTY: _("Decides the whole accident before the table, by the conduct of one road user."),
        Scope.ACCIDENT: _("Decides the whole accident before the table, by what happened to all."),
        Scope.OUTCOME: _("Names what the faults found come to together."),
    }[scope]


def _differences(one: Scenario, on: date) -> Iterator[Difference]:
    for code in cities():
        pack, profile = pack_of(code), city(code).profile
        sentences = tuple(_otherwise(one, pack))
        more = (hit for place in pack.supplements.get(one.code, ()) if (hit := found(place, on)))
        articles = tuple(more)
        if sentences or articles:
            yield Difference(said(profile.name, profile.name_en), sentences, articles)


def _otherwise(one: Scenario, pack: LiabilityPack) -> Iterator[str]:
    numbers = [number for number, codes in pack.situations.items() if one.code in codes]
    if numbers:
        listed = ", ".join(sorted(numbers, key=lambda n: [int(d) for d in re.findall(r"\d+", n)]))
        yield _("In its own list of situations: no. %(numbers)s.") % {"numbers": listed}
    if one.code in pack.off:
        yield _("Not used here: an officer decides.")
    if one.code in pack.grades:
        actor, other = map(grade_words, pack.grades[one.code])
        yield _("Other grades: %(actor)s, the other %(other)s.") % {"actor": actor, "other": other}
    if one.code in pack.classes:
        yield _("Weighs otherwise: %(class)s.") % {"class": class_words(pack.classes[one.code])}
    if one.code in ("PK-05", "RE-06", "PK-04") and pack.illegal_stop == "PK-05":
        yield _("Whoever stopped illegally in a lane bears full liability (PK-05).")
    if one.code == "LC-04" and pack.same_target == "left_yields":
        yield _("Of two who move into one lane from both sides, the one from the left yields.")
    if one.code == "EQ-00" and not pack.same_class_equal:
        yield _("Not used here: an officer decides.")
