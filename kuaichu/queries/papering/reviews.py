"""Facts of the papers of a review: the application as the party wrote it, and its acceptance."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kuaichu.cases import files
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import CERTIFICATES, Paper
from kuaichu.desks.documents.papers import determination_papers
from kuaichu.desks.documents.rules import rules
from kuaichu.desks.liability.models import Recheck
from kuaichu.queries.bench.notice_facts import officer_name
from kuaichu.queries.papering import heads

ACCEPTED = (
    "你提出的复核申请，本单位已经收到。根据《道路交通事故处理程序规定》第七十三条的规定，收到之日即为受理之日。",
    "本单位将自受理之日起三十日内进行审查，作出复核结论；必要时召集各方当事人到场，听取意见。",
    "受理后任何一方就本起事故向人民法院提起诉讼并经受理的，请及时告知本单位。",
)
"""D146 Art. 73-75."""


def application(recheck_id: UUID, head: Head) -> determination_papers.ReviewApplication:
    """复核申请书."""
    row = Recheck.objects.select_related("determination", "party").get(pk=recheck_id)
    assert row.party is not None, "a review is applied for by a party"
    case, told, label = files.case(row.case_id), row.told, row.party.label
    served = (row.determination.served or {}).get(label)
    signed = row.determination.signed_at or row.requested_at
    return determination_papers.ReviewApplication(
        **heads.head_of(case, head, shown=label),
        applicant=heads.labelled(case.pk, label),
        regarding=_regarding(row),
        served_at=datetime.fromisoformat(served) if served else signed,
        request=told["request"],
        reasons=told["words"],
        evidence=told.get("evidence", ""),
        to=rules(case.city).review_body or "上一级公安机关交通管理部门",
        applied_at=row.requested_at,
    )


def acceptance(recheck_id: UUID, head: Head) -> determination_papers.ReviewAcceptance:
    """复核受理通知书 of the higher unit."""
    row = Recheck.objects.select_related("determination", "party").get(pk=recheck_id)
    assert row.party is not None, "a review is applied for by a party"
    case = files.case(row.case_id)
    own = rules(case.city)
    return determination_papers.ReviewAcceptance(
        **heads.head_of(case, head, shown="plates")
        | {"unit": own.review_body or own.unit, "officers": (officer_name(row.officer_id),)},
        applicant=heads.labelled(case.pk, row.party.label).name,
        regarding=_regarding(row),
        received_at=row.requested_at,
        decide_by=row.due_at,
        paragraphs=ACCEPTED,
    )


def _regarding(row: Recheck) -> str:
    papers = Paper.objects.filter(case_id=row.case_id, kind__in=CERTIFICATES)
    paper = papers.filter(basis_id=row.determination_id).first() or papers.order_by("-numbered_at").first()
    return heads.titled(paper) if paper else "道路交通事故认定书"
