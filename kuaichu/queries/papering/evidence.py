"""Facts of the papers about electronic evidence, with the pictures that belong to them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case, Evidence, Party
from kuaichu.cases.receipts import newest as newest_receipt
from kuaichu.cases.shared_copies import may_see
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import PaperOrder
from kuaichu.desks.documents.papers import evidence_papers
from kuaichu.kernel.refusals import WrongState
from kuaichu.people.masks import mask_name
from kuaichu.queries.papering import heads
from kuaichu.queries.papering.settling import span

MASKED = "他人的姓名、证件号码、联系方式，照片中与本案无关的面部和号牌"
_LONG_NUMBER = re.compile(r"[0-9Xx]{7,}")


def evidence_list(case: Case, order: PaperOrder, head: Head) -> evidence_papers.EvidenceList:
    """电子数据清单 of all photographs; raises WrongState without one."""
    rows, receipt = _some(heads.evidence_of(case.pk)), newest_receipt(case.pk)
    return evidence_papers.EvidenceList(
        **heads.head_of(case, head, officer=heads.officer_of(order), shown="plates"),
        holder="、".join(p.name for p in heads.people(case.pk, "plates")),
        items=_items(case, rows),
        receipt=f"证据回执第{receipt.number}号" if receipt else "",
        no_signature="数据由当事人从本人已验证的手机在线上传，未到场签名。",
    )


def extraction(case: Case, order: PaperOrder, head: Head) -> evidence_papers.ExtractionRecord:
    """电子数据提取笔录 of what one party holds; raises WrongState for nothing, Invalid at `ended_at`."""
    told, party = order.told, heads.party_of(case.pk, order.told["party"])
    began, ended = span(order)
    rows = _some([row for row in heads.evidence_of(case.pk) if row.party_id == party.pk])
    return evidence_papers.ExtractionRecord(
        **heads.head_of(case, head, officer=heads.officer_of(order)),
        holder=heads.labelled(case.pk, party.label).name,
        items=_items(case, rows),
        began_at=began,
        ended_at=ended,
        where=told["where"],
        reason=told["reason"],
        method=told["method"],
        course=tuple(told["course"]),
        witness=told["witness"],
    )


def copy(case: Case, order: PaperOrder, head: Head) -> evidence_papers.CertifiedCopy:
    """证据复制件 for one party: what it may see, others' secrets covered; raises WrongState for nothing."""
    party = heads.party_of(case.pk, order.told["party"])
    rows = visible(case, party)
    texts = _statements(case, party)
    if not rows and not texts:
        raise WrongState(_("There is nothing in this case that this party could be given."))
    return evidence_papers.CertifiedCopy(
        **heads.head_of(case, head, officer=heads.officer_of(order), shown=party.label),
        applicant=heads.labelled(case.pk, party.label).name,
        purpose=order.told["purpose"],
        copied=texts,
        photos=tuple(heads.copies(rows)),
        masked=MASKED,
    )


def photo_sheet(case: Case, order: PaperOrder, head: Head) -> evidence_papers.PhotoSheet:
    """道路交通事故照片, bystanders covered; raises WrongState without a photograph."""
    rows = _some(sheet_rows(case))
    return evidence_papers.PhotoSheet(
        **heads.head_of(case, head, officer=heads.officer_of(order), shown="plates"),
        regarding=heads.certificate_name(case.pk),
        photos=tuple(heads.copies(rows)),
    )


def sheet_rows(case: Case) -> list[Evidence]:
    """The photographs that every party may see."""
    return [row for row in heads.evidence_of(case.pk) if row.shot not in ("licence", "medical")]


def visible(case: Case, party: Party) -> list[Evidence]:
    """The photographs this party may see: nobody else's papers or medical records."""
    rows = heads.evidence_of(case.pk)
    return [r for r in rows if may_see(r, party) and (r.shot != "medical" or r.party_id == party.pk)]


def _statements(case: Case, party: Party) -> tuple[evidence_papers.CopiedText, ...]:
    """What each said in its own words, long numbers covered; others by masked name."""
    return tuple(
        evidence_papers.CopiedText(
            name=f"当事人{heads.code_of(case.pk, p.label)}陈述", lines=(_said(p, party),)
        )
        for p in files.parties(case.pk)
        if p.statement.get("words")
    )


def _said(speaker: Party, reader: Party) -> str:
    name = speaker.name if speaker.pk == reader.pk else mask_name(speaker.name)
    words = _LONG_NUMBER.sub(lambda m: "*" * len(m[0]), str(speaker.statement["words"]))
    return f"{name}：{words}"


def _some(rows: list[Evidence]) -> list[Evidence]:
    if not rows:
        raise WrongState(_("There is no photograph for this paper."))
    return rows


def _items(case: Case, rows: list[Evidence]) -> tuple[evidence_papers.ElectronicItem, ...]:
    codes = {p.pk: heads.code_of(case.pk, p.label) for p in files.parties(case.pk)}
    return tuple(
        evidence_papers.ElectronicItem(
            name=f"{heads.SHOTS.get(row.shot, '其他照片')}（{row.mime.removeprefix('image/')}）",
            source=heads.taken(row, codes),
            made_at=row.captured_at,
            received_at=row.received_at,
            size=row.size,
            sha256=row.sha256,
            sm3=row.sm3,
        )
        for row in rows
    )
