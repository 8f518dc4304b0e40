"""Numbers that identify people and organisations: IDs, permits, passports, phones, credit codes; masks.

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


def _refuse(code: str) -> Unusable:
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
        raise _refuse("id_empty")
    if len(number) not in (15, 18):
        raise _refuse("id_length")
    if not re.fullmatch(r"\d{15}|\d{17}[\dX]", number, re.ASCII):
        raise _refuse("id_characters")
    birth = _birth(number, today)
    if len(number) == 15:
        odd = int(number[14]) % 2
        return ResidentId(number, IdKind.RESIDENT_15, number[:6], birth, not odd, ("old_number",))
    if number[-1] != ric.calc_check_digit(number):
        raise _refuse("id_checksum")
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
        raise _refuse("id_date") from None
    if birth.year < OLDEST_YEAR:
        raise _refuse("id_date")
    if birth > today:
        raise _refuse("id_future")
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
        raise _refuse("passport_form")
    return Document(number)


def parse_residence_card(text: str) -> Document:
    """A foreigner's permanent residence card: 18 characters from 9 (since 2023), or 3 letters and 12 digits.

    A wrong check character only warns. Code: residence_card_form.
    """
    number = normalise(text)
    if re.fullmatch(r"[A-Z]{3}\d{12}", number, re.ASCII):
        return Document(number)
    if not re.fullmatch(r"9\d{16}[\dX]", number, re.ASCII):
        raise _refuse("residence_card_form")
    return Document(number, () if number[-1] == ric.calc_check_digit(number) else ("card_checksum",))


@dataclass(frozen=True, slots=True)
class Phone:
    """A Chinese phone number: digits only for mobiles and 400/800 numbers, `0543-3180000` for landlines."""

    number: str = field(repr=False)
    mobile: bool


def parse_mobile(text: str) -> Phone:
    """A mainland mobile number, with or without +86. Codes: phone_empty, mobile_form."""
    digits = _digits(text)
    if not re.fullmatch(r"1[3-9]\d{9}", digits, re.ASCII):
        raise _refuse("mobile_form")
    return Phone(digits, mobile=True)


def parse_phone(text: str) -> Phone:
    """A mobile number, a landline with area code, or a 400/800 number. Codes: phone_empty, phone_form."""
    digits = _digits(text)
    if re.fullmatch(r"1[3-9]\d{9}", digits, re.ASCII):
        return Phone(digits, mobile=True)
    if re.fullmatch(r"[48]00\d{7}", digits, re.ASCII):
        return Phone(digits, mobile=False)
    found = re.fullmatch(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})", digits, re.ASCII)
    if not found:
        raise _refuse("phone_form")
    return Phone(f"{found[1]}-{found[2]}", mobile=False)


def _digits(text: str) -> str:
    """The number without punctuation and without the country code."""
    bare = re.sub(r"[().]", "", normalise(text))
    if not bare:
        raise _refuse("phone_empty")
    for prefix in ("+86", "0086"):
        bare = bare.removeprefix(prefix)
    return bare[2:] if re.fullmatch(r"861[3-9]\d{9}", bare, re.ASCII) else bare


def parse_credit_code(text: str) -> str:
    """A unified social credit code (GB 32100) in its plain form.

    The first two characters may be letters (registration authorities A, N, Y), which python-stdnum refuses.
    Codes: credit_length, credit_characters, credit_checksum.
    """
    code = normalise(text)
    if len(code) != 18:
        raise _refuse("credit_length")
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", code, re.ASCII):
        raise _refuse("credit_characters")
    if code[-1] != uscc.calc_check_digit(code):
        raise _refuse("credit_checksum")
    return code


_COMPOUND = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐夏侯司徒司空端木独孤南宫西门东郭百里呼延宇文长孙"
    "轩辕闻人申屠太史淳于单于澹台公冶宗政濮阳钟离鲜于闾丘亓官仲孙拓跋完颜赫连第五左丘梁丘纳兰万俟"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))


def mask_name(name: str, *, public: bool = False) -> str:
    """`陈明`→`陈*`, `陈小明`→`陈*明`, `欧阳小明`→`欧阳*明`; `public` keeps the surname only: `陈*`."""
    name = name.strip()
    if not name:
        return ""
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]
    given = name[len(surname) :]
    chinese = all("一" <= char <= "鿿" or "㐀" <= char <= "䶿" for char in name)
    last = given[-1] if chinese and len(given) > 1 and not public else ""
    return f"{surname}*{last}"


def mask_id(number: str) -> str:
    """First and last four characters: `3716**********0017`; a number too short to hide is hidden whole."""
    return _keep(number, 4, 4)


def mask_id_tail(number: str) -> str:
    """Only the last four characters, for everybody but the parties."""
    return _keep(number, 0, 4)


def mask_phone(number: str) -> str:
    """`138****5678`: first three and last four; a landline keeps its area code and last two."""
    area, dash, local = number.partition("-")
    return f"{area}-{_keep(local, 0, 2)}" if dash else _keep(number, 3, 4)


def mask_plate(plate: str) -> str:
    """`鲁M12345` → `鲁M1**45`, as the public verification page shows it."""
    return _keep(plate, 3, 2)


def mask_vin(vin: str) -> str:
    """Only the last six characters."""
    return _keep(vin, 0, 6)


def _keep(text: str, head: int, tail: int) -> str:
    """Stars for everything between `head` and `tail`; for all of it when less than two would be hidden."""
    hidden = len(text) - head - tail
    if hidden < 2:
        return "*" * len(text)
    return f"{text[:head]}{'*' * hidden}{text[len(text) - tail :]}"
