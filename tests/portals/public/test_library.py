"""The library of rules: each rule has its page, searches find, drawings are kept, law is that of the day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._contributory import CONTRIBUTORY
from kuaichu.law.statutes import Standing, in_force
from kuaichu.portals.public import library
from kuaichu.queries.library import examples, rules, shelves, sources, tables

LANGUAGES = ("zh-hans", "en")
YANTAI = "yantai"
TODAY = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    library._kept.cache_clear()


def page(client: Client, path: str, language: str = "zh-hans") -> str:
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_leads_to_every_rule(client: Client, language: str) -> None:
    text = page(client, reverse("public:library"), language)
    assert set(re.findall(r'href="/library/([A-Z]{2}-\d\d)"', text)) == set(ALL)
    assert len(re.findall(r'loading="lazy"', text)) == len(ALL)
    assert len(text.encode()) < 60 * 1024


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_page_with_law_and_examples(client: Client, language: str) -> None:
    for code, one in ALL.items():
        text = page(client, f"/library/{code}", language)
        assert text.count("<h3 id=") == len(one.examples), code
        for law in one.laws:
            words = in_force(law.citation, TODAY)
            assert words.standing is Standing.HELD
            assert words.text.split("\n")[0] in text, (code, str(law.citation))
        near = sum(not example.fires and example.grades is not None for example in one.examples)
        assert text.count("pill-info") == near, code
        assert text.count("pill-wait") == sum(example.grades is None for example in one.examples), code


def test_the_results_shown_are_those_the_examples_state() -> None:
    with translation.override("en"):
        for one in ALL.values():
            for example, shown in zip(one.examples, examples.examples(one, "yancheng"), strict=True):
                stated = example.grades is not None
                if example.grades:  # separate collisions have grades each and none in common
                    grades = {label: grade.en for label, grade in example.grades.items()}
                    assert dict(shown.result.grades) == grades, (one.code, shown.number)
                assert shown.result.reasons
                assert shown.open is not stated
                assert shown.near_miss is (stated and not example.fires)


@pytest.mark.parametrize(
    ("text", "among", "without"),
    [
        ("RE-01", {"RE-01"}, {"RE-02"}),
        ("re01", {"RE-01"}, {"RE-02"}),
        ("追尾", {"RE-01"}, {"DR-01"}),
        ("door", {"DR-01"}, {"RE-01"}),
        ("法43", {"RE-01", "OT-01"}, {"DR-01", "IX-03"}),
        ("法 43", {"RE-01", "OT-01"}, {"DR-01", "IX-03"}),
        ("第四十三条", {"RE-01", "OT-01"}, {"DR-01"}),
        ("第43条", {"RE-01", "OT-01"}, {"DR-01"}),
        ("Article 43", {"RE-01", "OT-01"}, {"DR-01"}),
        ("条52(3)", {"IX-03"}, {"RE-01", "IX-02"}),
        ("倒车", {"RV-01"}, {"IX-03"}),
        ("turning left", {"IX-03"}, {"RV-01"}),
        ("法4", set(), {"RE-01", "IX-03"}),
        ("no such rule anywhere", set(), {"RE-01"}),
    ],
)
def test_search(text: str, among: set[str], without: set[str]) -> None:
    for language in LANGUAGES:
        with translation.override(language):
            found = {one.code for shelf in shelves.shelves(text) for one in shelf.entries}
        assert among <= found, (language, found)
        assert not without & found, (language, found)


@pytest.mark.django_db
def test_a_search_without_a_hit_and_markup_in_it(client: Client) -> None:
    text = page(client, '/library?q="><script>x</script>')
    assert "<script>x" not in text
    assert "/library/RE-01" not in text


@pytest.mark.django_db
def test_drawings_have_a_tag_and_a_long_life(client: Client) -> None:
    text = page(client, "/library/RE-01")
    url = re.search(r'src="(/library/RE-01/1\.svg\?[^"]+)"', text)
    assert url
    answer = client.get(url[1].replace("&amp;", "&"))
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content.startswith(b"<svg")
    assert not answer.cookies
    again = client.get("/library/RE-01/1.svg?lang=zh", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get("/library/RE-01/1.svg")["Cache-Control"] == "public, max-age=3600"
    small, english = client.get("/library/RE-01/1-small.svg"), client.get("/library/RE-01/1.svg?lang=en")
    assert len(small.content) < len(answer.content)
    assert english["ETag"] != answer["ETag"]
    packed = client.get("/library/RE-01/1.svg", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    unpacked = client.get("/library/RE-01/1.svg", headers={"If-None-Match": packed["ETag"]})
    assert unpacked.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/library/XX-01", "/library/RE-01/9.svg", "/library/XX-01/1.svg", "/library/about/nothing"]
)
def test_what_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_every_code_of_a_proposal_leads_somewhere(client: Client) -> None:
    others = {one.other_fault.code for one in ALL.values() if one.other_fault}
    for code in {*ALL, *others, *(one.code for one in CONTRIBUTORY)}:
        answer = client.get(reverse("public:library-rule", args=[code]), follow=True)
        assert answer.status_code == 200, code
        assert code in answer.content.decode()
    assert client.get("/library/re-01")["Location"] == "/library/RE-01"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_holds_for_all_rules(client: Client, language: str) -> None:
    order = page(client, "/library/about/order", language)
    places = [order.index(code) for code in ("UK-01", "IN-01", "FD-01", "HR-01", "AC-01")]
    assert places == sorted(places)
    assert page(client, "/library/about/matrix", language).count("<td>") == 16
    shares = page(client, "/library/about/shares", language)
    assert "80 %–90 %" in shares
    assert "S:L19" in shares
    contributory = page(client, "/library/about/contributory", language)
    assert all(f'id="{one.code}"' in contributory for one in CONTRIBUTORY)


def test_cities_differ() -> None:
    with translation.override("en"):
        left = {one.city: one for one in rules.rule("LC-04", "yancheng", TODAY).differences}
        assert any("from the left" in text for text in left["Yantai"].sentences)
        assert [hit.cite for hit in left["Yantai"].articles] == ["山东办法 48(5)"]
        stop = {one.city: one.sentences for one in rules.rule("PK-05", "yancheng", TODAY).differences}
        assert any("bears full liability" in text for text in stop["Beijing"])
        assert "Yancheng" not in stop
        listed = {one.city: one.sentences for one in rules.rule("EN-04", "yancheng", TODAY).differences}
        assert any("no. 26" in text for text in listed["Beijing"])
        beijing = [one.own for one in examples.examples(ALL["PK-05"], "beijing") if one.own]
        national = [one.own for one in examples.examples(ALL["PK-05"], "yancheng") if one.own]
        assert beijing
        assert not national


def test_sources_are_explained_or_are_none() -> None:
    """Every key of a source has words, and every word is used."""
    named = {key for one in ALL.values() for key in sources._KEY.findall(one.source)}
    named |= {key for one in tables.shares(TODAY) for key in sources._KEY.findall(one.source)}
    assert named == set(sources.SOURCES)


def test_every_family_has_its_shelf() -> None:
    assert {code.split("-")[0] for code in ALL} == set(shelves.SHELVES)


def test_a_rule_of_a_day_before_the_law_held_says_so() -> None:
    with translation.override("en"):
        found = rules.rule("RE-01", "yancheng", date(2020, 1, 1))
    assert not found.articles[0].text
    assert "2020-01-01" in found.articles[0].note
    assert "2011-04-22" in found.articles[0].note
    assert "2021-04-29" in found.articles[0].note
