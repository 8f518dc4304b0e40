"""The frozen facts of a paper, read across the file, the decision and the registers."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.cases.outcome import SUMMARY
from kuaichu.cases.plates import display
from kuaichu.cases.vehicle_kinds import name_of
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import Paper, PaperOrder
from kuaichu.desks.documents.papers.agreement import (
    Agreement,
    AgreementParty,
    Compensation,
    Form,
    Situation,
    Zone,
)
from kuaichu.desks.documents.papers.facts import PARTY_CODES
from kuaichu.desks.documents.papers.facts import Grade as PaperGrade
from kuaichu.desks.documents.papers.facts import Paper as PaperFacts
from kuaichu.desks.documents.papers.summary_certificate import CertificateParty, Mode, SummaryCertificate
from kuaichu.desks.documents.rules import rules
from kuaichu.desks.liability.models import Agreement as AgreementRow
from kuaichu.desks.liability.models import Correction, Determination
from kuaichu.kernel.prepared import find_sure
from kuaichu.law.statutes import parse
from kuaichu.people.models import Account
from kuaichu.queries import paper_words, sketches
from kuaichu.queries.bench import general_facts, notice_facts
from kuaichu.queries.certificate_words import FORMS, SITUATIONS, WEATHERS, ZONES
from kuaichu.queries.papering import ordered, reviews

CTALI = "CTALI"


def facts_of(case_id: UUID, kind: str, basis_id: UUID, head: Head) -> PaperFacts:
    """The facts of this kind of paper, to be frozen under `head`."""
    if kind in notice_facts.KINDS:
        return notice_facts.facts_of(case_id, kind, basis_id, head)
    if kind == Paper.Kind.CERTIFICATE:
        return _certificate(files.case(case_id), *_ruling(basis_id), head)
    if kind == Paper.Kind.GENERAL:
        return general_facts.facts_of(case_id, *_ruling(basis_id), head)
    if kind == Paper.Kind.REVIEW_APPLICATION:
        return reviews.application(basis_id, head)
    if kind == Paper.Kind.REVIEW_ACCEPTANCE:
        return reviews.acceptance(basis_id, head)
    if kind in ordered.BUILDS:
        return ordered.facts_of(PaperOrder.objects.get(pk=basis_id), head)
    return _agreement(files.case(case_id), find_sure(AgreementRow, pk=basis_id), head)


def drawings_of(case_id: UUID, kind: str, basis_id: UUID) -> dict[str, bytes]:
    """The drawn signatures of a paper as SVG, by the party's code on paper (甲, 乙 …)."""
    if kind != Paper.Kind.AGREEMENT:
        return {}
    signed = find_sure(AgreementRow, pk=basis_id).signatures
    labels = [p.label for p in files.parties(case_id)]
    return {
        code: signature_svg(signed[label]["path"])
        for code, label in zip(PARTY_CODES, labels, strict=False)
        if label in signed
    }


