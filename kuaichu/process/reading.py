"""Plates and licences entered → registers asked → answers recorded."""

from __future__ import annotations

from uuid import UUID

from kuaichu.cases import files, registers
from kuaichu.cases.models import Party
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system


def ask_registers(event: Event) -> None:
    """Ask about the party's vehicle and driver, then record what was answered."""
    assert event.case_id is not None
    _ask(event, files.party(event.case_id, UUID(event.fact.party_id)))


def ask_again(event: Event) -> None:
    """The time of the accident was corrected: what was valid on that day is asked for everybody."""
    assert event.case_id is not None
    for party in files.parties(event.case_id):
        _ask(event, party)


def _ask(event: Event, party: Party) -> None:
    assert event.case_id is not None
    vehicle = files.vehicle_of(party)
    if not vehicle.plate and not party.id_number:
        return
    found = registers.ask(event.city, party, vehicle)
    registers.record(system(event.city), event.case_id, party.pk, found)
