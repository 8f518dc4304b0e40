"""Papers of running text: certificate of facts, notice of non-acceptance, conclusion of a review.

道路交通事故证明 (D146 Art. 67: time, place, parties, facts found), 不予受理通知书 (Art. 18) and
道路交通事故认定复核结论 (Art. 76-78). One layout: who, when, where, what was
found and why, notices, unit, seal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kuaichu.desks.documents.papers.facts import PARTY_CODES, BadFacts, Paper

FACTS_NOTICE = (
    "本证明载明已经查清的事实，不确定当事人的责任。当事人对损害赔偿有争议的，可以自收到本证明之日起十日内（工作日）"
    "一致书面申请公安机关交通管理部门调解，也可以申请人民调解委员会调解，或者向人民法院提起民事诉讼。"
)
"""D146 Art. 67, 84-86."""
REVIEW_NOTICE = (
    "对本证明有异议的，可以自送达之日起三日内（工作日）向{review_body}提出书面复核申请，"
    "同一事故的复核以一次为限。"
)
"""D146 Art. 71."""
REJECTION_NOTICE = "当事人可以向人民法院提起民事诉讼；对不予受理有异议的，可以向{review_body}反映。"
"""D146 Art. 18¶2: in writing, with the reasons."""
CONCLUSION_NOTICE = (
    "本结论为复核的最终结论，同一事故的复核以一次为限。当事人可以就损害赔偿申请调解或者提起民事诉讼。"
)
"""D146 Art. 71, 78."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeParty:
    """A party as the paper names it; `plate` "" for one without a vehicle."""

    name: str
    document_no: str
    plate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Paper):
    """The facts of a paper of running text. `paragraphs` and `notices` are printed in their order."""

    KIND: ClassVar[str] = "notice"
    SCHEMA: ClassVar[int] = 1

    unit: str
    case_number: str
    occurred_at: datetime
    place: str
    parties: tuple[NoticeParty, ...]
    paragraphs: tuple[str, ...]
    notices: tuple[str, ...]
    officers: tuple[str, ...]
    regarding: str = ""

    def check(self) -> None:
        """1 to 10 parties, something said, and somebody who says it."""
        Paper.check(self)
        if not 1 <= len(self.parties) <= len(PARTY_CODES):
            raise BadFacts("parties: 1 to 10")
        if not any(text.strip() for text in self.paragraphs):
            raise BadFacts("paragraphs: empty")
        if not self.officers:
            raise BadFacts("officers: nobody")

    @property
    def plates(self) -> tuple[str, ...]:
        """Plates in party order, "" for a party without one."""
        return tuple(party.plate for party in self.parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsCertificate(Notice):
    """道路交通事故证明: the facts that could be found; nobody's liability (D146 Art. 67)."""

    KIND: ClassVar[str] = "facts_certificate"
    TITLE: ClassVar[str] = "道路交通事故证明"


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionNotice(Notice):
    """不予受理通知书: of a case (D146 Art. 18) or of an application for review (Art. 71-72)."""

    KIND: ClassVar[str] = "rejection_notice"
    TITLE: ClassVar[str] = "不予受理通知书"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewConclusion(Notice):
    """道路交通事故认定复核结论 (D146 Art. 76-78)."""

    KIND: ClassVar[str] = "review_conclusion"
    TITLE: ClassVar[str] = "道路交通事故认定复核结论"
