"""What the facts of the bench are called in the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kuaichu.people.posts import POSTS


def _drawn(among: int) -> str:
    told = ngettext(
        "Drawn by lot: %(n)s officer was free.",
        "An officer was drawn by lot among %(n)s who were free.",
        among,
    )
    return told % {"n": among}


def _post(code: str) -> str:
    return str(POSTS[code].name) if code in POSTS else code


BENCH_WORDS: Final[dict[str, tuple[str, Callable[[dict[str, Any]], str]]]] = {
    "centre.drawn": ("police", lambda v: _drawn(v["candidates"])),
    "centre.called_in": (
        "users",
        lambda v: _("The centre sees to it: %(post)s.") % {"post": _post(v["post"])},
    ),
    "centre.errand_done": (
        "check",
        lambda v: _("%(post)s: seen to.") % {"post": _post(v["post"])},
    ),
    "centre.passed": ("hourglass", lambda _v: _("It is drawn again for another officer.")),
    "liability.evidence_asked": (
        "camera",
        lambda v: _("The officer asked party %(label)s for one more photograph.") % v,
    ),
    "liability.evidence_settled": (
        "camera",
        lambda v: (
            _("The photograph of party %(label)s that the officer asked for is there.") % v
            if v["how"] == "came"
            else _("The photograph of party %(label)s did not come in time.") % v
        ),
    ),
    "liability.facts_certified": (
        "stamp",
        lambda _v: _("The facts cannot be established: what was found was certified."),
    ),
    "liability.not_accepted": ("stop", lambda _v: _("The case was not accepted, with written reasons.")),
    "liability.transferred": ("external", lambda _v: _("Another unit of the traffic police decides.")),
    "liability.file_received": ("check", lambda _v: _("The other unit has confirmed that it has the file.")),
    "liability.submitted": ("hourglass", lambda _v: _("The ruling waits for a second officer.")),
    "liability.sent_back": ("hourglass", lambda _v: _("The second officer sent the ruling back.")),
    "liability.corrected": ("pen", lambda _v: _("A slip of the pen in the certificate was put right.")),
    "liability.objected": ("hand", lambda v: _("Party %(label)s objects to the determination.") % v),
    "liability.objection_answered": ("chat", lambda v: _("Party %(label)s answered the objection.") % v),
    "liability.objection_settled": (
        "scale",
        lambda v: (
            _("The objection was found right; another officer decides anew.")
            if v["upheld"]
            else _("The objection was not found right.")
        ),
    ),
    "liability.review_asked": ("hand", lambda v: _("Party %(label)s applied for review.") % v),
    "liability.review_withdrawn": ("stop", lambda v: _("Party %(label)s took its application back.") % v),
    "liability.review_not_accepted": (
        "stop",
        lambda _v: _("The application for review was not accepted, in writing."),
    ),
    "liability.review_concluded": (
        "scale",
        lambda v: (
            _("Review concluded: the case is determined anew.")
            if v["outcome"] == "redetermine"
            else _("Review concluded: the determination stands.")
        ),
    ),
    "liability.fast_asked": (
        "hand",
        lambda v: (
            (
                _("Party %(label)s applied for fast handling; now all have.")
                if v["complete"]
                else _("Party %(label)s applied for fast handling.")
            )
            % v
        ),
    ),
    "liability.fast_withdrawn": (
        "stop",
        lambda v: _("Party %(label)s took the application for fast handling back.") % v,
    ),
    "liability.fast_refused": (
        "stop",
        lambda _v: _("The head of the unit does not approve fast handling, in writing."),
    ),
    "liability.recusal_asked": (
        "hand",
        lambda v: _("Party %(label)s applied that the officer steps aside.") % v,
    ),
    "liability.recusal_decided": (
        "scale",
        lambda v: (
            _("The head of the unit replaced the officer.")
            if v["granted"]
            else _("The head of the unit does not replace the officer.")
        ),
    ),
    "liability.slip_told": (
        "document",
        lambda v: _("Party %(label)s says that something in the certificate is written wrongly.") % v,
    ),
    "liability.slip_answered": ("check", lambda _v: _("The officer found nothing to put right.")),
    "liability.recused": (
        "police",
        lambda _v: _("The officer stepped aside; another officer decides anew."),
    ),
    "liability.ruling_withdrawn": ("stop", lambda _v: _("The determination counts no more.")),
    "documents.revoked": ("stop", lambda v: _("Paper no. %(number)s was revoked.") % v),
    "documents.superseded": ("paper", lambda v: _("Paper no. %(number)s was replaced by a newer one.") % v),
    "claims.readjusted": ("calculator", lambda _v: _("The money follows the new decision.")),
}
