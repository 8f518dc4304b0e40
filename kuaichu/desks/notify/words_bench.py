"""Short messages about what officers ask and decide besides the determination itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kuaichu.desks.notify.words import url_of


def evidence_wanted(number: str, shot: str, until: str, token: str) -> str:
    """The officer needs one more photograph."""
    return _(
        "Accident %(number)s: the officer needs one more photograph (%(shot)s). Please send it by %(until)s, "
        "a drawing shows how: %(url)s"
    ) % {"number": number, "shot": shot, "until": until, "url": url_of("j", token)}


def objected(number: str, token: str) -> str:
    """Another party objects to the determination."""
    return _(
        "Accident %(number)s: the other party objects to the determination. You may answer; a second officer "
        "looks at it: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}


def objection_settled(number: str, token: str, *, upheld: bool) -> str:
    """What the second officer found."""
    made = (
        _("Accident %(number)s: the objection was found right. Another officer decides anew: %(url)s")
        if upheld
        else _("Accident %(number)s: the objection was not found right. The reasons: %(url)s")
    )
    return made % {"number": number, "url": url_of("j", token)}


def review_asked(number: str, token: str) -> str:
    """Another party has applied for review."""
    return _(
        "Accident %(number)s: a review of the determination was applied for. The higher unit looks at it and "
        "tells you the result: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}


def decided_anew(number: str, token: str) -> str:
    """The determination does not count any more; another follows."""
    return _(
        "Accident %(number)s: the determination was withdrawn; another officer decides the case anew. "
        "Payments that had not left wait: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}


def paper_revoked(number: str, paper: str, token: str) -> str:
    """A paper is no longer valid."""
    return _(
        "Accident %(number)s: paper %(paper)s was revoked and is no longer valid. "
        "The police continue: %(url)s"
    ) % {"number": number, "paper": paper, "url": url_of("j", token)}


def fast_asked(number: str, token: str, *, complete: bool) -> str:
    """A party, or by now each one, has applied for fast handling of an injury case."""
    made = (
        _("Accident %(number)s: all of you have applied for fast handling. An officer decides "
          "within 5 working days, if the head of the unit approves: %(url)s")
        if complete
        else _("Accident %(number)s: another party has applied for fast handling. It needs you as well, "
               "if nobody disputes what happened: %(url)s")
    )  # fmt: skip
    return made % {"number": number, "url": url_of("j", token)}


def fast_ended(number: str, token: str, *, refused: bool) -> str:
    """There is no fast handling of this case."""
    made = (
        _("Accident %(number)s: fast handling was not approved. The reasons: %(url)s The general "
          "procedure goes on.")
        if refused
        else _("Accident %(number)s: the application for fast handling was taken back. The general "
               "procedure goes on: %(url)s")
    )  # fmt: skip
    return made % {"number": number, "url": url_of("j", token)}


def recusal_asked(number: str, token: str) -> str:
    """Another party applies that the officer steps aside."""
    return _(
        "Accident %(number)s: another party has applied that the officer steps aside. The head of the unit "
        "decides within 2 working days: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}


def recusal_decided(number: str, token: str, *, granted: bool) -> str:
    """What the head of the unit decided about the officer."""
    made = (
        _("Accident %(number)s: the officer is replaced, another one is drawn by lot: %(url)s")
        if granted
        else _("Accident %(number)s: the officer is not replaced. The reasons: %(url)s")
    )
    return made % {"number": number, "url": url_of("j", token)}


def slip_answered(number: str, token: str) -> str:
    """The officer found no slip in the certificate."""
    return _(
        "Accident %(number)s: the officer found nothing to put right in the certificate. The reasons: %(url)s"
    ) % {"number": number, "url": url_of("j", token)}
