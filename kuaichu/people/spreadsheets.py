"""The cells of an Excel workbook as text: bounded in memory whatever the file says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from kuaichu.kernel.refusals import Invalid

MAGIC: Final = b"PK\x03\x04"
MOST_BYTES: Final = 32 * 1024 * 1024
"""Of all parts of the workbook together, unpacked: what a list of some thousand people never reaches."""
MOST_PARTS: Final = 200
MOST_COLUMNS: Final = 40
EXACT: Final = 10**15
"""Spreadsheets keep fifteen digits of a number: longer ones were damaged when they were typed."""
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, OSError, EOFError, RuntimeError,
)  # fmt: skip


def is_workbook(data: bytes) -> bool:
    """Whether this looks like an .xlsx file."""
    return data.startswith(MAGIC)


def cells(data: bytes, *, most_rows: int) -> list[list[str]]:
    """The rows of the first sheet, one more than `most_rows` at the most, so that the caller sees an excess.

    Dates are written as in ISO 8601. Raises Invalid at `file` for what is no workbook or unpacks to too much.
    """
    import openpyxl  # type: ignore[import-untyped]  # it loads numpy: only where a list is taken over

    try:
        _insist_small(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=most_rows + 1, max_col=MOST_COLUMNS)
        return [[_text(value) for value in row] for row in rows]
    except (*_BROKEN, openpyxl.utils.exceptions.InvalidFileException) as wrong:
        raise _refusal(_("This is no Excel workbook (.xlsx) that can be read.")) from wrong


def _insist_small(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        listed = parts.infolist()
        if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > MOST_BYTES:
            raise _refusal(_("This workbook is too large."))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and abs(value) >= EXACT:
        return f"{value:.6e}"  # not the number that was typed: nobody shall take it for one
    return str(value).replace("\0", "").strip()


def _refusal(told: str) -> Invalid:
    return Invalid(told, fields={"file": told})
