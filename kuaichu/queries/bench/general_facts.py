"""The frozen facts of a certificate of the general procedure, in the order of D146 Art. 64."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.vehicle_kinds import name_of
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.papers.facts import Grade
from kuaichu.desks.documents.papers.general_certificate import (
    FAST_NOTE,
    MEDIATION_NOTICE,
    GeneralCertificate,
)
from kuaichu.desks.documents.papers.notices import REVIEW_NOTICE, NoticeParty
from kuaichu.desks.documents.rules import rules
from kuaichu.desks.liability.approvals.fast_tracks import needs_head
from kuaichu.desks.liability.grades import Grade as Liability
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.law.statutes import parse
from kuaichu.queries.bench.notice_facts import common, officer_name
from kuaichu.queries.certificate_words import FORMS, WEATHERS
from kuaichu.queries.paper_words import SIDES, subject

CTALI = "CTALI"
HURT = {"slight": "有人员轻微受伤", "serious": "有人员受伤"}


def facts_of(case_id: UUID, found: Determination, right: dict[str, str], head: Head) -> GeneralCertificate:
    """The facts, to be frozen under `head`; `right` are slips of the pen that were put right, by field."""
    case, parties = files.case(case_id), files.parties(case_id)
    stated = common(case, head)
    named = zip(parties, stated["parties"], strict=True)
    people = tuple(_named(one, right.get(f"name.{p.label}", one.name)) for p, one in named)
    review = REVIEW_NOTICE.replace("{review_body}", rules(case.city).review_body).replace(
        "本证明", "本认定书"
    )
    return GeneralCertificate(
        **stated | {"place": right.get("place", case.place), "parties": people},
        grades=tuple(Grade((found.grades or {})[p.label]) for p in parties),
        paragraphs=(
            f"一、基本情况：{_circumstances(case, found)}{_sides(parties, files.vehicles(case_id))}",
            f"二、事故发生经过：{right.get('facts_found', found.facts_found).strip()}",
            f"三、证据及事故形成原因分析：{_evidence(case)}{right.get('reasons', found.reasons).strip()}",
            f"四、当事人的过错及责任：{_liability(found, parties)}",
            *((FAST_NOTE,) if needs_head(found) else ()),
        ),
        notices=(review, MEDIATION_NOTICE),
        officers=_officers(found),
    )


def _named(one: NoticeParty, name: str) -> NoticeParty:
    return NoticeParty(name=name, document_no=one.document_no, plate=one.plate)


def _circumstances(case: Case, found: Determination) -> str:
    told = [WEATHERS.get(case.weather, ""), FORMS.get(found.form, ""), HURT.get(case.injury, "")]
    return "，".join(one for one in told if one) + "。"


def _sides(parties: list[Party], vehicles: dict[str, Vehicle]) -> str:
    return "；".join(f"{SIDES[p.label]}{_side(vehicles[p.label])}" for p in parties) + "。"


def _side(vehicle: Vehicle) -> str:
    if vehicle.kind == "PEDESTRIAN":
        return "步行"
    record: dict[str, Any] = vehicle.record or {}
    model = f"{record.get('brand', '')}{record.get('model', '')}"
    kind = name_of(record.get("vehicle_type", "")) or ("非机动车" if vehicle.kind == "NMV" else "机动车")
    policy: dict[str, Any] = next((p for p in vehicle.policies or [] if p["cover"] == CTALI), {})
    cover = f"，交强险承保：{policy['insurer_name']}" if policy.get("insurer_name") else ""
    return f"驾驶{model}{kind}{cover}"


def _evidence(case: Case) -> str:
    count = Evidence.objects.filter(case=case).count()
    return f"现场照片等电子证据{count}件、各方当事人陈述、机动车及驾驶人登记信息。"


def _liability(found: Determination, parties: list[Party]) -> str:
    broken = [parse(text).zh() for text in found.citations if not text.startswith("D146")]
    cited = "、".join(broken or [parse(text).zh() for text in found.citations])
    grades = found.grades or {}
    told = [f"{subject(p)}负{Liability(grades[p.label]).zh}".replace("负无责任", "无责任") for p in parties]
    return f"根据{cited}及《道路交通事故处理程序规定》第六十条的规定，{'，'.join(told)}。"


def _officers(found: Determination) -> tuple[str, ...]:
    """Who led, and the second officer who confirmed (D146 Art. 27)."""
    looks = Recheck.objects.filter(
        determination=found, kind=Recheck.Kind.FOUR_EYES, outcome="confirmed"
    ).order_by("-done_at")
    second = looks.first()
    return (officer_name(found.officer_id), *((officer_name(second.officer_id),) if second else ()))
