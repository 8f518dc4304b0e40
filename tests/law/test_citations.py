"""Every article that anything here cites exists, in the version in force on the days it applies."""

from __future__ import annotations

import functools
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from kuaichu.cases.gates import table
from kuaichu.cases.legal_deadlines import periods
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._contributory import CONTRIBUTORY
from kuaichu.desks.liability.share_tables import share_tables
from kuaichu.kernel.city import cities
from kuaichu.law.statutes import Citation, Standing, exists, in_force, instrument, parse
from tests.law.citing import NOT_HELD, Cited, citations, quotations, stands_in

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("py", "html", "typ", "toml", "js", "po", "md", "json")
TODAY = date(2026, 1, 1)
SINCE = date(2018, 5, 1)
LEAST = 550
# Files in which an article without a name is one of this instrument.
MEANT = {
    "kuaichu/desks/liability/shares.py": "法",
    "kuaichu/desks/liability/share_tables.py": "法",
    "kuaichu/desks/liability/share_tables.toml": "法",
    "kuaichu/desks/liability/grades.py": "法",
    "kuaichu/desks/liability/apportioning.py": "法",
    "kuaichu/desks/liability/scenarios/ut_01.py": "条",
    "kuaichu/desks/liability/scenarios/_pair.py": "条",
    "kuaichu/desks/liability/scenarios/_meeting.py": "条",
    "kuaichu/portals/police/wording.py": "法",
    "kuaichu/queries/losses.py": "法",
    "kuaichu/locale/zh_Hans/LC_MESSAGES/django.po": "法",
}
# What looks like a citation and is none, or shows only how one is written.
NONE = {
    ("kuaichu/standins/invented.py", "民法典 6461"),  # a type of vehicle, CC6461
    ("kuaichu/queries/law_search.py", "第43条"),
    ("kuaichu/queries/law_search.py", "第四十三条"),
    ("kuaichu/portals/look/templates/look/guide/asking.html", "? 44"),
}


@functools.cache
def _texts() -> dict[str, str]:
    found = chain.from_iterable((ROOT / "kuaichu").rglob(f"*.{kind}") for kind in KINDS)
    paths = [*found, *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    skipped = {"vendor", "__pycache__"}
    law = ROOT / "kuaichu" / "law" / "data"
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(paths)
        if not skipped & set(path.parts) and path.parent != law
    }


@functools.cache
def _found() -> dict[str, list[Cited]]:
    return {path: citations(text) for path, text in _texts().items()}


def wrong(path: str, found: list[Cited]) -> list[str]:
    """The citations of a text which name no instrument or no place in the version in force."""
    bad = []
    for one in found:
        if one.law is None or (path, one.text) in NONE:
            continue
        cited = one.citation or (parse(f"{MEANT[path]} {_number(one)}") if path in MEANT else None)
        if cited is None:
            bad.append(f"{path}: no instrument named for {one.text}")
        elif in_force(cited, TODAY).standing is not Standing.HELD:
            bad.append(f"{path}: {one.text} is no place in {instrument(cited.law).zh}")
    return bad


def _number(one: Cited) -> str:
    """The number of a citation that names no law: "? 76", or 第四十四条."""
    if one.text.startswith("?"):
        return one.text[2:]
    bare = citations(f"道路交通安全法{one.text}")[0].citation
    return str(bare).removeprefix("法")


def test_every_citation_in_code_pages_papers_messages_cities_and_docs_exists():
    found = _found()
    assert sum(map(len, found.values())) >= LEAST
    assert [flaw for path, cited in found.items() for flaw in wrong(path, cited)] == []


def test_the_exceptions_are_all_needed():
    found = _found()
    here = {(path, one.text) for path, cited in found.items() for one in cited}
    assert here >= NONE
    assert {path for path, cited in found.items() for one in cited if one.law == ""} >= set(MEANT)
    named = "\n".join(_texts().values())
    assert [name for name in NOT_HELD if name not in named] == []


def test_words_quoted_with_a_citation_stand_in_that_article():
    for path, text in _texts().items():
        for cited, words in quotations(text):
            assert cited.citation is None or _true(cited, words), f"{path}: {words}"


def _true(cited: Cited, words: str) -> bool:
    assert cited.citation is not None
    return stands_in(words, in_force(cited.citation.whole(), TODAY).text)


def _applied() -> list[tuple[str, Citation, date]]:
    """What the data cite, each with the first day on which it applies."""
    rows = [(s.code, law.citation, s.valid_from) for s in ALL.values() for law in s.laws]
    others = [s for s in ALL.values() if s.other_fault]
    rows += [(s.code, law.citation, s.valid_from) for s in others for law in s.other_fault.laws]
    rows += [(one.code, law.citation, SINCE) for one in CONTRIBUTORY for law in one.laws]
    rows += [(gate.code, parse(place), SINCE) for gate in table().gate for place in gate.law]
    rows += [(one.code, parse(place), SINCE) for one in periods().values() for place in one.law]
    rows += [(one.code, parse(one.law), TODAY) for one in share_tables().values() if one.law]
    packs = [(city, pack_of(city).supplements) for city in cities()]
    return rows + [
        (city, place, TODAY) for city, added in packs for places in added.values() for place in places
    ]


