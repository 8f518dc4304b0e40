"""Phone numbers: mobiles and landlines of the mainland, read from what people type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
from kuaichu.people.identifiers import normalise, refuse


@dataclass(frozen=True, slots=True)
class Phone:
    """A Chinese phone number: digits only for mobiles and 400/800 numbers, `0543-3180000` for landlines."""

    number: str = field(repr=False)
    mobile: bool


def parse_mobile(text: str) -> Phone:
    """A mainland mobile number, with or without +86. Codes: phone_empty, mobile_form."""
    digits = _digits(text)
    if not re.fullmatch(r"1[3-9]\d{9}", digits, re.ASCII):
        raise refuse("mobile_form")
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
        raise refuse("phone_form")
    return Phone(f"{found[1]}-{found[2]}", mobile=False)


def _digits(text: str) -> str:
    """The number without punctuation and without the country code."""
    bare = re.sub(r"[().]", "", normalise(text))
    if not bare:
        raise refuse("phone_empty")
    for prefix in ("+86", "0086"):
        bare = bare.removeprefix(prefix)
    return bare[2:] if re.fullmatch(r"861[3-9]\d{9}", bare, re.ASCII) else bare
