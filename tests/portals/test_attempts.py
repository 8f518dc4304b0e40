"""Trap T8: whoever tries what is not theirs is refused, and the supervisor sees it."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from kuaichu.desks.dispatch import orders
from kuaichu.desks.oversight import attempts
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.journal import check_stream
from kuaichu.kernel.models import Entry
from tests.desks.dispatch import people
from tests.portals.api.conftest import Api
from tests.portals.api.test_parties import opens
from tests.portals.citizen.conftest import running_town, town
from tests.portals.field.conftest import Walker
from tests.portals.police import building
from tests.stories.builders import Person, Town

__all__ = ["running_town", "town"]
pytestmark = pytest.mark.django_db


def noted() -> list[dict[str, str]]:
    return [one.payload for one in Entry.objects.filter(kind="oversight.attempted").order_by("at")]


def supervisor() -> Client:
    account = people.account("dispatcher")
    account.roles = ["supervisor"]
    account.save()
    building.totp(account)
    browser = building.signed_in(account)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def test_a_persuader_at_the_officers_desk() -> None:
    one = Walker(people.account("persuader"))
    case = people.reported()
    answer = one.browser.post(f"/police/cases/{case.pk}/sign", {"words": "13812345678 张伟"})
    assert answer.status_code == 403
    assert noted() == [
        {"kind": "staff", "id": str(one.account.pk), "door": "police:sign", "code": "not_police"}
    ]
    page = supervisor().get("/police/attempts").content.decode()
    assert one.account.badge in page
    assert "police:sign" in page
    assert "13812345678" not in json.dumps(noted()) + page


def test_the_same_again_is_one_line_and_later_another(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Walker(people.account("persuader"))
    for _ in range(3):
        one.browser.get("/police/")
    assert len(noted()) == 1
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    who = people.signin.staff(one.account)
    attempts.note(who, door="police:queue", code="not_police")
    assert len(noted()) == 2
    entries = list(Entry.objects.filter(stream=attempts.stream_of(who)).order_by("seq"))
    assert check_stream(entries) == []


def test_knocking_does_not_fill_the_journal() -> None:
    who = people.actor("persuader")
    for number in range(attempts.MOST + 20):
        attempts.note(who, door=f"police:door{number}", code="not_police")
    assert len(noted()) == attempts.MOST


def test_somebody_elses_task(db: None) -> None:
    one, other = Walker(people.account("persuader")), Walker(people.account("persuader"))
    one.go_on_duty()
    task = orders.send(
        people.SYSTEM, people.reported().pk, cause=uuid.uuid4(), source="order", wants=("persuader",)
    )
    drain()
    one.send(f"tasks/{task.pk}/accept")
    other.go_on_duty()
    assert other.browser.get(f"/field/tasks/{task.pk}/scene").status_code == 404
    assert [(x["door"], x["code"]) for x in noted()] == [("field:scene", "foreign")]
    assert other.browser.get(f"/field/tasks/{uuid.uuid4()}/scene").status_code == 404
    assert len(noted()) == 1, "what does not exist is nobody's"


def test_a_party_in_another_part(town: Town) -> None:
    anna, ben = Person(town, "苏J12345"), Person(town, "苏J54321")
    anna.start()
    ben.start()
    assert ben.browser.get(f"/p/{anna.party_id}").status_code == 404
    assert Client().get(f"/p/{anna.party_id}").status_code == 404, "a stranger without any part is nobody"
    assert [(x["kind"], x["id"], x["code"]) for x in noted()] == [("party", ben.party_id, "foreign")]


def test_a_token_of_another_case() -> None:
    one, other = opens(), opens()
    assert other.get(one.at()).status_code == 404
    assert Api("nonsense").get(one.at()).status_code == 401
    assert [(x["id"], x["door"]) for x in noted()] == [(other.party_id, "api:case")]


def test_ordinary_refusals_leave_nothing() -> None:
    one = Walker(people.account("persuader"))
    one.send(f"tasks/{uuid.uuid4()}/give-back", 404)
    one.go_on_duty()
    assert noted() == []


def test_noting_never_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(attempts, "note", broken)
    assert Walker(people.account("persuader")).browser.get("/police/").status_code == 403


def test_only_who_watches_sees_the_list() -> None:
    assert "Nobody was refused" in supervisor().get("/police/attempts").content.decode()
    assert Walker(people.account("patrol_officer")).browser.get("/police/attempts").status_code == 403
