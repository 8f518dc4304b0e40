"""Receipts: the party confirms, or an officer notes that a paper was handed over, posted or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.documents.models import CERTIFICATES, Paper, Service
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState

MOST_WORDS = 200
MOST_TRACKING = 40
DONE = (Service.Status.RECEIVED, Service.Status.REFUSED)


@dataclass(frozen=True)
class PaperReceived(Fact, name="documents.received"):
    """A party confirmed on its own phone that it received a paper, as the file of this hash."""

    paper_id: str
    party_id: str
    file_sha256: str


@dataclass(frozen=True)
class ServiceNoted(Fact, name="documents.service_noted"):
    """Staff noted what became of a paper: handed, posted, delivered, returned, refused."""

    paper_id: str
    kind: str
    party_id: str
    how: str
    served: str


@dataclass(frozen=True)
class ArrivalProven(Fact, name="documents.arrival_proven"):
    """The recipient proved on which day a paper sent electronically arrived (D157 56)."""

    paper_id: str
    kind: str
    party_id: str
    served: str


class How(StrEnum):
    """What staff may note."""

    HANDED = "handed"
    POSTED = "posted"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted: `at` when it happened, `words` (refusal: who witnessed it), `tracking` of the post."""

    how: How
    at: datetime
    words: str = ""
    tracking: str = ""


def receive(actor: Actor, paper_id: UUID) -> None:
    """Confirm on one's own phone that the paper was received; a confirmation also consents for this paper."""
    known = paper_of(paper_id)
    with act(actor, "documents.confirm", known.case_id) as step:
        party = files.own_party(actor, known.case_id)
        step.insist(
            known.kind not in CERTIFICATES,
            _("A certificate is acknowledged on the page of your case: your days of review begin with it."),
            otherwise=WrongState,
        )
        confirmed(step, paper_id, party.pk)


def receive_for(actor: Actor, paper_id: UUID, party_id: UUID) -> None:
    """The same where the party's confirmation was recorded elsewhere (the receipt of a certificate)."""
    known = paper_of(paper_id)
    with act(actor, "documents.note_receipt", known.case_id) as step:
        confirmed(step, paper_id, party_id)


def confirmed(step: Step, paper_id: UUID, party_id: UUID) -> None:
    """Mark the service as received now."""
    row = service_of(paper_id, party_id)
    if row.status in DONE:
        step.already()
        return
    now = clock.now()
    move(row, Service.Status.RECEIVED)
    if row.way == Service.Way.COUNTER and row.sent_at is None:
        row.way, row.sent_at = Service.Way.ELECTRONIC, now
    row.received_at, row.served_at = now, row.served_at or now
    row.save()
    step.record(PaperReceived(paper_id=str(paper_id), party_id=str(party_id), file_sha256=row.file_sha256))


def note(actor: Actor, paper_id: UUID, party_id: UUID, found: Note) -> Service:
    """Note what became of a paper. Raises Invalid naming the field, WrongState when it is settled."""
    known = paper_of(paper_id)
    _insist_sound(found, known)
    with act(actor, "documents.note_service", known.case_id) as step:
        step.insist(known.city == actor.city, _("This paper belongs to another city."), code="other_city")
        row = service_of(paper_id, party_id)
        if row.status in DONE and _same(row, found):
            step.already()
            return row
        step.insist(row.status not in DONE, _("This service is settled already."), otherwise=WrongState)
        _carry_out(step, row, found)
        row.note, row.noted_by = found.words[:MOST_WORDS], actor.id
        row.save()
        step.record(
            ServiceNoted(
                paper_id=str(paper_id),
                kind=known.kind,
                party_id=str(party_id),
                how=found.how.value,
                served=row.served_at.isoformat() if row.status in DONE and row.served_at else "",
            )
        )
    return row


