"""Photographs arrived → they are read by machine, in a lane of its own. Nothing waits for it."""

from __future__ import annotations

from uuid import UUID

from kuaichu.cases import files, readings
from kuaichu.cases.evidence import Photographed
from kuaichu.cases.models import Evidence
from kuaichu.kernel.wirings import Consequence, Event, do
from kuaichu.people.roles import system

LANE = "vision"


def read_photograph(event: Event) -> None:
    """Read one photograph, if it is still of use."""
    row = Evidence.objects.select_related("case", "party").filter(pk=UUID(event.fact.evidence_id)).first()
    if row is not None:
        _read(row)


def read_papers(event: Event) -> None:
    """The registers cannot answer for a party: its licences are read, if it photographed them."""
    assert event.case_id is not None
    for row in readings.papers_of(files.party(event.case_id, UUID(event.fact.party_id))):
        _read(row)


def _read(photo: Evidence) -> None:
    kind = readings.wanted(photo)
    sight = readings.look(photo, kind) if kind else None
    if sight is not None:
        readings.keep(system(photo.case.city), photo, readings.with_register(sight, photo))


def _first(fact: Photographed) -> bool:
    return fact.shot in readings.PLATE_SHOTS


def _then(fact: Photographed) -> bool:
    return fact.shot in (*readings.PAPER_SHOTS, *readings.SCENE_SHOTS)


READ: tuple[Consequence, ...] = (
    do(read_photograph, lane=LANE, priority=1, when=_first),
    do(read_photograph, lane=LANE, priority=4, when=_then),
)
"""What follows from a photograph, plates first."""
