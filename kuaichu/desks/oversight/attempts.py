"""What somebody tried and may not: written down for who watches over the work (domain trap T8).

A line says which account, part or partner's system knocked at which door, never what was entered. The same
door and reason count once in a while, so that nobody can fill the journal by knocking.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.models import Entry
from kuaichu.people.roles import system

AGAIN: Final = timedelta(minutes=5)
MOST: Final = 60
"""Lines an hour of one account, part or system."""
FOREIGN: Final = "foreign"
"""The code for something that exists and is somebody else's; who knocks hears: there is no such thing."""
WATCHED: Final[Collection[str]] = frozenset(
    {
        "not_allowed", "not_granted", "other_case", "other_city", "other_unit", "other_role", "not_police",
        "not_field", "no_insurer", "no_adjuster", "not_yours", "recused", "own_ruling", "own_conclusion",
        "attended", "not_helping", "not_qualified", FOREIGN,
    }
)  # fmt: skip
"""Codes of refusals that mean a wrong role, part, task or case; others are the ordinary course of work."""


@dataclass(frozen=True)
class Attempted(Fact, name="oversight.attempted"):
    """Somebody was refused at a door: `kind` and `id` of the actor, the door's name, and why."""

    kind: str
    id: str
    door: str
    code: str


def note(who: Actor, *, door: str, code: str) -> None:
    """Write down that `who` was refused at `door`; nothing for an ordinary refusal or one just noted."""
    if code not in WATCHED or who.kind not in ("staff", "party", "partner"):
        return
    stream = stream_of(who)
    with act_on(system(who.city), "oversight.note_attempt", stream) as step:
        if _known(stream, door, code):
            step.already()
            return
        step.record(Attempted(kind=who.kind, id=who.id, door=door[:64], code=code))


def stream_of(who: Actor) -> UUID:
    """The stream of attempts of an account, part or system: apart from all others."""
    return uuid5(NAMESPACE_OID, f"oversight.attempted {who.kind} {who.id}")


def _known(stream: UUID, door: str, code: str) -> bool:
    now = clock.now()
    rows = Entry.objects.filter(stream=stream, kind=Attempted.name, at__gt=now - timedelta(hours=1))
    lately = list(rows.values_list("at", "payload"))
    same = [at for at, told in lately if told and (told["door"], told["code"]) == (door[:64], code)]
    return len(lately) >= MOST or any(now - at < AGAIN for at in same)
