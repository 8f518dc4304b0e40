"""The journal: one append-only table of facts, chained by hash within each stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.kernel import canonical, clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.facts import Fact, payload, revive
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.prepared import Prepared, insert
from kuaichu.kernel.refusals import NotFound
from kuaichu.kernel.wirings import Event, following

START = "0" * 64
DEEPEST = 9
_cause: ContextVar[Event | None] = ContextVar("cause", default=None)
_HEAD = Prepared(
    lambda stream: (
        Entry.objects.filter(stream=stream).order_by("-seq").values_list("seq", "hash", "city")[:1]
    ),
    UUID,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TooDeep(RuntimeError):
    """Facts follow from facts without end: the ninth generation is refused loudly."""


@contextmanager
def caused_by(event: Event) -> Iterator[None]:
    """Within the block, entries name `event` as their cause."""
    token = _cause.set(event)
    try:
        yield
    finally:
        _cause.reset(token)


@contextmanager
def afresh() -> Iterator[None]:
    """Within the block, entries have no cause: what the calendar brings follows from no fact."""
    token = _cause.set(None)
    try:
        yield
    finally:
        _cause.reset(token)


def chain_hash(entry: Entry) -> str:
    """The hash of an entry (SHA-256, hex): everything but the payload, which is in by its own hash.

    A lawful erasure may therefore blank a payload and leave the chain verifiable.
    """
    parts = (
        entry.stream,
        entry.seq,
        entry.city,
        entry.case_id or "",
        entry.kind,
        entry.actor_kind,
        entry.actor_id,
        (entry.at - _EPOCH) // timedelta(microseconds=1),
        entry.payload_hash,
        entry.previous,
        entry.caused_by or "",
        entry.generation,
    )
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()


def append(actor: Actor, stream: UUID, case_id: UUID | None, fact: Fact) -> Entry:
    """Write `fact` and what follows from it. The caller holds the stream's lock in a transaction.

    Raises NotFound when the stream is another city's: whatever a verb forgot, no fact crosses cities.
    """
    cause = _cause.get()
    generation = cause.generation + 1 if cause else 0
    if generation >= DEEPEST:
        raise TooDeep(f"{fact.name} would be generation {generation}")
    head = _HEAD.row(stream)
    if head and head[2] != actor.city:
        raise NotFound(_("There is no such case, or it is not yours."))
    values = canonical.plain(payload(fact))
    entry = Entry(
        id=new_id(),
        stream=stream,
        seq=head[0] + 1 if head else 1,
        city=actor.city,
        case_id=case_id,
        kind=fact.name,
        actor_kind=actor.kind,
        actor_id=actor.id,
        at=clock.now(),
        payload=values,
        payload_hash=canonical.digest(values),
        previous=head[1] if head else START,
        caused_by=cause.id if cause else None,
        generation=generation,
    )
    entry.hash = chain_hash(entry)
    insert(entry)
    due = [
        Delivery(
            id=new_id(),
            entry_id=entry.id,
            city=entry.city,
            case_id=case_id,
            handler=c.name,
            run_at=c.due(entry.at, entry.city),
            priority=c.priority,
            lane=c.lane,
        )
        for c in following(fact)
    ]
    if due:
        insert(*due)
        entry.follows_now = any(one.run_at <= entry.at and not one.lane for one in due)
    return entry


def event_of(entry: Entry) -> Event:
    """The entry as handlers and readers see it."""
    return Event(
        id=entry.id,
        kind=entry.kind,
        city=entry.city,
        case_id=entry.case_id,
        stream=entry.stream,
        at=entry.at,
        fact=revive(entry.kind, entry.payload or {}),
        generation=entry.generation,
    )


def check_stream(entries: list[Entry]) -> list[str]:
    """What is wrong with one stream's entries, in their order (empty: nothing)."""
    wrong: list[str] = []
    previous, seq = START, 0
    for entry in entries:
        seq += 1
        where = f"{entry.stream} #{entry.seq} {entry.kind}"
        if entry.seq != seq:
            wrong.append(f"{where}: entry {seq} is missing")
            seq = entry.seq
        if entry.previous != previous:
            wrong.append(f"{where}: does not follow the entry before it")
        if entry.payload is not None and canonical.digest(entry.payload) != entry.payload_hash:
            wrong.append(f"{where}: payload was changed")
        if chain_hash(entry) != entry.hash:
            wrong.append(f"{where}: entry was changed")
        previous = entry.hash
    return wrong
