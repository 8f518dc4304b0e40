"""Short messages about an accident that somebody looks at."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kuaichu.desks.notify.words import url_of


def opened(number: str, until: str, token: str) -> str:
    """Something was noticed; what, and where to answer, is on the page."""
    return _(
        "Accident %(number)s: a person looks at some details before money is paid, until %(until)s at the"
        " latest. What was noticed, and your answer: %(url)s"
    ) % {"number": number, "until": until, "url": url_of("j", token)}


def ended(number: str) -> str:
    """It goes on."""
    return _("Accident %(number)s: the closer look is over, everything goes on. Nothing to do for you.") % {
        "number": number
    }


def referred(number: str, token: str) -> str:
    """It goes to investigation; reasons and where to turn are on the page."""
    return _(
        "Accident %(number)s was given to investigation and the money waits. The written reasons, and where"
        " you can turn: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}
