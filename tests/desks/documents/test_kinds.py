"""Every kind of paper: one layout each, valid, reproducible, with its facts, its schema and no empty cell."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from dataclasses import replace
from enum import Enum
from typing import Any

import page
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuaichu.desks.documents.models import Paper as PaperRow
from kuaichu.desks.documents.papers import evidence_papers, first_papers, mediation_papers, money_papers
from kuaichu.desks.documents.papers.case_paper import Amount
from kuaichu.desks.documents.papers.facts import Author, BadFacts, Paper, annex_pages, walk
from kuaichu.desks.documents.papers.kinds import KINDS
from kuaichu.desks.documents.papers.reading import WORDS, Style, lines_of, reading_copy
from kuaichu.desks.documents.rendering import BadDrawing, MissingGlyph, page_count, render
from kuaichu.desks.documents.rules import DocumentRules, Wording
from kuaichu.desks.documents.sealing import prepare
from tests.desks.documents.examples import assets, example
from tests.desks.documents.samples import MOMENT
from tests.desks.documents.scenes import CHEN, shots

ALL = list(KINDS.values())
EACH = pytest.mark.parametrize("kind", ALL, ids=list(KINDS))


def pdf_of(facts: Paper) -> bytes:
    return render(facts, timestamp=MOMENT, assets=assets(facts))


def faults(pdf: bytes) -> list[str]:
    """What the validator says. One finding is its own: a stream whose data end in a carriage return, before
    the line feed that stands before `endstream`,
    counts for it as one byte shorter (qpdf agrees with /Length)."""
    found = [f for p in ("3a", "ua1") for f in page.validate_pdf_bytes(pdf, profile=p).failures]
    return [
        f.message for f in found if f.rule_id != "PDFA3A-STREAM-LENGTH-001" or b"\r\nendstream" not in pdf
    ]


@EACH
def test_valid_before_and_after_its_fields_and_always_the_same(kind, run):
    facts = example(kind)
    pdf = pdf_of(facts)
    assert pdf == pdf_of(kind.from_json(facts.to_json()))
    assert page_count(pdf) == 1 + annex_pages(facts)
    assert not faults(pdf)
    assert not faults(prepare(pdf))
    run("qpdf", "--check", "a.pdf", **{"a.pdf": prepare(pdf)})
    said = run("pdfsig", "a.pdf", ok=False)
    assert "unknown" not in said.lower()


@EACH
def test_facts_and_schema_are_embedded_and_fit(kind, run, tmp_path):
    facts = example(kind)
    run("pdfdetach", "-saveall", "a.pdf", **{"a.pdf": pdf_of(facts)})
    assert (tmp_path / "facts.json").read_bytes() == facts.to_json()
    schema = json.loads((tmp_path / "facts.schema.json").read_bytes())
    loaded = json.loads(facts.to_json())
    assert set(schema["required"]) <= set(loaded) == set(schema["properties"])
    assert schema["properties"]["kind"] == {"const": kind.KIND}
    assert schema["title"] == kind.TITLE


@EACH
def test_what_the_facts_say_stands_on_the_paper(kind, run):
    facts = example(kind)
    text = "".join(
        run("pdftotext", "-raw", "a.pdf", "-", **{"a.pdf": pdf_of(facts)}).replace("\u200b", "").split()
    )
    for path, value in walk(facts):
        if isinstance(value, str) and not isinstance(value, Enum) and _printed(kind, path):
            for part in value.split("\n"):
                assert "".join(part.split()) in text, path
    assert kind.TITLE in text


def _printed(kind: type[Paper], path: str) -> bool:
    """A paper of one addressee names the other parties only in its facts, and there masked."""
    name = path.rsplit(".", 1)[-1]
    hidden = {"paper_id", "drawing", "sha256", "sketch", "address", "by", "to", "note"}
    people = {"document_no", "phone", "vehicle", "insurer", "policy", "plate"}
    if name == "unit":
        return kind.AUTHOR is Author.POLICE
    if path == "place":
        return kind.KIND != "review_acceptance"
    return name not in hidden and not (name in people and "." in path) and "parties" not in path


@EACH
def test_reading_copies_say_all_that_the_facts_say(kind, run):
    facts = example(kind)
    told = {line.text for line in lines_of(facts)}
    for path, value in walk(facts):
        name = path.rsplit(".", 1)[-1].split("[")[0]
        if isinstance(value, str) and not isinstance(value, Enum) and value and name in WORDS["fields"]:
            skipped = {"paper_id", "drawing", "sha256", "original_sha256", "sm3", "sketch", "number"}
            assert name in skipped or value in told, path
    for style in Style:
        pdf = reading_copy(facts, code="7K3M-9QXR-04WD", check_at="x/v", style=style, timestamp=MOMENT)
        assert not faults(pdf)
        text = run("pdftotext", "a.pdf", "-", **{"a.pdf": pdf})
        assert "不是原件" in text
        assert facts.number in text
        assert ("Reading copy" in text) is (style is Style.BILINGUAL)


def test_every_kind_field_and_standing_text_has_its_words():
    assert set(KINDS) == set(WORDS["titles"]) == set(PaperRow.Kind.values)
    for kind in ALL:
        assert KINDS[kind.KIND].TITLE
        for line in lines_of(example(kind)):
            assert line.zh or line.text
        for field in dataclasses.fields(kind):
            texts = field.default if isinstance(field.default, tuple) else (field.default,)
            for text in texts:
                if isinstance(text, str) and "。" in text and "{" not in text:
                    assert text in WORDS["english"] or field.name == "basis", (kind.KIND, field.name)


def test_a_photograph_must_be_the_one_of_the_facts():
    facts = example(evidence_papers.PhotoSheet)
    given = assets(facts)
    first = facts.photos[0].sha256
    for photos in (
        {},
        given.photos | {first: b"\xff\xd8\xff"},
        given.photos | {first: given.photos[facts.photos[1].sha256]},
    ):
        with pytest.raises(BadDrawing):
            render(facts, timestamp=MOMENT, assets=replace(given, photos=photos))


@pytest.mark.parametrize("count", [1, 6, 7, 24])
def test_photographs_stand_six_on_a_page(count):
    facts = example(evidence_papers.PhotoSheet, photos=shots(count))
    assert page_count(pdf_of(facts)) >= 1 + -(-count // 6)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (first_papers.AcceptanceRecord, {"officers": ()}),
        (first_papers.RightsNotice, {"supervision_phone": " "}),
        (first_papers.ClearInstruction, {"fixed": ""}),
        (first_papers.HandOverForm, {"items": (first_papers.HandedItem(name="x", count=0),)}),
        (mediation_papers.MediationAgreement, {"losses": (Amount(item="x", fen=1),)}),
        (mediation_papers.MediationAgreement, {"shares": ("100%",)}),
        (mediation_papers.MediationAgreement, {"losses": (Amount(item="x", fen=-1),)}),
        (mediation_papers.PowerOfAttorney, {"agent": CHEN}),
        (evidence_papers.CertifiedCopy, {"photos": (), "copied": ()}),
        (money_papers.KnockForKnock, {"losses": (2_000_01, 0)}),
        (money_papers.LossSheet, {"total_fen": 1}),
        (money_papers.RescueCostNotice, {"cost_fen": 0}),
        (money_papers.TowOrder, {"work": ()}),
    ],
)
def test_contradictions_are_refused(kind: type[Paper], wrong: dict[str, Any]):
    with pytest.raises(BadFacts):
        example(kind, **wrong)


NAMES = "㛃䶮𬭚喆堃𫖯𬱖龑贠仝亓妘禤"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ALL), st.text(alphabet=NAMES, min_size=1, max_size=8))
def test_rare_names_print_on_every_kind(tmp_path_factory, kind, name):
    facts = example(kind, place=f"{name}路")
    file = tmp_path_factory.mktemp("rare") / "a.pdf"
    file.write_bytes(pdf_of(facts))
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True, text=True).stdout
    if kind not in (_WITHOUT_PLACE):
        assert name in "".join(text.split())


_WITHOUT_PLACE = tuple(k for k in ALL if k.KIND == "review_acceptance")


@pytest.mark.parametrize("kind", [first_papers.RightsNotice, money_papers.LossSheet])
def test_what_no_font_has_is_refused_by_name(kind):
    with pytest.raises(MissingGlyph) as caught:
        pdf_of(example(kind, place="\U000323af路"))
    assert (caught.value.chars, caught.value.field) == ("\U000323af", "place")


def test_the_citys_words_and_numbers_from_their_day_on():
    own = DocumentRules(
        unit="某市交警支队",
        review_body="某省交警总队",
        numbers={"loss_sheet": "{abbr}损{year}-{seq}"},
        wording=(
            Wording("rights_notice", "rights", ("到{unit}陈述。",)),
            Wording("rights_notice", "rights", ("向{review_body}申请复核。",), since=MOMENT.date()),
            Wording("rights_notice", "rights", ("以后。",), since=MOMENT.date().replace(year=2099)),
        ),
    )
    facts: Any = own.worded(example(first_papers.RightsNotice))
    assert facts.rights == ("向某省交警总队申请复核。",)
    assert own.worded(example(money_papers.LossSheet)) == example(money_papers.LossSheet)
    assert own.number_pattern("loss_sheet") == "{abbr}损{year}-{seq}"
    assert len({own.number_pattern(kind) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nothing", "field": "rights", "text": "x"},
        {"kind": "rights_notice", "field": "unit", "text": "x"},
        {"kind": "rights_notice", "field": "rights", "text": "x"},
        {"kind": "rights_notice", "field": "nowhere", "text": "x"},
    ],
)
def test_words_for_what_is_not_there_are_refused_at_the_start(wrong):
    with pytest.raises(ValueError):
        Wording(**wrong)
    for numbers in ({"nothing": "{year}{seq}"}, {"loss_sheet": "no fields"}):
        with pytest.raises(ValueError):
            DocumentRules(numbers=numbers)
