"""Custody: what was done with each object of evidence, by whom, when and for what (ADM 26–32; domain §8.5).

A line is written in the same transaction as what it tells of. Looks are noted once a day for each person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kuaichu.cases.models import Evidence, Handling
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.locks import writing
from kuaichu.kernel.prepared import Prepared, insert

RECEIVED: Final = "received"
SEALED: Final = "sealed"
COPIED: Final = "copied"
REDACTED: Final = "redacted"
LOOKED: Final = "looked"
EXPORTED: Final = "exported"
COMPARED: Final = "compared"
VERIFIED: Final = "verified"
FAULTY: Final = "faulty"
ERASED: Final = "erased"
WHATS: Final = (RECEIVED, SEALED, COPIED, REDACTED, LOOKED, EXPORTED, COMPARED, VERIFIED, FAULTY, ERASED)
SYSTEM: Final = "system"
ONCE: Final = timedelta(days=1)

_SAME = Prepared(
    lambda evidence_id, what, actor_id, since: Handling.objects.filter(
        evidence_id=evidence_id, what=what, actor_id=actor_id, at__gt=since
    ).values_list("purpose"),
    UUID,
    str,
    str,
    datetime,
)


def note(
    actor: Actor | None, evidence: Evidence, what: str, *, purpose: str = "", at: datetime | None = None
) -> None:
    """Note that `actor` (None: the system) did `what` (one of WHATS) with this object now, or at a moment."""
    insert(_line(actor, evidence, what, purpose, at or clock.now()))


def note_all(
    actor: Actor | None, rows: Sequence[Evidence], what: str, *, purpose: str = "", at: datetime | None = None
) -> None:
    """The same for several objects, in one statement."""
    if rows:
        moment = at or clock.now()
        insert(*(_line(actor, row, what, purpose, moment) for row in rows))


def note_once(actor: Actor | None, evidence: Evidence, what: str, *, purpose: str = "") -> None:
    """The same, but one line a day for each actor and purpose: pages fetch a picture many times."""
    now, who = clock.now(), _id(actor)
    if (purpose,) not in _SAME.rows(evidence.pk, what, who, now - ONCE):
        insert(_line(actor, evidence, what, purpose, now))


def note_check(evidence: Evidence, fault: str) -> None:
    """Note that a photograph's file was checked against its hashes; `fault` is what was wrong, "" nothing."""
    with writing():
        note_once(None, evidence, FAULTY if fault else VERIFIED, purpose=fault)


def _line(actor: Actor | None, evidence: Evidence, what: str, purpose: str, at: datetime) -> Handling:
    if what not in WHATS:
        raise ValueError(what)
    return Handling(
        id=new_id(),
        evidence=evidence,
        what=what,
        actor_kind=actor.kind[:16] if actor else SYSTEM,
        actor_id=_id(actor),
        purpose=purpose[:40],
        at=at,
    )


def _id(actor: Actor | None) -> str:
    return actor.id[:64] if actor else SYSTEM
