"""Mediation: agreement, termination, record, agreement before a people's mediation committee.

损害赔偿调解书 and 调解终结书 (D146 Art. 93, 94), 调解记录 (Articles 87-91),
人民调解协议书 (People's Mediation Law, Articles 28, 29, 31-33), 授权委托书 (D146 Art. 89¶2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kuaichu.desks.documents.papers.case_paper import Amount, CasePaper, Person, filled, total
from kuaichu.desks.documents.papers.facts import Author, BadFacts

BASIS = "《中华人民共和国道路交通安全法》第七十四条，《道路交通事故处理程序规定》第八十四条至第九十三条。"
MEDIATED = (
    "本调解书经各方当事人共同签字后生效。当事人不履行的，其他当事人可以向人民法院提起民事诉讼。",
    "未经保险公司同意放弃向对方索赔的权利，可能影响保险赔偿，请在签字前向保险公司核实。",
)
ENDED = ("当事人可以向人民法院提起民事诉讼，或者申请人民调解委员会调解。",)
COMMITTEE = (
    "本协议自各方当事人签名、人民调解员签名并加盖人民调解委员会印章之日起生效，具有法律约束力，当事人应当按照约定履行。",
    "双方认为有必要的，可以自本协议生效之日起三十日内共同向人民法院申请司法确认；经确认后一方拒绝履行的，对方可以申请强制执行。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Who pays how much to whom, how and until when (`until` is a day as printed)."""

    by: str
    to: str
    fen: int
    how: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(CasePaper):
    """What both kinds of agreement hold: losses by item, each one's share, and who pays when.

    `shares` are in the parties' order, as printed, e.g. "70%".
    """

    FEWEST: ClassVar[int] = 2

    found: str
    losses: tuple[Amount, ...]
    shares: tuple[str, ...]
    promises: tuple[Promise, ...]
    others: str = ""
    mediated_at: datetime

    def check(self) -> None:
        """The six parts of D146 Art. 93; nobody promises more than was lost."""
        CasePaper.check(self)
        filled(self, "found", "losses", "promises")
        lost, promised = total(self.losses, "losses"), sum(one.fen for one in self.promises)
        if any(one.fen <= 0 for one in self.promises):
            raise BadFacts("promises: more than nothing")
        if promised > lost:
            raise BadFacts("promises: more than the losses")
        if len(self.shares) != len(self.parties):
            raise BadFacts("shares: one for each party")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationAgreement(Settlement):
    """道路交通事故损害赔偿调解书."""

    KIND: ClassVar[str] = "mediation_agreement"
    TITLE: ClassVar[str] = "道路交通事故损害赔偿调解书"

    basis: str = BASIS
    notices: tuple[str, ...] = MEDIATED

    def check(self) -> None:
        """An officer mediated."""
        Settlement.check(self)
        filled(self, "officers", "basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplesMediation(Settlement):
    """人民调解协议书: `unit` is the committee, `officers` its mediators."""

    KIND: ClassVar[str] = "peoples_mediation"
    TITLE: ClassVar[str] = "人民调解协议书"
    AUTHOR: ClassVar[Author] = Author.COMMITTEE

    dispute: str
    notices: tuple[str, ...] = COMMITTEE

    def check(self) -> None:
        """A mediator signs, and what was disputed is stated."""
        Settlement.check(self)
        filled(self, "officers", "dispute")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationEnd(CasePaper):
    """调解终结书: no agreement was reached, or mediation ended by one of the cases of D146 Art. 94."""

    KIND: ClassVar[str] = "mediation_end"
    TITLE: ClassVar[str] = "道路交通事故损害赔偿调解终结书"

    began_at: datetime
    ended_at: datetime
    regarding: str = ""
    reason: str
    notices: tuple[str, ...] = ENDED

    def check(self) -> None:
        """It ended after it began, and for a reason."""
        CasePaper.check(self)
        filled(self, "officers", "reason")
        if self.ended_at < self.began_at:
            raise BadFacts("ended_at: before it began")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationRecord(CasePaper):
    """调解记录 of one session. `present` names who took part and as what; `told` how they were invited."""

    KIND: ClassVar[str] = "mediation_record"
    TITLE: ClassVar[str] = "道路交通事故损害赔偿调解记录"

    began_at: datetime
    ended_at: datetime
    where: str
    present: tuple[str, ...]
    told: str
    public: bool = True
    course: tuple[str, ...]
    result: str

    def check(self) -> None:
        """Who was there, what was said, how it ended."""
        CasePaper.check(self)
        filled(self, "officers", "where", "present", "told", "course", "result")
        if self.ended_at < self.began_at:
            raise BadFacts("ended_at: before it began")


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerOfAttorney(CasePaper):
    """授权委托书: for what and how far (D146 Art. 89¶2). `special` powers must be named one by one."""

    KIND: ClassVar[str] = "power_of_attorney"
    TITLE: ClassVar[str] = "授权委托书"
    AUTHOR: ClassVar[Author] = Author.PARTIES

    principal: Person
    agent: Person
    relation: str
    matters: tuple[str, ...]
    special: tuple[str, ...] = ()
    until: str

    def check(self) -> None:
        """Two different persons, and at least one matter."""
        CasePaper.check(self)
        filled(self, "matters", "until", "relation")
        if self.principal.document_no == self.agent.document_no:
            raise BadFacts("agent: the same person as the principal")
