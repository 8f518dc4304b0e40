"""The article picker: what the proposal cites first, as law on the day of the accident."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kuaichu.cases.models import Case
from kuaichu.queries import law_search
from tests.portals.police import building
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 15)


def test_what_the_proposal_cites_comes_first(town: Town, desk: Client) -> None:
    waiting = building.waiting_case(town)
    desk.post(reverse("police:take"))
    address = reverse("police:law", args=[waiting.case.pk])
    assert not any(hit.proposed for hit in desk.get(address).context["hits"]), "nothing is proposed yet"
    desk.post(reverse("police:facts", args=[waiting.case.pk]), {"fact.B.rolled_back": "false"})
    shown = desk.get(address).context["hits"]
    marked = [hit.cite for hit in shown if hit.proposed]
    assert marked == ["法43", "D146 60¶1(1)"]
    assert [hit.cite for hit in shown][: len(marked)] == marked
    assert len({hit.cite for hit in shown}) == len(shown) > len(marked)
    text = desk.get(address, {"q": " 车道 "}).content.decode()
    assert 'data-query=" 车道 "' in text
    assert "2021-04-29" in text
    ruling = desk.get(reverse("police:ruling", args=[waiting.case.pk])).content.decode()
    assert 'href="/library/RE-02"' in ruling


def test_before_the_version_held_no_words_are_shown(town: Town, desk: Client) -> None:
    waiting = building.waiting_case(town)
    desk.post(reverse("police:take"))
    Case.objects.filter(pk=waiting.case.pk).update(happened_at=datetime(2020, 3, 1, 4, tzinfo=UTC))
    page = desk.get(reverse("police:law", args=[waiting.case.pk]), {"q": "法43"})
    hit = page.context["hits"][0]
    assert (hit.cite, hit.text) == ("法43", "")
    assert "2020-03-01" in hit.note
    assert "同车道行驶的机动车" not in page.content.decode()


@pytest.mark.parametrize("text", ["法43", "43", "第43条", "第四十三条", "足以采取紧急制动措施"])
def test_an_article_is_found_in_every_way_of_writing_it(text: str) -> None:
    assert law_search.search(text, "yancheng", DAY)[0].cite == "法43"


def test_the_proposed_comes_first_among_hits() -> None:
    plain = [hit.cite for hit in law_search.search("让行", "yancheng", DAY)]
    last = plain[-1]
    assert law_search.search("让行", "yancheng", DAY, proposed=[last])[0].cite == last


@pytest.mark.parametrize(
    ("cite", "day", "said"),
    [
        ("法43", date(2020, 1, 1), "2011-04-22"),
        ("D157 36", date(2010, 1, 1), "version not known"),
        ("法43", DAY, ""),
    ],
)
def test_doubts(cite: str, day: date, said: str) -> None:
    with translation.override("en"):
        found = law_search.read(cite, day)
    assert found
    assert bool(found.text) == (not said)
    assert said in found.note
    assert bool(found.note) == bool(said)


@pytest.mark.parametrize("cite", ["法125", "nonsense", "D146 61¶9"])
def test_what_is_no_law_is_not_found(cite: str) -> None:
    assert law_search.read(cite, DAY) is None


def test_what_was_no_law_that_day_is_not_found() -> None:
    assert law_search.read("D146 61", date(2017, 1, 1)) is None
    assert law_search.read("洛阳条例 5", date(2010, 1, 1)) is None
