"""More damage was found when the vehicle was taken apart: computed anew, and what is missing is paid."""

from __future__ import annotations

from functools import partial

from kuaichu.cases import files
from kuaichu.desks.claims import calculations, readjusting
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.notify import words_money
from kuaichu.kernel.prepared import find
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process import hooking
from kuaichu.process.calling import each
from kuaichu.process.telling import link_of, number_of, parties_of, tell_parties
from kuaichu.queries import losses


def add(event: Event) -> None:
    """Who owes more by the new figures approves the rest (small sums go on by themselves)."""
    assert event.case_id is not None
    loss = losses.loss_case(files.case(event.case_id))
    held = any(claim.held_for for claim in find(Claim, case_id=event.case_id))
    if loss is not None and not held:  # held: the decision that lets it go on computes with these figures
        calculations.calculate(system(event.city), event.case_id, loss)
        readjusting.readjust(system(event.city), event.case_id)


def say_drafted(event: Event) -> None:
    """The insurers hear that a shop has drafted."""
    assert event.case_id is not None
    data = {"vehicle_id": event.fact.vehicle_id, "total_fen": event.fact.total_fen, "days": event.fact.days}
    codes = losses.insurers_concerned(event.case_id)
    each([partial(hooking.tell, event, "claim.estimate_drafted", code, data) for code in codes])


def say_answered(event: Event) -> None:
    """Parties hear that the repair may begin."""
    number = number_of(event)
    tell_parties(
        event, parties_of(event), "estimate",
        lambda p: words_money.estimate_approved(number, link_of(event, p)), keep=False,
    )  # fmt: skip
