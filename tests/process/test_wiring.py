"""Everything that follows may be run again, at any time, and nothing new happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest

from kuaichu.desks.claims.models import Posting
from kuaichu.desks.liability import agreements
from kuaichu.desks.notify.models import Message
from kuaichu.kernel import deliveries, wirings
from kuaichu.kernel.facts import REGISTRY
from kuaichu.kernel.journal import caused_by, event_of
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.refusals import Refusal
from kuaichu.process.wiring import UNHEARD, WIRING
from tests.process.walking import Road, drawn, officer, settle
from tests.stories.builders import SIGNATURE, Town

pytestmark = pytest.mark.django_db


def repeat_everything(case_id: UUID) -> set[str]:
    """Run every handler of every entry of a case once more; the handlers that ran."""
    ran = set()
    for entry in Entry.objects.filter(stream=case_id).order_by("seq"):
        event = event_of(entry)
        for consequence in wirings.following(event.fact):
            with caused_by(event):
                consequence.handler(event)
            ran.add(consequence.name)
    return ran


def state(road: Road) -> Any:
    """What the world holds: facts, messages sent, money moved, telephones."""
    inbox = [road.town.messages(number) for number in road.numbers.values()]
    return (
        road.kinds(),
        Message.objects.count(),
        Posting.objects.count(),
        road.payouts(),
        inbox,
        road.status,
    )


def by_agreement(road: Road) -> None:
    road.agree()
    road.assess()
    road.name_payees()
    settle()


def by_officer(road: Road) -> None:
    road.want("officer")
    who = officer()
    road.take(who)
    road.determine(who)
    settle()
    road.assess()
    road.name_payees()
    settle()


def declined(road: Road) -> None:
    road.want("agree")
    agreements.decline(road.actor("B"), road.id)
    settle()


def rejected(road: Road) -> None:
    road.agree()
    road.town.running["rail"].post("/behaviour", {"reject": 1})
    road.assess()
    road.name_payees()
    settle()


ROADS: list[Callable[[Road], None]] = [by_agreement, by_officer, declined, rejected]


@pytest.mark.parametrize("walk", ROADS, ids=[walk.__name__ for walk in ROADS])
def test_every_handler_repeated_gives_no_new_facts(town: Town, walk: Callable[[Road], None]) -> None:
    road = Road(town).ready()
    walk(road)
    before = state(road)
    assert len(repeat_everything(road.id)) >= 7
    settle()
    assert state(road) == before


def test_repeated_while_under_way(town: Town) -> None:
    """Not only at the end: after each step everything so far is repeated."""
    road = Road(town).both_joined()
    before = state(road)
    repeat_everything(road.id)
    settle()
    assert state(road) == before
    road.describe(triage={"alcohol_suspected": True})
    settle()
    before = state(road)
    assert road.status == "handed_over"
    repeat_everything(road.id)
    settle()
    assert state(road) == before


def test_lost_answers_lose_nothing_and_double_nothing(town: Town) -> None:
    """The rail pays but its answer is lost, twice: the same key is looked up, money moves once."""
    road = Road(town).ready()
    road.agree()
    road.name_payees()
    town.running["rail"].post("/behaviour", {"lost_answer": 2})
    road.assess()
    settle()
    assert road.status == "closed"
    ledger = town.running["rail"].get("/ledger").json()
    assert Counter(p[3] for p in road.payouts()) == {"paid": 2}
    assert Posting.objects.count() == 2, ledger


@pytest.mark.parametrize("name", ["register", "policies", "phones", "rail"])
def test_a_side_that_is_away_delays_and_loses_nothing(town: Town, name: str) -> None:
    road = Road(town).ready()
    road.agree()
    town.running[name].kill()
    road.assess()
    road.name_payees()
    settle(1)
    assert not Delivery.objects.filter(held=True).exists()
    town.running[name].start()
    settle()
    assert road.status == "closed"
    assert Message.objects.filter(case_id=road.id, kind="rating").count() == 2


class Crash(BaseException):
    """The process ends here."""


OUTSIDE = {
    "sms": ("kuaichu.connectors.sms.gateway", "Gateway", "send", lambda a: a[3]),
    "register": ("kuaichu.connectors.register.http", "HttpRegister", "vehicle", lambda a: a[1]),
    "policies": ("kuaichu.connectors.policies.http", "HttpPolicies", "policies", lambda a: a[1]),
    "rail": ("kuaichu.connectors.payout.rail", "Rail", "pay", lambda a: a[1]),
    "sealing": ("kuaichu.desks.documents.certificates", "", "make", lambda a: a[0].pk),
}


@pytest.mark.parametrize("side", OUTSIDE)
def test_crash_after_each_outside_call(town: Town, monkeypatch: pytest.MonkeyPatch, side: str) -> None:
    """The process dies after the other side has acted and before we have noted it: every time, once each."""
    module, kind, name, key_of = OUTSIDE[side]
    owner = import_module(module)
    owner = getattr(owner, kind) if kind else owner
    real = getattr(owner, name)
    crashed: set[Any] = set()

    def crash_once(*args: Any, **kwargs: Any) -> Any:
        answer = real(*args, **kwargs)
        if key_of(args) not in crashed:
            crashed.add(key_of(args))
            raise Crash
        return answer

    monkeypatch.setattr(owner, name, crash_once)
    monkeypatch.setattr("tests.process.walking.drain", surviving)
    road = Road(town).ready()
    road.agree()
    road.assess()
    road.name_payees()
    settle(20)
    assert crashed
    assert road.status == "closed"
    assert not Delivery.objects.exists()
    assert set(Counter(Message.objects.values_list("kind", "receiver", "channel")).values()) == {1}
    assert Posting.objects.count() == 2
    assert agreements.alive_agreement(road.id) is not None


def surviving() -> None:
    """A worker that is started again whenever it dies; what it held comes back at once."""
    for _ in range(60):
        try:
            deliveries.drain()
            return
        except Crash:
            deliveries.release()


def test_two_signatures_and_an_officer_never_both(town: Town) -> None:
    """Agreement and determination exclude each other, whichever comes first."""
    road = Road(town).ready()
    road.want("agree")
    agreements.sign(road.actor("A"), road.id, path=SIGNATURE, read=True)
    road.want("officer")
    who = officer()
    road.take(who)
    with pytest.raises(Refusal):
        agreements.sign(road.actor("B"), road.id, path=SIGNATURE, read=True)
    road.determine(who)
    settle()
    assert road.kinds()["documents.issued"] == 1
    assert road.kinds()["liability.agreed"] == 0


def test_signed_while_waiting_ends_the_wait(town: Town) -> None:
    road = Road(town).ready()
    road.want("agree")
    road.want("officer")
    for label in "AB":
        agreements.sign(road.actor(label), road.id, path=SIGNATURE, read=True)
    settle()
    assert road.status == "decided"
    assert road.kinds()["liability.ended"] == 1
    assert drawn(officer()) is None


def test_every_fact_is_heard_or_declared_unheard() -> None:
    known = {kind for kind in REGISTRY.values() if kind.__module__.startswith("kuaichu.")}
    assert known == set(WIRING) | UNHEARD
    assert not set(WIRING) & UNHEARD
