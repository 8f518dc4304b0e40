"""Values of fields: each in its plain form, with the checks it passed. Checksums detect, they never correct.

Only characters that cannot stand there are replaced silently (O, I and Q in a VIN). Everything else that is
likely too is a candidate; a checksum that fits moves a candidate up.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import Any

from kuaichu.cases.plates import normalise, parse_plate
from kuaichu.cases.sight import Found
from kuaichu.cases.vins import parse_vin
from kuaichu.connectors.vision.rapidocr.engine import Spot
from kuaichu.connectors.vision.rapidocr.plates import DIGITS, ORDINARY
from kuaichu.connectors.vision.rapidocr.spelling import Gate, Speller, Spelling
from kuaichu.kernel import clock
from kuaichu.people.identifiers import Unusable, parse_resident_id

VIN_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
VIN_FORM = (VIN_SIGNS,) * 17
ID_FORM = (DIGITS,) * 17 + (DIGITS + "X",)
CHECKSUM = 3.0
"""How much a checksum that fits adds to a candidate, as a natural logarithm."""
PAPER_GATE = Gate(0.5, -0.25)
DATE = re.compile(r"(19|20)\s?(\d{2})\s?[-年./]\s?(\d{1,2})\s?[-月./]\s?(\d{1,2})")
CLASS = re.compile(r"A[123]|B[12]|C[1-6]|[DEFMNP]")


class Spelled:
    """What spelling under a form gives."""

    @staticmethod
    def found(
        raw: str, spelling: Spelling, fits: Callable[[str], bool] | None, *, unsure: bool = False
    ) -> Found:
        """The field: the likeliest spelling as the value if it is sure enough, all as candidates."""
        checks = ["grammar_ok"]
        texts = [text for text, _value in spelling.ranked]
        if fits is not None:
            judged = sorted(
                ((value + (CHECKSUM if fits(text) else 0.0), text) for text, value in spelling.ranked),
                reverse=True,
            )
            texts = [text for _value, text in judged]
            checks.append("checksum_ok" if fits(spelling.best) else "checksum_wrong")
        if unsure or not spelling.passes(PAPER_GATE):
            checks.append("unsure")
        value = "" if "unsure" in checks else spelling.best
        return Found(raw, value, tuple(texts), round(spelling.score, 3), None, tuple(checks))

    @staticmethod
    def against(number: Found, others: Mapping[str, tuple[Found, Any]]) -> Found:
        """An identity number beside the sex and the date of birth that are printed with it."""
        wrong = []
        if (born := others.get("born")) and born[0].value.replace("-", "") != number.value[6:14]:
            wrong.append("birth_differs")
        sex = others.get("sex")
        if (
            sex
            and number.value[16:17].isdigit()
            and (int(number.value[16]) % 2 == 1) != (sex[0].value == "男")
        ):
            wrong.append("sex_differs")
        if not wrong:
            return number
        return Found(
            number.raw, number.value, number.candidates, number.score, None, (*number.checks, *wrong)
        )


def vin(speller: Speller, spot: Spot, text: str) -> Found | None:
    """A vehicle identification number: 17 characters, a check digit that imports need not have."""
    if len(re.findall(r"[A-Z0-9]", text.upper())) < 14:
        return None
    spelling = speller.spell(spot.frames, VIN_FORM, within=True)
    return Spelled.found(text, spelling, _vin_fits) if spelling else None


def _vin_fits(number: str) -> bool:
    return not parse_vin(number).warnings


def identity(speller: Speller, spot: Spot, text: str) -> Found | None:
    """A resident identity number."""
    if len(re.findall(r"[0-9X]", text.upper())) < 15:
        return None
    spelling = speller.spell(spot.frames, ID_FORM, within=True)
    return Spelled.found(text, spelling, _id_fits) if spelling else None


def _id_fits(number: str) -> bool:
    try:
        parse_resident_id(number, today=clock.today())
    except Unusable:
        return False
    return True


def plate(speller: Speller, spot: Spot, text: str) -> Found | None:
    """A plate in print."""
    signs = re.findall(r"[A-Z0-9]", normalise(text))
    if not 5 <= len(signs) <= 9:
        return None
    spelled = [one for form in ORDINARY if (one := speller.spell(spot.frames, form, within=True))]
    if not spelled:
        return None
    best = max(spelled, key=lambda one: (one.ranked[0][1], len(one.best)))
    if not _plate_fits(best.best):
        return None
    return Spelled.found(text, best, None, unsure=best.best[0] not in text)


def _plate_fits(text: str) -> bool:
    try:
        parse_plate(text)
    except Unusable:
        return False
    return True


def _plain(spot: Spot, raw: str, value: str, *checks: str) -> Found:
    return Found(raw, value, (value,), round(spot.score, 3), None, checks)


def name(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """A person or an organisation."""
    bare = re.sub(r"[^一-鿿·（）()A-Za-z]", "", text)
    return _plain(spot, text, bare) if 2 <= len(bare) <= 60 and re.search(r"[一-鿿]{2}", bare) else None


def sex(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """男 or 女."""
    found = re.search(r"[男女]", text)
    return _plain(spot, text, found[0]) if found else None


def words(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """Any words."""
    bare = text.strip(" :：")
    return _plain(spot, text, bare) if len(bare) >= 2 else None


def number(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """A number of letters and digits."""
    found = re.search(r"[A-Z0-9]{8,}", text.upper().replace(" ", ""))
    return _plain(spot, text, found[0]) if found else None


def engine_no(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """An engine number: no checksum, and it may hold 0 as well as O."""
    found = re.search(r"[A-Z0-9*\-]{4,}", text.upper().replace(" ", ""))
    return _plain(spot, text, found[0]) if found else None


def classes(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """Classes of a driving licence: A1A2, C1. A lost or doubled sign makes none of it usable."""
    bare = text.upper().replace(" ", "").replace("O", "0").replace("I", "1")
    found = "".join(CLASS.findall(bare))
    return _plain(spot, text, found) if found and found == re.sub(r"[^A-Z0-9]", "", bare) else None


def day(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """A date."""
    found = _dates(text)
    return _plain(spot, text, found[0]) if found else None


def until(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """The last day of a term: its second date, or 长期 (long-term, no end)."""
    if "长期" in text:
        return _plain(spot, text, "长期")
    found = _dates(text)
    return _plain(spot, text, found[1]) if len(found) > 1 else None


def beginning(raw: str) -> Found | None:
    """The first day of the term that stands in a line."""
    found = _dates(raw)
    return Found(raw, found[0], (found[0],)) if found else None


def month_end(_speller: Speller, spot: Spot, text: str) -> Found | None:
    """The last day of a month: 检验有效期至2026年05月."""
    found = re.search(r"(20\d{2})\s?年?\s?(\d{1,2})\s?月", text)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    year, month = int(found[1]), int(found[2])
    return _plain(spot, text, f"{year}-{month:02d}-{monthrange(year, month)[1]:02d}")


def _dates(text: str) -> list[str]:
    """The dates in a text, in its order, as YYYY-MM-DD."""
    found = []
    for century, year, month, date in DATE.findall(text):
        if 1 <= int(month) <= 12 and 1 <= int(date) <= monthrange(int(century + year), int(month))[1]:
            found.append(f"{century}{year}-{int(month):02d}-{int(date):02d}")
    return found
