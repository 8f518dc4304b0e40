"""Numbers without gaps, and the public log, under many hands."""

from __future__ import annotations

import uuid
from uuid import UUID

import pytest

from kuaichu.kernel import publiclog
from kuaichu.kernel.acts import act
from kuaichu.kernel.counters import following_number
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.locks import writing
from kuaichu.kernel.models import LogLeaf, LogNode
from tests.kernel.trying import ANYONE, Tried, at_once


@pytest.mark.django_db(transaction=True)
def test_numbers_are_distinct_and_without_gaps() -> None:
    def take() -> list[int]:
        numbers = []
        for _ in range(5):
            with writing():
                numbers.append(following_number("n"))
        return numbers

    taken = sorted(n for some in at_once(*[take] * 5) for n in some)
    assert taken == list(range(1, 26))


@pytest.mark.django_db
def test_an_undone_act_gives_its_number_back() -> None:
    def fail() -> None:
        with writing():
            assert following_number("m") == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with writing():
        assert following_number("m") == 1


def logged(log: str, subject: UUID) -> int:
    with act(ANYONE, "try.it", new_id()) as step:
        index = publiclog.append(log, "facts", subject, {"sha256": subject.hex})
        step.record(Tried(index))
    return index


@pytest.mark.django_db(transaction=True)
def test_appends_at_once_make_one_tree() -> None:
    subjects = [uuid.uuid4() for _ in range(12)]
    indexes = at_once(*[lambda s=s: logged("city", s) for s in subjects])
    assert sorted(indexes) == list(range(12))
    assert publiclog.check("city") == []
    assert logged("city", subjects[0]) == indexes[0]
    LogLeaf.objects.filter(log="city", index=3).update(content={"sha256": "00"})
    assert publiclog.check("city")


@pytest.mark.django_db
def test_a_changed_node_is_found() -> None:
    for _ in range(5):
        logged("other", uuid.uuid4())
    LogNode.objects.filter(log="other", level=1, index=0).update(hash=b"\0" * 32)
    assert publiclog.check("other")
