"""A company's own hand on its webhook: secrets that overlap, messages once more."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from kuaichu.desks.notify.models import Message, OldSecret
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Answer, Entry
from kuaichu.people.models import Organisation
from tests.desks.notify.test_messages import Insurer
from tests.portals.api import casework
from tests.standins.running import listening

pytestmark = pytest.mark.django_db(transaction=True)
HOOK = "/api/insurer/v1/webhook"
OLD, NEW = ("whsec_" + base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))


@pytest.fixture
def door(huaihai):
    made = Insurer()
    with listening(made.site()) as base:
        told = {"webhook_url": base + "/hooks", "webhook_secret": OLD}
        Organisation.objects.filter(code="HUAIHAI").update(**told)
        yield made


def verified(secret: str, told) -> bool:
    headers, content = told
    try:
        Webhook(secret).verify(content, {name.lower(): value for name, value in headers.items()})
    except WebhookVerificationError:
        return False
    return True


def hear(number: int = 1) -> None:
    casework.settled(number=number)
    drain()


def test_both_secrets_hold_for_the_overlap_and_then_only_the_new_one(huaihai, door):
    state = huaihai.put(f"{HOOK}/secret", {"secret": NEW, "overlap_hours": 2})
    assert state.status_code == 200, state.content
    until = datetime.fromisoformat(state.json()["old_secret_until"])
    assert timedelta(minutes=119) < until - clock.now() <= timedelta(hours=2)
    hear()
    [told] = door.taken
    assert (verified(OLD, told), verified(NEW, told)) == (True, True)
    OldSecret.objects.update(until=clock.now())
    hear(2)
    assert (verified(OLD, door.taken[1]), verified(NEW, door.taken[1])) == (False, True)
    assert huaihai.get(HOOK).json()["old_secret_until"] is None


def test_the_same_secret_again_changes_nothing_and_none_is_kept_or_told(huaihai, door):
    answers = [huaihai.put(f"{HOOK}/secret", {"secret": NEW}, key=f"k{n}") for n in (1, 2)]
    assert answers[0].json() == answers[1].json()
    assert OldSecret.objects.count() == 1
    [fact] = Entry.objects.filter(kind="notify.secret_replaced")
    for kept in (str(fact.payload), str(list(Answer.objects.values())), answers[0].content.decode()):
        assert NEW not in kept
        assert OLD not in kept


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"secret": "hunter2"}, "secret"),
        ({"secret": "whsec_c2hvcnQ="}, "secret"),
        ({"secret": "whsec_***"}, "secret"),
        ({"secret": NEW, "overlap_hours": 337}, "overlap_hours"),
        ({"secret": NEW, "overlap_hours": -1}, "overlap_hours"),
    ],
)
def test_wrong_secrets_are_named(huaihai, door, body, field):
    answer = huaihai.put(f"{HOOK}/secret", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_secrets_do_not_pile_up(huaihai, door):
    for n in range(6):
        fresh = "whsec_" + base64.b64encode(bytes([n]) * 32).decode()
        answer = huaihai.put(f"{HOOK}/secret", {"secret": fresh})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_secrets")


def test_messages_come_again_under_their_own_ids(huaihai, door):
    for number in (1, 2):
        hear(number)
    ids = [told[0]["webhook-id"] for told in door.taken]
    assert len(set(ids)) == 2
    span = {"since": clock.now() - timedelta(hours=1), "before": clock.now() + timedelta(minutes=1)}
    answer = huaihai.post(f"{HOOK}/replays", span, key="again")
    assert (answer.status_code, answer.json()) == (202, {"messages": 2})
    drain()
    assert [told[0]["webhook-id"] for told in door.taken] == ids * 2
    assert door.taken[2][1] == door.taken[0][1]
    assert all(verified(OLD, told) for told in door.taken)
    assert Message.objects.filter(channel="hook").count() == 2


def test_spans_that_cannot_be_sent_again(huaihai, taihu, door):
    now = clock.now()
    backwards = huaihai.post(f"{HOOK}/replays", {"since": now, "before": now - timedelta(days=1)})
    assert (backwards.status_code, list(backwards.json()["fields"])) == (422, ["before"])
    without = taihu.post(f"{HOOK}/replays", {"since": now - timedelta(days=1), "before": now})
    assert (without.status_code, without.json()["code"]) == (404, "no_webhook")


def test_what_was_taken_is_listed_and_paged(huaihai, taihu, door):
    for number in (1, 2):
        hear(number)
    first = huaihai.get(f"{HOOK}/messages?limit=1").json()
    assert first["messages"][0]["type"] == "claim.registered"
    second = huaihai.get(f"{HOOK}/messages?limit=1&after={first['next']}").json()
    assert second["next"] is None
    assert second["messages"][0]["id"] != first["messages"][0]["id"]
    assert taihu.get(f"{HOOK}/messages").json()["messages"] == []


def test_a_message_names_the_number_of_its_event_in_the_feed(huaihai, door):
    import json

    hear()
    told = json.loads(door.taken[0][1])["data"]
    [event] = [
        e for e in huaihai.get("/api/insurer/v1/events").json()["events"] if e["type"] == "claim.registered"
    ]
    assert (told["event_id"], told["sequence"]) == (event["id"], event["sequence"])
