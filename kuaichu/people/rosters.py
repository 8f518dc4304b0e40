"""A list of staff from a spreadsheet: read, checked row by row, and taken over in one go.

The spreadsheet comes as it is (.xlsx), or saved as CSV in UTF-8 or GB 18030 as offices here save it. Nothing
is written before every row was looked at; then all rows are taken, or those without a fault. Passwords never
stand in a list: a new account is opened by its own link.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from kuaichu.kernel import clock
from kuaichu.kernel.refusals import Invalid
from kuaichu.people import spreadsheets
from kuaichu.people.identifiers import Unusable, parse_resident_id
from kuaichu.people.models import Account, Organisation
from kuaichu.people.roles import ROLES

COLUMNS: Final = ("username", "name", "badge", "organisation", "roles", "id_number", "qualification", "until")
IN_CHINESE: Final = {
    "账号": "username", "姓名": "name", "警号": "badge", "单位": "organisation", "角色": "roles",
    "身份证号": "id_number", "资格证号": "qualification", "有效期至": "until",
}  # fmt: skip
ASSIGNABLE: Final = frozenset(ROLES) - {"system", "party", "citizen", "staff", "insurer_client", "shop"}
MOST_ROWS: Final = 5_000
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list (from 2, as the spreadsheet numbers it) and its faults by column."""

    line: int
    username: str
    name: str
    badge: str
    organisation: str
    roles: tuple[str, ...]
    id_number: str
    qualification: str
    until: date | None
    new: bool = True
    faults: dict[str, str] = field(default_factory=dict)


def read(data: bytes) -> list[dict[str, str]]:
    """The lines of a list by column. Raises Invalid for what is none, or has no column `username`."""
    workbook = spreadsheets.is_workbook(data)
    rows = spreadsheets.cells(data, most_rows=MOST_ROWS + 1) if workbook else _csv_rows(data)
    heads = [IN_CHINESE.get(cell.strip(), cell.strip().lower()) for cell in rows[0]] if rows else []
    if "username" not in heads or "organisation" not in heads or "roles" not in heads:
        told = _("The first line must name the columns: %(columns)s.") % {"columns": ", ".join(COLUMNS)}
        raise Invalid(told, fields={"file": told})
    if len(rows) > MOST_ROWS + 1:
        told = _("A list has at most %(n)s lines.") % {"n": MOST_ROWS}
        raise Invalid(told, fields={"file": told})
    return [dict(zip(heads, (c.strip() for c in row), strict=False)) for row in rows[1:]]


def _csv_rows(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    try:
        return list(csv.reader(io.StringIO(text), delimiter=next((d for d in "\t;" if d in first), ",")))
    except csv.Error as wrong:
        raise _no_csv() from wrong


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise _no_csv()


def _no_csv() -> Invalid:
    told = _("This is neither an Excel workbook (.xlsx) nor a CSV file.")
    return Invalid(told, fields={"file": told})


def check(city: str, lines: Iterable[dict[str, str]]) -> list[Row]:
    """The rows with everything that is wrong in them; empty lines are left out."""
    kinds = dict(Organisation.objects.filter(city=city, active=True).values_list("code", "kind"))
    homes = dict(Account.objects.values_list("username", "organisation__city"))
    seen: set[str] = set()
    rows = []
    for number, line in enumerate(lines, start=2):
        if any(line.values()):
            row = _row(number, line, homes)
            ours = homes.get(row.username, city) == city
            _find_faults(row, line, kinds, ours=ours, again=row.username in seen)
            seen.add(row.username)
            rows.append(row)
    return rows


def _row(number: int, line: dict[str, str], homes: dict[str, str]) -> Row:
    roles = tuple(one for one in re.split(r"[\s,;、，；|]+", line.get("roles", "")) if one)
    username = line.get("username", "")
    return Row(
        line=number,
        username=username,
        name=line.get("name", ""),
        badge=line.get("badge", ""),
        organisation=line.get("organisation", ""),
        roles=roles,
        id_number=line.get("id_number", "").upper(),
        qualification=line.get("qualification", ""),
        until=_date(line.get("until", "")),
        new=username not in homes,
    )


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _find_faults(row: Row, line: dict[str, str], kinds: dict[str, str], *, ours: bool, again: bool) -> None:
    unknown = sorted(set(row.roles) - ASSIGNABLE)
    tests = [
        ("username", not _NAME.fullmatch(row.username), _("Two to forty letters, digits, dots or dashes.")),
        ("username", again, _("This name stands in the list twice.")),
        ("username", not ours, _("This name is taken.")),
        ("organisation", row.organisation not in kinds, _("There is no such organisation.")),
        ("roles", not row.roles, _("Name at least one role.")),
        ("roles", unknown, _("There is no role “%(role)s”.") % {"role": "".join(unknown[:1])}),
        ("id_number", row.id_number and not _is_id_number(row.id_number), _("This is no ID number.")),
        ("until", line.get("until") and row.until is None, _("Write the date as 2027-12-31.")),
        ("qualification", row.qualification and row.until is None, _("A qualification needs its last day.")),
    ]
    for column, wrong, told in tests:
        if wrong:
            row.faults.setdefault(column, told)


def _is_id_number(text: str) -> bool:
    try:
        parse_resident_id(text, today=clock.today())
    except Unusable:
        return False
    return True
