"""What an insurer sees of a case it has a claim on: everything needed to assess and pay, and no more.

Names, phones, plates and VINs are full (masking table, insurer's column); identity numbers and policies are
those of the company's own insured, of others the number's tail. No bank account is shown: the rail pays.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Recording, Vehicle
from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.liability.models import Agreement
from kuaichu.desks.liability.share_tables import share_tables
from kuaichu.desks.notify import messages
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.kernel.prepared import Prepared, find
from kuaichu.people.masks import mask_id
from kuaichu.queries import claim_money, looks
from kuaichu.queries.claim_evidence import (
    Address,
    differences,
    document,
    evidence_of,
    papers_of,
    photo,
    seen_by,
)
from kuaichu.queries.losses import insurers_of, to_assess
from kuaichu.queries.money import repairing
from kuaichu.queries.standing import Standing, standing
from kuaichu.queries.timeline import timeline

HELPER = ("kind", "name", "organisation", "own_phone")
DRIVER = ("licence_no", "classes", "first_issued", "valid_until", "status")


def packet(viewer: Actor, claim_id: UUID, address: Address) -> dict[str, Any]:
    """Everything about one's own claim; the reading is noted. Raises NotFound for another company's."""
    claim = own_claim(viewer, claim_id)
    looks.note(viewer, claim.case_id, "claim")
    case = files.case(claim.case_id)
    vehicles = files.vehicles(case.pk)
    photos = seen_by(viewer.insurer, evidence_of(case.pk), vehicles)
    assessed = claim_money.assessments(case.pk, vehicles)
    own = {vehicle.pk for vehicle in to_assess(case.pk, viewer.insurer)}
    return {
        **_head(claim, case),
        "parties": [_party(vehicle, viewer.insurer) for vehicle in vehicles.values()],
        "vehicles": [_vehicle(vehicle, viewer.insurer) for vehicle in vehicles.values()],
        "liability": liability(case.pk),
        "documents": [document(paper, address) for paper in papers_of(case.pk)],
        "recordings": [_recording(row) for row in find(Recording, "received_at", party__case_id=case.pk)],
        "photos": [photo(row, address) for row in photos],
        "differences": [
            *differences(vehicles, photos, assessed),
            *repairing.earlier_damage(case, vehicles),
            *repairing.waived(vehicles),
        ],
        "estimates": [
            {**one, "ours": one["vehicle_id"] in own} for one in repairing.drafts(vehicles.values())
        ],
        "assess": [
            {"vehicle_id": v.pk, "label": v.party.label, "plate": v.plate, "zones": zones_of(v)}
            for v in to_assess(case.pk, viewer.insurer)
        ],
        "assessments": assessed,
        "calculation": claim_money.calculation(claim),
        "payouts": claim_money.payouts(claim),
        "timeline": [
            {"at": x.at, "who": x.who, "what": x.what, "kind": x.kind, "icon": x.icon, "seq": x.seq}
            for x in timeline(case.pk)
        ],
    }


def version(case_id: UUID) -> int:
    """The number of the newest entry that can have changed a packet: all it tells is in the journal.

    That somebody was sent a message changes none.
    """
    return int((_VERSION.row(case_id) or (0,))[0])


_VERSION = Prepared(
    lambda stream: (
        Entry.objects.filter(stream=stream)
        .exclude(kind=messages.Sent.name)
        .order_by("-seq")
        .values_list("seq")[:1]
    ),
    UUID,
)


def zones_of(vehicle: Vehicle) -> list[str]:
    """Where the vehicle was hit, by its own party."""
    zone = vehicle.party.statement.get("zone")
    return [str(zone)] if zone else []


def _head(claim: Claim, case: Case) -> dict[str, Any]:
    return {
        "claim_id": claim.pk,
        "case_id": case.pk,
        "insurer": claim.insurer,
        "status": claim.status,
        "status_words": claim.get_status_display(),
        "report_number": claim.report_number,
        "registered_at": claim.registered_at,
        "acknowledged_at": claim.acknowledged_at,
        "due_at": claim.due_at,
        "held_for": claim.held_for,
        "case_number": case.number,
        "case_status": case.status,
        "procedure": case.procedure,
        "happened_at": case.happened_at,
        "reported_at": case.opened_at,
        "place": {"text": case.place, "lon": case.lon, "lat": case.lat, "datum": case.datum},
        "site": case.site,
        "struck": case.struck,
        "weather": case.weather,
        "light": case.light,
        "injury": case.injury,
    }


def _party(vehicle: Vehicle, insurer: str) -> dict[str, Any]:
    party, own = vehicle.party, insurer in insurers_of(vehicle)
    licence = party.driver or {}
    number = party.id_number if own else mask_id(party.id_number)
    shown = {name: licence[name] for name in DRIVER if name in licence}
    if "licence_no" in shown and not own:
        shown["licence_no"] = mask_id(str(shown["licence_no"]))
    return {
        "party_id": party.pk,
        "label": party.label,
        "own_insured": own,
        "name": party.name,
        "phone": party.phone,
        "id_number": number,
        "is_owner": party.is_owner,
        "licence": shown,
        "statement": party.statement,
        "entered_by": {k: v for k, v in (party.helper or {}).items() if k in HELPER},
    }


def _recording(row: Recording) -> dict[str, Any]:
    """A sound recording by its hashes: the police hear it, insurers see that it is there."""
    names = ("party_id", "sha256", "sm3", "size", "mime", "seconds", "received_at")
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


def _vehicle(vehicle: Vehicle, insurer: str) -> dict[str, Any]:
    record = vehicle.record or {}
    known = ("brand", "model", "vin", "vehicle_type", "colour_name", "use", "status", "inspection_until")
    return {
        "vehicle_id": vehicle.pk,
        "label": vehicle.party.label,
        "kind": vehicle.kind,
        "plate": vehicle.plate,
        "plate_kind": vehicle.plate_kind,
        **{name: record.get(name, "") for name in known},
        "owner": record.get("owner", {}).get("name", ""),
        "zones": zones_of(vehicle),
        "policies": [policy for policy in vehicle.policies or [] if policy["insurer"] == insurer],
    }


def liability(case_id: UUID) -> dict[str, Any] | None:
    """Grades, the shares and what they rest on, by label; None while undecided.

    `civil_shares` are what they owe each other (`shares` is the same, kept for older readers),
    `clearing_shares` what the insurers' clause clears by; `share_rule` names table, basis and source.
    """
    stands = standing(case_id)
    if stands is None:
        return None
    if isinstance(stands.row, Agreement):
        found, reasons, cited = "", "", stands.row.proposal.get("citations", [])
    else:
        found, reasons, cited = stands.row.facts_found, stands.row.reasons, stands.row.citations
    rules = [
        {k: f[k] for k in ("label", "code", "zh", "en")}
        for f in (stands.row.proposal or {}).get("faults", [])
    ]
    return {
        "basis": stands.basis,
        "basis_id": stands.basis_id,
        "at": stands.at,
        "grades": stands.grades,
        **_three_shares(stands),
        "facts_found": found,
        "reasons": reasons,
        "citations": cited,
        "rules": rules,
        "situation": (stands.row.proposal or {}).get("situation") or "",
    }


def _three_shares(stands: Standing) -> dict[str, Any]:
    civil = {label: str(share) for label, share in stands.shares.items()}
    table = share_tables().get(stands.rule.get("table", ""))
    return {
        "shares": civil,
        "civil_shares": civil,
        "clearing_shares": {label: str(share) for label, share in stands.clearing.items()},
        "share_rule": {**stands.rule, "source": table.source if table else ""},
    }
