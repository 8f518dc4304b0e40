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
