"""A transparency log: append-only Merkle tree by RFC 6962 (proofs as in RFC 9162 §2.1), over any storage.

Only complete subtrees are stored, under (level, index): level 0 holds the leaf hashes. An append reads the
left neighbours it completes (one on average, in one batch) and writes as many nodes plus one; roots and
proofs read at most about 2·log2(size) nodes in one batch. Callers append under one lock. Leaves hold hashes,
never personal data, so that lawful erasure leaves the log whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Place = tuple[int, int]
"""(level, index) of a complete subtree of 2**level leaves."""

EMPTY_ROOT = hashlib.sha256().digest()


class Storage(Protocol):
    """Where the nodes live. `get` answers in the order asked and raises `KeyError` for a missing node."""

    def size(self) -> int:
        """Number of leaves."""

    def get(self, places: Sequence[Place]) -> list[bytes]:
        """The 32-byte hashes at these places, read in one go."""

    def put(self, nodes: Mapping[Place, bytes]) -> None:
        """Store new nodes, all or none; exactly one of them is a leaf, which raises the size by one."""


@dataclass(slots=True)
class MemoryStorage:
    """Nodes in a dictionary."""

    nodes: dict[Place, bytes] = field(default_factory=dict)
    leaves: int = 0

    def size(self) -> int:
        """Number of leaves."""
        return self.leaves

    def get(self, places: Sequence[Place]) -> list[bytes]:
        """The hashes at these places."""
        return [self.nodes[place] for place in places]

    def put(self, nodes: Mapping[Place, bytes]) -> None:
        """Store new nodes."""
        self.nodes.update(nodes)
        self.leaves += sum(level == 0 for level, _ in nodes)


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 of 0x00 and the leaf's data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(storage: Storage, data: bytes) -> int:
    """Append a leaf and return its index. Call under the log's lock."""
    index = storage.size()
    completes = (index + 1 & -(index + 1)).bit_length() - 1  # how many left neighbours wait for this leaf
    lefts = storage.get([(level, (index >> level) - 1) for level in range(completes)])
    node = leaf_hash(data)
    fresh = {(0, index): node}
    for level, left in enumerate(lefts):
        node = node_hash(left, node)
        fresh[level + 1, index >> (level + 1)] = node
    storage.put(fresh)
    return index


def root(storage: Storage, size: int | None = None) -> bytes:
    """The root of the first `size` leaves (all by default). Raises `ValueError` for a size not reached."""
    wanted = _known(storage, storage.size() if size is None else size)
    return _hashes(storage, [(0, wanted)])[0] if wanted else EMPTY_ROOT


def inclusion(storage: Storage, index: int, size: int) -> list[bytes]:
    """Audit path of leaf `index` in the tree of `size` leaves (RFC 9162 §2.1.3.1). Raises `ValueError`."""
    if not 0 <= index < _known(storage, size):
        raise ValueError("no such leaf in this tree")
    ranges, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    return _hashes(storage, ranges[::-1])


def consistency(storage: Storage, old: int, new: int) -> list[bytes]:
    """Proof that the first `old` leaves are unchanged at `new` (RFC 9162 §2.1.4.1). Raises `ValueError`."""
    if not 0 < old <= _known(storage, new):
        raise ValueError("no such pair of trees")
    ranges, low, high, whole = [], 0, new, True
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low, whole = middle, False
    if not whole:
        ranges.append((low, high))
    return _hashes(storage, ranges[::-1])


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the leaf hash is at `index` in the tree with this size and root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and computed == expected


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree (old, old_root) is a prefix of (new, new_root) (RFC 9162 §2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _known(storage: Storage, size: int) -> int:
    if not 0 <= size <= storage.size():
        raise ValueError("the log has not reached this size")
    return size


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _hashes(storage: Storage, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
    """The subtree hash of each range of leaves [low, high), all nodes read in one batch."""
    covers = [_cover(low, high) for low, high in ranges]
    nodes = iter(storage.get([place for cover in covers for place in cover]))
    return [_fold([next(nodes) for _ in cover]) for cover in covers]


def _cover(low: int, high: int) -> list[Place]:
    """The complete subtrees of a range, left to right; `low` is a multiple of the first one's width."""
    places = []
    while low < high:
        level = (high - low).bit_length() - 1
        places.append((level, low >> level))
        low += 1 << level
    return places


def _fold(hashes: list[bytes]) -> bytes:
    node = hashes.pop()
    while hashes:
        node = node_hash(hashes.pop(), node)
    return node
