from __future__ import annotations

import base64
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from kuaichu.kernel.checkpoints import BadCheckpoint, Checkpoint, note_key_id
from kuaichu.kernel.translog import (
    EMPTY_ROOT,
    MemoryStorage,
    append,
    consistency,
    inclusion,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

# The reference leaves, roots and proofs of the Certificate Transparency project's own Merkle tree tests.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): INCLUSIONS[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def filled(leaves) -> MemoryStorage:
    storage = MemoryStorage()
    for index, leaf in enumerate(leaves):
        assert append(storage, leaf) == index
    return storage


@cache
def numbered(size: int) -> MemoryStorage:
    return filled(str(number).encode() for number in range(size))


def test_reference_roots_and_proofs():
    storage = filled(LEAVES)
    assert root(MemoryStorage()) == EMPTY_ROOT
    assert [root(storage, size).hex() for size in range(1, 9)] == ROOTS
    for (index, size), proof in INCLUSIONS.items():
        assert [step.hex() for step in inclusion(storage, index, size)] == proof
    for (old, new), proof in CONSISTENCIES.items():
        assert [step.hex() for step in consistency(storage, old, new)] == proof


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 64, 65, 130, 257])
def test_roots_equal_an_independent_tree(size):
    other = InmemoryTree(algorithm="sha256")
    for number in range(size):
        other.append_entry(str(number).encode())
    assert root(numbered(size)) == other.get_root()
    assert root(numbered(257), size) == other.get_root()


@settings(max_examples=300)
@given(st.data())
def test_proofs_hold_and_corrupted_ones_do_not(data):
    storage = numbered(200)
    size = data.draw(st.integers(1, 200))
    index = data.draw(st.integers(0, size - 1))
    leaf, whole, proof = leaf_hash(str(index).encode()), root(storage, size), inclusion(storage, index, size)
    assert verify_inclusion(leaf, index, size, proof, whole)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, whole)
    assert not verify_inclusion(leaf, index, size, [*proof, leaf], whole)
    assert not verify_inclusion(leaf, index, size, proof, EMPTY_ROOT)
    other = data.draw(st.integers(-1, 201).filter(lambda place: place != index))
    assert not verify_inclusion(leaf, other, size, proof, whole)
    for broken in broken_versions(data, proof):
        assert not verify_inclusion(leaf, index, size, broken, whole)


@settings(max_examples=300)
@given(st.data())
def test_consistency_holds_and_corrupted_proofs_do_not(data):
    storage = numbered(200)
    new = data.draw(st.integers(1, 200))
    old = data.draw(st.integers(1, new))
    before, after, proof = root(storage, old), root(storage, new), consistency(storage, old, new)
    assert verify_consistency(old, new, before, after, proof)
    if old < new:
        assert not verify_consistency(old, new, after, after, proof)
        assert not verify_consistency(old, new, before, before, proof)
        assert not verify_consistency(new, old, after, before, proof)
    assert not verify_consistency(old, new, before, after, [*proof, before])
    assert not verify_consistency(0, new, EMPTY_ROOT, after, [])
    for broken in broken_versions(data, proof):
        assert not verify_consistency(old, new, before, after, broken)


def broken_versions(data, proof):
    if not proof:
        return
    place = data.draw(st.integers(0, len(proof) - 1))
    bit = 1 << data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(proof[place]) ^ bit).to_bytes(32)
    yield [*proof[:place], flipped, *proof[place + 1 :]]
    yield proof[:-1]
    yield [*proof[:place], *proof[place + 1 :]]
    if len(proof) > 1:
        yield proof[::-1]


def test_sizes_not_reached_are_refused():
    storage = numbered(5)
    for call in (
        lambda: root(storage, 6),
        lambda: root(storage, -1),
        lambda: inclusion(storage, 5, 5),
        lambda: inclusion(storage, -1, 5),
        lambda: inclusion(storage, 0, 6),
        lambda: consistency(storage, 0, 5),
        lambda: consistency(storage, 5, 4),
        lambda: consistency(storage, 4, 6),
    ):
        with pytest.raises(ValueError):
            call()


class Counting(MemoryStorage):
    def __init__(self) -> None:
        super().__init__()
        self.reads = self.batches = 0

    def get(self, places):
        self.reads += len(places)
        self.batches += 1
        return super().get(places)


def test_an_append_reads_one_node_on_average_in_one_batch():
    storage = Counting()
    for number in range(4096):
        append(storage, str(number).encode())
    assert storage.reads < 4096
    assert storage.batches == 4096
    storage.reads = storage.batches = 0
    assert len(inclusion(storage, 1234, 4095)) <= 12
    assert storage.reads <= 2 * 12
    assert storage.batches == 1


KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()


def test_checkpoint_comes_back_and_bears_witnesses():
    checkpoint = Checkpoint("kuaichu.example/log", 8, bytes.fromhex(ROOTS[7]))
    note = checkpoint.signed(KEY.sign, PUBLIC)
    assert note.split("\n")[:3] == ["kuaichu.example/log", "8", base64.b64encode(checkpoint.root).decode()]
    assert Checkpoint.opened(note, "kuaichu.example/log", PUBLIC) == checkpoint
    witnessed = note + "— court.example/witness AAAA\n"
    assert Checkpoint.opened(witnessed, "kuaichu.example/log", PUBLIC) == checkpoint


def test_key_id_of_the_published_example():
    # The verifier key in the examples of the signed-note format: name, key id, algorithm and key.
    example = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    name, short, key = example.split("+", 2)
    assert note_key_id(name, base64.b64decode(key)[1:]).hex() == short


def test_altered_checkpoints_are_refused():
    note = Checkpoint("log", 8, bytes(32)).signed(KEY.sign, PUBLIC)
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    for text in (
        "",
        "log",
        note.replace("\n8\n", "\n9\n"),
        note.replace("log\n8", "lag\n8"),
        note[:-20],
        note.replace("\n\n", "\n"),
    ):
        with pytest.raises(BadCheckpoint):
            Checkpoint.opened(text, "log", PUBLIC)
    with pytest.raises(BadCheckpoint):
        Checkpoint.opened(note, "log", other)
    with pytest.raises(ValueError):
        Checkpoint("two words", 1, bytes(32)).signed(KEY.sign, PUBLIC)


@given(st.text(max_size=200))
def test_any_text_is_refused_quietly(text):
    with pytest.raises(BadCheckpoint):
        Checkpoint.opened(f"log\n1\n{text}\n\n— log {text}", "log", PUBLIC)
