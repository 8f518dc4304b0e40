"""What is noticed about an accident beside earlier ones. Pure: no database, clock or settings.

A sign is a reason to look, never a verdict. Person, phone, plate and vehicle of one party that come
again count once together, because they are one repetition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any, Final

from kuaichu.desks.risk.rules import RiskRules
from kuaichu.kernel.clock import CHINA

WHO: Final = ("person", "phone", "plate", "vin")
"""Kinds by which a party is known again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing an accident has in common with others, as a keyed hash; `label` empty: of the whole case."""

    kind: str
    hash: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The same mark in an earlier accident `case`, at `at` (aware)."""

    mark: Mark
    case: str
    at: datetime
    insurers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """What is known of an accident itself. `far_m` and `far_hours`: of the photograph farthest off.

    `policy_days`: age of each party's youngest policy on the day of the accident, by label. `elsewhere`:
    labels whose assessed loss lies outside the zone that was hit.
    """

    at: datetime
    marks: tuple[Mark, ...]
    photos_same: int = 0
    photos_alike: int = 0
    far_m: int = 0
    far_hours: int = 0
    policy_days: Mapping[str, int] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A sign: its code, its points, and the figures its words are filled with; `label` whom it concerns."""

    code: str
    points: int
    label: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What makes it the same sign of the same party."""
        return f"{self.code}:{self.label}"


def judge(own: Observed, earlier: Sequence[Seen], rules: RiskRules) -> list[Found]:
    """All signs of an accident, strongest first. `earlier` are the marks it shares with earlier ones."""
    since = own.at - timedelta(days=rules.long_days)
    past = _Past([one for one in earlier if since <= one.at < own.at])
    found = [sign for make in _SIGNS for sign in make(own, past, rules) if sign.points > 0]
    return sorted(found, key=lambda one: (-one.points, one.key))


def points(found: Iterable[Found]) -> int:
    """What the signs weigh together."""
    return sum(one.points for one in found)


