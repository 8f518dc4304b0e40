"""Posts of the centre are called in by what is found in a case: somebody hurt, a vehicle that cannot move."""

from __future__ import annotations

from kuaichu.cases import files
from kuaichu.cases.screening import Screened
from kuaichu.desks.centre import errands
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system

HURT = frozenset({"INJURY_SERIOUS", "INJURY_SLIGHT"})
STUCK = "IMMOVABLE"


def calls(fact: Screened) -> bool:
    """Whether what was found calls a post in."""
    return bool({*HURT, STUCK} & set(fact.gates))


def call_in(event: Event) -> None:
    """By the gates that were hit: the post for injuries, the post for rescue."""
    assert event.case_id is not None
    actor = system(event.city)
    if HURT & set(event.fact.gates):
        errands.call_in(actor, event.case_id, "injury", why="hurt")
    if STUCK in event.fact.gates:
        errands.call_in(actor, event.case_id, "rescue", why="stuck")


def call_in_injury(event: Event) -> None:
    """An injury that showed later."""
    assert event.case_id is not None
    if files.case(event.case_id).injury != "death":
        errands.call_in(system(event.city), event.case_id, "injury", why="hurt")
