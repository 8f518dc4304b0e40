"""Who hears of refusals, of an insurer that stepped in, and of what insurers ask of each other."""

from __future__ import annotations

from functools import partial

from kuaichu.desks.claims.models import Claim, Payout
from kuaichu.desks.notify import words_money
from kuaichu.kernel.prepared import find
from kuaichu.kernel.wirings import Event
from kuaichu.process import hooking
from kuaichu.process.calling import each
from kuaichu.process.telling import link_of, number_of, parties_of, tell_parties
from kuaichu.queries.claim_words import insurer_names


def say_refused(event: Event) -> None:
    """Parties hear that an insurer refused, and that reasons and the next instance stand on their page."""
    number, name = number_of(event), insurer_names([event.fact.insurer])[event.fact.insurer]
    tell_parties(
        event, parties_of(event), "refused",
        lambda p: words_money.refused(number, name, link_of(event, p)), keep=False,
    )  # fmt: skip


def say_asked(event: Event) -> None:
    """The own insurer hears that its insured wants to be paid first."""
    assert event.case_id is not None
    for claim in find(Claim, case_id=event.case_id, insurer=event.fact.insurer):
        data = {"claim_id": str(claim.pk), "label": event.fact.label}
        hooking.tell(event, "claim.step_in_asked", claim.insurer, data)


def say_stepped_in(event: Event) -> None:
    """Insurers on whose account another one pays hear of it."""
    assert event.case_id is not None
    rows = find(Payout, case_id=event.case_id)
    calls = [
        partial(
            hooking.tell, event, "claim.paid_for_you", row.insurer,
            {
                "claim_id": str(row.claim_id), "by": event.fact.insurer, "to": row.to_label,
                "amount_fen": row.fen,
            },
        )
        for row in rows
        if str(row.pk) in event.fact.payouts and row.payer != row.insurer
    ]  # fmt: skip
    each(calls)