class _Past:
    """Earlier accidents by what they share with this one."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.at: dict[str, datetime] = {}
        self.insurers: dict[str, tuple[str, ...]] = {}
        self._cases: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._labels: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for one in seen:
            self.at[one.case], self.insurers[one.case] = one.at, one.insurers
            key = (one.mark.kind, one.mark.hash)
            self._cases[key].add(one.case)
            self._labels[(*key, one.case)].add(one.mark.label)

    def having(self, mark: Mark) -> set[str]:
        """The earlier accidents with this mark."""
        return self._cases.get((mark.kind, mark.hash), set())

    def labels(self, marks: Iterable[Mark], case: str) -> set[str]:
        """The sides on which these marks stood in an earlier accident."""
        return {label for m in marks for label in self._labels.get((m.kind, m.hash, case), ())}

    def told(self, cases: Iterable[str]) -> dict[str, Any]:
        """What a sign says about earlier accidents: how many, which, since when, of how many insurers."""
        rows = sorted(cases, key=lambda one: (self.at[one], one))
        return {
            "times": len(rows) + 1,
            "cases": rows[-10:],
            "since": self.at[rows[0]].astimezone(CHINA).date().isoformat(),
            "insurers": len({code for one in rows for code in self.insurers[one]}),
        }


def _sides(own: Observed) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in own.marks:
        if mark.kind in WHO:
            found[mark.label].append(mark)
    return dict(sorted(found.items()))


def _known(marks: Iterable[Mark], past: _Past) -> set[str]:
    return {case for mark in marks for case in past.having(mark)}


def _again(own: Observed, past: _Past, rules: RiskRules) -> Iterator[Found]:
    for label, marks in _sides(own).items():
        cases = _known(marks, past)
        if not cases:
            continue
        lately = {one for one in cases if own.at - past.at[one] <= timedelta(days=rules.short_days)}
        total = len(cases) + 1
        if total >= rules.very_often:
            yield Found("VERY_OFTEN", rules.again_very_often, label, past.told(cases))
        elif total >= rules.often:
            yield Found("OFTEN", rules.again_often, label, past.told(cases))
        elif lately:
            yield Found("AGAIN", rules.again, label, past.told(lately))


def _pair(own: Observed, past: _Past, rules: RiskRules) -> Iterator[Found]:
    for (_a, first), (_b, second) in combinations(_sides(own).items(), 2):
        both = {
            case
            for case in _known(first, past) & _known(second, past)
            if len(past.labels(first, case) | past.labels(second, case)) > 1
        }
        if both:
            weight = rules.pair_often if len(both) > 1 else rules.pair_again
            yield Found("PAIR", weight, "", past.told(both))


def _accounts(own: Observed, past: _Past, rules: RiskRules) -> Iterator[Found]:
    sides: dict[str, set[str]] = defaultdict(set)
    people = _sides(own)
    for mark in (m for m in own.marks if m.kind == "account"):
        sides[mark.hash].add(mark.label)
        foreign = past.having(mark) - _known(people.get(mark.label, ()), past)
        if foreign:
            yield Found("ACCOUNT_SHARED", rules.account_shared, mark.label, past.told(foreign))
    if any(len(labels) > 1 for labels in sides.values()):
        yield Found("ACCOUNT_BOTH_SIDES", rules.account_both_sides)


def _phones(own: Observed, _past: _Past, rules: RiskRules) -> Iterator[Found]:
    sides: dict[str, set[str]] = defaultdict(set)
    for mark in (m for m in own.marks if m.kind == "phone"):
        sides[mark.hash].add(mark.label)
    if any(len(labels) > 1 for labels in sides.values()):
        yield Found("PHONE_BOTH_SIDES", rules.phone_both_sides)


def _together(kind: str, code: str, least: int, weight: Callable[[RiskRules], int]) -> Any:
    """Earlier accidents with the same mark of this kind and one of the same parties."""

    def made(own: Observed, past: _Past, rules: RiskRules) -> Iterator[Found]:
        known = _known((m for marks in _sides(own).values() for m in marks), past)
        there = {case for m in own.marks if m.kind == kind for case in past.having(m)} & known
        if len(there) >= least:
            yield Found(code, weight(rules), "", past.told(there))

    return made


def _photos(own: Observed, _past: _Past, rules: RiskRules) -> Iterator[Found]:
    if own.photos_same:
        yield Found("PHOTO_SAME", rules.photo_same, "", {"photos": own.photos_same})
    elif own.photos_alike:
        yield Found("PHOTO_ALIKE", rules.photo_alike, "", {"photos": own.photos_alike})
    if own.far_m >= rules.far_m:
        yield Found("PHOTO_FAR", rules.photo_far, "", {"km": round(own.far_m / 1000)})
    if own.far_hours >= rules.far_hours:
        yield Found("PHOTO_OTHER_TIME", rules.photo_other_time, "", {"hours": own.far_hours})


def _policies(own: Observed, _past: _Past, rules: RiskRules) -> Iterator[Found]:
    for label, days in sorted(own.policy_days.items()):
        if 0 <= days <= rules.new_policy_days:
            yield Found("POLICY_NEW", rules.policy_new, label, {"days": days})


def _night(own: Observed, _past: _Past, rules: RiskRules) -> Iterator[Found]:
    hour = own.at.astimezone(CHINA).hour
    first, last = rules.night_from, rules.night_until
    if (first <= hour < last) if first <= last else (hour >= first or hour < last):
        yield Found("NIGHT", rules.night, "", {"hour": hour})


def _losses(own: Observed, _past: _Past, rules: RiskRules) -> Iterator[Found]:
    for label in own.elsewhere:
        yield Found("LOSS_ELSEWHERE", rules.loss_elsewhere, label)


_SIGNS: Final[tuple[Callable[[Observed, _Past, RiskRules], Iterator[Found]], ...]] = (
    _again,
    _pair,
    _accounts,
    _phones,
    _together("place", "PLACE_AGAIN", 2, lambda r: r.place_again),
    _together("helper", "HELPER_AGAIN", 2, lambda r: r.helper_again),
    _together("shop", "SHOP_AGAIN", 2, lambda r: r.shop_again),
    _photos,
    _policies,
    _night,
    _losses,
)
