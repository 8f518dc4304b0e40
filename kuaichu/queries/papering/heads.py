"""What the papers of one case begin with, and how they name parties, officers and photographs."""

from __future__ import annotations

import hashlib
from typing import Any, Final
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.plates import display
from kuaichu.cases.shared_copies import shared_copy
from kuaichu.cases.vehicle_kinds import name_of
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import CERTIFICATES, Paper, PaperOrder
from kuaichu.desks.documents.papers.case_paper import Person
from kuaichu.desks.documents.papers.facts import PARTY_CODES, Photo
from kuaichu.desks.documents.papers.kinds import KINDS
from kuaichu.desks.documents.rules import rules
from kuaichu.kernel.clock import CHINA
from kuaichu.people.masks import mask_name
from kuaichu.queries.bench.notice_facts import officer_name
from kuaichu.queries.paper_words import SIDES

MOST_PHOTOS: Final = 24
COPY_SIZE: Final = "large"
SHOTS: Final = {
    "front": "现场全景（前方）", "rear": "现场全景（后方）", "contact": "碰撞部位", "plate": "车辆号牌",
    "licence": "驾驶证、行驶证", "sign": "标志、标线和信号灯", "wheels": "车轮与标线", "damage": "车辆损伤",
    "medical": "医疗材料", "object": "被撞物品", "note": "留言条", "form": "纸质协议书",
}  # fmt: skip
SOURCES: Final = {"in_app": "本程序现场拍摄", "camera": "手机相机拍摄", "gallery": "相册导入"}


def head_of(case: Case, head: Head, *, officer: str = "", shown: str = "all") -> dict[str, Any]:
    """The fields every paper of a case has.

    `shown` says how much of the parties is told: "all", "plates" (name and plate only), or a party's label:
    that one whole, the others masked.
    """
    return {
        "paper_id": str(head.paper_id),
        "number": head.number,
        "issued_at": head.issued_at,
        "unit": rules(case.city).unit,
        "case_number": case.number,
        "occurred_at": case.happened_at,
        "place": case.place,
        "parties": people(case.pk, shown),
        "officers": (officer_name(UUID(officer)),) if officer else (),
    }


def people(case_id: UUID, shown: str = "all") -> tuple[Person, ...]:
    """The parties in order; a party that has not said its name yet is named by its code."""
    vehicles = files.vehicles(case_id)
    return tuple(_shown(person(p, vehicles[p.label]), shown, p.label) for p in files.parties(case_id))


def _shown(one: Person, shown: str, label: str) -> Person:
    if shown in ("all", label):
        return one
    name = one.name if shown == "plates" else mask_name(one.name)
    return Person(name=name, plate=one.plate, vehicle=one.vehicle)


def person(party: Party, vehicle: Vehicle) -> Person:
    """One party with vehicle and compulsory insurance."""
    policy: dict[str, Any] = next((p for p in vehicle.policies or [] if p["cover"] == "CTALI"), {})
    record = vehicle.record or {}
    model = f"{record.get('brand', '')}{record.get('model', '')}".strip()
    kind = name_of(record.get("vehicle_type", "")) or ""
    return Person(
        name=party.name or SIDES.get(party.label, party.label),
        document_no=party.id_number,
        phone=party.phone,
        plate=display(vehicle.plate) if vehicle.plate else "",
        vehicle=f"{model} {kind}".strip(),
        insurer=policy.get("insurer_name", ""),
        policy=policy.get("number", ""),
    )


def party_of(case_id: UUID, label: str) -> Party:
    """The party of this label; it was checked when the paper was asked for."""
    return next(p for p in files.parties(case_id) if p.label == label)


def labelled(case_id: UUID, label: str) -> Person:
    """The same as a paper names it."""
    return person(party_of(case_id, label), files.vehicles(case_id)[label])


def code_of(case_id: UUID, label: str) -> str:
    """甲, 乙 … of a label."""
    return PARTY_CODES[[p.label for p in files.parties(case_id)].index(label)]


def certificate_name(case_id: UUID) -> str:
    """The newest paper in force that says who is liable, or the facts; "" without one."""
    kinds = (*CERTIFICATES, Paper.Kind.FACTS, Paper.Kind.AGREEMENT)
    papers = Paper.objects.filter(case_id=case_id, kind__in=kinds, status=Paper.Status.ISSUED)
    newest = papers.order_by("-numbered_at").first()
    return titled(newest) if newest else ""


def titled(paper: Paper) -> str:
    """A paper as other papers name it: number and title."""
    return f"{paper.number}{KINDS[paper.kind].TITLE}"


def evidence_of(case_id: UUID) -> list[Evidence]:
    """The photographs in the order in which they arrived."""
    return list(Evidence.objects.filter(case_id=case_id).order_by("received_at", "id"))


def copies(rows: list[Evidence]) -> dict[Photo, bytes]:
    """Facts and JPEG of the copies that others may see, at most `MOST_PHOTOS`."""
    labels = {p.pk: code_of(p.case_id, p.label) for p in files.parties(rows[0].case_id)} if rows else {}
    return dict(_copy(row, labels) for row in rows[:MOST_PHOTOS])


def _copy(row: Evidence, codes: dict[Any, str]) -> tuple[Photo, bytes]:
    data = shared_copy(row, COPY_SIZE)
    made = Photo(
        sha256=hashlib.sha256(data).hexdigest(),
        original_sha256=row.sha256,
        caption=SHOTS.get(row.shot, "其他照片"),
        source=taken(row, codes),
    )
    return made, data


def taken(row: Evidence, codes: dict[Any, str]) -> str:
    """Who took it, when, and how."""
    by = f"当事人{codes[row.party_id]}" if row.party_id in codes else "处理人员"
    at = (row.captured_at or row.received_at).astimezone(CHINA)
    return f"{by} {at:%Y-%m-%d %H:%M} {SOURCES.get(row.source, '导入')}"


def officer_of(order: PaperOrder) -> str:
    """The officer who asked, for the head; empty when an insurer asked."""
    return "" if order.insurer else order.account_id
