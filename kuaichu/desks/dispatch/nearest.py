"""Who is nearest and may be sent. Pure: no database, clock or settings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kuaichu.cases.places.datums import Position, distance_m
from kuaichu.desks.dispatch.rules import DispatchRules


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on duty; `busy` has a task in hand, `where` is the last position told."""

    account_id: UUID
    role: str
    insurer: str
    since: datetime
    busy: bool
    where: Position | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is chosen, and the straight distance in metres where both places are known."""

    account_id: UUID
    role: str
    metres: int | None


def rank(
    place: Position | None,
    candidates: Iterable[Candidate],
    *,
    wants: Collection[str],
    shunned: Collection[str],
    insurers: Collection[str],
    now: datetime,
    rules: DispatchRules,
) -> list[Choice]:
    """Who may be sent, best first: nearest, with a penalty for one whose employer insures a party.

    Left out: other roles, the busy, those who declined, positions too old or beyond reach. Without the place
    of the accident those longest on duty come first.
    """
    scored = []
    for one in candidates:
        if one.role not in wants or one.busy or str(one.account_id) in shunned:
            continue
        metres = _metres(place, one, now, rules)
        if place is not None and (metres is None or metres > rules.reach_m):
            continue
        penalty = rules.own_insurer_m if one.insurer and one.insurer in insurers else 0
        cost = (metres or 0) + penalty
        scored.append((cost, one.since, str(one.account_id), Choice(one.account_id, one.role, metres)))
    return [choice for _cost, _since, _id, choice in sorted(scored, key=lambda row: row[:3])]


def _metres(place: Position | None, one: Candidate, now: datetime, rules: DispatchRules) -> int | None:
    """How far away somebody is; None when that is not known any more."""
    fresh = one.told_at is not None and now - one.told_at <= timedelta(minutes=rules.fresh_minutes)
    if place is None or one.where is None or not fresh:
        return None
    return round(distance_m(place, one.where))
