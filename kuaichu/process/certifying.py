"""What was decided becomes a paper: numbered once, made outside any transaction, issued once."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.documents.rendering import MissingGlyph, RenderRefused
from kuaichu.kernel.refusals import Upstream
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.queries import paper_facts


def make_certificate(event: Event) -> None:
    """The certificate of a signed determination."""
    _make(event, Paper.Kind.CERTIFICATE, UUID(event.fact.determination_id))


def make_agreement(event: Event) -> None:
    """The agreement all parties have signed."""
    _make(event, Paper.Kind.AGREEMENT, UUID(event.fact.agreement_id))


def make_correction(event: Event) -> None:
    """The certificate again, with its slips of the pen put right."""
    _make(event, Paper.Kind.CERTIFICATE, UUID(event.fact.correction_id))


def make_facts(event: Event) -> None:
    """The certificate of what could be established."""
    _make(event, Paper.Kind.FACTS, UUID(event.fact.ending_id))


def make_rejection(event: Event) -> None:
    """The notice that a case was not accepted."""
    _make(event, Paper.Kind.REJECTION, UUID(event.fact.ending_id))


def make_review_rejection(event: Event) -> None:
    """The notice that an application for review was not accepted."""
    _make(event, Paper.Kind.REJECTION, UUID(event.fact.recheck_id))


def make_conclusion(event: Event) -> None:
    """The conclusion of a review."""
    _make(event, Paper.Kind.CONCLUSION, UUID(event.fact.recheck_id))


def _make(event: Event, kind: str, basis_id: UUID) -> None:
    assert event.case_id is not None
    case_id, actor = event.case_id, system(event.city)
    paper = certificates.number(
        actor,
        case_id,
        kind=kind,
        basis_id=basis_id,
        build=lambda head: paper_facts.facts_of(case_id, kind, basis_id, head),
    )
    if paper.status != Paper.Status.NUMBERED:
        return
    try:
        made = certificates.make(paper, drawings=paper_facts.drawings_of(case_id, kind, basis_id))
    except RenderRefused as refused:  # trying again cannot help: held until somebody has put it right
        why = f"cannot_print:{refused.field}" if isinstance(refused, MissingGlyph) else "cannot_print"
        raise Upstream(_("This paper cannot be printed as it stands."), retry=False, code=why) from refused
    certificates.issue(actor, paper.pk, made)
