"""Posts beside the bench: called in by what is found or by an officer; a list by clock, notes, hand on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kuaichu.cases.models import Look
from kuaichu.desks.centre import errands
from kuaichu.desks.centre.models import Errand
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid
from kuaichu.people.roles import system
from tests.portals.police import building
from tests.portals.police.test_bench_pages import at, read, take
from tests.process.walking import Road
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
LIST = "/police/errands"


def at_post(role: str) -> Client:
    return building.signed_in(building.account(role, role))


def test_somebody_hurt_calls_the_post_in_once(town: Town) -> None:
    road = Road(town)
    road.describe(injury="serious", triage={"immovable": True})
    drain()
    road.describe(injury="serious", triage={"immovable": True}, weather="2")
    drain()
    rows = {row.post: row for row in Errand.objects.all()}
    assert set(rows) == {"injury", "rescue"}
    assert rows["injury"].due_at - rows["injury"].opened_at == timedelta(hours=8)
    assert rows["rescue"].due_at - rows["rescue"].opened_at == timedelta(hours=1)


def test_an_officer_asks_a_post_which_notes_and_hands_on(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    asked = {"which": "call_in", "post": "mediation", "errand": "双方愿意调解，请联系。"}
    assert desk.post(at("end", waiting), asked | {"post": "nobody"}).status_code == 422
    assert desk.post(at("end", waiting), asked)["Location"] == at("ruling", waiting)
    row, mediator = Errand.objects.get(), at_post("mediator")
    assert waiting.case.number in read(mediator, LIST)
    page = read(mediator, f"{LIST}/{row.pk}")
    assert "双方愿意调解，请联系。" in page
    assert Look.objects.filter(case=waiting.case, purpose="errand").count() == 1
    work = f"{LIST}/{row.pk}/work"
    assert mediator.post(work, {"which": "note", "words": "x"}).status_code == 422
    for _again in range(2):
        mediator.post(work, {"which": "note", "words": "已电话联系甲方。"})
    row.refresh_from_db()
    assert [one["words"] for one in row.notes] == ["已电话联系甲方。"]
    told = {"which": "hand_on", "words": "甲方受伤，先由人伤席位处理。"}
    assert mediator.post(work, told).status_code == 422
    assert mediator.post(work, told | {"to": "mediation"}).status_code == 422
    assert mediator.post(work, told | {"to": "injury"})["Location"] == LIST
    assert mediator.post(work, {"which": "finish", "words": "再来一次"}).status_code == 409
    assert waiting.case.number not in read(mediator, LIST)
    new = Errand.objects.get(post="injury")
    assert (new.why, new.words) == ("handed_on", told["words"])
    clerk = at_post("injury_clerk")
    assert mediator.get(f"{LIST}/{new.pk}").status_code == 404, "another post's"
    assert (
        clerk.post(f"{LIST}/{new.pk}/work", {"which": "finish", "words": "已告知理赔流程。"})["Location"]
        == LIST
    )
    assert not Errand.objects.filter(status="open").exists()
    kinds = Entry.objects.filter(stream=waiting.case.pk, kind__startswith="centre.").values_list(
        "kind", flat=True
    )
    assert [k for k in kinds.order_by("seq") if "errand" in k or "called" in k] == [
        "centre.called_in", "centre.errand_noted", "centre.errand_done", "centre.errand_done",
    ]  # fmt: skip


def test_no_such_post(town: Town) -> None:
    road = Road(town)
    with pytest.raises(Invalid):
        errands.call_in(system("yancheng"), road.id, "supervision", why="asked")
