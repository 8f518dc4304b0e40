"""Facts of the papers with which the work begins, and of the papers between the parties and the police."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.cases.receipts import newest as newest_receipt
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import Paper, PaperOrder, Service
from kuaichu.desks.documents.papers import determination_papers, first_papers, mediation_papers
from kuaichu.desks.documents.papers.case_paper import Person
from kuaichu.desks.documents.rules import rules
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.queries.papering import heads

REPORTED: Final = {"call": "电话报警（110、122）", "field": "现场处置时登记"}
WAYS: Final = {
    Service.Way.ELECTRONIC: "电子送达（经本人同意）",
    Service.Way.COUNTER: "直接送达（服务点打印）",
    Service.Way.POST: "邮寄送达",
}


def acceptance(case: Case, order: PaperOrder, head: Head) -> first_papers.AcceptanceRecord:
    """受案登记表: the report as it came in."""
    stated = heads.head_of(case, head, officer=heads.officer_of(order))
    reporter = next(iter(stated["parties"]), Person(name="未报姓名"))
    return first_papers.AcceptanceRecord(
        **stated,
        report_mode=REPORTED.get(case.source, "互联网在线报案"),
        reported_at=case.opened_at,
        reporter=reporter.name,
        reporter_phone=reporter.phone,
        casualties=order.told["casualties"],
        dangerous_goods=order.told["dangerous_goods"],
        fled=order.told["fled"],
        opinion=order.told["opinion"],
    )


def rights(case: Case, order: PaperOrder, head: Head) -> first_papers.RightsNotice:
    """权利义务告知书 with the contact card of the officer who asked."""
    own = rules(case.city)
    return first_papers.RightsNotice(
        **heads.head_of(case, head, officer=heads.officer_of(order), shown="plates"),
        office=own.office or own.unit,
        phone=own.phone,
        supervision_phone=own.supervision_phone,
    )


def clear(case: Case, order: PaperOrder, head: Head) -> first_papers.ClearInstruction:
    """撤离现场通知; raises WrongState before anything was photographed."""
    count = len(heads.evidence_of(case.pk))
    if not count:
        raise WrongState(_("Nothing is secured yet: there is no photograph in this case."))
    receipt = newest_receipt(case.pk)
    return first_papers.ClearInstruction(
        **heads.head_of(case, head, officer=heads.officer_of(order), shown="plates"),
        told_at=order.ordered_at,
        fixed=f"现场照片{count}张" + (f"（证据回执第{receipt.number}号）" if receipt else ""),
    )


def hand_over(case: Case, order: PaperOrder, head: Head) -> first_papers.HandOverForm:
    """案件移交表 with what goes along."""
    stated, told = heads.head_of(case, head, officer=heads.officer_of(order)), order.told
    papers = Paper.objects.filter(case=case).exclude(status=Paper.Status.NUMBERED).order_by("numbered_at")
    counted = [
        ("现场照片（电子数据）", len(heads.evidence_of(case.pk)), ""),
        ("当事人陈述", len([p for p in stated["parties"] if p.phone]), ""),
        *((heads.titled(paper), 1, "") for paper in papers),
    ]
    return first_papers.HandOverForm(
        **stated,
        handed_at=order.ordered_at,
        to=told["to"],
        reasons=tuple(told["reasons"]),
        done_so_far=told["done_so_far"],
        items=tuple(first_papers.HandedItem(name=n, count=k, note=t) for n, k, t in counted if k),
    )


def supplement(case: Case, order: PaperOrder, head: Head) -> determination_papers.Supplement:
    """补充说明; raises WrongState without a certificate."""
    regarding = heads.certificate_name(case.pk)
    if not regarding:
        raise WrongState(_("There is no certificate of this case yet."))
    return determination_papers.Supplement(
        **heads.head_of(case, head, officer=heads.officer_of(order)),
        regarding=regarding,
        paragraphs=(order.told["words"],),
    )


def service(case: Case, order: PaperOrder, head: Head) -> determination_papers.ProofOfService:
    """送达回证 from the record of service; raises Invalid at `paper`, WrongState while it is not served."""
    paper = Paper.objects.filter(pk=order.told["paper"], case=case).first()
    if paper is None:
        text = _("There is no such paper in this case.")
        raise Invalid(text, fields={"paper": text})
    party = heads.party_of(case.pk, order.told["party"])
    row = Service.objects.filter(paper=paper, party_id=party.pk).first()
    if row is None or (row.served_at is None and row.status != Service.Status.REFUSED):
        raise WrongState(_("This paper has not been served on this party yet."))
    refused = row.status == Service.Status.REFUSED
    sent = row.sent_at or row.served_at or row.received_at or paper.issued_at or paper.numbered_at
    proof = [f"文件 SHA-256 {row.file_sha256}"] + ([f"邮件号 {row.tracking}"] if row.tracking else [])
    return determination_papers.ProofOfService(
        **heads.head_of(case, head, officer=heads.officer_of(order), shown=party.label),
        served=heads.titled(paper),
        recipient=heads.labelled(case.pk, party.label),
        manner=WAYS[Service.Way(row.way)],
        sent_at=sent,
        received_at=None if refused else max(row.received_at or row.served_at or sent, sent),
        refusal=(row.note or "拒绝接收") if refused else "",
        proof="；".join(proof),
    )


def proxy(case: Case, order: PaperOrder, head: Head) -> mediation_papers.PowerOfAttorney:
    """授权委托书 for a party to sign; raises WrongState for an agent who is the party."""
    told, principal = order.told, heads.labelled(case.pk, order.told["party"])
    if told["agent_no"] == principal.document_no:
        raise WrongState(_("Nobody is their own agent."))
    return mediation_papers.PowerOfAttorney(
        **heads.head_of(case, head, shown=told["party"]),
        principal=principal,
        agent=Person(name=told["agent"], document_no=told["agent_no"], phone=told["agent_phone"]),
        relation=told["relation"],
        matters=tuple(told["matters"]),
        special=tuple(told["special"]),
        until=told["until"],
    )
