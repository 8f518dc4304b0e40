"""道路交通事故自行协商协议书: self-negotiation agreement (D146 Art. 21, 22, 111¶2).

The parties are the authors; the desk only freezes, proves and seals the record. The tick boxes are the 9
collision forms, 8 contact zones and 10 situations of the form in public use; the template holds their
Chinese texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import ClassVar

from kuaichu.desks.documents.papers.facts import PARTY_CODES, Author, BadFacts, Grade, Paper

DECLARATION = "以上信息和道路交通事故事实形态如有虚假，由当事人承担法律责任。"

NOTICES = (
    "协商应当自愿。任何一方可以拒绝签名，也可以要求交通警察处理；请勿在被催促、胁迫或者不理解内容时签名。",
    "达成协议后未履行的，可以申请人民调解委员会调解，或者向人民法院提起民事诉讼。",
    "本协议未经保险公司同意，请勿约定“一次了结、互不追究”：在保险公司赔偿之前放弃向对方索赔的，保险公司不承担赔偿保险金的责任。",
    "固定证据后应当立即撤离现场；应当撤离而未撤离造成交通堵塞的，依法处200元罚款。",
    "本协议所载个人信息仅用于事故处理、保险理赔和依法查询，未经单独同意不向其他单位提供。",
)
"""Right to refuse (D146 Art. 20¶2); D146 Art. 22¶2; Insurance Law Art. 61; D146 Art. 19¶3; privacy law."""


class Form(IntEnum):
    """事故形态, collision between vehicles: the code of the national accident form."""

    REAR_END = 1
    HEAD_ON = 2
    SIDE_SAME_DIRECTION = 3
    SIDE_OPPOSITE = 4
    SIDE_RIGHT_ANGLE = 5
    SIDE_UNSURE = 6
    SCRAPE_SAME_DIRECTION = 7
    SCRAPE_OPPOSITE = 8
    OTHER = 9


class Zone(StrEnum):
    """车损部位: eight contact zones."""

    FRONT = "FRONT"
    FRONT_LEFT = "FRONT_LEFT"
    FRONT_RIGHT = "FRONT_RIGHT"
    LEFT = "LEFT"
    REAR = "REAR"
    REAR_LEFT = "REAR_LEFT"
    REAR_RIGHT = "REAR_RIGHT"
    RIGHT = "RIGHT"


class Situation(StrEnum):
    """事故情形: ten situations."""

    REAR_ENDED_LEADER = "REAR_ENDED_LEADER"
    WRONG_WAY = "WRONG_WAY"
    REVERSING = "REVERSING"
    ROLLING = "ROLLING"
    DOOR = "DOOR"
    SIGNAL = "SIGNAL"
    PRIORITY = "PRIORITY"
    STOPPING = "STOPPING"
    LANE_CHANGE = "LANE_CHANGE"
    OTHER = "OTHER"


class Compensation(StrEnum):
    """How the damage is made good (D146 Art. 22¶1)."""

    SELF = "SELF"
    INSURANCE = "INSURANCE"


FIVE_GRADES = tuple(Grade)
THREE_GRADES = (Grade.FULL, Grade.EQUAL, Grade.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementParty:
    """One party. `drawing`: SHA-256 (hex) of the drawn signature; `sms_proved_at`: when the one-time code
    sent to `phone` came back; `notices_read_at`: when the notices had been shown on the party's screen;
    `entered_by`: who filled in for the party (代填), `witness`: before whom it signed without a phone."""

    name: str
    document_no: str
    phone: str
    grade: Grade
    zones: tuple[Zone, ...]
    situations: tuple[Situation, ...]
    plate: str = ""
    vehicle: str = ""
    insurer: str = ""
    policy: str = ""
    policy_period: str = ""
    claim_no: str = ""
    drawing: str = ""
    signed_at: datetime | None = None
    sms_proved_at: datetime | None = None
    notices_read_at: datetime | None = None
    entered_by: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Paper):
    """The facts of one agreement; see the template of the same name for their places."""

    KIND: ClassVar[str] = "agreement"
    SCHEMA: ClassVar[int] = 1
    TITLE: ClassVar[str] = "道路交通事故自行协商协议书"
    AUTHOR: ClassVar[Author] = Author.PARTIES

    occurred_at: datetime
    place: str
    weather: str
    form: Form
    parties: tuple[AgreementParty, ...]
    compensation: Compensation
    knock_for_knock: bool = False
    description: str = ""
    terms: str = ""
    printed_grades: tuple[Grade, ...] = FIVE_GRADES
    declaration: str = DECLARATION
    notices: tuple[str, ...] = NOTICES

    def check(self) -> None:
        """2 to 10 parties, every grade printable, knock-for-knock only when nobody is without fault."""
        Paper.check(self)
        if not 2 <= len(self.parties) <= len(PARTY_CODES):
            raise BadFacts("parties: 2 to 10")
        grades = {party.grade for party in self.parties}
        if not grades <= set(self.printed_grades):
            raise BadFacts("printed_grades: lacks a grade that a party bears")
        if self.knock_for_knock and grades & {Grade.NONE, Grade.FULL}:
            raise BadFacts("knock_for_knock: every party must bear some liability")

    @property
    def plates(self) -> tuple[str, ...]:
        """Plates in party order."""
        return tuple(party.plate for party in self.parties)

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Grades in party order."""
        return tuple(party.grade for party in self.parties)
