"""One act, one fact, one chain."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.kernel import bell, canonical, clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import ActWithoutFact, act
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.journal import TooDeep, caused_by, check_stream, event_of
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import NotAllowed, NotFound
from tests.kernel.trying import ANYONE, Tried, at_once, attempt


def entries(stream: UUID) -> list[Entry]:
    return list(Entry.objects.filter(stream=stream).order_by("seq"))


@pytest.fixture
def stream() -> UUID:
    return new_id()


@pytest.mark.django_db
class TestChain:
    def test_whole(self, stream: UUID) -> None:
        for number in range(5):
            attempt(stream, number)
        assert [e.seq for e in entries(stream)] == [1, 2, 3, 4, 5]
        assert check_stream(entries(stream)) == []

    @pytest.mark.parametrize(
        "change",
        [
            {"payload": {"number": 7, "words": ""}}, {"kind": "try.other"}, {"actor_id": "2"}, {"city": "x"},
            {"generation": 3}, {"payload_hash": "0" * 64}, {"previous": "0" * 64}, {"hash": "0" * 64},
            {"at": clock.now()}, {"caused_by": new_id()}, {"case_id": None}, {"seq": 9},
        ],
        ids=lambda change: next(iter(change)),
    )  # fmt: skip
    def test_an_edited_row_is_found(self, stream: UUID, change: dict) -> None:
        for number in range(3):
            attempt(stream, number)
        Entry.objects.filter(stream=stream, seq=2).update(**change)
        assert check_stream(entries(stream))

    def test_a_removed_row_is_found(self, stream: UUID) -> None:
        for number in range(3):
            attempt(stream, number)
        Entry.objects.filter(stream=stream, seq=2).delete()
        assert check_stream(entries(stream))

    def test_an_erased_payload_leaves_the_chain_whole(self, stream: UUID) -> None:
        for number in range(3):
            attempt(stream, number)
        Entry.objects.filter(stream=stream, seq=2).update(payload=None)
        assert entries(stream)[1].payload is None
        assert check_stream(entries(stream)) == []

    def test_causes_are_kept_and_the_ninth_generation_is_refused(self, stream: UUID) -> None:
        entry = attempt(stream)
        for generation in range(1, 9):
            with caused_by(event_of(entry)):
                made = attempt(stream)
            assert (made.caused_by, made.generation) == (entry.pk, generation)
            entry = made
        with caused_by(event_of(entry)), pytest.raises(TooDeep):
            attempt(stream)
        assert len(entries(stream)) == 9


@pytest.mark.django_db
class TestAct:
    def test_needs_exactly_one_fact(self, stream: UUID) -> None:
        with pytest.raises(ActWithoutFact), act(ANYONE, "try.it", stream):
            pass
        with pytest.raises(ActWithoutFact), act(ANYONE, "try.it", stream) as step:  # noqa: PT012
            step.record(Tried(1))
            step.record(Tried(2))
        assert entries(stream) == []

    def test_a_refusal_undoes_everything(self, stream: UUID) -> None:
        with pytest.raises(NotAllowed), act(ANYONE, "try.it", stream) as step:  # noqa: PT012
            step.record(Tried(1))
            step.insist(False, "no")
        assert entries(stream) == []

    def test_permission_and_boundaries(self, stream: UUID) -> None:
        nobody = Actor(kind="staff", id="1", city="yancheng", grants=frozenset())
        with pytest.raises(NotAllowed):
            attempt(stream, actor=nobody)
        party = Actor(kind="party", id="1", city="yancheng", grants=ANYONE.grants, case_id=new_id())
        with pytest.raises(NotAllowed):
            attempt(stream, actor=party)
        attempt(stream)
        elsewhere = Actor(kind="staff", id="2", city="guangyuan", grants=ANYONE.grants)
        with pytest.raises(NotFound):
            attempt(stream, actor=elsewhere)
        assert len(entries(stream)) == 1


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_many_at_once_make_one_chain(self, stream: UUID) -> None:
        made = at_once(*[lambda n=n: attempt(stream, n) for n in range(8)])
        assert all(isinstance(entry, Entry) for entry in made), made
        assert [e.seq for e in entries(stream)] == list(range(1, 9))
        assert check_stream(entries(stream)) == []

    def test_the_bell_rings_after_the_commit_and_only_then(self, stream: UUID) -> None:
        heard: list[tuple[UUID, int]] = []
        stop = bell.subscribe(lambda s, n: heard.append((s, n)))
        try:
            with transaction.atomic():
                attempt(stream)
                assert heard == []
            assert heard == [(stream, 1)]
            with pytest.raises(NotAllowed), act(ANYONE, "try.it", stream) as step:  # noqa: PT012
                step.record(Tried(2))
                step.insist(False, "no")
            assert heard == [(stream, 1)]
        finally:
            stop()

    def test_a_listener_that_fails_harms_nobody(self, stream: UUID) -> None:
        def broken(stream: UUID, seq: int) -> None:
            raise ValueError

        stop = bell.subscribe(broken)
        try:
            attempt(stream)
        finally:
            stop()
        assert len(entries(stream)) == 1


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_canonical_is_stable_over_json(value: object) -> None:
    assert canonical.digest(canonical.plain(value)) == canonical.digest(value)


@given(st.dictionaries(st.text(max_size=5), st.integers(), min_size=2, max_size=5))
def test_canonical_does_not_depend_on_order(value: dict[str, int]) -> None:
    assert canonical.canonical(value) == canonical.canonical(dict(reversed(value.items())))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_canonical_refuses_what_is_no_json(number: float) -> None:
    with pytest.raises(ValueError):
        canonical.canonical({"x": number})


def test_clock_travels_and_comes_back() -> None:
    before = clock.now()
    with clock.at(before + timedelta(days=400)):
        assert clock.now() >= before + timedelta(days=400)
    assert clock.now() < before + timedelta(days=1)
    assert clock.now().tzinfo is not None
