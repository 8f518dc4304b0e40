"""The public log of a city in the database: RFC 6962 nodes and what each leaf stands for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kuaichu.kernel import canonical, clock, translog
from kuaichu.kernel.models import LogLeaf, LogNode
from kuaichu.kernel.prepared import Prepared, find_one

_LOCKS = uuid.UUID("6f0f5a4e-5a0e-4c55-9f6c-5d6f4f1f2a10")


_NEWEST = Prepared(
    lambda log: LogNode.objects.filter(log=log, level=0).order_by("-index").values_list("index")[:1], str
)


class TableStorage:
    """`translog.Storage` over the table of nodes of one log."""

    def __init__(self, log: str) -> None:
        self.log = log

    def size(self) -> int:
        """Number of leaves."""
        newest = _NEWEST.row(self.log)
        return 0 if newest is None else int(newest[0]) + 1

    def get(self, places: Sequence[translog.Place]) -> list[bytes]:
        """The hashes at these places, in one query; raises KeyError for a missing one."""
        if not places:
            return []
        wanted = Q()
        for level, index in places:
            wanted |= Q(level=level, index=index)
        rows = LogNode.objects.filter(wanted, log=self.log).values_list("level", "index", "hash")
        found = {(level, index): bytes(node) for level, index, node in rows}
        return [found[place] for place in places]

    def put(self, nodes: Mapping[translog.Place, bytes]) -> None:
        """Store new nodes."""
        LogNode.objects.bulk_create(
            [
                LogNode(log=self.log, level=level, index=index, hash=node)
                for (level, index), node in nodes.items()
            ]
        )


def append(log: str, kind: str, subject: UUID, content: Mapping[str, Any]) -> int:
    """Append a leaf for `subject` (inside an act) and return its index; a subject has one leaf of a kind.

    The leaf is the canonical JSON of kind, subject and content: hashes, never personal data.
    """
    known = find_one(LogLeaf, log=log, kind=kind, subject=subject)
    if known is not None:
        return known.index
    _lock(log)
    data = leaf_data(kind, subject, content)
    index = translog.append(TableStorage(log), data)
    LogLeaf.objects.create(
        log=log, index=index, kind=kind, subject=subject, content=dict(content), at=clock.now()
    )
    return index


def leaf_data(kind: str, subject: UUID, content: Mapping[str, Any]) -> bytes:
    """The bytes a leaf is the hash of."""
    return canonical.canonical({"kind": kind, "subject": str(subject), **content})


def _lock(log: str) -> None:
    """Appends of one log are serial; taken after the case's lock, so the order is always the same."""
    if connection.vendor == "postgresql":
        key = (uuid.uuid5(_LOCKS, log).int & ((1 << 64) - 1)) - (1 << 63)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def check(log: str) -> list[str]:
    """What is wrong with a log (empty: nothing): each leaf against its node, the tree against its leaves."""
    wrong: list[str] = []
    memory = translog.MemoryStorage()
    leaves = LogLeaf.objects.filter(log=log).order_by("index")
    for expected, leaf in enumerate(leaves.iterator()):
        if leaf.index != expected:
            wrong.append(f"log {log}: leaf {expected} is missing")
            return wrong
        translog.append(memory, leaf_data(leaf.kind, leaf.subject, leaf.content))
    stored = {
        (level, index): bytes(node)
        for level, index, node in LogNode.objects.filter(log=log).values_list("level", "index", "hash")
    }
    if stored != memory.nodes:
        differing = sorted(set(stored.items()) ^ set(memory.nodes.items()))[:3]
        wrong += [f"log {log}: node level {place[0]} index {place[1]} differs" for place, _node in differing]
    return wrong
