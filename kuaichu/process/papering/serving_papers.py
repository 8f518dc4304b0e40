"""Papers are served on the parties; what nobody confirms is printed; receipts reach whom they concern."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from kuaichu.desks.documents.models import CERTIFICATES, Paper
from kuaichu.desks.documents.service import receipts, sending
from kuaichu.desks.documents.service.rules import rules
from kuaichu.desks.liability import serving
from kuaichu.desks.notify import words_service
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.telling import link_of, number_of, parties_of, tell_parties


def send(event: Event) -> None:
    """A paper in force is served on every party."""
    sending.send(system(event.city), UUID(event.fact.paper_id))


def patience(city: str) -> timedelta:
    """How long a confirmation is waited for."""
    return timedelta(days=rules(city).receipt_days)


def fall_back(event: Event) -> None:
    """The time to confirm is over: who has not confirmed finds the paper at a service point."""
    sending.fall_back(system(event.city), UUID(event.fact.paper_id))


def say_printed(event: Event) -> None:
    """Who did not confirm hears where the paper waits."""
    number, point = number_of(event), rules(event.city).point
    to = [p for p in parties_of(event) if str(p.pk) in event.fact.party_ids]
    tell_parties(event, to, "printed", lambda p: words_service.printed(number, point, link_of(event, p)))


def certificate_received(event: Event) -> None:
    """A party acknowledged the certificate: the service of the one in force is done."""
    assert event.case_id is not None
    issued = Paper.objects.filter(case_id=event.case_id, kind__in=CERTIFICATES, status=Paper.Status.ISSUED)
    paper = issued.order_by("-numbered_at").first()
    party_id = UUID(event.fact.party_id)
    if paper is not None and any(row.party_id == party_id for row in sending.of_paper(paper.pk)):
        receipts.receive_for(system(event.city), paper.pk, party_id)


def certificate_handed(event: Event) -> None:
    """A certificate was handed over or refused in print: the days of review run."""
    assert event.case_id is not None
    fact = event.fact
    if fact.kind in CERTIFICATES and fact.served:
        at = datetime.fromisoformat(fact.served)
        serving.note_served(system(event.city), event.case_id, UUID(fact.party_id), at)
