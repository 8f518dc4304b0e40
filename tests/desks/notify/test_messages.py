"""Messages: once each, nobody waits for another, nothing secret is kept."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.core.signing import b62_encode
from standardwebhooks import Webhook

from kuaichu.desks.notify import messages
from kuaichu.desks.notify.models import Message
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Delivery
from kuaichu.kernel.refusals import Upstream
from kuaichu.people.models import Organisation
from kuaichu.people.roles import system
from kuaichu.standins.serving import Refused, Request, Site, reply
from tests.process.walking import Road, settle
from tests.standins.running import listening
from tests.stories.builders import CITY, Town

pytestmark = pytest.mark.django_db
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Insurer:
    """An insurer's door: keeps what it took, refuses while told to."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.away = False

    def site(self) -> Site:
        site = Site("insurer")
        site.on("POST", "/hooks", self.take)
        return site

    def take(self, request: Request) -> Any:
        if self.away:
            raise Refused(503, "later")
        self.taken.append((dict(request.headers), request.content))
        return reply({})


def send(road: Road, key: str, url: str = "") -> None:
    if url:
        body = {"type": "claim.registered", "data": {"n": "编号"}}
        messages.hook(
            system(CITY),
            road.id,
            key=key,
            kind="x",
            code="HUAIHAI",
            url=url,
            secrets=[SECRET],
            body=lambda: body,
        )
        return
    messages.text(
        system(CITY), road.id, key=key, kind="x", to=road.numbers["A"], receiver="A", words="您好", keep=False
    )


def test_a_text_is_sent_once(town: Town) -> None:
    road, key = Road(town), f"k{b62_encode(new_id().int)}"
    for _ in range(3):
        send(road, key)
    assert town.messages(road.numbers["A"]) == ["您好"]
    assert road.kinds()["notify.sent"] == 1
    row = Message.objects.get(key=key)
    assert road.numbers["A"] not in str(row.__dict__)
    assert row.body == ""


def test_a_hook_is_signed_as_the_standard_says_and_told_once(town: Town) -> None:
    road, insurer = Road(town), Insurer()
    with listening(insurer.site()) as base:
        for _ in range(2):
            send(road, f"id-{road.id}", base + "/hooks")
    ((headers, content),) = insurer.taken
    told = {name.lower(): value for name, value in headers.items()}
    assert Webhook(SECRET).verify(content, told) == json.loads(content)
    assert abs(int(told["webhook-timestamp"]) - time.time()) < 60


def test_a_hook_is_tried_again_until_it_is_taken(town: Town) -> None:
    road, insurer = Road(town), Insurer()
    insurer.away = True
    with listening(insurer.site()) as base:
        with pytest.raises(Upstream) as refused:
            send(road, "k1", base + "/hooks")
        assert refused.value.retry
        insurer.away = False
        send(road, "k1", base + "/hooks")
    assert len(insurer.taken) == 1


def test_one_insurer_that_is_away_keeps_no_other_waiting(town: Town) -> None:
    road, doors = Road(town).ready(), {"HUAIHAI": Insurer(), "TAIHU": Insurer()}
    doors["HUAIHAI"].away = True
    with listening(doors["HUAIHAI"].site()) as one, listening(doors["TAIHU"].site()) as other:
        for code, base in (("HUAIHAI", one), ("TAIHU", other)):
            Organisation.objects.filter(code=code).update(webhook_url=base + "/hooks", webhook_secret=SECRET)
        road.agree()
        assert len(doors["TAIHU"].taken) >= 1
        assert not doors["HUAIHAI"].taken
        assert Delivery.objects.filter(held=False).exists()
        doors["HUAIHAI"].away = False
        settle()
    assert len(doors["HUAIHAI"].taken) == len(doors["TAIHU"].taken) == 1
    assert not Delivery.objects.exists()
