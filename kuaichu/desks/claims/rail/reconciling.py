"""Every day the rail's statement is compared with our payouts, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from kuaichu.desks.claims.clearing.rows import ClearingPayment
from kuaichu.desks.claims.models import Payout
from kuaichu.desks.claims.payouts import key_of
from kuaichu.desks.claims.ports import PaymentState, PayoutRail
from kuaichu.desks.claims.rail.rows import Reconciliation
from kuaichu.desks.claims.rail.switches import stream_of
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.city import city
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.prepared import find_one


@dataclass(frozen=True)
class Reconciled(Fact, name="claims.reconciled"):
    """A day's statement of the rail was compared: so many agree, so many differ; `late` payouts it paid and
    we had not recorded yet.
    """

    day: str
    matched: int
    differing: int
    late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """One payment as we know it; `payout` is empty for a payment of the clearing."""

    fen: int
    paid: bool
    payout: str


def fetch(code: str, day: date) -> list[PaymentState]:
    """The rail's statement of what it settled on a day (China time). No transaction may be open."""
    rail: PayoutRail = adapter("payout", city(code).connector("payout"))
    return list(rail.statement(day))


def reconcile(actor: Actor, day: date, told: list[PaymentState]) -> Reconciliation:
    """Compare, once for each day; nothing is changed: what differs is shown, what is late is recorded by who
    hears the fact.
    """
    with act_on(actor, "claims.reconcile", stream_of(actor.city)) as step:
        known = find_one(Reconciliation, city=actor.city, day=day)
        if known is not None:
            step.already()
            return known
        own = _own(actor.city, day, {state.key for state in told})
        findings = list(_findings(told, own))
        differing = {one["key"] for one in findings}
        row = Reconciliation(
            city=actor.city, day=day, matched=len({s.key for s in told} - differing),
            rail_fen=sum(state.amount_fen for state in told),
            own_fen=sum(one.fen for one in own.values() if one.paid), findings=findings, at=clock.now(),
        )  # fmt: skip
        row.save()
        late = tuple(one["payout"] for one in findings if one["what"] == "not_recorded" and one["payout"])
        step.record(Reconciled(day=day.isoformat(), matched=row.matched, differing=len(differing), late=late))
    return row


def _own(code: str, day: date, keys: set[str]) -> dict[str, Own]:
    """Our payments: those of the statement's keys, and all that we recorded on the day."""
    start = datetime.combine(day, time.min, clock.CHINA)
    ids = [one for one in map(_id_of, keys) if one is not None]
    span = {"settled_at__gte": start, "settled_at__lt": start + timedelta(days=1)}
    payouts = Payout.objects.filter(city=code)
    wanted = payouts.filter(pk__in=ids) | payouts.filter(**span)
    found = {key_of(p): Own(p.fen, p.status == Payout.Status.PAID, str(p.pk)) for p in wanted.distinct()}
    between = ClearingPayment.objects.filter(city=code)
    for one in between.filter(pk__in=ids) | between.filter(**span):
        found[str(one.pk)] = Own(one.fen, one.status == ClearingPayment.Status.PAID, "")
    return found


def _id_of(key: str) -> UUID | None:
    """The id of our payment in a key of the rail; None where it can be none of ours."""
    try:
        return UUID(key[:36])
    except ValueError:
        return None


def _findings(told: list[PaymentState], own: Mapping[str, Own]) -> Iterator[dict[str, Any]]:
    """What differs: `not_ours`, `other_amount`, `not_recorded`, `twice`, or `not_in_statement`."""
    seen: set[str] = set()
    for state in told:
        mine = own.get(state.key)
        what = "twice" if state.key in seen else _difference(state, mine)
        seen.add(state.key)
        if what:
            fen = mine.fen if mine else 0
            payout = mine.payout if mine else ""
            yield {
                "what": what,
                "key": state.key,
                "payout": payout,
                "rail_fen": state.amount_fen,
                "own_fen": fen,
            }
    for key, mine in own.items():
        if mine.paid and key not in seen:
            yield {
                "what": "not_in_statement",
                "key": key,
                "payout": mine.payout,
                "rail_fen": 0,
                "own_fen": mine.fen,
            }


def _difference(state: PaymentState, mine: Own | None) -> str:
    if mine is None:
        return "not_ours"
    if mine.fen != state.amount_fen:
        return "other_amount"
    return "" if mine.paid else "not_recorded"