def signature_svg(path: str) -> bytes:
    """A drawn signature as a plain SVG of fixed size."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200">'
        f'<path d="{path}" fill="none" stroke="#111" stroke-width="5" stroke-linecap="round"/></svg>'
    ).encode()


def _ruling(basis_id: UUID) -> tuple[Determination, dict[str, str]]:
    """The determination of a certificate, and the slips that were put right in it, by field."""
    correction = Correction.objects.select_related("determination").filter(pk=basis_id).first()
    if correction is not None:
        return correction.determination, dict(correction.changes)
    return Determination.objects.get(pk=basis_id), {}


def _replaces(case: Case) -> str:
    """The certificate that this one takes the place of; empty for the first one."""
    older = Paper.objects.filter(case=case, kind=Paper.Kind.CERTIFICATE, status=Paper.Status.ISSUED)
    newest = older.order_by("-numbered_at").first()
    return f"原{newest.number}道路交通事故认定书" if newest else ""


def _certificate(case: Case, found: Determination, right: dict[str, str], head: Head) -> SummaryCertificate:
    assert found.officer_id is not None, "a signed determination has its officer"
    officer = find_sure(Account, pk=found.officer_id)
    own = rules(case.city)
    return SummaryCertificate(
        paper_id=str(head.paper_id),
        number=head.number,
        issued_at=head.issued_at,
        unit=own.unit,
        review_body=own.review_body,
        mode=Mode.SCENE if case.procedure == SUMMARY else Mode.ONLINE,
        occurred_at=case.happened_at,
        place=right.get("place", case.place),
        weather=WEATHERS.get(case.weather, "其他"),
        accident_form=FORMS.get(found.form, "其他角度碰撞"),
        parties=tuple(_certificate_party(p, v, found, right) for p, v in _pairs(case)),
        narrative=_narrative(found, right),
        replaces=_replaces(case),
        officer=officer.display_name,
        badge=officer.badge,
        sketch=_sketch(case, found),
    )


def _sketch(case: Case, found: Determination) -> str:
    officer: dict[str, Any] = (found.draft or {}).get("found", {})
    return sketches.for_paper(case, files.parties(case.pk), files.vehicles(case.pk), officer)


def _pairs(case: Case) -> list[tuple[Party, Vehicle]]:
    vehicles = files.vehicles(case.pk)
    return [(party, vehicles[party.label]) for party in files.parties(case.pk)]


def _certificate_party(
    party: Party, vehicle: Vehicle, found: Determination, right: dict[str, str]
) -> CertificateParty:
    grades = found.grades or {}
    policy = _policy(vehicle)
    grade = PaperGrade(grades[party.label])
    return CertificateParty(
        name=right.get(f"name.{party.label}", party.name),
        document_no=party.id_number,
        phone=party.phone,
        traffic_mode=_mode(vehicle),
        grade=grade,
        vehicle=_model(vehicle),
        plate=display(vehicle.plate) if vehicle.plate else "",
        contact_zone=ZONES.get(party.statement.get("zone", ""), ""),
        insurer=policy.get("insurer_name", ""),
        policy=policy.get("number", ""),
        citations=tuple(_cited(found)) if grade is not PaperGrade.NONE else (),
    )


def _cited(found: Determination) -> list[str]:
    """The rules that were broken: not the article of the procedure code by which grades are given."""
    broken = [text for text in found.citations if not text.startswith("D146")]
    return [parse(text).zh() for text in broken or found.citations]


def _narrative(found: Determination, right: dict[str, str]) -> str:
    facts, reasons = right.get("facts_found", found.facts_found), right.get("reasons", found.reasons)
    return f"{facts.strip()}\n{reasons.strip()}"


def _policy(vehicle: Vehicle) -> dict[str, Any]:
    return next((p for p in vehicle.policies or [] if p["cover"] == CTALI), {})


def _mode(vehicle: Vehicle) -> str:
    if vehicle.kind == "NMV":
        return "驾驶非机动车"
    return "步行" if vehicle.kind == "PEDESTRIAN" else "驾驶机动车"


def _model(vehicle: Vehicle) -> str:
    record = vehicle.record or {}
    brand = f"{record.get('brand', '')}{record.get('model', '')}"
    kind = name_of(record.get("vehicle_type", "")) or ""
    return f"{brand} {kind}".strip()


def _agreement(case: Case, row: AgreementRow, head: Head) -> Agreement:
    proposal = row.proposal
    form = str(proposal.get("form") or "9")
    return Agreement(
        paper_id=str(head.paper_id),
        number=head.number,
        issued_at=head.issued_at,
        occurred_at=case.happened_at,
        place=case.place,
        weather=WEATHERS.get(case.weather, "其他"),
        form=Form(int(form)),
        parties=tuple(_agreement_party(p, v, row) for p, v in _pairs(case)),
        compensation=Compensation.INSURANCE,
        description="".join(reason["zh"] for reason in proposal.get("reasons", ())),
        terms=paper_words.civil_terms(row.shares, row.clearing_shares),
    )


def _agreement_party(party: Party, vehicle: Vehicle, row: AgreementRow) -> AgreementParty:
    policy, signed = _policy(vehicle), row.signatures[party.label]
    proved = signed.get("code_at") or signed["phone_proven_at"]
    at_fault = row.grades[party.label] != PaperGrade.NONE
    situation = SITUATIONS.get(str(row.proposal.get("situation", ""))) if at_fault else None
    zone = party.statement.get("zone")
    return AgreementParty(
        name=party.name,
        document_no=party.id_number,
        phone=party.phone,
        grade=PaperGrade(row.grades[party.label]),
        zones=(Zone(zone),) if zone in set(Zone) else (),
        situations=(Situation(situation),) if situation else (),
        plate=display(vehicle.plate) if vehicle.plate else "",
        vehicle=_model(vehicle),
        insurer=policy.get("insurer_name", ""),
        policy=policy.get("number", ""),
        policy_period=f"{str(policy.get('starts', ''))[:10]} 至 {str(policy.get('ends', ''))[:10]}"
        if policy
        else "",
        drawing=hashlib.sha256(signature_svg(signed["path"])).hexdigest(),
        signed_at=datetime.fromisoformat(signed["at"]),
        sms_proved_at=datetime.fromisoformat(proved) if proved else None,
        notices_read_at=datetime.fromisoformat(signed.get("shown_at") or signed["at"]),
        entered_by=paper_words.entered_by(signed.get("helper") or {}),
        witness=_witness(signed.get("witness", "")),
    )


def _witness(account_id: str) -> str:
    """The member of staff before whom a party without a phone signed: unit and badge or name."""
    if not account_id:
        return ""
    account = Account.objects.select_related("organisation").get(pk=account_id)
    unit = account.organisation.name if account.organisation else ""
    return f"{unit} {account.display_name} {account.badge}".strip()
