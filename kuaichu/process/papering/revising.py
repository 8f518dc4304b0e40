"""What a paper in force still lacks is made good: a time stamp after an outage, receipts in their fields."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.documents.models import CERTIFICATES, Paper
from kuaichu.desks.documents.ports import SealUnavailable, TimeStampUnavailable
from kuaichu.desks.documents.signatures import revisions
from kuaichu.kernel.prepared import find_sure
from kuaichu.kernel.refusals import Upstream
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system

UNSTAMPED = "B-B"


def make_stamp_good(event: Event) -> None:
    """The time-stamp authority was away when the paper was sealed: it stays due until it answers."""
    paper = find_sure(Paper, pk=UUID(event.fact.paper_id))
    try:
        new = revisions.stamped(paper)
    except TimeStampUnavailable as away:
        raise Upstream(_("The time-stamp authority does not answer."), code="timestamp") from away
    _revise(event, paper, new)


def enter_receipt(event: Event) -> None:
    """A party acknowledged the certificate: its receipt becomes a revision of the paper it received."""
    assert event.case_id is not None
    issued = Paper.objects.filter(case_id=event.case_id, kind__in=CERTIFICATES, status=Paper.Status.ISSUED)
    paper = issued.order_by("-numbered_at").first()
    if paper is None:
        return
    party_id = UUID(event.fact.party_id)
    place = [party.pk for party in files.parties(event.case_id)].index(party_id) + 1
    try:
        new = revisions.receipted(paper, place=place, drawing=None)
    except SealUnavailable as away:
        raise Upstream(_("The seal system does not answer. Try again in a few minutes.")) from away
    _revise(event, paper, new)


def _revise(event: Event, paper: Paper, new: revisions.Revision | None) -> None:
    """Put it in force; when another revision came first, this one is made again from that."""
    if new is None:
        return
    after = revisions.revise(system(event.city), paper.pk, new)
    if after.file_sha256 != new.made.sha256:
        raise Upstream("Another revision of this paper came first.", code="revised")
