"""The frozen facts of papers of running text: certificate of facts, refusals, conclusion of a review."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.cases.plates import display
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import CERTIFICATES, Paper
from kuaichu.desks.documents.papers import notices
from kuaichu.desks.documents.papers.facts import PARTY_CODES
from kuaichu.desks.documents.rules import rules
from kuaichu.desks.liability.models import Determination, Ending, Recheck
from kuaichu.people.models import Account

KINDS: Final = (Paper.Kind.FACTS, Paper.Kind.REJECTION, Paper.Kind.CONCLUSION)
GROUNDS_ZH: Final = {
    "not_traffic": "经审查，本案不属于道路交通事故。",
    "not_here": "经审查，本案不属于本单位管辖。",
    "not_proven": "经核查，无证据证明道路交通事故发生。",
    "decided": "经审查，本案已由其他机关处理完毕。",
}
"""D146 Art. 18, as the notice says it."""
CONCLUSIONS_ZH: Final = {
    "upheld": "原道路交通事故认定事实清楚、证据确实充分、适用法律正确、责任划分公正、程序合法，予以维持。",
    "upheld_corrected": "原道路交通事故认定存在不影响责任划分的瑕疵，经补正后予以维持。",
    "redetermine": (
        "原道路交通事故认定应当重新调查、认定，责令原办案单位自收到本结论之日起十日内（工作日）重新作出认定。"
    ),
}
"""D146 Art. 76, 77, 79."""
_BY_71 = "根据《道路交通事故处理程序规定》第七十一条的规定，不予受理。"
REFUSED_ZH: Final = {
    "late": "复核申请超过道路交通事故认定书送达之日起三日（工作日）的期限，" + _BY_71,
    "second": "同一道路交通事故的复核以一次为限，" + _BY_71,
}


def facts_of(case_id: UUID, kind: str, basis_id: UUID, head: Head) -> notices.Notice:
    """The facts of this kind of paper, to be frozen under `head`."""
    case = files.case(case_id)
    if kind == Paper.Kind.FACTS:
        return _facts(case, Ending.objects.get(pk=basis_id), head)
    if kind == Paper.Kind.CONCLUSION:
        return _conclusion(case, Recheck.objects.select_related("determination").get(pk=basis_id), head)
    ending = Ending.objects.filter(pk=basis_id).first()
    if ending is not None:
        return _rejection(case, ending, head)
    return _review_rejection(case, Recheck.objects.get(pk=basis_id), head)


def _facts(case: Case, ending: Ending, head: Head) -> notices.FactsCertificate:
    own = rules(case.city)
    return notices.FactsCertificate(
        **common(case, head),
        paragraphs=(
            ending.facts_found,
            ending.reasons,
            "根据《道路交通事故处理程序规定》第六十七条的规定，道路交通事故基本事实无法查清、成因无法判定，特此证明。",
        ),
        notices=(notices.FACTS_NOTICE, notices.REVIEW_NOTICE.replace("{review_body}", own.review_body)),
        officers=(officer_name(ending.officer_id),),
    )


def _rejection(case: Case, ending: Ending, head: Head) -> notices.RejectionNotice:
    reasons = GROUNDS_ZH.get(ending.ground, "")
    law = "根据《道路交通事故处理程序规定》第十八条的规定，决定不予受理。"
    return notices.RejectionNotice(
        **common(case, head),
        paragraphs=(reasons, ending.reasons, law),
        notices=(notices.REJECTION_NOTICE.replace("{review_body}", rules(case.city).review_body),),
        officers=(officer_name(ending.officer_id),),
    )


def _review_rejection(case: Case, row: Recheck, head: Head) -> notices.RejectionNotice:
    asked = f"{_applicant(row)}向本单位申请复核，本单位已经收到。"
    return notices.RejectionNotice(
        **common(case, head, row),
        paragraphs=(asked, REFUSED_ZH[row.answer["why"]], str(row.answer["words"])),
        notices=("当事人可以就损害赔偿申请调解或者向人民法院提起民事诉讼。",),
        officers=(officer_name(row.officer_id),),
    )


def _conclusion(case: Case, row: Recheck, head: Head) -> notices.ReviewConclusion:
    asked = f"{_applicant(row)}申请复核，请求：{row.told['request']}。理由：{row.told['words']}"
    return notices.ReviewConclusion(
        **common(case, head, row),
        paragraphs=(asked, f"经复核：{row.answer['words']}", CONCLUSIONS_ZH[row.outcome]),
        notices=(notices.CONCLUSION_NOTICE,),
        officers=(officer_name(row.officer_id), officer_name(row.second_id)),
    )


def common(case: Case, head: Head, review: Recheck | None = None) -> dict[str, Any]:
    """What every paper of running text states; a review's comes from the higher unit."""
    own = rules(case.city)
    return {
        "paper_id": str(head.paper_id),
        "number": head.number,
        "issued_at": head.issued_at,
        "unit": own.review_body if review is not None and own.review_body else own.unit,
        "case_number": case.number,
        "occurred_at": case.happened_at,
        "place": case.place,
        "parties": _parties(case),
        "regarding": _regarding(review.determination) if review is not None else "",
    }


def _parties(case: Case) -> tuple[notices.NoticeParty, ...]:
    vehicles = files.vehicles(case.pk)
    return tuple(
        notices.NoticeParty(
            name=p.name,
            document_no=p.id_number,
            plate=display(vehicles[p.label].plate) if vehicles[p.label].plate else "",
        )
        for p in files.parties(case.pk)
    )


def _regarding(row: Determination) -> str:
    paper = Paper.objects.filter(basis_id=row.pk, kind__in=CERTIFICATES).first()
    return f"{paper.number}道路交通事故认定书" if paper else ""


def _applicant(row: Recheck) -> str:
    labels = [p.label for p in files.parties(row.case_id)]
    return f"当事人{PARTY_CODES[labels.index(row.party.label)]}" if row.party else "当事人"


def officer_name(account_id: UUID | None) -> str:
    """An officer as papers name one: name and badge."""
    assert account_id is not None, "somebody decided"
    account = Account.objects.get(pk=account_id)
    return f"{account.display_name}（警号 {account.badge}）"
