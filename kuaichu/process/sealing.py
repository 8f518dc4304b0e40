"""Photographs arrived → they are sealed, and the evidence receipt is issued."""

from __future__ import annotations

from datetime import timedelta

from kuaichu.cases import likenesses, receipts
from kuaichu.desks.documents.certificates import checkpoint_signer
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system

LATER = receipts.LATER + timedelta(seconds=1)


def seal_evidence(event: Event) -> None:
    """A receipt over all photographs, once the minimum set is there; the same bytes elsewhere are noted."""
    assert event.case_id is not None
    actor = system(event.city)
    receipts.seal(actor, event.case_id, checkpoint_signer())
    likenesses.find_same(actor, event.case_id)


def seal_what_there_is(event: Event) -> None:
    """A case that leaves the quick procedures takes along a receipt over whatever was photographed."""
    assert event.case_id is not None
    actor = system(event.city)
    receipts.seal(actor, event.case_id, checkpoint_signer(), whatever=True)
    likenesses.find_same(actor, event.case_id)


def seal_later(event: Event) -> None:
    """The photographs that came after the first receipt, gathered for a moment."""
    seal_evidence(event)
