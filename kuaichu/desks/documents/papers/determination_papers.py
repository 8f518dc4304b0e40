"""Papers beside the certificates: a supplement, the papers of a review, proof of service.

补充说明 (D146 Art. 70), 复核申请书 and 受理通知书 (D146 Art. 71-73), 送达回证.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kuaichu.desks.documents.papers.case_paper import CasePaper, Person, filled
from kuaichu.desks.documents.papers.facts import Author, BadFacts

SERVICE_NOTES = (
    "受送达人拒绝签名或者接收的，由送达人在备注栏注明情况；代收的，由代收人签名并注明与受送达人的关系和代收理由。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement(CasePaper):
    """补充说明: who an unidentified party was, found out after the paper `regarding` (D146 Art. 70)."""

    KIND: ClassVar[str] = "supplement"
    TITLE: ClassVar[str] = "道路交通事故认定补充说明"

    regarding: str
    paragraphs: tuple[str, ...]

    def check(self) -> None:
        """It supplements one paper."""
        CasePaper.check(self)
        filled(self, "officers", "regarding", "paragraphs")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewApplication(CasePaper):
    """复核申请书: request, reasons and main evidence (D146 Art. 71), as the party wrote them."""

    KIND: ClassVar[str] = "review_application"
    TITLE: ClassVar[str] = "道路交通事故认定复核申请书"
    AUTHOR: ClassVar[Author] = Author.PARTIES

    applicant: Person
    regarding: str
    served_at: datetime
    request: str
    reasons: str
    evidence: str = ""
    to: str
    applied_at: datetime

    def check(self) -> None:
        """What D146 Art. 71 demands is there."""
        CasePaper.check(self)
        filled(self, "regarding", "request", "reasons", "to")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAcceptance(CasePaper):
    """复核受理通知书: accepted on the day of receipt (D146 Art. 73), to be decided by a day."""

    KIND: ClassVar[str] = "review_acceptance"
    TITLE: ClassVar[str] = "道路交通事故认定复核受理通知书"

    applicant: str
    regarding: str
    received_at: datetime
    decide_by: datetime
    paragraphs: tuple[str, ...]

    def check(self) -> None:
        """A decision cannot be due before the application came."""
        CasePaper.check(self)
        filled(self, "officers", "regarding", "paragraphs")
        if self.decide_by <= self.received_at:
            raise BadFacts("decide_by: before the application")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOfService(CasePaper):
    """送达回证: one paper, one recipient. `received_at` is None where it was refused (`refusal` says how)."""

    KIND: ClassVar[str] = "proof_of_service"
    TITLE: ClassVar[str] = "送达回证"

    served: str
    recipient: Person
    manner: str
    sent_at: datetime
    received_at: datetime | None = None
    deputy: str = ""
    refusal: str = ""
    proof: str = ""
    notes: tuple[str, ...] = SERVICE_NOTES

    def check(self) -> None:
        """Either received or refused, not both; nothing is received before it was sent."""
        CasePaper.check(self)
        filled(self, "served", "manner")
        if (self.received_at is None) != bool(self.refusal):
            raise BadFacts("refusal: exactly when it was not received")
        if self.received_at is not None and self.received_at < self.sent_at:
            raise BadFacts("received_at: before it was sent")
