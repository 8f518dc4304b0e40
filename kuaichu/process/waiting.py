"""Waiting for who is not there, and telling the owner of what was struck: the roads besides two cars."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kuaichu.cases import absence, files
from kuaichu.cases.rules import rules
from kuaichu.desks.notify import messages, words
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.queries.fact_words import struck_words

FACILITY = "FACILITY"


def owner_time(city: str) -> timedelta:
    """How long a city waits for the absent owner of a vehicle that was hit."""
    return timedelta(hours=rules(city).owner_hours)


def left_time(city: str) -> timedelta:
    """How long a city waits until a party that left a number has joined."""
    return timedelta(minutes=rules(city).left_minutes)


def stop_waiting(event: Event) -> None:
    """Who was not there has not come in time: the police go on."""
    assert event.case_id is not None
    absence.stop_waiting(system(event.city), event.case_id, UUID(event.fact.party_id))


def tell_facility_owner(event: Event) -> None:
    """Whoever keeps the guardrails and poles of the city hears what was damaged and where (D146 14, 条88)."""
    assert event.case_id is not None
    number = rules(event.city).facility_phone
    if not number or FACILITY not in event.fact.reasons:
        return
    case = files.case(event.case_id)
    what = struck_words(case.struck.get("kind", ""))
    messages.text(
        system(event.city),
        event.case_id,
        key=f"{event.id}:facility",
        kind="facility",
        to=number,
        receiver="facility",
        words=words.in_language("zh-hans", lambda: words.facility_struck(case.number, str(what), case.place)),
    )
