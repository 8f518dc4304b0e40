"""Outcomes of comparing what was read with what is known: pure, with every side of every rule."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases.sight import Found
from kuaichu.queries.sight.comparing import (
    Compared,
    Outcome,
    Seen,
    Side,
    compare,
    folded,
    judged,
    judged_name,
)

MATCH, ALIKE, OTHER, UNREAD = Outcome.MATCH, Outcome.CONFUSABLE, Outcome.MISMATCH, Outcome.UNREAD
DAY = date(2026, 5, 20)
RECORD = {
    "vin": "LSVAA49J132047371", "engine_no": "C4083203", "owner": {"name": "罗春梅", "id_no": "x"},
    "vehicle_type": "K33", "use": "A",
}  # fmt: skip
ANNA = Side("A", True, "苏J20001", "罗春梅", "320902190003150028", RECORD)
BEN = Side("B", True, "苏J20002")


def found(value: str, *candidates: str, checks: tuple[str, ...] = ()) -> Found:
    return Found(value, value, candidates or (value,), 0.9, None, checks)


def unsure(*candidates: str) -> Found:
    return Found("", "", candidates, 0.3, None, ("unsure",))


def close_up(label: str, plate: Found, *spelled: str) -> Seen:
    texts = spelled or (plate.value or plate.candidates[0],)
    return Seen(uuid.uuid4(), label, "plate", {"plate": plate}, texts, (*texts, *plate.candidates))


def paper(label: str, **fields: Found) -> Seen:
    return Seen(uuid.uuid4(), label, "driving_licence", fields)


def of(rows: list[Compared], label: str, field: str) -> Outcome | None:
    return next((row.outcome for row in rows if (row.label, row.field) == (label, field)), None)


@pytest.mark.parametrize(
    ("read", "known", "outcome"),
    [
        (found("C4083203"), "C4083203", MATCH),
        (found("C4O83203"), "C4083203", ALIKE),
        (found("C4083Z03"), "C4083203", ALIKE),
        (found("C4083204"), "C4083203", OTHER),
        (found("C408320"), "C4083203", OTHER),
        (found("C4083204", "C4083204", "C4083203"), "C4083203", ALIKE),
        (unsure("C4083204"), "C4083203", UNREAD),
        (unsure("C4083203"), "C4083203", MATCH),
        (None, "C4083203", UNREAD),
    ],
)
def test_signs(read: Found | None, known: str, outcome: Outcome) -> None:
    assert judged(read, known) is outcome


@pytest.mark.parametrize(
    ("read", "known", "outcome"),
    [
        ("罗春梅", "罗春梅", MATCH),
        ("罗舂梅", "罗春梅", ALIKE),
        ("罗春", "罗春梅", OTHER),
        ("李雷雷", "罗春梅", OTHER),
    ],
)
def test_names(read: str, known: str, outcome: Outcome) -> None:
    assert judged_name(found(read), known) is outcome


@given(st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=5, max_size=17))
def test_a_reading_never_differs_from_itself_and_folding_is_stable(text: str) -> None:
    assert judged(found(text), text) is MATCH
    assert folded(folded(text)) == folded(text)
    assert judged(found(folded(text)), text) in (MATCH, ALIKE)


def test_a_plate_seen_in_anybodys_photograph_matches() -> None:
    rows = compare([ANNA, BEN], [close_up("B", found("苏J20001"), "苏J20001", "苏J20002")], DAY)
    assert (of(rows, "A", "plate"), of(rows, "B", "plate")) == (MATCH, MATCH)


def test_an_unsure_spelling_that_is_the_typed_plate_matches() -> None:
    assert of(compare([ANNA], [close_up("A", unsure("苏J20001", "苏J28001"))], DAY), "A", "plate") is MATCH


def test_a_plate_that_looks_alike_is_named_so() -> None:
    rows = compare([ANNA], [close_up("A", found("苏J2000I"), "苏J2OO01")], DAY)
    assert of(rows, "A", "plate") is ALIKE


def test_only_the_own_close_up_of_a_strange_plate_differs() -> None:
    strange = found("苏J77777")
    assert of(compare([ANNA, BEN], [close_up("A", strange)], DAY), "A", "plate") is OTHER
    assert of(compare([ANNA, BEN], [close_up("B", strange)], DAY), "A", "plate") is UNREAD
    scene = Seen(uuid.uuid4(), "A", "scene", {"plate": strange}, ("苏J77777",), ("苏J77777",))
    assert of(compare([ANNA], [scene], DAY), "A", "plate") is UNREAD
    assert of(compare([ANNA, BEN], [close_up("A", found("苏J20002"))], DAY), "A", "plate") is UNREAD
    assert of(compare([ANNA], [close_up("A", unsure("苏J77777"))], DAY), "A", "plate") is UNREAD


def test_the_policys_plate() -> None:
    side = Side("A", True, "苏J20001", policy_plates=("苏J20009",))
    (first, _unread) = compare([side], [], DAY)
    assert (first.source, first.outcome) == ("policy", OTHER)


def test_papers_against_the_register() -> None:
    seen = paper(
        "A", vin=found("LSVAA49J132O47371"), engine_no=found("C9999999"), owner=found("罗春梅"),
        insured=found("某运输公司"), name=found("罗舂梅"), licence_no=found("320902190003150028"),
    )  # fmt: skip
    rows = compare([ANNA], [seen], DAY)
    assert [of(rows, "A", f) for f in ("vin", "engine_no", "owner", "name", "licence_no")] == [
        ALIKE, OTHER, MATCH, ALIKE, MATCH,
    ]  # fmt: skip
    assert of(rows, "A", "insured") is None, "who insures need not be who owns"
    assert rows[0].field == "engine_no", "differences come first"


def test_what_is_not_known_is_not_compared() -> None:
    seen = paper("B", vin=found("LSVAA49J132047371"), name=found("罗春梅"), licence_no=found("1" * 18))
    assert [row.field for row in compare([BEN], [seen], DAY)] == ["plate"]


@pytest.mark.parametrize(
    ("field", "value", "outcome"),
    [
        ("valid_until", "2026-05-20", MATCH),
        ("valid_until", "2026-05-19", OTHER),
        ("valid_until", "长期", MATCH),
        ("inspection_until", "2026-04-30", OTHER),
        ("ends", "2026-05-20", MATCH),
        ("starts", "2026-05-21", OTHER),
        ("starts", "2026-05-20", None),
    ],
)
def test_terms_on_the_day(field: str, value: str, outcome: Outcome | None) -> None:
    assert of(compare([ANNA], [paper("A", **{field: found(value)})], DAY), "A", field) is outcome


@pytest.mark.parametrize(
    ("classes", "kind", "outcome"),
    [("C1", "K33", MATCH), ("D", "K33", OTHER), ("B2", "H11", MATCH), ("C1", "H11", OTHER), ("C1", "", None)],
)
def test_the_class_covers_the_vehicle(classes: str, kind: str, outcome: Outcome | None) -> None:
    side = Side("A", True, "苏J20001", record={"vehicle_type": kind})
    assert of(compare([side], [paper("A", classes=found(classes))], DAY), "A", "classes") is outcome


def test_the_register_of_drivers_comes_before_the_card() -> None:
    side = Side("A", True, "苏J20001", record={"vehicle_type": "K33"}, driver={"classes": "C1"})
    assert of(compare([side], [paper("A", classes=found("D"))], DAY), "A", "classes") is None


def test_what_one_card_says_against_itself() -> None:
    number = found("320902190003150028", checks=("checksum_ok", "birth_differs"))
    rows = compare([BEN], [paper("B", licence_no=number, born=found("1988-03-15"))], DAY)
    assert of(rows, "B", "born") is OTHER
