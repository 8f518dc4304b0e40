"""How a photograph came to be, in words: its grade as evidence, and what should be noticed about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from kuaichu.cases.models import Evidence

_ORIGINS: Final[dict[str, Callable[[], str]]] = {
    "in_app": lambda: _("Taken in the app"),
    "camera": lambda: _("Taken with the phone's camera"),
    "gallery": lambda: _("Chosen from the gallery"),
}
_REMARKS: Final[dict[str, Callable[[], str]]] = {
    "taken_before_accident": lambda: _("Taken before the accident, by its own date"),
    "taken_in_future": lambda: _("Its own date lies in the future"),
    "late_import": lambda: _("Added later, not at the scene"),
}
_FLAGS: Final[dict[str, Callable[[], str]]] = {
    "dark": lambda: _("Accepted although too dark"),
    "blurred": lambda: _("Accepted although not sharp"),
    "glare": lambda: _("Accepted although it reflects"),
    "far": lambda: _("Accepted although taken from too far"),
    "bright": lambda: _("Accepted although too bright"),
}


def origin_words(source: str) -> str:
    """Where it comes from; the three grades of evidence, best first: app, phone's camera, gallery."""
    return _ORIGINS.get(source, _ORIGINS["gallery"])()


def warnings(row: Evidence) -> list[str]:
    """What an officer, and the party itself, should notice about it."""
    return [words() for code, words in _REMARKS.items() if code in row.remarks] + taking(row)


def taking(row: Evidence) -> list[str]:
    """What was not good when it was taken, and was accepted all the same."""
    flag = row.quality.get("flag", "")
    return [_FLAGS[flag]()] if flag in _FLAGS else []
