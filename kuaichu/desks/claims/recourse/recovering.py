"""An insurer's demand comes back, or is written off for a written reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.claims.ledger import postings
from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.postings import Transfer
from kuaichu.desks.claims.models import Recovery
from kuaichu.desks.claims.positions import ADVANCE
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find_one, find_sure
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState

LEAST, MOST = 4, 300


@dataclass(frozen=True)
class Recovered(Fact, name="claims.recovered"):
    """Money of a demand came back to the insurer; `left` fen are still open."""

    recovery_id: str
    insurer: str
    fen: int
    left: int
    reference: str
    posting: str = ""


@dataclass(frozen=True)
class WrittenOff(Fact, name="claims.written_off"):
    """An insurer gave the rest of a demand up, for a written reason (kept with the demand)."""

    recovery_id: str
    insurer: str
    fen: int
    posting: str = ""


def own_recovery(actor: Actor, recovery_id: UUID) -> Recovery:
    """The demand, if it is this insurer's; raises NotFound."""
    found = find_one(Recovery, pk=recovery_id, insurer=actor.insurer, city=actor.city)
    if found is None or not actor.insurer:
        raise NotFound(_("There is no such demand of your company."))
    return found


def receive(actor: Actor, recovery_id: UUID, fen: int, reference: str) -> Recovery:
    """Enter money that came back, under the bank's reference; the same reference again changes nothing.

    Raises Invalid at `fen` (above zero, at most what is open) or `reference` (4 to 60 letters and digits).
    """
    known = own_recovery(actor, recovery_id)
    mark = reference.strip()
    if not 4 <= len(mark) <= 60 or not (mark.isascii() and mark.replace("-", "").isalnum()):
        text = _("Give the bank's reference, 4 to 60 letters and digits.")
        raise Invalid(text, fields={"reference": text})
    with act(actor, "claims.receive_recovery", known.case_id) as step:
        row = find_sure(Recovery, pk=recovery_id)
        if mark in row.references:
            step.already()
            return row
        _insist_open(step, row)
        if not 0 < fen <= row.fen:
            text = _("The amount must be above zero and at most what is open.")
            raise Invalid(text, fields={"fen": text})
        row.fen -= fen
        row.received_fen += fen
        row.references = [*row.references, mark]
        if not row.fen:
            move(row, Recovery.Status.RECEIVED)
        row.save()
        fact = Recovered(recovery_id=str(row.pk), insurer=row.insurer, fen=fen, left=row.fen, reference=mark)
        came = Transfer(row.insurer, Account.BANK, _account(row), fen, f"party:{row.from_label}")
        postings.record(step, lambda digest: replace(fact, posting=digest), [came])
    return row


def write_off(actor: Actor, recovery_id: UUID, reason: str) -> Recovery:
    """Give the rest up, in writing; only a person does. Raises Invalid at `reason`."""
    known, words = own_recovery(actor, recovery_id), reason.strip()
    if not LEAST <= len(words) <= MOST or not words.isprintable():
        text = _("Write in 4 to 300 characters why.")
        raise Invalid(text, fields={"reason": text})
    with act(actor, "claims.write_off", known.case_id) as step:
        row = find_sure(Recovery, pk=recovery_id)
        if row.status == Recovery.Status.WRITTEN_OFF:
            step.already()
            return row
        _insist_open(step, row)
        step.insist(actor.kind == "staff", _("Only a person gives a demand up."), code="person_needed")
        row.reason = words
        move(row, Recovery.Status.WRITTEN_OFF)
        row.save()
        fact = WrittenOff(recovery_id=str(row.pk), insurer=row.insurer, fen=row.fen)
        lost = Transfer(row.insurer, Account.WRITTEN_OFF, _account(row), row.fen, f"party:{row.from_label}")
        postings.record(step, lambda digest: replace(fact, posting=digest), [lost])
    return row


def _insist_open(step: Step, row: Recovery) -> None:
    step.insist(row.status == Recovery.Status.OPEN, _("This demand is no longer open."), otherwise=WrongState)


def _account(row: Recovery) -> Account:
    return Account.ADVANCED if row.why == ADVANCE else Account.RECOVERABLE
