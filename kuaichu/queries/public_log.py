"""What the public log of a city says: its signed checkpoint, its proofs, and the place of one paper in it.

Everything here is for anyone: leaves hold hashes and random identifiers, never personal data.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from kuaichu.desks.documents import anchors
from kuaichu.desks.documents.certificates import checkpoint_signer
from kuaichu.desks.documents.models import Cosignature, Paper
from kuaichu.desks.documents.rules import rules
from kuaichu.kernel import checkpoints, publiclog, translog
from kuaichu.kernel.models import LogLeaf
from kuaichu.kernel.refusals import NotFound


@dataclass(frozen=True, slots=True)
class LogPlace:
    """A leaf of a paper and whether its inclusion proof leads to the root of the tree of `size` leaves.

    `leaf` and `root` are hex; `hashes` is the length of the proof; `agrees` says that the leaf holds the
    hash the paper is kept with.
    """

    index: int
    size: int
    root: str
    leaf: str
    hashes: int
    agrees: bool
    proven: bool


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The proof that a leaf is in the tree of `size` leaves; `data` are the bytes the leaf is the hash of."""

    index: int
    size: int
    root: bytes
    leaf: bytes
    proof: tuple[bytes, ...]
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Consistency:
    """The proof that the tree of `old` leaves is the beginning of the tree of `new` leaves."""

    old: int
    new: int
    old_root: bytes
    new_root: bytes
    proof: tuple[bytes, ...]


class _Snapshot(publiclog.TableStorage):
    """The log as large as it was when first asked: one count, and all answers agree with one another."""

    @cached_property
    def _size(self) -> int:
        return super().size()

    def size(self) -> int:
        """Number of leaves at the first question."""
        return self._size


def origin(city: str) -> str:
    """The log's name in its checkpoints: the city's own choice, or host and city code."""
    return rules(city).log or f"{urlsplit(settings.BASE_URL).netloc}/{city}"


def checkpoint(city: str) -> str:
    """The log as it is now, as a signed note (C2SP tlog-checkpoint, Ed25519)."""
    storage, key = _Snapshot(city), checkpoint_signer()
    size = storage.size()
    note = checkpoints.Checkpoint(origin(city), size, translog.root(storage, size))
    return note.signed(key.sign, key.public)


def cosigned(city: str) -> str:
    """The newest checkpoint witnesses signed, with their lines. Raises NotFound while there is none."""
    note, rows = anchors.newest_cosigned(city)
    if not rows:
        raise NotFound(_("No witness has signed this log yet."))
    return note + "".join(f"{row.line}\n" for row in rows)


def witnesses(city: str) -> list[dict[str, object]]:
    """Who signed this log: name, raw Ed25519 key (base64), size and time of the last signature."""
    newest = {row.witness: row for row in Cosignature.objects.filter(log=city).order_by("size")}
    return [
        {
            "name": row.witness,
            "key": base64.b64encode(bytes(row.public)).decode(),
            "size": row.size,
            "at": row.at.isoformat(),
        }
        for row in newest.values()
    ]


def leaves(city: str, start: int, end: int) -> list[str]:
    """The data of the leaves from `start` up to but not `end`, as text; the log may end earlier."""
    rows = LogLeaf.objects.filter(log=city, index__gte=start, index__lt=end).order_by("index")
    return [publiclog.leaf_data(row.kind, row.subject, row.content).decode() for row in rows]


def day(city: str, wanted: date) -> dict[str, object]:
    """What the rows of a day come to now: its heads, their root, and how many entries there are."""
    heads, count = anchors.heads(city, wanted)
    return {
        "day": wanted.isoformat(),
        "entries": count,
        "root": anchors.root_of(heads),
        "heads": [[one.stream, one.head] for one in heads],
    }


def inclusion(city: str, index: int, size: int | None = None) -> Inclusion:
    """The audit path of a leaf in the tree of `size` leaves, now by default. Raises ValueError."""
    storage = _Snapshot(city)
    wanted = storage.size() if size is None else size
    proof = translog.inclusion(storage, index, wanted)
    leaf = LogLeaf.objects.filter(log=city, index=index).first()
    data = publiclog.leaf_data(leaf.kind, leaf.subject, leaf.content) if leaf is not None else None
    (stored,) = storage.get([(0, index)])
    return Inclusion(index, wanted, translog.root(storage, wanted), stored, tuple(proof), data)


def consistency(city: str, old: int, new: int | None = None) -> Consistency:
    """The proof between two sizes of the log, `new` being now by default. Raises ValueError."""
    storage = _Snapshot(city)
    wanted = storage.size() if new is None else new
    proof = translog.consistency(storage, old, wanted)
    roots = translog.root(storage, old), translog.root(storage, wanted)
    return Consistency(old, wanted, *roots, tuple(proof))


def places(paper: Paper, facts_sha256: str) -> dict[str, LogPlace]:
    """Where the paper's facts and its file stand in the log, by kind of leaf; what is missing is left out."""
    storage = _Snapshot(paper.city)
    wanted = {"facts": ("facts_sha256", facts_sha256), "file": ("file_sha256", paper.file_sha256)}
    leaves = LogLeaf.objects.filter(log=paper.city, index__in=[paper.facts_leaf, paper.file_leaf])
    kinds = [
        (leaf, "facts" if leaf.kind == "facts" else "file") for leaf in leaves if stands_for(leaf, paper)
    ]
    return {kind: _place(storage, leaf, *wanted[kind]) for leaf, kind in kinds}


def stands_for(leaf: LogLeaf, paper: Paper) -> bool:
    """Whether it is a leaf of this paper: of its facts, its file, or the file of a later revision."""
    if leaf.kind == "revision":
        return bool(leaf.content.get("paper") == str(paper.pk))
    return leaf.kind in ("facts", "file") and leaf.subject == paper.pk


def _place(storage: _Snapshot, leaf: LogLeaf, field: str, expected: str) -> LogPlace:
    digest = translog.leaf_hash(publiclog.leaf_data(leaf.kind, leaf.subject, leaf.content))
    size = storage.size()
    root, proof = _root_and_proof(storage, leaf.index, size)
    return LogPlace(
        index=leaf.index,
        size=size,
        root=root.hex(),
        leaf=digest.hex(),
        hashes=len(proof),
        agrees=bool(expected) and leaf.content.get(field) == expected,
        proven=translog.verify_inclusion(digest, leaf.index, size, proof, root),
    )


def _root_and_proof(storage: _Snapshot, index: int, size: int) -> tuple[bytes, Sequence[bytes]]:
    try:
        return translog.root(storage, size), translog.inclusion(storage, index, size)
    except (ValueError, KeyError):  # the nodes were cut or tampered with: nothing is proven
        return translog.EMPTY_ROOT, ()
