"""Cursors of lists: opaque text that says where a page ended. What is added meanwhile moves nothing."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.kernel.refusals import Invalid

LONGEST = 120
NULL = ""
"""The cursor before the first row."""


def sealed(kind: str, place: object) -> str:
    """The cursor of a place in lists of this kind."""
    return base64.urlsafe_b64encode(f"{kind}:{place}".encode()).decode().rstrip("=")


def opened(kind: str, cursor: str, field: str = "after") -> str:
    """The place a cursor of this kind of list was made for; empty for none.

    Raises Invalid, naming `field`, for any other text.
    """
    if cursor == NULL:
        return ""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    head, _colon, place = text.partition(":")
    if head != kind or not place or sealed(kind, place) != cursor:
        raise wrong(field)
    return place


def id_of(kind: str, cursor: str, field: str = "after") -> UUID | None:
    """The row's id in a cursor of this kind of list; None before the first row. Raises Invalid."""
    place = opened(kind, cursor, field)
    try:
        return UUID(place) if place else None
    except ValueError:
        raise wrong(field) from None


def number_of(kind: str, cursor: str, field: str = "after") -> int:
    """The number in a cursor of this kind of list; 0 before the first. Raises Invalid."""
    place = opened(kind, cursor, field) or "0"
    if not (place.isascii() and place.isdigit() and len(place) < 10):
        raise wrong(field)
    return int(place)


def wrong(field: str = "after") -> Invalid:
    """The refusal of a text that is no cursor of this list."""
    text = _("This is no cursor of this list. Use the one that the page before gave, unchanged.")
    return Invalid(text, fields={field: text})
