"""The rest may follow at home: when its time is over everybody hears it, and nobody waits for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kuaichu.cases import clearing
from kuaichu.cases.models import Party
from kuaichu.cases.phones import actor_of
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.queries.next_steps import next_step
from tests.stories.builders import Person, Town, first_half

pytestmark = pytest.mark.django_db


def halves(town: Town) -> tuple[Person, Person]:
    """One side is ready, the other has proven its phone and gone home."""
    first, second = first_half(town)
    drain()
    return first, second


def test_who_has_not_finished_is_reminded_and_who_has_may_go_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = halves(town)
    party = Party.objects.get(pk=first.party_id)
    clearing.clear(actor_of(party), party.case_id)
    step = next_step(first.case)
    assert step.by == first.case.opened_at + timedelta(hours=24)
    assert "reminded" in step.default
    drain()
    assert not [t for t in town.messages(second.phone) if "not finished" in t]
    later = clock.now() + timedelta(hours=24, seconds=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    drain()
    assert [t for t in town.messages(first.phone) if "other side was reminded" in t]
    assert [t for t in town.messages(second.phone) if "not finished" in t]
