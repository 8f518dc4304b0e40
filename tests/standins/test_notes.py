"""The witness's own arithmetic against that of the log, and against itself with one byte changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kuaichu.kernel import translog
from kuaichu.standins import notes


def tree(size: int) -> translog.MemoryStorage:
    storage = translog.MemoryStorage()
    for n in range(size):
        translog.append(storage, f"leaf {n}".encode())
    return storage


BIG = tree(70)


@given(st.integers(1, 70), st.integers(1, 70), st.data())
def test_growth_is_proven_and_nothing_else(one: int, two: int, data: st.DataObject) -> None:
    old, new = sorted((one, two))
    proof = list(translog.consistency(BIG, old, new))
    roots = translog.root(BIG, old), translog.root(BIG, new)
    assert notes.grew(old, roots[0], new, roots[1], proof)
    assert not notes.grew(old, roots[1] if old != new else bytes(32), new, roots[1], proof)
    assert not notes.grew(old, roots[0], new, bytes(32), proof)
    assert not notes.grew(old, roots[0], new, roots[1], [*proof, bytes(32)])
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        broken = [bytes(32) if n == place else node for n, node in enumerate(proof)]
        assert not notes.grew(old, roots[0], new, roots[1], broken)
        assert not notes.grew(old, roots[0], new, roots[1], proof[:-1])
