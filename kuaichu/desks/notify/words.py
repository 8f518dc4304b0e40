"""The short messages people get. Source strings in English; sent in the party's language.

No personal data beyond the receiver's own, and never a shop's or insurer's advertisement.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kuaichu.kernel.money import format_yuan
from kuaichu.people.field_roles import NAMES
from kuaichu.people.models import Account

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
    ) % {"url": url_of("j", token)}


def join_link(number: str, token: str) -> str:
    """The invitation to the other party."""
    return _(
        "You are invited as a party to traffic accident %(number)s. "
        "Read everything and confirm your part: %(url)s"
    ) % {
        "number": number,
        "url": url_of("j", token),
    }


def own_link(number: str, token: str) -> str:
    """The way back into one's own case."""
    return _("Your way back to traffic accident %(number)s: %(url)s A code to this phone opens it.") % {
        "number": number,
        "url": url_of("j", token),
    }


def code(digits: str, minutes: int) -> str:
    """A one-time code."""
    return _("Your Kuaichu code is %(digits)s, valid for %(minutes)d minutes. Tell nobody.") % {
        "digits": digits,
        "minutes": minutes,
    }


def signing_code(digits: str, number: str, minutes: int) -> str:
    """A code that stands for a signature."""
    return _(
        "%(digits)s signs the agreement on traffic accident %(number)s, valid for %(minutes)d minutes. "
        "Nobody may press you: enter it only if you have read and want to sign. Tell nobody."
    ) % {"digits": digits, "number": number, "minutes": minutes}


def changed(number: str, token: str) -> str:
    """Something was changed after this party had confirmed."""
    return _(
        "Traffic accident %(number)s: an entry was changed after you had confirmed. Please read it: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}


def certificate(kind: str, number: str, anti_counterfeit: str, token: str) -> str:
    """A paper was issued."""
    name = {
        "agreement": _("self-negotiation agreement"),
        "facts_certificate": _("certificate of facts"),
        "rejection_notice": _("notice of non-acceptance"),
        "review_conclusion": _("conclusion of the review"),
        "summary_certificate": _("determination certificate"),
        "general_certificate": _("determination certificate"),
    }.get(kind, _("paper"))
    return _("Your %(name)s %(number)s is ready: %(url)s Check it with code %(code)s at %(check)s") % {
        "name": name,
        "number": number,
        "url": url_of("j", token),
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
        "url": url_of("j", token),
    }


def name_account(number: str, token: str) -> str:
    """Money waits for an account."""
    return _("Accident %(number)s: your payout waits. Say where your money shall go: %(url)s") % {
        "number": number,
        "url": url_of("j", token),
    }


def unfinished(number: str, token: str) -> str:
    """The road is clear, the rest was to follow at home, and the time for it is over."""
    return _(
        "Accident %(number)s: your part is not finished yet. Finish it, or ask for an officer: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}


def other_unfinished(number: str, token: str) -> str:
    """The same to who is ready: nobody has to wait for ever."""
    return _(
        "Accident %(number)s: the other side was reminded to finish its part. "
        "You may ask for an officer: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}


def how_it_went(number: str, token: str) -> str:
    """Both sides are asked."""
    return _("Accident %(number)s is closed. How did it go? %(url)s") % {
        "number": number,
        "url": url_of("j", token),
    }


def late(number: str, insurer: str, stage: str) -> str:
    """An insurer has let its promised time pass."""
    made = {
        "accept": _("Accident %(number)s: %(insurer)s has not accepted the claim in time."),
        "assess": _("Accident %(number)s: %(insurer)s has not assessed the damage in time."),
    }
    told = made[stage] % {"number": number, "insurer": insurer}
    return told + " " + _("It was asked for the reason and a new date. You need to do nothing.")


def delayed(number: str, insurer: str, why: str, until: str) -> str:
    """An insurer explained a delay."""
    return _("Accident %(number)s: %(insurer)s needs until %(until)s because %(why)s.") % {
        "number": number,
        "insurer": insurer,
        "why": why,
        "until": until,
    }


def injury(number: str, token: str) -> str:
    """Somebody is hurt after all."""
    return _(
        "Accident %(number)s: an injury was reported. The police continue; what you signed about the "
        "vehicles does not take away any right that follows from the injury. Pain? Call 120. %(url)s"
    ) % {"number": number, "url": url_of("j", token)}


def rights_answered(number: str, token: str) -> str:
    """An answer about one's data."""
    return _("Accident %(number)s: your request about your data was answered: %(url)s") % {
        "number": number,
        "url": url_of("j", token),
    }


def erased(number: str) -> str:
    """Data were deleted on request."""
    return _("Report %(number)s: your data were deleted as you asked.") % {"number": number}


def url_of(kind: str, token: str) -> str:
    """The address of a page that a message names."""
    return f"{settings.BASE_URL}/{kind}/{token}"


def facility_struck(number: str, what: str, place: str) -> str:
    """To whoever keeps the guardrails and poles of the city."""
    return _("Traffic police: %(what)s damaged at %(place)s, accident %(number)s.") % {
        "what": what,
        "place": place or "?",
        "number": number,
    }


def task_offered(place: str, task_id: str, seconds: int) -> str:
    """To somebody on duty who is asked to go to an accident."""
    return _("Traffic accident: %(place)s. Can you go? Answer within %(seconds)d s: %(url)s") % {
        "place": place or "?",
        "seconds": seconds,
        "url": url_of("field/tasks", task_id),
    }


def somebody_comes(number: str, role: str, comes: Account, minutes: int) -> str:
    """To the parties: who comes, and how to know them."""
    unit = comes.organisation.name if comes.organisation else ""
    return _(
        "Accident %(number)s: %(role)s, no. %(badge)s of %(unit)s, comes in about %(minutes)d minutes. "
        "Ask for the identity card and scan its code. Pay nothing to anybody."
    ) % {
        "number": number,
        "role": NAMES.get(role, ""),
        "badge": comes.badge,
        "unit": unit,
        "minutes": minutes,
    }