def test_what_the_data_cite_exists_on_every_day_it_applies():
    """On the first day, on the first of each version since, and today, as far as the wording is held."""
    rows = _applied()
    assert len(rows) >= 300
    for code, cited, since in rows:
        source = instrument(cited.law)
        starts = [one.in_force_from for one in source.versions]
        held = [day for day in {since, TODAY, *starts} if day >= max(since, starts[0])]
        assert held, (code, cited)
        for day in held:
            assert in_force(cited, day).standing is Standing.HELD, (code, str(cited), day)
        law_then = source.first_in_force is None or since >= source.first_in_force
        assert not law_then or source.first_in_force is None or exists(cited, since), (code, str(cited))


@pytest.mark.parametrize(
    "text",
    [
        "违反法43", "law(\"条52(2)\")", "D146 60¶1(1)", "D146 Art. 24-26, 60", "D146 13-15, 18-24",
        "CTALI-Reg21", "SPC-TA 16", "CC1213", "山东办法 48(5)", "北京办法 70 to 72",
        "《道路交通安全法》第四十三条",
        "《中华人民共和国道路交通安全法实施条例》第三十八条第一款第（三）项、第五十一条",
        "Article 13 of the Electronic Signature Law", "Road Traffic Safety Law, Articles 36, 47, 61, 62",
        "法76 para. 2", "《道路交通事故处理程序规定》第六十条", "accident procedure, Article 20", "条38¶1(3)",
    ],
)  # fmt: skip
def test_a_right_citation_is_found_and_passes(text):
    found = citations(text)
    assert found
    assert wrong("planted", found) == []


@pytest.mark.parametrize(
    "text",
    [
        "违反法125", "law(\"条52(9)\")", "D146 60¶4", "D146 Art. 24-26, 600", "D146 100-130", "CTALI-Reg47",
        "SPC-TA 27", "CC1163", "山东办法 48(50)", "北京办法 70 to 172", "《道路交通安全法》第一百二十五条",
        "《中华人民共和国道路交通安全法实施条例》第三十八条第一款第（三）项、第五百条",
        "Article 99 of the Electronic Signature Law", "Road Traffic Safety Law, Articles 36, 47, 161, 62",
        "法76 para. 9", "《道路交通事故处理程序规定》第六百条", "see Article 43",
        "accident procedure, Article 200",
    ],
)  # fmt: skip
def test_a_planted_error_is_found(text):
    assert wrong("planted", citations(text)) != []


@pytest.mark.parametrize(
    ("path", "right", "planted"),
    [
        ("kuaichu/desks/liability/scenarios/re_01.py", 'law("法43")', 'law("法430")'),
        ("kuaichu/desks/documents/papers/summary_certificate.typ", "第六十条的规定", "第六百条的规定"),
        ("kuaichu/cases/gates.toml", '"D146 13(1)"', '"D146 13(71)"'),
        ("kuaichu/cities/yantai.toml", '"山东办法 48(4)"', '"山东办法 48(44)"'),
        ("kuaichu/desks/claims/payout/cover.py", '"CC1215"', '"CC1315"'),
        ("kuaichu/portals/citizen/ways.html", "Article 20", "Article 220"),
        ("docs/verify.md", "Article 13 of", "Article 131 of"),
    ],
)
def test_an_error_planted_in_a_real_file_is_found(path, right, planted):
    text = _texts()[path]
    assert right in text
    assert wrong(path, citations(text)) == []
    assert wrong(path, citations(text.replace(right, planted)))


RULE = "后车应当与前车保持足以采取紧急制动措施的安全距离"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (f"法43规定：“{RULE}”", True),
        (f"《道路交通安全法》第四十三条：「同车道行驶的机动车…{RULE}」。", True),
        (f"“{RULE}”（法43）", True),
        (f"“{RULE}”（《道路交通安全法》第四十三条）", True),
        ("法43规定：“后车应当与前车保持五十米的安全距离”", False),
        (f"法44规定：“{RULE}”", False),
        ("“机动车可以随意超车”（《道路交通安全法》第四十三条）", False),
        (f"《道路交通安全法》第四十三条：「{RULE}…同车道行驶的机动车」", False),
    ],
)
def test_quoted_words_are_compared_with_the_article(text, right):
    found = list(quotations(text))
    assert len(found) == 1
    assert _true(*found[0]) is right
