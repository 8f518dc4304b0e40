"""Links lead somewhere, and the two front pages are twins."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.docs.reading import ROOT, Document, document, documents

ALL = documents()
NAMES = [d.name for d in ALL]


@pytest.mark.parametrize("doc", ALL, ids=NAMES)
def test_links_resolve(doc: Document) -> None:
    broken = []
    for link in doc.links:
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, part = link.partition("#")
        target = (doc.path.parent / path).resolve() if path else doc.path
        if not target.exists() or (part and part not in Document(target).anchors):
            broken.append(link)
    assert not broken


def test_every_page_is_reached_from_the_front() -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        waiting += [
            (page.parent / one.partition("#")[0]).resolve()
            for one in Document(page).links
            if "://" not in one
        ]
    assert {d.path for d in ALL} - seen == set()


def test_headings_go_down_by_one() -> None:
    for doc in ALL:
        levels = [level for level, _words in doc.headings]
        assert levels[0] == 1, doc.name
        assert levels.count(1) == 1, doc.name
        assert all(after <= before + 1 for before, after in pairwise(levels)), doc.name


def test_the_front_pages_are_twins() -> None:
    english, chinese = document("README.md"), document("README.zh.md")
    assert [n for n, _ in english.headings] == [n for n, _ in chinese.headings]
    assert english.blocks == chinese.blocks

    def shape(doc: Document) -> list[str]:
        return re.findall(r"^(?:\d+\.|[-|])", doc.prose, re.MULTILINE)

    assert shape(english) == shape(chinese)
    assert "README.zh.md" in english.links
    assert "README.md" in chinese.links
    named = [re.sub(r"-zh\.png$", ".png", one) for one in chinese.links if one != "README.md"]
    assert sorted(named) == sorted(one for one in english.links if one != "README.zh.md")
    pictures = [one for one in english.links if one.endswith(".png")]
    assert len(pictures) == 12
    assert all(one.replace(".png", "-zh.png") in chinese.links for one in pictures)
    assert {s for s in english.spans if "/" in s or s.startswith(("KUAICHU", "kuaichu", "make"))} == {
        s for s in chinese.spans if "/" in s or s.startswith(("KUAICHU", "kuaichu", "make"))
    }


def test_decisions_have_their_parts() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    listed = [link for link in document("docs/decisions/README.md").links if link.startswith("0")]
    assert [r.name for r in records] == listed
    for number, record in enumerate(records, start=1):
        doc = Document(record)
        assert record.name.startswith(f"{number:04d}-")
        title, *parts = doc.headings
        assert title[1].startswith(f"{number}. ")
        assert parts == [(2, "Context"), (2, "Decision"), (2, "Consequences")]
        assert f"| {title[1].partition('. ')[2]} |" in document("docs/decisions/README.md").text
