"""A repeated request gets the first answer."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from kuaichu.kernel import clock
from kuaichu.kernel.models import Answer
from kuaichu.kernel.refusals import WrongState
from kuaichu.kernel.repeats import STALE, once
from tests.kernel.trying import at_once


@pytest.mark.django_db
def test_the_first_answer_is_given_again() -> None:
    calls: list[int] = []

    def produce() -> tuple[int, Any]:
        calls.append(1)
        return 201, {"n": len(calls)}

    assert [once("a", "k", "f", produce) for _ in range(3)] == [(201, {"n": 1})] * 3
    assert once("b", "k", "f", produce) == (201, {"n": 2})
    with pytest.raises(WrongState) as refused:
        once("a", "k", "other", produce)
    assert refused.value.code == "key_reused"


@pytest.mark.django_db
def test_a_refused_request_may_be_put_right() -> None:
    def refuse() -> tuple[int, Any]:
        raise WrongState("no")

    with pytest.raises(WrongState):
        once("a", "k", "f", refuse)
    assert once("a", "k", "f", lambda: (200, None)) == (200, None)


@pytest.mark.django_db
def test_a_crashed_request_is_taken_over_after_a_while() -> None:
    Answer.objects.create(actor="a", key="k", fingerprint="f", at=clock.now())
    with pytest.raises(WrongState) as refused:
        once("a", "k", "f", lambda: (200, 1))
    assert refused.value.code == "in_progress"
    with clock.at(clock.now() + STALE + timedelta(seconds=1)):
        assert once("a", "k", "f", lambda: (200, 1)) == (200, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crashed", [False, True])
def test_of_many_at_once_one_is_worked(crashed: bool) -> None:
    if crashed:
        Answer.objects.create(actor="a", key="k", fingerprint="f", at=clock.now() - 2 * STALE)
    calls: list[int] = []

    def produce() -> tuple[int, Any]:
        calls.append(1)
        time.sleep(0.3)
        return 200, "done"

    answers = at_once(*[lambda: once("a", "k", "f", produce)] * 5)
    assert len(calls) == 1
    assert (200, "done") in answers
    assert all(a == (200, "done") or (isinstance(a, WrongState) and a.code == "in_progress") for a in answers)
