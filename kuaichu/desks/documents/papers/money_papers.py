"""Papers about money and repair: rescue costs, direct payment, loss sheet, knock-for-knock, tow and repair.

抢救费用支付（垫付）通知书 and 救助基金垫付通知书 (D146 Art. 42), 人伤直赔授权书, 互碰自赔确认书
(the insurers' association's rules), 车辆损失情况确认书, 救援工单, 维修委托书.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kuaichu.desks.documents.papers.case_paper import Amount, CasePaper, Person, filled, total
from kuaichu.desks.documents.papers.facts import Author, BadFacts

KNOCK_FOR_KNOCK_LIMIT_FEN = 2_000_00
"""The vehicle's damage up to which a car is repaired by its own compulsory insurer (互碰自赔)."""
KNOCK_NOTES = (
    "互碰自赔由各方自愿选择，任何一方可以不同意，不影响按责任比例理赔。",
    "任何一方车辆损失超过2000元的，不适用互碰自赔，按照交强险和商业险的一般规则处理。",
)
LOSS_NOTES = (
    "本确认书为损失项目和金额的确认，不是赔偿承诺；赔偿金额由保险公司按照保险合同和事故责任核定。",
    "拆检后发现新的损失的，应当在维修前通知定损人补充定损；被保险人有权自行选择维修企业。",
)
CARE_NOTES = (
    "本授权仅限于抢救和合理、必要的治疗费用；超出额度的，由医院提出追加，或者由救助基金、当事人承担。",
    "授权可以随时书面撤回；撤回前已经发生的抢救费用不受影响。医疗机构不得因费用未支付而拖延救治。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Injured:
    """The injured person, the hospital, and what is known of the injury in a few words."""

    name: str
    document_no: str = ""
    hospital: str
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RescueCostNotice(CasePaper):
    """抢救费用支付（垫付）通知书 to the compulsory insurer of one vehicle (D146 Art. 42¶1)."""

    KIND: ClassVar[str] = "rescue_cost_notice"
    TITLE: ClassVar[str] = "抢救费用支付（垫付）通知书"

    insurer: str
    vehicle: Person
    injured: Injured
    cost_fen: int
    advance: bool = False
    account: str

    def check(self) -> None:
        """To whom, for whom, how much."""
        CasePaper.check(self)
        filled(self, "officers", "insurer", "account")
        if self.cost_fen <= 0:
            raise BadFacts("cost_fen: more than nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class RescueFundNotice(CasePaper):
    """救助基金垫付通知书 (D146 Art. 42¶2). `ground` is the case in which the fund advances."""

    KIND: ClassVar[str] = "rescue_fund_notice"
    TITLE: ClassVar[str] = "道路交通事故社会救助基金垫付通知书"

    fund: str
    injured: Injured
    ground: str
    cost_fen: int
    account: str

    def check(self) -> None:
        """To whom, for whom, why, how much."""
        CasePaper.check(self)
        filled(self, "officers", "fund", "ground", "account")
        if self.cost_fen <= 0:
            raise BadFacts("cost_fen: more than nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePass(CasePaper):
    """人伤直赔授权书: the insurer pays the hospital directly, up to a ceiling, until a day."""

    KIND: ClassVar[str] = "care_pass"
    TITLE: ClassVar[str] = "人伤直赔授权书"
    AUTHOR: ClassVar[Author] = Author.INSURER

    injured: Injured
    insurer: str
    ceiling_fen: int
    basis: str
    until: str
    notices: tuple[str, ...] = CARE_NOTES

    def check(self) -> None:
        """A ceiling, a basis, and an end."""
        CasePaper.check(self)
        filled(self, "insurer", "basis", "until")
        if self.ceiling_fen <= 0:
            raise BadFacts("ceiling_fen: more than nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockForKnock(CasePaper):
    """互碰自赔确认书: each party's own compulsory insurer repairs its car. `losses` in the parties' order."""

    KIND: ClassVar[str] = "knock_for_knock"
    TITLE: ClassVar[str] = "互碰自赔确认书"
    AUTHOR: ClassVar[Author] = Author.PARTIES
    FEWEST: ClassVar[int] = 2

    losses: tuple[int, ...]
    duties: tuple[str, ...]
    notices: tuple[str, ...] = KNOCK_NOTES

    def check(self) -> None:
        """One loss a party and none over the limit; nobody is without a share in the fault."""
        CasePaper.check(self)
        if not len(self.losses) == len(self.duties) == len(self.parties):
            raise BadFacts("losses: one for each party")
        if any(not 0 <= fen <= KNOCK_FOR_KNOCK_LIMIT_FEN for fen in self.losses):
            raise BadFacts("losses: over the limit of knock-for-knock")


@dataclass(frozen=True, slots=True, kw_only=True)
class LossSheet(CasePaper):
    """车辆损失情况确认书（定损单）: parts, work, materials, less what is left of value, of one vehicle."""

    KIND: ClassVar[str] = "loss_sheet"
    TITLE: ClassVar[str] = "车辆损失情况确认书"
    AUTHOR: ClassVar[Author] = Author.INSURER

    insurer: str
    claim_no: str
    vehicle: Person
    zone: str = ""
    lines: tuple[Amount, ...]
    salvage_fen: int = 0
    total_fen: int
    version: int = 1
    assessor: str
    shop: str = ""
    remarks: tuple[str, ...] = ()
    assessed_at: datetime
    notices: tuple[str, ...] = LOSS_NOTES

    def check(self) -> None:
        """The total is the sum of its lines less salvage."""
        CasePaper.check(self)
        filled(self, "insurer", "assessor", "lines")
        if self.salvage_fen < 0 or total(self.lines, "lines") - self.salvage_fen != self.total_fen:
            raise BadFacts("total_fen: not the sum of the lines")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(CasePaper):
    """What tow and repair orders share: a vehicle, its owner, a provider, a price agreed before."""

    AUTHOR: ClassVar[Author] = Author.PROVIDER

    provider: str
    provider_phone: str
    vehicle: Person
    ordered_at: datetime
    work: tuple[str, ...]
    price_fen: int
    price_basis: str

    def check(self) -> None:
        """Nobody orders work without knowing its price."""
        CasePaper.check(self)
        filled(self, "provider", "work", "price_basis")
        if self.price_fen < 0:
            raise BadFacts("price_fen: negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class TowOrder(Order):
    """救援工单: from where to where, and who asked for it."""

    KIND: ClassVar[str] = "tow_order"
    TITLE: ClassVar[str] = "道路救援工单"

    to: str
    asked_by: str
    condition: str

    def check(self) -> None:
        """Where the vehicle goes."""
        Order.check(self)
        filled(self, "to", "asked_by", "condition")


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairOrder(Order):
    """维修委托书: the owner chose this shop; `loss_sheet` is the number of the loss sheet it follows."""

    KIND: ClassVar[str] = "repair_order"
    TITLE: ClassVar[str] = "车辆维修委托书"

    loss_sheet: str = ""
    ready_by: str
    old_parts: str

    def check(self) -> None:
        """When it is ready, and what becomes of the old parts."""
        Order.check(self)
        filled(self, "ready_by", "old_parts")
