"""What has to be told for each paper that can be asked for, read and bounded field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.documents.typefaces import standard
from kuaichu.kernel import clock
from kuaichu.kernel.refusals import Invalid

MOST_FEN: Final = 100_000_000_00
FIRST: Final = datetime(2000, 1, 1, tzinfo=clock.CHINA)
_MONEY = re.compile(r"(?:￥|¥)?\s*([0-9]{1,9})(?:\.([0-9]{1,2}))?\s*元?")
_AMOUNT = re.compile(r"(\S.*?)[\s:：]+((?:￥|¥)?\s*[0-9]{1,9}(?:\.[0-9]{1,2})?\s*元?)")
_PROMISE = re.compile(r"([甲乙丙丁戊己庚辛壬癸])\s*(?:→|->|至|给)\s*([甲乙丙丁戊己庚辛壬癸])[\s:：]+(.+)")


class Sort(StrEnum):
    """How a field is asked for and read."""

    TEXT = "text"
    LONG = "long"
    LINES = "lines"
    MONEY = "money"
    AMOUNTS = "amounts"
    PROMISES = "promises"
    MOMENT = "moment"
    PARTY = "party"
    PAPER = "paper"
    CHOICE = "choice"


MOST: Final = {Sort.TEXT: 120, Sort.LONG: 2000, Sort.LINES: 20, Sort.AMOUNTS: 20, Sort.PROMISES: 10}
"""Characters of a text, lines of a list."""
MOST_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; `options` are code and words of a choice, `words` what it is called."""

    name: str
    words: Any
    sort: Sort = Sort.TEXT
    needed: bool = True
    options: tuple[tuple[str, Any], ...] = ()
    hint: Any = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What has to be told for one kind; `by` is the grant of those who may ask for it, `readers` for whom it
    is ("party" stands for the party named in the form)."""

    fields: tuple[Field, ...] = ()
    by: str = "officer"
    readers: str = "parties"
    notes: Any = field(default="")


def read(form: Form, told: Mapping[str, str], labels: tuple[str, ...]) -> dict[str, Any]:
    """The values of a form as plain JSON; `labels` are the parties there are.

    Raises Invalid naming every field that is missing, too long, malformed, or has a character that no font of
    the papers can print.
    """
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in form.fields:
        given = str(told.get(one.name, "")).replace("\r\n", "\n").strip()
        try:
            found[one.name] = _value(one, given, labels)
        except ValueError as error:
            wrong[one.name] = str(error)
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
    return found


def _value(one: Field, given: str, labels: tuple[str, ...]) -> Any:
    if not given:
        if one.needed:
            raise ValueError(_("This is needed."))
        return [] if one.sort in (Sort.LINES, Sort.AMOUNTS, Sort.PROMISES) else ""
    missing = standard().missing(given)
    if missing:
        raise ValueError(_("These characters cannot be printed: %(chars)s") % {"chars": " ".join(missing)})
    if one.sort is Sort.PARTY and given not in labels:
        raise ValueError(_("Choose a party of this case."))
    if one.sort is Sort.CHOICE and given not in dict(one.options):
        raise ValueError(_("Choose one of the kinds."))
    return _READ.get(one.sort, _text)(given, one.sort)


def _text(given: str, sort: Sort) -> str:
    most = MOST.get(sort, MOST[Sort.TEXT])
    if len(given) > most:
        raise ValueError(_("At most %(most)d characters.") % {"most": most})
    if sort is Sort.TEXT and "\n" in given:
        raise ValueError(_("One line only."))
    return given


def _lines(given: str, sort: Sort) -> list[str]:
    lines = [line.strip() for line in given.split("\n") if line.strip()]
    if len(lines) > MOST[sort] or any(len(line) > MOST_LINE for line in lines):
        raise ValueError(
            _("At most %(lines)d lines of %(most)d characters.") % {"lines": MOST[sort], "most": MOST_LINE}
        )
    return lines


def fen(given: str) -> int:
    """Whole fen of an amount in yuan. Raises ValueError for anything else, nothing, or too much."""
    found = _MONEY.fullmatch(given.strip().replace(",", ""))
    amount = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else 0
    if not 0 < amount <= MOST_FEN:
        raise ValueError(_("An amount in yuan, such as 3500.00."))
    return amount


def _amounts(given: str, sort: Sort) -> list[dict[str, Any]]:
    pairs = [_AMOUNT.fullmatch(line) for line in _lines(given, sort)]
    if not all(pairs):
        raise ValueError(_("One item a line with its amount, such as: repair 3500.00"))
    return [{"item": pair[1].strip(), "fen": fen(pair[2])} for pair in pairs if pair]


def _promises(given: str, sort: Sort) -> list[dict[str, Any]]:
    found = [_PROMISE.fullmatch(line) for line in _lines(given, sort)]
    if not all(found) or any(one and one[1] == one[2] for one in found):
        raise ValueError(_("One payment a line, such as: 甲→乙 3500.00"))
    return [{"by": one[1], "to": one[2], "fen": fen(one[3])} for one in found if one]


def _moment(given: str, _sort: Sort) -> str:
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise ValueError(_("Date and time, such as 2026-05-01 08:30.")) from None
    at = at.replace(tzinfo=clock.CHINA) if at.tzinfo is None else at
    if not FIRST <= at <= clock.now():
        raise ValueError(_("Not before the year 2000, and not in the future."))
    return at.isoformat()


def _paper(given: str, _sort: Sort) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        raise ValueError(_("There is no such paper in this case.")) from None


_READ: Final = {
    Sort.PAPER: _paper,
    Sort.LINES: _lines,
    Sort.MONEY: lambda given, _sort: fen(given),
    Sort.AMOUNTS: _amounts,
    Sort.PROMISES: _promises,
    Sort.MOMENT: _moment,
}
