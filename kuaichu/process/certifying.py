"""What was decided becomes a paper: numbered once, made outside any transaction, issued once."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.models import PARTIES, POLICE, Paper, PaperOrder
from kuaichu.desks.documents.rendering import MissingGlyph, RenderRefused
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks import reviews
from kuaichu.kernel.refusals import Upstream
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.queries import paper_facts


def make_certificate(event: Event) -> None:
    """The certificate of a signed determination."""
    _make(event, _certificate_of(event), UUID(event.fact.determination_id))


def make_agreement(event: Event) -> None:
    """The agreement all parties have signed."""
    _make(event, Paper.Kind.AGREEMENT, UUID(event.fact.agreement_id))


def make_correction(event: Event) -> None:
    """The certificate again, with its slips of the pen put right."""
    _make(event, _certificate_of(event), UUID(event.fact.correction_id))


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


def make_review_application(event: Event) -> None:
    """The application for review as the party wrote it, for the party and the police."""
    row = Recheck.objects.select_related("party").get(pk=event.fact.recheck_id)
    label = row.party.label if row.party else ""
    _make(event, Paper.Kind.REVIEW_APPLICATION, row.pk, readers=label or POLICE)


def make_review_acceptance(event: Event) -> None:
    """The notice that an application which must be accepted was taken up, to all parties."""
    row = Recheck.objects.get(pk=event.fact.recheck_id)
    if row.kind == Recheck.Kind.REVIEW and not reviews.refusable(row):
        _make(event, Paper.Kind.REVIEW_ACCEPTANCE, row.pk)


def make_ordered(event: Event) -> None:
    """The paper somebody asked for."""
    order = PaperOrder.objects.get(pk=event.fact.order_id)
    _make(event, order.kind, order.pk, readers=order.readers)


def _certificate_of(event: Event) -> str:
    """Which certificate: a case that demands an officer of grade is none of the summary procedure."""
    grade = Determination.objects.values_list("grade", flat=True).get(pk=event.fact.determination_id)
    return Paper.Kind.GENERAL if grade else Paper.Kind.CERTIFICATE


def _make(event: Event, kind: str, basis_id: UUID, readers: str = PARTIES) -> None:
    assert event.case_id is not None
    case_id, actor = event.case_id, system(event.city)
    paper = certificates.number(
        actor,
        case_id,
        kind=kind,
        basis_id=basis_id,
        build=lambda head: paper_facts.facts_of(case_id, kind, basis_id, head),
        readers=readers,
    )
    if paper.status != Paper.Status.NUMBERED:
        return
    try:
        made = certificates.make(paper, drawings=paper_facts.drawings_of(case_id, kind, basis_id))
    except RenderRefused as refused:  # trying again cannot help: held until somebody has put it right
        why = f"cannot_print:{refused.field}" if isinstance(refused, MissingGlyph) else "cannot_print"
        raise Upstream(_("This paper cannot be printed as it stands."), retry=False, code=why) from refused
    certificates.issue(actor, paper.pk, made)
