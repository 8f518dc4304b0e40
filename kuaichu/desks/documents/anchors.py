"""Anchors: once a day the heads of all journals become one leaf of the public log, co-signed by witnesses.

A leaf of kind `journal` holds day, number of entries and the root (RFC 6962) over the day's streams in order,
each as SHA-256 of its id and the hash of its last entry of that day. Who edits, drops or adds a row later
cannot come to that root again; who takes the leaf away breaks the log. No personal data.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kuaichu.desks.documents.models import Cosignature
from kuaichu.desks.documents.ports import WitnessIdentity
from kuaichu.kernel import canonical, clock, publiclog, translog
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.journal import chain_hash
from kuaichu.kernel.models import Entry, LogLeaf

_DAYS = uuid.UUID("0d5c7a50-7c0c-4d8f-9a6e-2f3f7f6f1b51")
KIND = "journal"
SETTLED = timedelta(minutes=10)
"""A day is anchored so long after its end: no transaction of it can still be open."""


@dataclass(frozen=True)
class DayAnchored(Fact, name="documents.day_anchored"):
    """The journals of a city's day have their leaf."""

    day: str
    entries: int
    root: str
    leaf: int


@dataclass(frozen=True)
class Cosigned(Fact, name="documents.cosigned"):
    """A witness signed the log's checkpoint of so many leaves."""

    witness: str
    size: int


@dataclass(frozen=True, slots=True)
class Head:
    """A stream's last entry of a day: SHA-256 of the stream's id, and the hash its rows come to, in hex."""

    stream: str
    head: str


def stream_of(city: str) -> UUID:
    """The stream of a city's log."""
    return uuid.uuid5(_DAYS, city)


def subject_of(city: str, day: date) -> UUID:
    """What the leaf of a day is about."""
    return uuid.uuid5(stream_of(city), day.isoformat())


def bounds(day: date) -> tuple[datetime, datetime]:
    """Beginning and end of a day in China (aware)."""
    start = datetime.combine(day, time.min, clock.CHINA)
    return start, start + timedelta(days=1)


def heads(city: str, day: date) -> tuple[list[Head], int]:
    """The day's heads as its rows come to them now, in order of their streams, and the number of entries.

    Every entry's hash is computed again from its values (and its payload's, unless lawfully erased).
    """
    start, end = bounds(day)
    rows = Entry.objects.filter(city=city, at__gte=start, at__lt=end).exclude(stream=stream_of(city))
    found: dict[UUID, str] = {}
    count = 0
    for entry in rows.order_by("stream", "seq").iterator(chunk_size=2000):
        count += 1
        before = found.get(entry.stream)
        found[entry.stream] = _head(entry, before)
    listed = [Head(hashlib.sha256(s.bytes).hexdigest(), head) for s, head in found.items()]
    return sorted(listed, key=lambda one: one.stream), count


def _head(entry: Entry, before: str | None) -> str:
    if entry.payload is not None:
        entry.payload_hash = canonical.digest(entry.payload)
    if before is not None:
        entry.previous = before
    return chain_hash(entry)


def root_of(day_heads: list[Head]) -> str:
    """The root over a day's heads, in hex."""
    tree = translog.MemoryStorage()
    for one in day_heads:
        translog.append(tree, bytes.fromhex(one.stream) + bytes.fromhex(one.head))
    return translog.root(tree, tree.size()).hex()


def anchor(actor: Actor, day: date) -> None:
    """Write the leaf of a day that is over, once."""
    city = actor.city
    with act_on(actor, "documents.anchor", stream_of(city)) as step:
        subject = subject_of(city, day)
        if LogLeaf.objects.filter(log=city, kind=KIND, subject=subject).exists():
            step.already()
            return
        day_heads, count = heads(city, day)
        content = {"day": day.isoformat(), "entries": count, "root": root_of(day_heads)}
        index = publiclog.append(city, KIND, subject, content)
        step.record(DayAnchored(day=day.isoformat(), entries=count, root=str(content["root"]), leaf=index))


def missing_days(city: str, today: date, most: int = 60) -> Iterator[date]:
    """The days without a leaf since the newest one (or yesterday alone), oldest first."""
    newest = LogLeaf.objects.filter(log=city, kind=KIND).order_by("-index").first()
    last = date.fromisoformat(newest.content["day"]) if newest else today - timedelta(days=2)
    day = max(last + timedelta(days=1), today - timedelta(days=most))
    while day < today:
        yield day
        day += timedelta(days=1)


def record_cosignature(actor: Actor, who: WitnessIdentity, *, size: int, note: str, line: str) -> None:
    """Keep a witness's signature of a checkpoint; once for each witness and size."""
    with act_on(actor, "documents.cosign", stream_of(actor.city)) as step:
        if Cosignature.objects.filter(log=actor.city, witness=who.name, size=size).exists():
            step.already()
            return
        Cosignature.objects.create(
            log=actor.city,
            witness=who.name,
            public=who.public,
            size=size,
            note=note,
            line=line,
            at=clock.now(),
        )
        step.record(Cosigned(witness=who.name, size=size))


def newest_cosigned(city: str) -> tuple[str, list[Cosignature]]:
    """The newest checkpoint that any witness signed, with all their signatures of it; ("", []) before."""
    newest = Cosignature.objects.filter(log=city).order_by("-size", "-at").first()
    if newest is None:
        return "", []
    return newest.note, list(Cosignature.objects.filter(log=city, note=newest.note).order_by("witness"))


def signed_size(city: str, witness: str) -> int:
    """The size this witness signed last, as far as is known here."""
    row = Cosignature.objects.filter(log=city, witness=witness).order_by("-size").first()
    return row.size if row else 0


def faults(city: str) -> list[str]:
    """Which anchored days do not come to their leaf any more."""
    wrong = []
    for leaf in LogLeaf.objects.filter(log=city, kind=KIND).order_by("index"):
        day_heads, count = heads(city, date.fromisoformat(leaf.content["day"]))
        if (root_of(day_heads), count) != (leaf.content["root"], leaf.content["entries"]):
            day = leaf.content["day"]
            wrong.append(f"journals of {city} on {day}: not what was anchored in leaf {leaf.index}")
    return wrong
