"""The words a certificate begins with, composed from the file. Papers are Chinese for every reader."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.cases.plates import display
from kuaichu.cases.vehicle_kinds import name_of
from kuaichu.desks.documents.papers.facts import PARTY_CODES
from kuaichu.desks.liability import citing
from kuaichu.desks.liability.grades import Grade
from kuaichu.kernel.clock import CHINA
from kuaichu.law.statutes import parse
from kuaichu.queries.certificate_words import FORMS, ZONES

SIDES: Final = {label: f"{code}方" for label, code in zip("ABCDEFGHIJ", PARTY_CODES, strict=True)}
MOVEMENTS: Final = {
    "STRAIGHT": "直行",
    "LEFT_TURN": "左转弯",
    "RIGHT_TURN": "右转弯",
    "U_TURN": "掉头",
    "REVERSING": "倒车",
    "ROLLING": "溜车",
    "LANE_CHANGE_LEFT": "向左变更车道",
    "LANE_CHANGE_RIGHT": "向右变更车道",
    "OVERTAKING": "超车",
    "MERGING": "并线",
    "LEAVING_KERB": "从路边起步",
    "ENTERING_BAY": "驶入停车位",
    "LEAVING_BAY": "驶出停车位",
    "ENTERING_ROAD": "从路外进入道路",
    "CROSSING_ROAD": "横过道路",
    "DOOR_OPENING": "停车后开启车门",
    "STOPPED_QUEUE": "停车排队等候",
    "STOPPED_SIGNAL": "停车等候信号",
    "BROKEN_DOWN": "因故障停车",
    "PARKED_LEGAL": "在允许停车处停放",
    "PARKED_ILLEGAL": "在禁止停车处停放",
}


def subject(party: Party) -> str:
    """How a certificate names a party: by name, else 甲方 and so on."""
    return party.name or SIDES.get(party.label, party.label)


def civil_terms(civil: dict[str, str], clearing: dict[str, str]) -> str:
    """The civil shares in words where they are not the customary ones of the grades; else nothing."""
    if not civil or civil == clearing:
        return ""
    parts = "，".join(f"{SIDES.get(k, k)}{percent_zh(share)}" for k, share in civil.items())
    return f"交强险责任限额以外的损失按本省规定分担：{parts}。民事赔偿比例与事故责任等级分别确定。"


def percent_zh(share: str) -> str:
    """A share as per cent with at most one decimal."""
    value = Fraction(share) * 100
    return f"{value}%" if value.denominator == 1 else f"{float(value):.1f}%"


def grade_short(grade: Grade, *, chinese: bool) -> str:
    """The grade in one word, for a row of buttons."""
    short = (grade.zh if chinese else grade.en).removesuffix("责任").removesuffix(" liability")
    return "none" if short == "no" else short


def narrative(case: Case, pairs: list[tuple[Party, Vehicle]], form: str, found: dict[str, Any]) -> str:
    """The facts in the certificate's own order: time, place, who drove what how, form, zones.

    `found` are the officer's findings (`A.movement`), which stand above what the parties said.
    """
    here = case.happened_at.astimezone(CHINA)
    when = f"{here.year}年{here.month:02d}月{here.day:02d}日{here.hour:02d}时{here.minute:02d}分许"
    first, *others = pairs
    told = "、".join(_other(party, vehicle, found) for party, vehicle in others)
    met = f"与{told}" if told else ""
    where = case.place or "事故地点"
    text = (
        f"{when}，{_actor(*first, found)}，行至{where}{met}发生{FORMS.get(form, '碰撞')}，造成道路交通事故。"
    )
    zones = [
        f"{subject(p)}一方接触部位为{ZONES[zone]}"
        for p, _v in pairs
        if (zone := _told(p, "zone", found)) in ZONES
    ]
    return text + (f"{'，'.join(zones)}。" if zones else "")


def _actor(party: Party, vehicle: Vehicle, found: dict[str, Any]) -> str:
    movement = MOVEMENTS.get(_told(party, "movement", found), "")
    if vehicle.kind == "PEDESTRIAN":
        return f"{subject(party)}步行{movement}"
    return f"{subject(party)}驾驶{_driven(vehicle)}{movement}"


def _other(party: Party, vehicle: Vehicle, found: dict[str, Any]) -> str:
    movement = MOVEMENTS.get(_told(party, "movement", found), "")
    doing = f"（{movement}）" if movement else ""
    if vehicle.kind == "PEDESTRIAN":
        return f"行人{subject(party)}{doing}"
    return f"{subject(party)}驾驶的{_driven(vehicle)}{doing}"


def _driven(vehicle: Vehicle) -> str:
    kind = "非机动车" if vehicle.kind == "NMV" else "机动车"
    model = name_of((vehicle.record or {}).get("vehicle_type", "")) or kind
    return f"{display(vehicle.plate) if vehicle.plate else ''}{model}"


def _told(party: Party, key: str, found: dict[str, Any]) -> str:
    return str(found.get(f"{party.label}.{key}") or party.statement.get(key) or "")


def reasons(proposal: dict[str, Any], parties: list[Party]) -> str:
    """The proposal's reasons as the certificate prints them, with names instead of labels."""
    names = {p.label: subject(p) for p in parties}
    said = [
        citing.violation_zh(names.get(f["label"], f["label"]), f["zh"], [parse(c) for c in f["citations"]])
        for f in proposal.get("faults", [])
        if f["citations"]
    ]
    grades = {names.get(label, label): Grade(g) for label, g in proposal.get("grades", {}).items()}
    return "\n".join([*said, citing.grading_zh(grades)] if grades else said)


def grading(grades: dict[str, str], parties: list[Party]) -> str:
    """The sentence which gives everybody's grade, empty while one is missing."""
    chosen = {subject(p): Grade(grades[p.label]) for p in parties if grades.get(p.label) in set(Grade)}
    return citing.grading_zh(chosen) if len(chosen) == len(parties) and chosen else ""


HELPERS: Final = {
    "relative": "亲属", "friend": "朋友或者同事", "other": "他人", "patrol_officer": "交通警察",
    "auxiliary": "警务辅助人员", "station_officer": "派出所民警", "specialist": "警保联动专员",
    "persuader": "劝导员",
}  # fmt: skip


def entered_by(helper: dict[str, str]) -> str:
    """Who filled in for a party, as the agreement names it: name and what kind of person; "" for nobody."""
    if not helper:
        return ""
    unit = f"{helper['organisation']} " if helper.get("organisation") else ""
    return f"{unit}{HELPERS.get(helper.get('kind', ''), HELPERS['other'])} {helper.get('name', '')}".strip()
