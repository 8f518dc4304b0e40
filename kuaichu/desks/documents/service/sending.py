"""Sending a paper to the parties, and falling back to paper when nobody confirms.

Date rule: what was sent electronically counts as served on the day the system shows it as sent, unless the
recipient proves another day of arrival (D157 56, by analogy).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kuaichu.cases import files
from kuaichu.desks.documents.models import Paper, Service
from kuaichu.desks.documents.service.consents import consent_of
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find, find_sure

GIVEN = (Paper.Status.ISSUED, Paper.Status.SUPERSEDED)


@dataclass(frozen=True)
class ServiceBegun(Fact, name="documents.service_begun"):
    """A paper goes to the parties: to `electronic` ones at once, for `printed` ones it waits."""

    paper_id: str
    kind: str
    electronic: tuple[str, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True)
class ServiceFellBack(Fact, name="documents.service_fell_back"):
    """Nobody confirmed a paper sent electronically: it waits to be handed over in print."""

    paper_id: str
    party_ids: tuple[str, ...]


def send(actor: Actor, paper_id: UUID) -> None:
    """Serve a paper in force on every party it is for and was not served on: by consent, else in print."""
    known = find_sure(Paper, pk=paper_id)
    with act(actor, "documents.serve", known.case_id) as step:
        paper = find_sure(Paper, pk=paper_id)
        served = {row.party_id for row in of_paper(paper_id)}
        parties = [party for party in files.parties(paper.case_id) if paper.read_by(party.label)]
        waiting = [party.pk for party in parties if party.pk not in served]
        if paper.status not in GIVEN or not waiting:
            step.already()
            return
        rows = [_begun(paper, party_id) for party_id in waiting]
        step.record(
            ServiceBegun(
                paper_id=str(paper_id),
                kind=paper.kind,
                electronic=tuple(str(r.party_id) for r in rows if r.status == Service.Status.SENT),
                printed=tuple(str(r.party_id) for r in rows if r.status == Service.Status.WAITING),
            )
        )


def _begun(paper: Paper, party_id: UUID) -> Service:
    row = Service(
        paper=paper,
        case_id=paper.case_id,
        city=paper.city,
        party_id=party_id,
        way=Service.Way.COUNTER,
        file_sha256=paper.file_sha256,
    )
    if consent_of(paper.case_id, party_id) is not None:
        row.way = Service.Way.ELECTRONIC
        row.sent_at = row.served_at = clock.now()
        move(row, Service.Status.SENT)
    row.save()
    return row


def fall_back(actor: Actor, paper_id: UUID) -> None:
    """Let a paper that was sent and not confirmed wait at a service point; the day of service stays."""
    known = find_sure(Paper, pk=paper_id)
    with act(actor, "documents.fall_back", known.case_id) as step:
        rows = [
            row
            for row in of_paper(paper_id)
            if row.status == Service.Status.SENT and row.way == Service.Way.ELECTRONIC
        ]
        if not rows or find_sure(Paper, pk=paper_id).status not in GIVEN:
            step.already()
            return
        for row in rows:
            move(row, Service.Status.WAITING)
            row.way = Service.Way.COUNTER
            row.save()
        ids = tuple(str(row.party_id) for row in rows)
        step.record(ServiceFellBack(paper_id=str(paper_id), party_ids=ids))


def of_paper(paper_id: UUID) -> list[Service]:
    """The services of a paper, by party."""
    return find(Service, "party_id", paper_id=paper_id)
