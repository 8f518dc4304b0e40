"""Once a day: what insurers owe each other is netted and paid, and the bank's statement is compared."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from uuid import UUID

from kuaichu.desks.claims.clearing import disputes, netting
from kuaichu.desks.claims.clearing.rows import ClearingDispute, ClearingPayment
from kuaichu.desks.claims.models import Payout
from kuaichu.desks.claims.rail import reconciling
from kuaichu.kernel.prepared import find
from kuaichu.kernel.refusals import Upstream
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process import paying
from kuaichu.process.calling import each


def net(event: Event) -> None:
    """A day is over: what was open between the insurers is netted."""
    netting.net(system(event.city), date.fromisoformat(event.fact.day))


def compare(event: Event) -> None:
    """A day is over: the rail's statement of it is compared with our payouts."""
    day = date.fromisoformat(event.fact.day)
    reconciling.reconcile(system(event.city), day, reconciling.fetch(event.city, day))


def record_late(event: Event) -> None:
    """What the rail had paid and we had not recorded is asked for and recorded now."""
    rows = [row for one in event.fact.late for row in find(Payout, pk=UUID(one))]
    each([partial(paying.pay_one, event, row) for row in rows])


def pay_differences(event: Event) -> None:
    """After a netting each difference is paid over the rail."""
    _pay(event, find(ClearingPayment, run_id=UUID(event.fact.run_id)))


def _pay(event: Event, rows: list[ClearingPayment]) -> None:
    each([partial(_pay_one, event, row) for row in rows if row.status == ClearingPayment.Status.ORDERED])


def _pay_one(event: Event, payment: ClearingPayment) -> None:
    state = netting.call(payment)
    if state is None:
        return  # switched off: paid when a person switches on again
    netting.record(system(event.city), payment.pk, state)
    if state.status == "accepted":
        raise Upstream("The bank has accepted but not yet settled.", code="settling")


def go_on(event: Event) -> None:
    """Payouts were switched on again: what waited is paid."""
    own = event.fact.insurer
    waiting = find(Payout, city=event.city, status=str(Payout.Status.ORDERED))
    differences = find(ClearingPayment, city=event.city, status=str(ClearingPayment.Status.ORDERED))
    rows = [row for row in waiting if own in ("", row.payer)]
    each(
        [
            *(partial(paying.pay_one, event, row) for row in rows),
            partial(_pay, event, [row for row in differences if own in ("", row.payer)]),
        ]
    )


def answer_time(since: datetime, city: str) -> datetime:
    """By when a dispute between insurers is answered."""
    return disputes.answer_by(since, city)


def lapse_dispute(event: Event) -> None:
    """Who was silent has agreed."""
    row = ClearingDispute.objects.get(pk=UUID(event.fact.dispute_id))
    disputes.lapse(system(event.city), row.pk)
