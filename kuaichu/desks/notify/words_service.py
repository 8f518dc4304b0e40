"""Messages about papers that are served."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kuaichu.desks.notify.words import url_of


def printed(number: str, point: str, token: str) -> str:
    """Nobody confirmed a paper: where its print waits, and that confirming on the phone still counts."""
    where = point or _("any service point of the traffic police")
    return _(
        "A paper of traffic accident %(number)s waits for you in print at %(where)s. "
        "You can still read and confirm it here: %(url)s"
    ) % {"number": number, "where": where, "url": url_of("j", token)}
