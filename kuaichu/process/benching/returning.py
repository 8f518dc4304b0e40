"""One more photograph was asked for: it is told, it comes or not, the officer gets the case again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Party
from kuaichu.desks.liability.bench import returns
from kuaichu.desks.liability.models import EvidenceRequest
from kuaichu.desks.liability.rules import rules
from kuaichu.desks.notify import words_bench
from kuaichu.kernel import clock
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.telling import link_of, number_of, tell_parties
from kuaichu.queries.fact_words import shot_name


def say_what_is_missing(event: Event) -> None:
    """The party gets a message with the way to the page that shows what is missing."""
    assert event.case_id is not None
    asked = EvidenceRequest.objects.get(pk=UUID(event.fact.request_id))
    if asked.status != EvidenceRequest.Status.ASKED:
        return
    party = files.party(event.case_id, asked.party_id)
    told = partial(_wanted, event, number_of(event), asked)
    tell_parties(event, [party], "evidence_wanted", told, keep=False)


def _wanted(event: Event, number: str, asked: EvidenceRequest, party: Party) -> str:
    until = f"{asked.due_at.astimezone(clock.CHINA):%H:%M}"
    return words_bench.evidence_wanted(number, shot_name(asked.shot), until, link_of(event, party))


def take_what_came(event: Event) -> None:
    """A photograph arrived: if an officer waits for it, the case goes back to that officer."""
    assert event.case_id is not None
    asked = returns.open_request(event.case_id, UUID(event.fact.party_id))
    if asked is not None and asked.shot == event.fact.shot and event.at >= asked.asked_at:
        returns.settle(system(event.city), event.case_id, asked.pk, evidence_id=UUID(event.fact.evidence_id))


def evidence_time(city: str) -> timedelta:
    """How long an officer waits for a photograph."""
    return timedelta(minutes=rules(city).evidence_minutes)


def stop_waiting_for_it(event: Event) -> None:
    """It did not come: the officer decides on what there is."""
    assert event.case_id is not None
    returns.settle(system(event.city), event.case_id, UUID(event.fact.request_id))
