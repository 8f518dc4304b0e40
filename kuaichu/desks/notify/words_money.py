"""Short messages about money besides payment itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kuaichu.desks.notify.words import url_of


def refused(number: str, insurer: str, token: str) -> str:
    """An insurer refused its claim; reasons and next instances are on the page."""
    return _(
        "Accident %(number)s: %(insurer)s does not pay. The written reasons, and who else can decide: %(url)s"
    ) % {"number": number, "insurer": insurer, "url": url_of("j", token)}


def estimate_approved(number: str, token: str) -> str:
    """The insurer approved what the shop drafted."""
    return _("Accident %(number)s: the insurer approved the repair. What and how long: %(url)s") % {
        "number": number,
        "url": url_of("j", token),
    }
