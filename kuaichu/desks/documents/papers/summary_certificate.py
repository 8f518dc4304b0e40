"""道路交通事故认定书（简易程序）: determination certificate, summary procedure (D146 Art. 24-26, 60).

Statutory content: D146 Art. 24¶2. Notices are fields with defaults, because cities word them differently; the
review notice follows D146 Art. 71 in force since 2018-05-01 (the former "no review" rule is repealed).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from kuaichu.desks.documents.papers.facts import PARTY_CODES, BadFacts, Grade, Paper

REVIEW_NOTICE = (
    "当事人对本道路交通事故认定有异议的，可以自本认定书送达之日起三日内（工作日）向{review_body}提出书面复核申请，"
    "也可以通过{unit}提出。复核申请应当载明复核请求及其理由和主要证据；逾期提出的不予受理，同一事故的复核以一次为限。"
)
"""D146 Art. 71; "三日" are working days by Art. 112(5). `{unit}` and `{review_body}` are filled in."""

COURT_NOTICE = (
    "有下列情形之一，或者调解未达成协议、调解生效后当事人不履行的，当事人可以向人民法院提起民事诉讼："
    "（一）当事人对交通事故认定有异议的；（二）当事人拒绝签名的；（三）当事人不同意由交通警察调解的。"
)
"""D146 Art. 26 and the wording of the form in use."""

ONLINE_NOTICE = (
    "各方当事人通过互联网共同申请在线确定责任，交通警察依据当事人上传并确认的照片、陈述等证据作出本认定。"
    "本认定书以电子签名、电子印章制作，与纸质文书具有同等效力，经当事人同意以电子方式送达。"
)
"""D146 Art. 20¶1; Electronic Signature Law Art. 14; electronic service with consent."""

ARCHIVE_NOTE = "注：此文书存档一份，交付各方当事人各一份。"


class Mode(StrEnum):
    """Where the officer decided: on the parties' joint online application, or at the scene."""

    ONLINE = "ONLINE"
    SCENE = "SCENE"


class Closing(StrEnum):
    """结案方式: how the mediation part of the certificate ends (D146 Art. 25-26)."""

    MEDIATED = "1"
    MEDIATION_DECLINED = "2"
    OBJECTED = "3"
    REFUSED_SIGNATURE = "4"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateParty:
    """One party. `drawing` is the SHA-256 (hex) of the drawn signature's image, "" while unsigned.

    `refusal` is the officer's note that the party refused to sign or to accept (D146 Art. 24¶3).
    """

    name: str
    document_no: str
    phone: str
    traffic_mode: str
    grade: Grade
    vehicle: str = ""
    plate: str = ""
    contact_zone: str = ""
    insurer: str = ""
    policy: str = ""
    citations: tuple[str, ...] = ()
    drawing: str = ""
    signed_at: datetime | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryCertificate(Paper):
    """The facts of one summary certificate; see the template of the same name for their places.

    `sketch` is the SVG of the accident drawn from the facts, "" for none: it stands on an annex page, because
    the form itself has no room for it (D146 Art. 24¶2 does not ask for one).
    """

    KIND: ClassVar[str] = "summary_certificate"
    SCHEMA: ClassVar[int] = 1
    TITLE: ClassVar[str] = "道路交通事故认定书（简易程序）"

    unit: str
    review_body: str
    mode: Mode
    occurred_at: datetime
    place: str
    weather: str
    accident_form: str
    parties: tuple[CertificateParty, ...]
    narrative: str
    officer: str
    badge: str
    mediation: str = ""
    closing: Closing = Closing.MEDIATION_DECLINED
    injury_statement: str = ""
    replaces: str = ""
    sketch: str = ""
    review_notice: str = REVIEW_NOTICE
    court_notice: str = COURT_NOTICE
    online_notice: str = ONLINE_NOTICE
    archive_note: str = ARCHIVE_NOTE

    def __post_init__(self) -> None:
        text = self.review_notice.replace("{unit}", self.unit).replace("{review_body}", self.review_body)
        object.__setattr__(self, "review_notice", text)
        self.check()

    def check(self) -> None:
        """1 to 10 parties, a mediation text exactly when mediated, citations for every party at fault."""
        Paper.check(self)
        if not 1 <= len(self.parties) <= len(PARTY_CODES):
            raise BadFacts("parties: 1 to 10")
        if bool(self.mediation) != (self.closing is Closing.MEDIATED):
            raise BadFacts("mediation: a text exactly when the closing is mediation")
        for index, party in enumerate(self.parties):
            if party.grade is not Grade.NONE and not party.citations:
                raise BadFacts(f"parties[{index}].citations: a party at fault without a cited rule")
            if party.drawing and party.refusal:
                raise BadFacts(f"parties[{index}].refusal: signed and refused at once")

    @property
    def plates(self) -> tuple[str, ...]:
        """Plates in party order, "" for a party without one."""
        return tuple(party.plate for party in self.parties)

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Grades in party order."""
        return tuple(party.grade for party in self.parties)
