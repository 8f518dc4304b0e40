"""Facts of the papers of mediation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import PaperOrder
from kuaichu.desks.documents.papers import mediation_papers
from kuaichu.desks.documents.papers.case_paper import Amount, Person
from kuaichu.desks.documents.papers.facts import PARTY_CODES, BadFacts
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.kernel.refusals import Invalid
from kuaichu.queries.paper_words import percent_zh
from kuaichu.queries.papering import heads


def agreement(case: Case, order: PaperOrder, head: Head) -> mediation_papers.MediationAgreement:
    """损害赔偿调解书; raises Invalid at `promises` for more than was lost, or for who is no party."""
    stated, told = heads.head_of(case, head, officer=heads.officer_of(order)), order.told
    names = dict(zip(PARTY_CODES, stated["parties"], strict=False))
    try:
        return mediation_papers.MediationAgreement(
            **stated,
            found=told["found"],
            losses=tuple(Amount(**one) for one in told["losses"]),
            shares=_shares(case, len(names)),
            promises=tuple(_promise(one, told, names) for one in told["promises"]),
            others=told["others"],
            mediated_at=order.ordered_at,
        )
    except (BadFacts, KeyError) as error:
        text = _("Payments between parties of this case, and not more than the losses.")
        raise Invalid(text, fields={"promises": text}) from error


def _promise(one: dict[str, Any], told: dict[str, Any], names: dict[str, Person]) -> mediation_papers.Promise:
    by, to = names[one["by"]].name, names[one["to"]].name
    return mediation_papers.Promise(by=by, to=to, fen=one["fen"], how=told["how"], until=told["until"])


def _shares(case: Case, count: int) -> tuple[str, ...]:
    """Each party's civil share as ruled or agreed; "—" while it is open."""
    ruled = Determination.objects.filter(case=case, status=Determination.Status.SIGNED).first()
    agreed = Agreement.objects.filter(case=case, status=Agreement.Status.SIGNED).first()
    found: dict[str, str] = (ruled.shares if ruled else agreed.shares if agreed else None) or {}
    labels = "ABCDEFGHIJ"[:count]
    return tuple(percent_zh(found[label]) if label in found else "—" for label in labels)


def end(case: Case, order: PaperOrder, head: Head) -> mediation_papers.MediationEnd:
    """调解终结书."""
    return mediation_papers.MediationEnd(
        **heads.head_of(case, head, officer=heads.officer_of(order)),
        began_at=_moment(order, "began_at"),
        ended_at=order.ordered_at,
        regarding=heads.certificate_name(case.pk),
        reason=order.told["reason"],
    )


def record(case: Case, order: PaperOrder, head: Head) -> mediation_papers.MediationRecord:
    """调解记录; raises Invalid at `ended_at` for an end before the beginning."""
    told = order.told
    began, ended = span(order)
    return mediation_papers.MediationRecord(
        **heads.head_of(case, head, officer=heads.officer_of(order)),
        began_at=began,
        ended_at=ended,
        where=told["where"],
        present=tuple(told["present"]),
        told=told["told"],
        course=tuple(told["course"]),
        result=told["result"],
    )


def span(order: PaperOrder) -> tuple[datetime, datetime]:
    """Beginning and end as told; raises Invalid at `ended_at`."""
    began, ended = _moment(order, "began_at"), _moment(order, "ended_at")
    if ended < began:
        text = _("The end lies before the beginning.")
        raise Invalid(text, fields={"ended_at": text})
    return began, ended


def _moment(order: PaperOrder, name: str) -> datetime:
    return datetime.fromisoformat(order.told[name])
