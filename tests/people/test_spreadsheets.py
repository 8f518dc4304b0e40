"""A list of staff as an Excel workbook: the same rows and faults as from CSV; bounded in memory."""

from __future__ import annotations

import io
import itertools
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from kuaichu.kernel.refusals import Invalid
from kuaichu.people import rosters, spreadsheets
from kuaichu.people.models import Organisation

HEADS = ["账号", "姓名", "警号", "单位", "角色", "身份证号", "资格证号", "有效期至"]
ONE = [
    "wang",
    "王强",
    320901,
    "YC-K",
    "determination_officer",
    "320902190003150028",
    "Q1",
    date(2027, 12, 31),
]


def workbook(*rows: list[Any], heads: list[str] = HEADS) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (heads, *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def changed(data: bytes, name: str, text: bytes) -> bytes:
    """The same workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
    return out.getvalue()


@pytest.mark.django_db
def test_the_same_rows_as_from_csv() -> None:
    Organisation.objects.create(city="yancheng", code="YC-K", kind="police", name="支队")
    text = "wang,王强,320901,YC-K,determination_officer,320902190003150028,Q1,2027-12-31\n"
    listed = ["emperor,E,,NOWHERE,emperor,1,,x", "", text]
    csv = (",".join(HEADS) + "\n" + "\n".join(listed)).encode("gb18030")
    wrong = ["emperor", "E", None, "NOWHERE", "emperor", 1, None, "x"]
    from_csv = rosters.check("yancheng", rosters.read(csv))
    from_book = rosters.check("yancheng", rosters.read(workbook(wrong, [None] * 8, ONE)))
    assert from_book == from_csv
    assert [row.line for row in from_book] == [2, 4]
    assert set(from_book[0].faults) == {"organisation", "roles", "id_number", "until"}
    assert not from_book[1].faults


def test_a_number_that_a_spreadsheet_has_damaged_is_no_id_number() -> None:
    told = rosters.read(workbook([*ONE[:5], 320902190003150028, "Q1", datetime(2027, 12, 31, 9)]))
    assert told[0]["id_number"] == "3.209022e+17"
    assert told[0]["until"] == "2027-12-31"


@pytest.mark.parametrize("until", ["0001-01-01", "9999-12-31", "1999-12-31"])
@pytest.mark.django_db
def test_a_day_that_cannot_be_meant(until: str) -> None:
    Organisation.objects.create(city="yancheng", code="YC-K", kind="police", name="支队")
    [row] = rosters.check("yancheng", rosters.read(workbook([*ONE[:7], until])))
    assert set(row.faults) == {"until", "qualification"}


def test_too_many_lines() -> None:
    with pytest.raises(Invalid) as refusal:
        rosters.read(workbook(*[ONE] * (rosters.MOST_ROWS + 1)))
    assert str(rosters.MOST_ROWS) in refusal.value.fields["file"]


def test_what_unpacks_to_too_much() -> None:
    bomb = changed(workbook(ONE), "xl/worksheets/sheet1.xml", b" " * (spreadsheets.MOST_BYTES + 1))
    assert len(bomb) < 100_000
    with pytest.raises(Invalid) as refusal:
        rosters.read(bomb)
    assert refusal.value.__cause__ is None, "refused before anything was unpacked"


def test_entities_that_grow_are_refused() -> None:
    names = "abcdefghij"
    rows = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    laugh = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">{rows}]><worksheet>&j;</worksheet>'.encode()
    with pytest.raises(Invalid):
        rosters.read(changed(workbook(ONE), "xl/worksheets/sheet1.xml", laugh))
    with pytest.raises(Invalid):
        rosters.read(changed(workbook(ONE), "xl/workbook.xml", laugh))


@pytest.mark.parametrize("cut", [4, 60, 900, -30])
def test_broken_workbooks(cut: int) -> None:
    with pytest.raises(Invalid):
        rosters.read(workbook(ONE)[:cut])


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_workbooks_with_rubbish_inside(part: str) -> None:
    with pytest.raises(Invalid):
        rosters.read(changed(workbook(ONE), part, b"\x00\xff<"))
