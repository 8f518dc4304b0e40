"""Facts of the papers about money: rescue costs, tow order, loss sheet, knock-for-knock consent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.desks.claims.filings import newest_assessments
from kuaichu.desks.claims.models import Assessment, Claim
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import PaperOrder
from kuaichu.desks.documents.papers import money_papers
from kuaichu.desks.documents.papers.case_paper import Amount
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.kernel.refusals import WrongState
from kuaichu.queries.certificate_words import ZONES
from kuaichu.queries.claim_words import insurer_names
from kuaichu.queries.papering import heads

GROUNDS: Final = {
    "over_limit": "抢救费用超过机动车交通事故责任强制保险责任限额",
    "uninsured": "肇事机动车未参加机动车交通事故责任强制保险",
    "fled": "机动车肇事后逃逸",
}
LINES: Final = {"part": "换件", "labour": "工时", "material": "辅料", "tow": "施救"}


def _injured(told: dict[str, Any]) -> money_papers.Injured:
    return money_papers.Injured(
        name=told["injured"],
        document_no=told["injured_no"],
        hospital=told["hospital"],
        condition=told["condition"],
    )


def rescue_cost(case: Case, order: PaperOrder, head: Head) -> money_papers.RescueCostNotice:
    """抢救费用支付（垫付）通知书; raises WrongState where no compulsory insurer is known."""
    told, vehicle = order.told, heads.labelled(case.pk, order.told["party"])
    if not vehicle.insurer:
        raise WrongState(_("No compulsory insurer of this vehicle is known."))
    return money_papers.RescueCostNotice(
        **heads.head_of(case, head, officer=heads.officer_of(order), shown=told["party"]),
        insurer=vehicle.insurer,
        vehicle=vehicle,
        injured=_injured(told),
        cost_fen=told["cost"],
        advance=told["advance"] == "advance",
        account=told["account"],
    )


def rescue_fund(case: Case, order: PaperOrder, head: Head) -> money_papers.RescueFundNotice:
    """救助基金垫付通知书."""
    told = order.told
    return money_papers.RescueFundNotice(
        **heads.head_of(case, head, officer=heads.officer_of(order)),
        fund=told["fund"],
        injured=_injured(told),
        ground=GROUNDS[told["ground"]],
        cost_fen=told["cost"],
        account=told["account"],
    )


def tow(case: Case, order: PaperOrder, head: Head) -> money_papers.TowOrder:
    """救援工单 with the price agreed before."""
    told = order.told
    return money_papers.TowOrder(
        **heads.head_of(case, head, shown=told["party"]),
        provider=told["provider"],
        provider_phone=told["provider_phone"],
        vehicle=heads.labelled(case.pk, told["party"]),
        ordered_at=order.ordered_at,
        work=tuple(told["work"]),
        price_fen=told["price"],
        price_basis=told["price_basis"],
        to=told["to"],
        asked_by=told["asked_by"],
        condition=told["condition"],
    )


def loss(case: Case, order: PaperOrder, head: Head) -> money_papers.LossSheet:
    """车辆损失情况确认书 of the insurer's newest assessment; raises WrongState without one of its own."""
    label = order.told["party"]
    vehicle, party = files.vehicles(case.pk)[label], heads.party_of(case.pk, label)
    found = newest_assessments(case.pk).get(vehicle.pk)
    claim = Claim.objects.get(pk=found.claim_id) if found else None
    if found is None or claim is None or claim.insurer != order.insurer:
        raise WrongState(_("Your company has not assessed this vehicle."))
    return money_papers.LossSheet(
        **heads.head_of(case, head, shown=label),
        insurer=insurer_names([claim.insurer])[claim.insurer],
        claim_no=claim.report_number,
        vehicle=heads.labelled(case.pk, label),
        zone=ZONES.get(party.statement.get("zone", ""), ""),
        lines=tuple(_lines(found)),
        salvage_fen=sum(one["amount_fen"] for one in found.lines if one["kind"] == "salvage"),
        total_fen=found.total_fen,
        version=found.version,
        assessor=found.assessor,
        shop=order.told["shop"],
        assessed_at=found.at,
    )


def _lines(row: Assessment) -> list[Amount]:
    return [
        Amount(item=one["part"], fen=one["amount_fen"], note=LINES.get(one["kind"], ""))
        for one in row.lines
        if one["kind"] != "salvage"
    ]


def knock_for_knock(case: Case, _order: PaperOrder, head: Head) -> money_papers.KnockForKnock:
    """互碰自赔确认书; raises WrongState unless all are insured, at fault, and assessed within the limit."""
    parties, vehicles = files.parties(case.pk), files.vehicles(case.pk)
    people = [heads.person(p, vehicles[p.label]) for p in parties]
    grades, assessed = _grades(case), newest_assessments(case.pk)
    losses = [assessed[v].total_fen for p in parties if (v := vehicles[p.label].pk) in assessed]
    at_fault = all(grades.get(p.label, Grade.NONE) is not Grade.NONE for p in parties)
    small = len(losses) == len(parties) > 1 and max(losses) <= money_papers.KNOCK_FOR_KNOCK_LIMIT_FEN
    if not (at_fault and small and all(one.insurer for one in people)):
        raise WrongState(_("Knock-for-knock wants all insured and at fault, and no loss over 2,000 yuan."))
    plain = tuple(replace(one, document_no="", phone="") for one in people)
    return money_papers.KnockForKnock(
        **heads.head_of(case, head) | {"parties": plain},
        losses=tuple(losses),
        duties=tuple(grades[p.label].zh for p in parties),
    )


def _grades(case: Case) -> dict[str, Grade]:
    """The grades as ruled or agreed; empty while liability is open."""
    ruled = Determination.objects.filter(case=case, status=Determination.Status.SIGNED).first()
    agreed = Agreement.objects.filter(case=case, status=Agreement.Status.SIGNED).first()
    found = (ruled.grades if ruled else agreed.grades if agreed else None) or {}
    return {label: Grade(grade) for label, grade in found.items()}
