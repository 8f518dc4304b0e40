"""The words for what was altered in a file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from kuaichu.desks.documents.checking import Change, Part

_PARTS: Final[dict[Part, str | Promise]] = {
    Part.PAGE: later("the text or drawing of the page"),
    Part.NOTE: later("something laid over the page"),
    Part.FIELD: later("a field on the page"),
    Part.FACTS: later("the facts embedded in the file"),
    Part.METADATA: later("the description of the file"),
    Part.PICTURE: later("a picture on the page"),
    Part.SEAL: later("the signature itself"),
    Part.STRUCTURE: later("the inner structure of the file"),
    Part.SIGNED: later("something in the part that was signed"),
    Part.RANGE: later("the signature covers only a part it chose itself"),
    Part.AFTER_END: later("something was added after the end"),
}


def told(changes: Iterable[Change]) -> list[str]:
    """One line a change: what, on which page, from which byte on."""
    return [_line(change) for change in changes]


def _line(change: Change) -> str:
    line = str(_PARTS[change.part])
    if change.page:
        line = _("%(what)s, page %(page)d") % {"what": line, "page": change.page}
    if change.at >= 0:
        line = _("%(what)s, from byte %(at)d on") % {"what": line, "at": change.at}
    return line
