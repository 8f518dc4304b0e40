"""What holds for all rules: what comes before the table, how faults combine, what contributes, shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from kuaichu.desks.liability.grades import Grade, ShareRange
from kuaichu.desks.liability.matrix import MATRIX, Standing
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._contributory import CONTRIBUTORY
from kuaichu.desks.liability.scenarios._overrides import ORDER
from kuaichu.desks.liability.scenarios._scenario import Law
from kuaichu.desks.liability.share_tables import ShareCertainty, ShareTable, share_tables
from kuaichu.kernel.city import cities, city
from kuaichu.kernel.money import format_yuan
from kuaichu.law.statutes import parse
from kuaichu.queries.law_search import Found, found
from kuaichu.queries.library.rules import other_faults
from kuaichu.queries.library.shelves import Entry, entry, grade_words, said
from kuaichu.queries.library.sources import explained

_SIDES = (Standing.NONE, Standing.B, Standing.A, Standing.AB)
_OWN_KNOWLEDGE = {(Standing.B, Standing.NONE), (Standing.NONE, Standing.B), (Standing.B, Standing.B)}


@dataclass(frozen=True, slots=True)
class Contribution:
    """A contributory fault: code, words, articles, and the rules to which it belongs (none: any)."""

    code: str
    text: str
    articles: tuple[Found, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shares:
    """A table of shares in words; the rows are grade, between motors, against riders and pedestrians."""

    name: str
    rows: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    source: str
    sources: tuple[tuple[str, str], ...]
    article: Found | None
    sure: bool
    cities: tuple[str, ...]


def overrides() -> list[tuple[Entry, str]]:
    """What is asked before the table, in its order: the rule and its words."""
    return [(entry(ALL[code]), said(ALL[code].rule_zh, ALL[code].rule_en)) for code in ORDER]


def matrix() -> tuple[list[str], list[tuple[str, list[tuple[str, bool]]]]]:
    """Heads (faults of the other), rows (own faults): own grade, and whether it is sourced."""
    heads = [_standing(one) for one in _SIDES]
    rows = [(_standing(own), [_cell(own, other) for other in _SIDES]) for own in _SIDES]
    return heads, rows


def _cell(own: Standing, other: Standing) -> tuple[str, bool]:
    grades = MATRIX.get((own, other))
    if grades is None:
        return _("no proposal"), True
    return grade_words(grades[0]), (own, other) not in _OWN_KNOWLEDGE


def _standing(one: Standing) -> str:
    return {
        Standing.NONE: _("no fault"),
        Standing.B: _("class B only"),
        Standing.A: _("class A only"),
        Standing.AB: _("class A and B"),
    }[one]


def contributions(on: date) -> list[Contribution]:
    """All contributory faults, those which any rule may meet first."""
    general = [Contribution(o.code, said(o.zh, o.en), _laws(o.laws, on)) for o in CONTRIBUTORY]
    known = {one.code for one in general}
    for code, rules in other_faults().items():
        fault = rules[0].other_fault
        if fault and code not in known:
            named = tuple(one.code for one in rules)
            general.append(Contribution(code, said(fault.zh, fault.en), _laws(fault.laws, on), named))
    return general


def _laws(laws: tuple[Law, ...], on: date) -> tuple[Found, ...]:
    return tuple(hit for one in laws if (hit := found(one.citation, on)))


def shares(on: date) -> list[Shares]:
    """The declared tables of shares, the national one first."""
    used: dict[str, list[str]] = {}
    for code in cities():
        profile = city(code).profile
        used.setdefault(pack_of(code).shares, []).append(said(profile.name, profile.name_en))
    return [_shares(one, used.get(code, []), on) for code, one in share_tables().items()]


def _shares(one: ShareTable, users: list[str], on: date) -> Shares:
    return Shares(
        name=said(one.zh, one.en),
        rows=tuple(
            (grade_words(grade), _percent(one.between_motors[grade]), _range(one.against_weaker, grade))
            for grade in Grade
        ),
        notes=tuple(_notes(one)),
        source=one.source,
        sources=tuple(explained(one.source)),
        article=found(parse(one.law), on) if one.law else None,
        sure=one.certainty is ShareCertainty.SOURCED,
        cities=tuple(users),
    )


def _notes(one: ShareTable) -> Iterator[str]:
    if one.no_fault_cap_fen is not None:
        yield _("Without fault at most %(sum)s.") % {"sum": format_yuan(one.no_fault_cap_fen)}
    if Grade.NONE in one.closed_road:
        said_share = {"share": _range(one.closed_road, Grade.NONE)}
        yield _("Without fault on a road closed to riders and pedestrians: %(share)s.") % said_share
    if one.closed_road_cap_fen is not None:
        yield _("There at most %(sum)s.") % {"sum": format_yuan(one.closed_road_cap_fen)}
    if one.standing_without_fault is not None:
        yield _("Hit while standing, without fault: %(share)s.") % {
            "share": _percent(one.standing_without_fault)
        }
    if one.unprovable_equal:
        yield _("Where fault cannot be determined the money is split equally; that is no grade.")


def _range(table: Mapping[Grade, ShareRange], grade: Grade) -> str:
    share = table.get(grade)
    if share is None:
        return _("not fixed")
    return (
        _percent(share.high) if share.low == share.high else f"{_percent(share.low)}–{_percent(share.high)}"
    )


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g} %"
