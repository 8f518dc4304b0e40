"""The short messages people get. Source strings in English; sent in the party's language.

No personal data beyond the receiver's own, and never a shop's or insurer's advertisement.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kuaichu.kernel.money import format_yuan

Words = Callable[[], str]


def in_language(language: str, words: Words) -> str:
    """The words in the receiver's language."""
    with translation.override(language):
        return words()


def report_link(token: str) -> str:
    """The 110 text message that starts a report."""
    return _(
        "Traffic police: report and photograph your accident here, it takes about 3 minutes: %(url)s "
        "Hurt? Call 120."
    ) % {"url": _url("j", token)}


def join_link(number: str, token: str) -> str:
    """The invitation to the other party."""
    return _(
        "You are invited as a party to traffic accident %(number)s. "
        "Read everything and confirm your part: %(url)s"
    ) % {
        "number": number,
        "url": _url("j", token),
    }


def own_link(number: str, token: str) -> str:
    """The way back into one's own case."""
    return _("Your way back to traffic accident %(number)s: %(url)s A code to this phone opens it.") % {
        "number": number,
        "url": _url("j", token),
    }


def code(digits: str, minutes: int) -> str:
    """A one-time code."""
    return _("Your Kuaichu code is %(digits)s, valid for %(minutes)d minutes. Tell nobody.") % {
        "digits": digits,
        "minutes": minutes,
    }


def certificate(kind: str, number: str, anti_counterfeit: str, token: str) -> str:
    """A paper was issued."""
    name = _("self-negotiation agreement") if kind == "agreement" else _("determination certificate")
    return _("Your %(name)s %(number)s is ready: %(url)s Check it with code %(code)s at %(check)s") % {
        "name": name,
        "number": number,
        "url": _url("j", token),
        "code": anti_counterfeit,
        "check": settings.BASE_URL + "/v/",
    }


def handed_over(number: str, words: str) -> str:
    """The case left the quick procedures."""
    return _("Accident %(number)s was handed over to %(to)s. Everything you entered goes with it.") % {
        "number": number,
        "to": words,
    }


def declined(number: str) -> str:
    """The other party does not sign."""
    return _(
        "Accident %(number)s: the agreement was not signed. You can ask jointly for an officer, or call 122."
    ) % {"number": number}


def paid(number: str, fen: int) -> str:
    """Money was paid."""
    return _("Accident %(number)s: %(amount)s was paid to your account.") % {
        "number": number,
        "amount": format_yuan(fen),
    }


def other_account(number: str, token: str) -> str:
    """The bank returned a payout."""
    return _("Accident %(number)s: the bank returned your payout. Please check the account: %(url)s") % {
        "number": number,
        "url": _url("j", token),
    }


def name_account(number: str, token: str) -> str:
    """Money waits for an account."""
    return _("Accident %(number)s: your payout waits. Say where your money shall go: %(url)s") % {
        "number": number,
        "url": _url("j", token),
    }


def how_it_went(number: str, token: str) -> str:
    """Both sides are asked."""
    return _("Accident %(number)s is closed. How did it go? %(url)s") % {
        "number": number,
        "url": _url("j", token),
    }


def _url(kind: str, token: str) -> str:
    return f"{settings.BASE_URL}/{kind}/{token}"
