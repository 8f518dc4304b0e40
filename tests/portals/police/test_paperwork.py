"""The page of a case's papers: what there is, asking for one more, its file and its copies."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from kuaichu.cases.models import Party
from kuaichu.desks.documents.models import Paper, PaperOrder
from kuaichu.desks.documents.ordering.catalogue import OFFICER, forms_of
from kuaichu.kernel.deliveries import drain
from kuaichu.portals import sessions
from tests.portals.police import building
from tests.portals.police.test_bench_pages import at, read, take
from tests.process.paper_forms import TOLD
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(town: Town, desk: Client) -> building.Waiting:
    return take(town, desk)


def form(kind: str, **changes: Any) -> dict[str, Any]:
    return {"kind": kind, "client_id": str(uuid.uuid4()), **TOLD[kind], **changes}


def test_the_form_of_every_kind_has_all_its_fields(desk: Client, waiting: building.Waiting) -> None:
    page = read(desk, at("paperwork", waiting))
    for kind, asked in forms_of(OFFICER).items():
        assert f'value="{kind}"' in page
        shown = read(desk, f"{at('paperwork', waiting)}?kind={kind}")
        for field in asked.fields:
            assert f'name="{field.name}"' in shown
    assert 'name="casualties"' not in read(desk, f"{at('paperwork', waiting)}?kind=loss_sheet")


def test_a_paper_is_asked_for_once_and_read(desk: Client, waiting: building.Waiting) -> None:
    told = form("mediation_end")
    for _tap in range(2):
        answer = desk.post(at("order_paper", waiting), told)
        assert answer["Location"] == at("paperwork", waiting)
    drain()
    paper = Paper.objects.get(kind="mediation_end")
    page = read(desk, at("paperwork", waiting))
    assert paper.number in page
    where = reverse("police:paper_file", args=[waiting.case.pk, paper.pk])
    for query in ("", "?copy=bilingual", "?copy=large"):
        assert desk.get(where + query).content.startswith(b"%PDF")
    assert desk.get(where + "?copy=gold").status_code == 404
    assert desk.get(reverse("police:paper_file", args=[waiting.case.pk, uuid.uuid4()])).status_code == 404


def test_what_is_wrong_comes_back_marked_and_typed(desk: Client, waiting: building.Waiting) -> None:
    answer = desk.post(at("order_paper", waiting), form("mediation_agreement", losses="很多钱", how="现金"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="f-losses-error"' in page
    assert "很多钱" in page
    assert 'value="现金"' in page
    assert not PaperOrder.objects.exists()
    assert desk.post(at("order_paper", waiting), {"kind": "nothing"}).status_code == 422
    assert desk.get(at("order_paper", waiting)).status_code == 302


def test_nobody_elses_case(waiting: building.Waiting, colleague: Any) -> None:
    other = colleague()
    assert other.get(at("paperwork", waiting)).status_code == 404
    assert other.post(at("order_paper", waiting), form("rights_notice")).status_code == 404


def holding(party: Party) -> Client:
    """The browser of a party."""
    browser, answer = Client(), HttpResponse()
    sessions.remember(answer, RequestFactory().get("/"), party)
    browser.cookies.update(answer.cookies)
    return browser


def test_a_party_reads_its_papers_and_their_copies(desk: Client, waiting: building.Waiting) -> None:
    for kind in ("rights_notice", "power_of_attorney", "hand_over_form"):
        desk.post(at("order_paper", waiting), form(kind))
    drain()
    parties = {p.label: p for p in Party.objects.filter(case=waiting.case)}
    papers = {p.kind: p for p in Paper.objects.filter(case=waiting.case)}
    reads = {
        "A": {"rights_notice": 200, "power_of_attorney": 200, "hand_over_form": 404},
        "B": {"rights_notice": 200, "power_of_attorney": 404, "hand_over_form": 404},
    }
    for label, kinds in reads.items():
        browser = holding(parties[label])
        shown = read(browser, reverse("citizen:home", args=[parties[label].pk]))
        for kind, status in kinds.items():
            where = reverse("citizen:paper", args=[parties[label].pk, papers[kind].pk])
            copy = reverse("citizen:paper_copy", args=[parties[label].pk, papers[kind].pk, "large"])
            assert browser.get(where).status_code == status, (label, kind)
            assert browser.get(copy).status_code == status
            assert (papers[kind].number in shown) is (status == 200)


@pytest.mark.browser
@pytest.mark.needs("chromium")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("size", "locale"), [("desk", "zh-CN"), ("phone", "en-GB")])
def test_the_page_in_a_browser(
    live_server: Any, enter: Any, looked_at: Any, officer: Any, town: Town, size: str, locale: str
) -> None:
    look, waiting = looked_at("police", f"{size}-{locale[:2]}"), building.waiting_case(town)
    page = enter(officer, size, locale)
    page.goto(live_server.url + reverse("police:queue"))
    page.click("[data-key=n]")
    page.wait_for_url("**/police/cases/*")
    page.goto(live_server.url + at("paperwork", waiting))
    look(page, "papers")
    page.select_option("#kind", "mediation_agreement")
    page.locator("button[data-key=f]").click()
    page.wait_for_selector("#f-losses")
    page.fill("#f-losses", "很多钱")
    page.locator("form button.btn-main").last.click()
    page.wait_for_selector("#f-losses-error")
    look(page, "papers-wrong")
