"""Reading copies of a paper, Chinese with English or in large print. They are no papers, and say so.

The words are data (`reading.json`): titles, fields (`of_kind`: where one means something else), choices, and
the standing texts in English; the Chinese text is what counts. One layout for all kinds, from the same frozen
facts, so that a copy cannot say anything else than its original. What is for machines is left out.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, Final

import typst

from kuaichu.desks.documents.papers.agreement import Form
from kuaichu.desks.documents.papers.facts import CHINA, PARTY_CODES, Paper
from kuaichu.desks.documents.papers.pictures import RenderRefused
from kuaichu.desks.documents.rendering import compiler
from kuaichu.desks.documents.typefaces import standard

TEMPLATE: Final = Path(__file__).parent / "reading.typ"
WORDS: Final[dict[str, Any]] = json.loads(TEMPLATE.with_suffix(".json").read_text(encoding="utf-8"))
MACHINE: Final = frozenset(
    {"paper_id", "drawing", "sha256", "sm3", "original_sha256", "sketch", "printed_grades", "number"}
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Style(StrEnum):
    """How a reading copy is set."""

    BILINGUAL = "bilingual"
    LARGE = "large"


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line: label and text in both languages, `text_en` "" where it is the same; a heading has no text."""

    zh: str
    en: str
    text: str = ""
    text_en: str = ""


def reading_copy(facts: Paper, *, code: str, check_at: str, style: Style, timestamp: datetime) -> bytes:
    """The copy as PDF (PDF/A-3a, PDF/UA-1). `timestamp` (aware) becomes its date; same input, same bytes.

    Raises `RenderRefused` where it cannot be set.
    """
    content = {
        "title": facts.TITLE,
        "title_en": WORDS["titles"][facts.KIND],
        "number": facts.number,
        "code": code,
        "check_at": check_at,
        "large": style is Style.LARGE,
        "lines": [dataclasses.asdict(line) for line in lines_of(facts)],
    }
    try:
        pdf = compiler(TEMPLATE.stem, standard()).compile(
            format="pdf",
            sys_inputs={"copy": json.dumps(content, ensure_ascii=False), "font": standard().body},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(timestamp.timestamp()),
        )
    except typst.TypstError as error:
        raise RenderRefused("reading copy: cannot be set") from error
    if not isinstance(pdf, bytes):
        raise RenderRefused("reading copy: no PDF")
    return pdf


def lines_of(facts: Paper) -> list[Line]:
    """All that the facts say, in their own order; what is empty is left out."""
    return _lines(facts.KIND, facts)


def _lines(kind: str, holder: Any) -> list[Line]:
    made: list[Line] = []
    for field in dataclasses.fields(holder):
        value = getattr(holder, field.name)
        if field.name in MACHINE or value in ("", (), None):
            continue
        zh, en = WORDS["of_kind"].get(f"{kind}.{field.name}") or WORDS["fields"][field.name]
        made += _field(kind, zh, en, field.name, value)
    return made


def _field(kind: str, zh: str, en: str, name: str, value: Any) -> list[Line]:
    if dataclasses.is_dataclass(value):
        return [Line(zh, en), *_lines(kind, value)]
    if isinstance(value, tuple) and dataclasses.is_dataclass(value[0]):
        marks = PARTY_CODES if name == "parties" else tuple(map(str, range(1, len(value) + 1)))
        return [
            line
            for mark, one in zip(marks, value, strict=False)
            for line in (Line(f"{zh} {mark}", f"{en} {mark}"), *_lines(kind, one))
        ]
    if isinstance(value, tuple):
        words = [_words(name, one) for one in value]
        return [
            Line(zh if not index else "", en if not index else "", *pair) for index, pair in enumerate(words)
        ]
    return [Line(zh, en, *_words(name, value))]


def _words(name: str, value: Any) -> tuple[str, str]:
    """A value in Chinese, and in English where that differs."""
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    if isinstance(value, Form):
        return _pair(WORDS["forms"][str(int(value))])
    if isinstance(value, Enum):
        return _pair(WORDS["choices"][str(value.value)])
    if isinstance(value, datetime):
        at = value.astimezone(CHINA)
        zh = f"{at.year}年{at.month}月{at.day}日{at:%H}时{at:%M}分"
        return zh, f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"
    if isinstance(value, int) and (name.endswith("fen") or name == "losses"):
        return f"{value // 100:,}.{value % 100:02d} 元", f"{value // 100:,}.{value % 100:02d} yuan"
    return str(value), WORDS["english"].get(str(value), "")


def _pair(words: list[str]) -> tuple[str, str]:
    return words[0], words[1]
