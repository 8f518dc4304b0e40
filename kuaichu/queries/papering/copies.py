"""Reading copies of issued papers: for whoever may read the paper itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from kuaichu.desks.documents.models import Paper
from kuaichu.desks.documents.papers.reading import Style, reading_copy
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries.verdicts import facts_of


def reading_pdf(paper: Paper, style: str) -> bytes:
    """The copy as PDF; raises NotFound for an unknown style, and for a paper whose facts are damaged."""
    facts = facts_of(paper)
    if style not in set(Style) or facts is None or paper.status == Paper.Status.NUMBERED:
        raise NotFound(_("There is no such paper in this case."))
    return reading_copy(
        facts,
        code=paper.code,
        check_at=f"{urlsplit(settings.BASE_URL).netloc}/v",
        style=Style(style),
        timestamp=paper.numbered_at,
    )
