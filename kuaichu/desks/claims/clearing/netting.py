"""Once a day everything open between the insurers of a city is netted, and the differences are paid."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kuaichu.desks.claims.clearing.rows import ClearingDispute, ClearingItem, ClearingPayment, ClearingRun
from kuaichu.desks.claims.ledger import postings
from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.postings import Transfer
from kuaichu.desks.claims.ports import PaymentState, PayoutRail
from kuaichu.desks.claims.rail import switches
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.city import city
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.moves import move
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.prepared import find_one, find_sure, insert
from kuaichu.kernel.refusals import Upstream

_CITIES = uuid.UUID("5b0f6f9e-8d0d-4b52-9c5f-0f6d7a3f1c44")


@dataclass(frozen=True)
class Netted(Fact, name="claims.netted"):
    """A day's debts between insurers were netted: what each gets (pays, below zero), in fen."""

    run_id: str
    day: str
    items: int
    positions: dict[str, int]
    payments: dict[str, int]
    posting: str = ""


@dataclass(frozen=True)
class Cleared(Fact, name="claims.cleared"):
    """An insurer's payment after a netting reached the other insurer."""

    payment_id: str
    run_id: str
    payer: str
    payee: str
    fen: int
    posting: str = ""


def stream_of(code: str) -> UUID:
    """The journal of a city's clearing."""
    return uuid.uuid5(_CITIES, code)


def net(actor: Actor, day: date) -> ClearingRun | None:
    """Net what was open at the end of a day (China time), once; None where there was nothing.

    What is disputed and not answered yet waits for a later day.
    """
    with act_on(actor, "claims.net", stream_of(actor.city)) as step:
        known = find_one(ClearingRun, city=actor.city, day=day)
        items = [] if known else _open(actor.city, day)
        if not items:
            step.already()
            return known
        run = ClearingRun(city=actor.city, day=day, positions=positions(items), at=clock.now())
        run.save()
        for one in items:
            move(one, ClearingItem.Status.NETTED)
            one.run = run
            one.save()
        payments = [
            ClearingPayment(id=new_id(), run=run, city=run.city, payer=payer, payee=payee, fen=fen)
            for payer, payee, fen in matched(run.positions)
        ]
        if payments:
            insert(*payments)
        fact = Netted(
            run_id=str(run.pk), day=day.isoformat(), items=len(items), positions=run.positions,
            payments={str(one.pk): one.fen for one in payments},
        )  # fmt: skip
        postings.record(step, lambda digest: replace(fact, posting=digest), _transfers(items))
    return run


def _open(code: str, day: date) -> list[ClearingItem]:
    end = datetime.combine(day + timedelta(days=1), time.min, clock.CHINA)
    disputed = ClearingDispute.objects.filter(city=code, status=ClearingDispute.Status.OPEN).values("item_id")
    rows = ClearingItem.objects.filter(city=code, status=ClearingItem.Status.OPEN, at__lt=end)
    return list(rows.exclude(pk__in=disputed).order_by("at", "id"))


def positions(items: Sequence[ClearingItem]) -> dict[str, int]:
    """What each insurer gets (pays, below zero) in fen; together nothing."""
    sums: Counter[str] = Counter()
    for one in items:
        sums[one.debtor] -= one.fen
        sums[one.creditor] += one.fen
    return dict(sorted(sums.items()))


def matched(sums: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Payer, payee, fen: payments that bring every position to nothing, fewer than there are insurers.

    The largest debtor pays the largest creditor first; equal ones go by their codes.
    """
    rest = {code: fen for code, fen in sums.items() if fen}
    found: list[tuple[str, str, int]] = []
    while rest:
        payer = min(rest, key=lambda code: (rest[code], code))
        payee = max(sorted(rest), key=lambda code: rest[code])
        fen = min(-rest[payer], rest[payee])
        found.append((payer, payee, fen))
        for code, change in ((payer, fen), (payee, -fen)):
            rest[code] += change
            if not rest[code]:
                del rest[code]
    return found


def _transfers(items: Sequence[ClearingItem]) -> list[Transfer]:
    pairs: Counter[tuple[str, str]] = Counter()
    for one in items:
        pairs[one.debtor, one.creditor] += one.fen
    made = []
    for (debtor, creditor), fen in sorted(pairs.items()):
        owed, owing = f"insurer:{creditor}", f"insurer:{debtor}"
        made.append(Transfer(debtor, Account.DUE_TO, Account.SETTLEMENT, fen, owed))
        made.append(Transfer(creditor, Account.SETTLEMENT, Account.DUE_FROM, fen, owing))
    return made


def call(payment: ClearingPayment) -> PaymentState | None:
    """Ask the rail to move the difference, under the payment's own key; None while payouts are switched off.

    An insurer's account at the rail is named by its code. No transaction may be open. Raises Upstream.
    """
    rail: PayoutRail = adapter("payout", city(payment.city).connector("payout"))
    key = str(payment.pk)
    known = rail.look(key)
    if known is not None:
        return known
    if switches.stopped(payment.city, payment.payer):
        return None
    return rail.pay(key, payment.fen, {"account": payment.payee}, payment.payer, f"clearing {payment.run_id}")


def record(actor: Actor, payment_id: UUID, state: PaymentState) -> None:
    """Record that the difference was paid, once. Raises Upstream for another amount."""
    with act_on(actor, "claims.record_clearing", stream_of(actor.city)) as step:
        payment = find_sure(ClearingPayment, pk=payment_id)
        if state.status != "settled" or payment.status == ClearingPayment.Status.PAID:
            step.already()
            return
        if state.amount_fen != payment.fen:
            raise Upstream("The payment system paid another amount.", retry=False, code="other_amount")
        move(payment, ClearingPayment.Status.PAID)
        payment.receipt, payment.paid_at = state.receipt, clock.now()
        payment.settled_at = getattr(state, "settled_at", None) or payment.paid_at
        payment.save()
        fact = Cleared(
            payment_id=str(payment.pk), run_id=str(payment.run_id), payer=payment.payer,
            payee=payment.payee, fen=payment.fen,
        )  # fmt: skip
        pays = Transfer(
            payment.payer,
            Account.SETTLEMENT,
            Account.BANK,
            payment.fen,
            credit_side=f"insurer:{payment.payee}",
        )
        gets = Transfer(
            payment.payee, Account.BANK, Account.SETTLEMENT, payment.fen, f"insurer:{payment.payer}"
        )
        postings.record(step, lambda digest: replace(fact, posting=digest), [pays, gets])