def prove_arrival(actor: Actor, paper_id: UUID, party_id: UUID, *, at: datetime, words: str) -> Service:
    """Note another day of arrival than the one of sending, as the recipient proved it (D157 56)."""
    known = paper_of(paper_id)
    _insist_sound(Note(How.DELIVERED, at, words), known)
    if not words.strip():
        raise _missing("words", _("Say how the recipient proved it."))
    with act(actor, "documents.note_service", known.case_id) as step:
        step.insist(known.city == actor.city, _("This paper belongs to another city."), code="other_city")
        row = service_of(paper_id, party_id)
        sent = row.sent_at is not None and row.way == Service.Way.ELECTRONIC
        step.insist(sent, _("This paper was not sent electronically."), otherwise=WrongState)
        assert row.sent_at is not None
        if at < row.sent_at:
            raise _missing("at", _("It cannot have arrived before it was sent."))
        if row.served_at == at:
            step.already()
            return row
        row.served_at, row.note, row.noted_by = at, words[:MOST_WORDS], actor.id
        row.save()
        told = {"paper_id": str(paper_id), "kind": known.kind, "party_id": str(party_id)}
        step.record(ArrivalProven(**told, served=at.isoformat()))
    return row


def paper_of(paper_id: UUID) -> Paper:
    """The paper; raises NotFound."""
    found = find_one(Paper, pk=paper_id)
    if found is None:
        raise NotFound(_("There is no such paper in your case."))
    return found


def service_of(paper_id: UUID, party_id: UUID) -> Service:
    """The service of this paper on this party; raises NotFound."""
    row = find_one(Service, paper_id=paper_id, party_id=party_id)
    if row is None:
        raise NotFound(_("This paper has not been sent to this party."))
    return row


def _carry_out(step: Step, row: Service, found: Note) -> None:
    if found.how is How.POSTED:
        step.insist(
            row.status == Service.Status.WAITING, _("It is on its way already."), otherwise=WrongState
        )
        move(row, Service.Status.SENT)
        row.way, row.sent_at, row.tracking = Service.Way.POST, found.at, found.tracking
        return
    if found.how is How.RETURNED:
        posted = row.status == Service.Status.SENT and row.way == Service.Way.POST
        step.insist(posted, _("Only what was posted can come back."), otherwise=WrongState)
        move(row, Service.Status.WAITING)
        row.way = Service.Way.COUNTER
        return
    if found.how is How.DELIVERED:
        step.insist(
            row.way == Service.Way.POST, _("Only what was posted is delivered."), otherwise=WrongState
        )
    refused = found.how is How.REFUSED
    move(row, Service.Status.REFUSED if refused else Service.Status.RECEIVED)
    row.served_at = row.served_at or found.at
    row.received_at = None if refused else found.at


def _same(row: Service, found: Note) -> bool:
    """Whether the same was noted before."""
    refused = row.status == Service.Status.REFUSED
    return refused == (found.how is How.REFUSED) and found.how not in (How.POSTED, How.RETURNED)


def _insist_sound(found: Note, paper: Paper) -> None:
    """Refuse (Invalid) times that cannot be, a refusal without words, and a posting without its number."""
    if found.at > clock.now():
        raise _missing("at", _("This has not happened yet."))
    # a clock on the wall shows minutes
    if paper.issued_at is None or found.at < paper.issued_at.replace(second=0, microsecond=0):
        raise _missing("at", _("The paper did not exist then."))
    if len(found.words) > MOST_WORDS or files.clean(found.words) != found.words.strip():
        raise _missing("words", _("At most 200 characters of plain text."))
    if found.how is How.REFUSED and not found.words.strip():
        raise _missing("words", _("Say how acceptance was refused and who saw it."))
    tracking = found.tracking
    if found.how is How.POSTED and not (tracking.isascii() and tracking.isalnum()):
        raise _missing("tracking", _("The number of the posting: letters and digits."))
    if len(tracking) > MOST_TRACKING:
        raise _missing("tracking", _("At most 40 letters and digits."))


def _missing(field: str, text: str) -> Invalid:
    return Invalid(text, fields={field: text})
