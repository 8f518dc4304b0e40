"""From a decided case to money in the bank: claims, calculation, approval, payout, closing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from kuaichu.cases import files, outcome
from kuaichu.cases.models import Case
from kuaichu.desks.claims import calculations, filings, ordering, payouts
from kuaichu.desks.claims.models import Lien, Payout
from kuaichu.desks.claims.recourse import refusals
from kuaichu.desks.claims.rules import rules
from kuaichu.desks.risk import traces
from kuaichu.kernel.prepared import find, find_sure
from kuaichu.kernel.refusals import Upstream
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.calling import each
from kuaichu.queries import losses


def file_claims(event: Event) -> None:
    """Every insurer with cover on a vehicle gets a claim."""
    assert event.case_id is not None
    insurers = losses.insurers_concerned(event.case_id)
    if insurers:
        filings.register(system(event.city), event.case_id, insurers)
    else:
        outcome.close(system(event.city), event.case_id, outcome="no_insurer")


def calculate(event: Event) -> None:
    """Compute as soon as the loss of every motor vehicle is assessed."""
    assert event.case_id is not None
    loss = losses.loss_case(files.case(event.case_id))
    if loss is not None:
        calculations.calculate(system(event.city), event.case_id, loss)


def approve_small(event: Event) -> None:
    """What the city's rule calls small needs no person; larger sums wait for the insurer."""
    assert event.case_id is not None
    due = event.fact.by_insurer
    claims = losses.insurers_concerned(event.case_id)
    for code in sorted({*due, *claims} - set(event.fact.to_approve)):
        small(event, code)


def small(event: Event, insurer: str) -> None:
    """The machine approves, unless a person, plate, phone or account had its number of such payouts."""
    assert event.case_id is not None
    often = traces.too_many_small(event.city, event.case_id)
    calculations.approve_small(system(event.city), event.case_id, insurer, often=often)


def order(event: Event) -> None:
    """An approved claim's payouts are ordered."""
    assert event.case_id is not None
    claim_id, calculation_id = UUID(event.fact.claim_id), UUID(event.fact.calculation_id)
    homes = losses.homes(event.case_id)
    ordering.order(system(event.city), event.case_id, claim_id, calculation_id=calculation_id, homes=homes)
    close_if_paid(event)


def pay(event: Event) -> None:
    """Call the rail for what was just ordered."""
    assert event.case_id is not None
    _pay(event, [row for one in event.fact.payouts for row in find(Payout, pk=UUID(one))])


def payee_time(city: str) -> timedelta:
    """How long a payout waits for its recipient's account before we remind."""
    return timedelta(days=rules(city).payee_days)


def pay_waiting(event: Event) -> None:
    """A party named its account: what waited for it is paid now, what was rejected is ordered again."""
    assert event.case_id is not None
    party = files.party(event.case_id, UUID(event.fact.party_id))
    for payout in find(Payout, case_id=event.case_id, to_label=party.label):
        if payout.status == Payout.Status.REJECTED:
            ordering.reorder(system(event.city), payout.pk, named_at=event.at)
    _pay(event, find(Payout, case_id=event.case_id, to_label=party.label))


def pay_again(event: Event) -> None:
    """Call the rail for a payout that was ordered again."""
    _pay(event, find(Payout, pk=UUID(event.fact.payout_id)))


def _pay(event: Event, rows: Iterable[Payout]) -> None:
    each([partial(pay_one, event, payout) for payout in rows])


def pay_one(event: Event, payout: Payout) -> None:
    """Call the rail for one payout and record what it says; nothing while its recipient has no account."""
    paying = payout.status in (Payout.Status.ORDERED, Payout.Status.STOPPED)  # stopped: is it under way?
    payee = _payee(payout) if paying else None
    if payee is None:
        return
    state = payouts.call(payout, payee, files.case(payout.case_id).number)
    if state is None:
        return  # stopped before it left, or held: `go_on` pays when a person lets the claim go on
    payouts.record(system(event.city), payout.pk, state)
    if state.status == "accepted":
        raise Upstream("The bank has accepted but not yet settled.", code="settling")


def _payee(payout: Payout) -> dict[str, str] | None:
    """Where the money goes: the party's own account, or that of who holds a bill on it."""
    if payout.for_lien:
        lien = find_sure(Lien, pk=UUID(payout.for_lien))
        return {"account": lien.account, "name_masked": lien.holder[:1] + "*"}
    recipient = losses.recipient(payout.case_id, payout.to_label)
    if recipient is None or not recipient.payee:
        return None
    return {"account": recipient.payee["account"], "name_masked": recipient.payee["holder"][:1] + "*"}


def go_on(event: Event) -> None:
    """A held claim goes on: small sums are approved, approved ones ordered, ordered ones paid."""
    assert event.case_id is not None
    actor, claim_id = system(event.city), UUID(event.fact.claim_id)
    newest = calculations.newest_calculation(event.case_id)
    due = calculations.by_insurer(newest).get(event.fact.insurer, 0) if newest else None
    if due is not None and due <= rules(event.city).approve_up_to_fen:
        small(event, event.fact.insurer)
    ordering.order(actor, event.case_id, claim_id, homes=losses.homes(event.case_id))
    _pay(event, find(Payout, claim_id=claim_id))


def close_if_paid(event: Event) -> None:
    """Close a decided case when every claim has ended, in payment or in a written refusal."""
    assert event.case_id is not None
    if payouts.all_paid(event.case_id) and files.case(event.case_id).status == Case.Status.DECIDED:
        how = "refused" if refusals.refusals(event.case_id) else "paid"
        outcome.close(system(event.city), event.case_id, outcome=how)
