"""The ruling page: the draft is kept, the engine answers the officer, and only sound rulings are signed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.people.models import Account
from tests.portals.police import building
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
CONTRADICTING = (
    {
        "movement": "LANE_CHANGE_LEFT",
        "zone": "FRONT_LEFT",
        "other_movement": "LANE_CHANGE_RIGHT",
        "other_zone": "RIGHT",
    },
    {
        "movement": "STRAIGHT",
        "zone": "RIGHT",
        "other_movement": "LANE_CHANGE_LEFT",
        "other_zone": "FRONT_LEFT",
    },
)


def take(town: Town, desk: Client, **more: object) -> building.Waiting:
    waiting = building.waiting_case(town, **more)  # type: ignore[arg-type]
    desk.post(reverse("police:take"))
    return waiting


def at(name: str, waiting: building.Waiting) -> str:
    return reverse(f"police:{name}", args=[waiting.case.pk])


def test_the_page_shows_the_file_and_every_action_has_a_key(town: Town, desk: Client) -> None:
    waiting = take(town, desk, told=CONTRADICTING)
    for language in ("zh-hans", "en"):
        page = desk.get(at("ruling", waiting), headers={"Accept-Language": language})
        text = page.content.decode()
        assert page.status_code == 200
        for key in ("ctrl+enter", "l", "h", "b", "f", "t", "r", "e", "1", "0"):
            assert f'data-key="{key}"' in text, key
        assert "苏J" in text
        assert 'class="differs"' in text
    assert page.context["statements"][0].differs, "the contradiction stands first"
    assert page.context["photos"][0].remarks, "from the gallery"
    assert page.context["photos"][0].metres in range(5, 40)


def test_a_forms_address_leads_back_to_the_ruling(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    for name in ("sign", "give_back", "hand_over"):
        assert desk.get(at(name, waiting))["Location"] == at("ruling", waiting)
        assert desk.delete(at(name, waiting)).status_code == 405


def test_nobody_else_finds_the_case(
    town: Town, desk: Client, colleague: Callable[..., Client], client: Client
) -> None:
    waiting = take(town, desk)
    photo = desk.get(at("ruling", waiting)).context["photos"][0].row.pk
    picture = reverse("police:photo", args=[waiting.case.pk, photo, "small"])
    assert desk.get(picture)["Content-Type"] == "image/jpeg"
    others = [colleague(), colleague("boss", "supervisor")]
    others.append(colleague("abroad", organisation=building.unit("GY-REMOTE", "guangyuan")))
    for other in others:
        assert other.get(at("ruling", waiting)).status_code in (403, 404)
        assert other.get(picture).status_code in (403, 404)
        assert other.post(at("sign", waiting), building.filled()).status_code in (403, 404)
        assert other.post(at("hand_over", waiting), {"to": "general", "reasons": "injury"}).status_code in (
            403,
            404,
        )
    assert client.get(at("ruling", waiting)).status_code == 302
    assert client.post(at("draft", waiting), {}, headers=HTMX).status_code == 401
    assert Determination.objects.get().status == "taken"


def test_the_draft_is_kept_and_comes_back(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    typed = building.filled(
        facts_found="甲车在路口追尾乙车，事实清楚。", grade__A="PRIMARY", grade__B="SECONDARY"
    )
    answer = desk.post(at("draft", waiting), typed, headers=HTMX)
    assert 'data-usual="A">70%' in answer.content.decode()
    page = desk.get(at("ruling", waiting)).content.decode()
    assert "甲车在路口追尾乙车，事实清楚。" in page
    before = Entry.objects.count()
    desk.post(at("draft", waiting), typed, headers=HTMX)
    assert Entry.objects.count() == before, "the same draft is written once"
    unfit = desk.post(at("draft", waiting), typed | {"grade.B": "FULL", "grade.A": "FULL"}, headers=HTMX)
    assert 'class="error"' in unfit.content.decode()


def test_the_officer_answers_what_would_decide(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    page = desk.get(at("ruling", waiting))
    assert page.context["abstains"], "nobody said whether B rolled back"
    name = next(f.name for f in page.context["facts"] if f.open)
    answer = desk.post(at("facts", waiting), {name: json.dumps(False)}, headers=HTMX)
    assert answer.context["proposal"]["grades"] == {"A": "FULL", "B": "NONE"}
    form = desk.post(at("adopt", waiting), {}, headers=HTMX)
    assert form.context["draft"]["citations"] == ["法43", "D146 60¶1(1)"]
    assert "违反了《中华人民共和国道路交通安全法》第四十三条" in form.context["draft"]["reasons"]
    assert "追尾碰撞" in form.context["draft"]["facts_found"]
    ignored = desk.post(
        at("facts", waiting), {"fact.A.nonsense": "true", "fact.Z.rolled_back": "true"}, headers=HTMX
    )
    assert not ignored.context["answered"]
    # A control called like a method of its form would hide that method from the browser's own code.
    assert not {"remove", "submit", "reset"} & set(re.findall(r'name="([^"]+)"', form.content.decode()))
    assert 'data-key="p"' in answer.content.decode()


def test_articles_are_found_cited_and_taken_out(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    hits = desk.get(at("law", waiting), {"q": "条52(2)"}).context["hits"]
    assert hits[0].cite == "条52(2)"
    assert all("变更车道" in h.text for h in desk.get(at("law", waiting), {"q": "变更车道"}).context["hits"])
    chips = desk.post(at("cite", waiting), building.filled(add="条44¶2"), headers=HTMX)
    assert [h.cite for h in chips.context["cited"]] == ["法43", "D146 60¶1(1)", "条44¶2"]
    chips = desk.post(at("cite", waiting), building.filled(uncite="法43"), headers=HTMX)
    assert [h.cite for h in chips.context["cited"]] == ["D146 60¶1(1)"]
    assert desk.post(at("cite", waiting), building.filled(add="no law"), headers=HTMX).status_code == 422


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("grades", {"grade__B": "FULL"}),
        ("grades", {"grade__B": ""}),
        ("shares", {"share__A": "90", "share__B": "5"}),
        ("shares", {"share__A": "much", "share__B": "0"}),
        ("citations", {"citations": []}),
        ("citations", {"citations": ["法999"]}),
        ("reasons", {"reasons": " "}),
        ("facts_found", {"facts_found": "短"}),
        ("form", {"form": "x"}),
    ],
)
def test_what_cannot_be_signed_is_named_at_its_field(
    town: Town, desk: Client, field: str, changed: dict[str, object]
) -> None:
    waiting = take(town, desk)
    answer = desk.post(at("sign", waiting), building.filled(**changed))
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {field}
    assert 'class="error"' in answer.content.decode()
    assert Determination.objects.get().status == "taken"


def test_signing_opens_the_next_case_and_makes_the_paper(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    following = building.waiting_case(town)
    answer = desk.post(at("sign", waiting), building.filled())
    assert answer.url == at("ruling", following)
    row = Determination.objects.get(case=waiting.case)
    assert (row.status, row.grades, row.shares) == (
        "signed",
        {"A": "FULL", "B": "NONE"},
        {"A": "1", "B": "0"},
    )
    again = desk.post(at("sign", waiting), building.filled(grade__A="NONE", grade__B="FULL"))
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.grades == {"A": "FULL", "B": "NONE"}
    assert Entry.objects.filter(kind="liability.signed").count() == 1
    assert desk.get(at("ruling", waiting)).url == at("done", waiting)
    drain()
    assert Paper.objects.get(case=waiting.case).status == "issued"
    assert desk.get(at("paper", waiting)).content.startswith(b"%PDF")
    assert waiting.case.number in desk.get(reverse("police:signed")).content.decode()
    late = desk.post(
        reverse("police:draft", args=[waiting.case.pk]), {"reasons": "late"}, headers={"HX-Request": "true"}
    )
    assert late.status_code == 204, "what the browser had in hand when it was signed"
    assert "late" not in str(Determination.objects.get(case=waiting.case).draft)
    assert desk.get(at("done", waiting)).context["entries"]


def test_a_second_factor_is_needed_and_a_code_counts_once(town: Town, officer: Account) -> None:
    stale = building.signed_in(officer, fresh=False)
    waiting = take(town, stale)
    assert set(stale.post(at("sign", waiting), building.filled()).context["errors"]) == {"code"}
    wrong = stale.post(at("sign", waiting), building.filled(code="000000"))
    assert wrong.status_code == 422
    assert 'id="id_code_error"' in wrong.content.decode()
    shown = building.code()
    assert stale.post(at("sign", waiting), building.filled(code=shown)).status_code == 302
    other = building.signed_in(officer, fresh=False)
    second = take(town, other)
    replayed = other.post(at("sign", second), building.filled(code=shown))
    assert set(replayed.context["errors"]) == {"code"}
    assert other.post(at("sign", second), building.filled(code=building.code(1))).status_code == 302


def test_giving_back_and_handing_over(town: Town, desk: Client, colleague: Callable[..., Client]) -> None:
    waiting = take(town, desk)
    assert desk.post(at("give_back", waiting), {"why": "boredom"}).status_code == 422
    assert desk.post(at("give_back", waiting), {"why": "conflict"}).url == reverse("police:queue")
    assert desk.post(reverse("police:take")).url == reverse("police:queue"), "not offered again"
    other = colleague()
    assert other.post(reverse("police:take")).url == at("ruling", waiting)
    assert other.post(at("hand_over", waiting), {"to": "general"}).status_code == 422
    other.post(at("hand_over", waiting), {"to": "general", "reasons": ["injury", "alcohol"]})
    waiting.case.refresh_from_db()
    assert waiting.case.status == "handed_over"
    assert Determination.objects.get().status == "ended"
    assert Entry.objects.get(kind="cases.handed_over").payload["reasons"] == [
        "officer:injury",
        "officer:alcohol",
    ]
    drain()
    assert Entry.objects.filter(kind="liability.ended").count() == 1


def test_the_page_does_not_ask_the_database_per_photograph(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    desk.get(at("ruling", waiting))
    with CaptureQueriesContext(connection) as caught:
        desk.get(at("ruling", waiting))
    assert len(caught) <= 30  # with history, timeline and what came back on the same page
