"""The papers with which the work on an accident begins: acceptance, rights and duties, the way off the road.

受案登记表 (D146 Art. 16), 权利义务告知书 with 联系卡 (D146 Art. 27¶2), 撤离现场通知 (D146 Art. 19,
24) and 案件移交表, with which a case is handed to whoever goes on with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kuaichu.desks.documents.papers.case_paper import CasePaper, filled
from kuaichu.desks.documents.papers.facts import BadFacts

RIGHTS = (
    "有权陈述事故经过、提交证据，有权对认定的证据查阅、复制、摘录；涉及国家秘密、商业秘密和他人隐私的除外。",
    "认为交通警察与本案有利害关系、可能影响公正处理的，有权申请其回避。",
    "各方对事实和成因无争议的，可以自行协商；不愿在线处理的，可以随时要求交通警察到现场处理。",
    "对道路交通事故认定或者证明有异议的，可以自送达之日起三日内（工作日）向上一级公安机关交通管理部门申请复核一次。",
    "对损害赔偿有争议的，可以申请人民调解委员会或者公安机关交通管理部门调解，也可以提起民事诉讼。",
)
DUTIES = (
    "如实陈述事故经过。故意破坏、伪造现场、毁灭证据的，依法承担全部责任。",
    "能够移动的车辆，在固定证据后立即撤离现场；应当撤离而未撤离造成交通堵塞的，处200元罚款。",
    "有人受伤的，立即停车救护并拨打120、122，不得离开现场。",
    "按照要求提供驾驶证、行驶证、保险凭证，配合调查和检验。",
)
"""Road Traffic Safety Law, Article 70; D146 Art. 19, 65, 71, 84; Regulation, Article 92."""
CLEAR_STEPS = (
    "打开危险报警闪光灯；在确保安全的情况下，从不同位置拍摄全景和碰撞部位照片，或者标划车辆位置。",
    "所有人员先到路外安全地点；确认后方来车，将车辆移至不妨碍交通的地点。",
    "到达后在本页面点“已经离开”，再继续填写。车辆不能移动的，开启警示、放置警告标志，人员撤到路外并立即报警。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceRecord(CasePaper):
    """受案登记表. `reporter` "" when the name was not given; `secret` when it is to be kept secret."""

    KIND: ClassVar[str] = "acceptance_record"
    TITLE: ClassVar[str] = "受案登记表"
    FEWEST: ClassVar[int] = 0

    report_mode: str
    reported_at: datetime
    reporter: str = ""
    reporter_phone: str = ""
    secret: bool = False
    casualties: str
    dangerous_goods: str = ""
    fled: str = ""
    summary: str = ""
    opinion: str

    def check(self) -> None:
        """Somebody accepts it, and says what is known of casualties."""
        CasePaper.check(self)
        filled(self, "officers", "report_mode", "casualties", "opinion")


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsNotice(CasePaper):
    """权利义务告知书 with the contact card, which is cut off and kept."""

    KIND: ClassVar[str] = "rights_notice"
    TITLE: ClassVar[str] = "道路交通事故当事人权利义务告知书"

    rights: tuple[str, ...] = RIGHTS
    duties: tuple[str, ...] = DUTIES
    office: str
    phone: str
    supervision_phone: str

    def check(self) -> None:
        """The card names who, where, by which number, and whom to complain to (D146 Art. 27¶2)."""
        CasePaper.check(self)
        filled(self, "officers", "office", "phone", "supervision_phone", "rights", "duties")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearInstruction(CasePaper):
    """撤离现场通知: ordered on the basis of the evidence that is secured. `fixed` says by what."""

    KIND: ClassVar[str] = "clear_instruction"
    TITLE: ClassVar[str] = "撤离现场通知"

    told_at: datetime
    fixed: str
    steps: tuple[str, ...] = CLEAR_STEPS

    def check(self) -> None:
        """Nobody is sent away before the evidence is secured."""
        CasePaper.check(self)
        filled(self, "fixed", "steps")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedItem:
    """Something that goes along; `count` pieces."""

    name: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverForm(CasePaper):
    """案件移交表: the file goes to another unit, procedure or helper."""

    KIND: ClassVar[str] = "hand_over_form"
    TITLE: ClassVar[str] = "道路交通事故案件移交表"

    handed_at: datetime
    to: str
    reasons: tuple[str, ...]
    done_so_far: str
    items: tuple[HandedItem, ...]

    def check(self) -> None:
        """To whom and why; every item at least once."""
        CasePaper.check(self)
        filled(self, "officers", "to", "reasons")
        for index, item in enumerate(self.items):
            if item.count < 1:
                raise BadFacts(f"items[{index}].count: at least one")
