"""A debtor disputes an item; the creditor answers in time, or has agreed that it is taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.claims.clearing.netting import stream_of
from kuaichu.desks.claims.clearing.rows import ClearingDispute, ClearingItem
from kuaichu.desks.claims.ledger import postings
from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.postings import Transfer
from kuaichu.desks.claims.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find_one, find_sure
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.kernel.workdays import reckon

LEAST, MOST = 4, 300


@dataclass(frozen=True)
class Disputed(Fact, name="claims.clearing_disputed"):
    """A debtor disputed an item; the creditor answers by `due` (ISO 8601), silence takes it back."""

    dispute_id: str
    item_id: str
    debtor: str
    creditor: str
    due: str


@dataclass(frozen=True)
class Settled(Fact, name="claims.clearing_settled"):
    """A disputed item was taken back, by the creditor's word or its silence, or it stands."""

    dispute_id: str
    item_id: str
    upheld: bool
    silent: bool
    posting: str = ""


def answer_by(since: datetime, city: str) -> datetime:
    """By when the creditor answers a dispute made at `since`."""
    return reckon(since, working_days=rules(city).dispute_answer_days).at


def own_item(actor: Actor, item_id: UUID, role: str) -> ClearingItem:
    """The item in which the actor's company is `debtor` or `creditor`; raises NotFound."""
    found = find_one(ClearingItem, pk=item_id, city=actor.city)
    if found is None or not actor.insurer or getattr(found, role) != actor.insurer:
        raise NotFound(_("There is no such item of your company."))
    return found


def dispute(actor: Actor, item_id: UUID, grounds: str) -> ClearingDispute:
    """Say in writing why one's company does not owe an item; once.

    Raises Invalid at `grounds`, NotFound, WrongState when the time to dispute is over or it is a reversal.
    """
    words = _words(grounds, "grounds")
    own_item(actor, item_id, "debtor")
    with act_on(actor, "claims.dispute_clearing", stream_of(actor.city)) as step:
        item = find_sure(ClearingItem, pk=item_id)
        known = find_one(ClearingDispute, item_id=item.pk)
        if known is not None:
            step.already()
            return known
        step.insist(
            not item.reversal and clock.now() <= dispute_until(item),
            _("The time to dispute this item is over."),
            otherwise=WrongState,
            code="too_late",
        )
        now = clock.now()
        row = ClearingDispute(
            item=item, city=item.city, grounds=words, at=now, due_at=answer_by(now, item.city)
        )
        row.save()
        step.record(
            Disputed(
                dispute_id=str(row.pk), item_id=str(item.pk), debtor=item.debtor, creditor=item.creditor,
                due=row.due_at.isoformat(),
            )
        )  # fmt: skip
    return row


def dispute_until(item: ClearingItem) -> datetime:
    """Until when its debtor may dispute an item."""
    return reckon(item.at, working_days=rules(item.city).dispute_days).at


def answer(actor: Actor, item_id: UUID, *, agree: bool, words: str) -> ClearingDispute:
    """The creditor takes the item back, or says why it stands; only a person rejects.

    Raises Invalid at `words`, NotFound, NotAllowed for a system that rejects, WrongState when it is settled.
    """
    told = _words(words, "words")
    own_item(actor, item_id, "creditor")
    with act_on(actor, "claims.answer_dispute", stream_of(actor.city)) as step:
        row = _undecided(step, item_id)
        step.insist(
            agree or actor.kind == "staff", _("Only a person may refuse, and says why."), code="person_needed"
        )
        row.answer = told
        _settle(step, row, upheld=agree)
    return row


def _undecided(step: Step, item_id: UUID) -> ClearingDispute:
    row = find_one(ClearingDispute, related="item", item_id=item_id)
    if row is None:
        raise NotFound(_("There is no such item of your company."))
    step.insist(
        row.status == ClearingDispute.Status.OPEN, _("This dispute is settled."), otherwise=WrongState
    )
    return row


def lapse(actor: Actor, dispute_id: UUID) -> None:
    """The creditor was silent until its time was over: the item is taken back."""
    with act_on(actor, "claims.lapse_dispute", stream_of(actor.city)) as step:
        row = find_sure(ClearingDispute, related="item", pk=dispute_id)
        if row.status != ClearingDispute.Status.OPEN or clock.now() < row.due_at:
            step.already()
            return
        row.silent = True
        _settle(step, row, upheld=True)


def _settle(step: Step, row: ClearingDispute, *, upheld: bool) -> None:
    move(row, ClearingDispute.Status.UPHELD if upheld else ClearingDispute.Status.REJECTED)
    row.settled_at = clock.now()
    row.save()
    fact = Settled(dispute_id=str(row.pk), item_id=str(row.item_id), upheld=upheld, silent=row.silent)
    made = _take_back(row.item) if upheld else []
    postings.record(step, lambda digest: replace(fact, posting=digest), made)


def _take_back(item: ClearingItem) -> list[Transfer]:
    """The reversal of an item, netted like any other; what the creditor paid was on its own account."""
    ClearingItem(
        city=item.city, case_id=item.case_id, payout_id=item.payout_id, reversal=True, debtor=item.creditor,
        creditor=item.debtor, fen=item.fen, at=clock.now(),
    ).save()  # fmt: skip
    return [
        Transfer(item.debtor, Account.DUE_FROM, Account.CLAIMS, item.fen, f"insurer:{item.creditor}"),
        Transfer(item.creditor, Account.CLAIMS, Account.DUE_TO, item.fen, f"insurer:{item.debtor}"),
    ]


def _words(text: str, name: str) -> str:
    told = text.strip()
    if not LEAST <= len(told) <= MOST or not told.replace("\n", " ").isprintable():
        wrong = _("Write 4 to 300 characters.")
        raise Invalid(wrong, fields={name: wrong})
    return told
