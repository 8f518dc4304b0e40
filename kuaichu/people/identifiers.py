"""Numbers that identify people and organisations: IDs, permits, passports, credit codes.

Each parser returns a frozen result or raises `Unusable`, whose message says what is wrong and what to do.
Parsers forgive typing (spaces, full-width digits, lower case), never a wrong digit. Results hide the number
in their `repr`, so that it cannot slip into a log.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Unusable(ValueError):
    """An identifier cannot be used. `code` is stable; `message` is translatable; `suggestions` are only
    offers.
    """

    def __init__(self, code: str, message: _StrPromise | str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.suggestions = tuple(suggestions)


_REASONS: dict[str, _StrPromise] = {
    "id_empty": _("Enter the identity number."),
    "id_length": _("An identity number has 18 characters. Count them again."),
    "id_characters": _(
        "An identity number has 17 digits and then a digit or X. Correct the other characters."
    ),
    "id_date": _("Digits 7 to 14 are no date of birth. Compare them with the card."),
    "id_future": _("The date of birth in this identity number lies in the future. Compare it with the card."),
    "id_checksum": _(
        "The last character does not fit the other digits, so one of them is wrong. Compare with the card."
    ),
    "passport_form": _(
        "A passport number has 5 to 17 letters and digits. Enter it as it is printed, without spaces."
    ),
    "residence_card_form": _(
        "A permanent residence card number has 18 characters starting with 9, or 3 letters and 12 digits. "
        "Compare it with the card."
    ),
    "phone_empty": _("Enter a phone number."),
    "phone_form": _(
        "This is no Chinese phone number. Enter 11 digits starting with 1, or a landline with its area code."
    ),
    "mobile_form": _(
        "A mobile number has 11 digits starting with 13 to 19. Enter it without other characters."
    ),
    "credit_length": _("A unified social credit code has 18 characters. Count them again."),
    "credit_characters": _(
        "A unified social credit code has digits and capital letters except I, O, S, V and Z. Compare "
        "with the licence."
    ),
    "credit_checksum": _(
        "The last character does not fit the code, so one character is wrong. Compare with the licence."
    ),
}
WARNINGS: dict[str, _StrPromise] = {
    "division_unknown": _(
        "The first six digits are no known district of that year. Compare them with the card."
    ),
    "born_long_ago": _("The year of birth lies before 1900. Compare it with the card."),
    "old_number": _(
        "This is an old number with 15 digits. It can be read, but new papers need the 18 digits."
    ),
    "card_checksum": _("The last character of the card number looks wrong. Compare it with the card."),
}
"""Texts of the warning codes that results carry."""


def refuse(code: str) -> Unusable:
    """The refusal of this code, with its text."""
    return Unusable(code, _REASONS[code])


def normalise(text: str) -> str:
    """Half-width, upper case, without any white space or hyphens."""
    return re.sub(r"[\s\-‐‑–—]+", "", unicodedata.normalize("NFKC", text)).upper()


class IdKind(StrEnum):
    """What a resident number is printed on; the permits are the residence permits of 2018."""

    RESIDENT = "resident"
    RESIDENT_15 = "resident_15"
    HONG_KONG = "hong_kong_permit"
    MACAU = "macau_permit"
    TAIWAN = "taiwan_permit"


OLDEST_YEAR = 1880
"""Year of birth in the standard's own oldest example. Before 1900 only warns."""
_PERMITS = {"81": IdKind.HONG_KONG, "82": IdKind.MACAU, "83": IdKind.TAIWAN}


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A resident identity number. `female` from the parity of the sequence, `division` the first six digits.

    `warnings` are keys of `WARNINGS`. A 15-digit number is read-only: nothing new is issued under it.
    """

    number: str = field(repr=False)
    kind: IdKind
    division: str
    birth: date = field(repr=False)
    female: bool
    warnings: tuple[str, ...] = ()

    @property
    def read_only(self) -> bool:
        """Whether the number may only be read, not entered into new papers."""
        return self.kind is IdKind.RESIDENT_15


def parse_resident_id(text: str, *, today: date) -> ResidentId:
    """Read a resident number (GB 11643, 18 characters or the old 15 digits).

    A division nobody knows, or not in the year of birth, only warns: people keep the number of a retired
    district. Codes: id_empty, id_length, id_characters, id_date, id_future, id_checksum.
    """
    number = normalise(text)
    if not number:
        raise refuse("id_empty")
    if len(number) not in (15, 18):
        raise refuse("id_length")
    if not re.fullmatch(r"\d{15}|\d{17}[\dX]", number, re.ASCII):
        raise refuse("id_characters")
    birth = _birth(number, today)
    if len(number) == 15:
        odd = int(number[14]) % 2
        return ResidentId(number, IdKind.RESIDENT_15, number[:6], birth, not odd, ("old_number",))
    if number[-1] != ric.calc_check_digit(number):
        raise refuse("id_checksum")
    kind = _PERMITS.get(number[:2], IdKind.RESIDENT)
    warned = {
        "division_unknown": kind is IdKind.RESIDENT and division_name(number) is None,
        "born_long_ago": birth.year < 1900,
    }
    warnings = tuple(code for code, applies in warned.items() if applies)
    return ResidentId(number, kind, number[:6], birth, int(number[16]) % 2 == 0, warnings)


def _birth(number: str, today: date) -> date:
    """The date of birth in a number of 15 (born 19xx) or 18 characters."""
    digits = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise refuse("id_date") from None
    if birth.year < OLDEST_YEAR:
        raise refuse("id_date")
    if birth > today:
        raise refuse("id_future")
    return birth


def division_name(number: str) -> str | None:
    """Province and county which an 18-digit number was issued in, None when unknown in the year of birth."""
    try:
        place = ric.get_birth_place(number)
    except ValidationError:
        return None
    return f"{place['province']}{place['county']}"


def age_on(birth: date, day: date) -> int:
    """Whole years of age on `day`; who was born on 29 February has the birthday on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@dataclass(frozen=True, slots=True)
class Document:
    """A passport or permanent residence card number; `warnings` are keys of `WARNINGS`."""

    number: str = field(repr=False)
    warnings: tuple[str, ...] = ()


def parse_passport(text: str) -> Document:
    """Any country's passport number: 5 to 17 letters and digits. Code: passport_form."""
    number = normalise(text)
    if not re.fullmatch(r"[A-Z0-9]{5,17}", number):
        raise refuse("passport_form")
    return Document(number)


def parse_residence_card(text: str) -> Document:
    """A foreigner's permanent residence card: 18 characters from 9 (since 2023), or 3 letters and 12 digits.

    A wrong check character only warns. Code: residence_card_form.
    """
    number = normalise(text)
    if re.fullmatch(r"[A-Z]{3}\d{12}", number, re.ASCII):
        return Document(number)
    if not re.fullmatch(r"9\d{16}[\dX]", number, re.ASCII):
        raise refuse("residence_card_form")
    return Document(number, () if number[-1] == ric.calc_check_digit(number) else ("card_checksum",))


def parse_credit_code(text: str) -> str:
    """A unified social credit code (GB 32100) in its plain form.

    The first two characters may be letters (registration authorities A, N, Y), which python-stdnum refuses.
    Codes: credit_length, credit_characters, credit_checksum.
    """
    code = normalise(text)
    if len(code) != 18:
        raise refuse("credit_length")
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", code, re.ASCII):
        raise refuse("credit_characters")
    if code[-1] != uscc.calc_check_digit(code):
        raise refuse("credit_checksum")
    return code
