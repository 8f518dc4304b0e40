"""The case as one of its parties sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from kuaichu.cases import clearing, files
from kuaichu.cases.collecting import collecting
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.parties import missing_of
from kuaichu.desks.claims.models import Claim, Payout
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import signing
from kuaichu.desks.liability.agreements import alive_agreement
from kuaichu.desks.liability.models import Agreement, Wish
from kuaichu.desks.liability.rules import rules as liability_rules
from kuaichu.kernel.prepared import Prepared
from kuaichu.people.masks import mask_id, mask_name, mask_phone, mask_vin
from kuaichu.queries.next_steps import next_step
from kuaichu.queries.packet import liability
from kuaichu.queries.timeline import timeline

_SHOWN = ("id", "client_id", "shot", "sha256", "remarks")
_SHOTS = Prepared(lambda case: Evidence.objects.filter(case=case).values_list("shot"), UUID)
_WAYS = Prepared(lambda case: Wish.objects.filter(case=case).values_list("party__label", "way"), UUID)
_PHOTOS = Prepared(
    lambda party: Evidence.objects.filter(party=party).order_by("received_at").values_list(*_SHOWN), UUID
)
_PAPERS = Prepared(
    lambda case: (
        Paper.objects.filter(case=case)
        .exclude(status=Paper.Status.NUMBERED)
        .defer("facts")
        .order_by("numbered_at")
    ),
    UUID,
)
_CLAIMS = Prepared(lambda case: Claim.objects.filter(case=case).order_by("insurer"), UUID)
_PAYOUTS = Prepared(
    lambda case, label: Payout.objects.filter(case_id=case, to_label=label).order_by("insurer"), UUID, str
)


def own_view(party: Party) -> dict[str, Any]:
    """Everything this party may see; the caller has checked that it is its own."""
    case = files.case(party.case_id)
    vehicles = files.vehicles(case.pk)
    own = vehicles[party.label]
    step = next_step(case)
    return {
        "case_id": case.pk,
        "number": case.number,
        "status": case.status,
        "status_words": case.get_status_display(),
        "opened_at": case.opened_at,
        "happened_at": case.happened_at,
        "place": {"text": case.place, "lon": case.lon, "lat": case.lat, "datum": case.datum},
        "site": case.site,
        "advice": _advice(case, vehicles),
        "cleared_at": case.cleared_at,
        "you": _you(own),
        "others": [_other(v) for label, v in vehicles.items() if label != party.label],
        "missing": missing_of(case, own.party, own) if collecting(case) else {},
        "next": {
            "what": step.what,
            "who": step.who,
            "who_words": step.who_words,
            "by": step.by,
            "default": step.default,
        },
        "screening": case.screening,
        "photos": _photos(party),
        **(_NOTHING_YET if case.status == Case.Status.REPORTING else _decided(case, party)),
        "timeline": [
            {"at": x.at, "who": x.who, "what": x.what, "kind": x.kind, "seq": x.seq}
            for x in timeline(case.pk, parties=[v.party for v in vehicles.values()])
        ],
    }


_NOTHING_YET: dict[str, Any] = {
    "ways": {},
    "agreement": None,
    "liability": None,
    "papers": [],
    "claims": [],
    "payouts": [],
}
"""What there can be only after everybody has confirmed."""


def _decided(case: Case, party: Party) -> dict[str, Any]:
    return {
        "ways": dict(_WAYS.rows(case.pk)),
        "agreement": _agreement(case),
        "liability": liability(case.pk),
        "papers": _papers(case, party.label),
        "claims": _claims(case),
        "payouts": _payouts(party),
    }


def _advice(case: Case, vehicles: dict[str, Vehicle]) -> str:
    shots = {shot for (shot,) in _SHOTS.rows(case.pk)}
    return clearing.advice(case, [v.party for v in vehicles.values()], vehicles, shots)


def _you(vehicle: Vehicle) -> dict[str, Any]:
    party, record = vehicle.party, vehicle.record or {}
    return {
        "party_id": party.pk,
        "label": party.label,
        "status": party.status,
        "phone": mask_phone(party.phone) if party.phone else "",
        "phone_proven": party.phone_proven_at is not None,
        "name": party.name,
        "id_number": mask_id(party.id_number),
        "is_owner": party.is_owner,
        "vehicle": {
            "kind": vehicle.kind,
            "plate": vehicle.plate,
            "plate_kind": vehicle.plate_kind,
            "brand": record.get("brand", ""),
            "vin": mask_vin(record.get("vin", "")),
            "registers_answered": vehicle.answered_at is not None,
            "covers": sorted({p["cover"] for p in vehicle.policies or []}),
        },
        "statement": party.statement,
        "payee": bool(party.payee),
        "rated": party.rating is not None,
    }


def _other(vehicle: Vehicle) -> dict[str, Any]:
    party = vehicle.party
    return {
        "label": party.label,
        "status": party.status,
        "name": mask_name(party.name) if party.name else "",
        "plate": vehicle.plate,
        "kind": vehicle.kind,
    }


def _agreement(case: Case) -> dict[str, Any] | None:
    row = alive_agreement(case.pk)
    if row is None:
        return None
    proposal = row.proposal
    return {
        "id": row.pk,
        "status": row.status,
        "grades": row.grades,
        "shares": row.shares,
        "civil_shares": row.shares,
        "clearing_shares": row.clearing_shares,
        "share_rule": row.share_rule,
        "rules": [{k: f[k] for k in ("label", "code", "zh", "en")} for f in proposal.get("faults", [])],
        "reasons": proposal.get("reasons", []),
        "citations": proposal.get("citations", []),
        "signed_by": sorted(row.signatures),
        "proposed_at": row.proposed_at,
        "signed_at": row.signed_at,
        **_to_sign(case, row),
    }


def _to_sign(case: Case, row: Agreement) -> dict[str, Any]:
    """What a system shows at the point of signing and sends with a signature; nothing once it stands."""
    if row.status != Agreement.Status.PROPOSED:
        return {}
    notice = signing.notice_of(case.city)
    return {
        "terms": signing.terms_of(row),
        "notice": {"text": notice.text, "version": notice.version},
        "code_needed": liability_rules(case.city).signature_code_api,
    }


def _photos(party: Party) -> list[dict[str, Any]]:
    return [dict(zip(_SHOWN, row, strict=True)) for row in _PHOTOS.rows(party.pk)]


def _papers(case: Case, label: str) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "kind_words": row.get_kind_display(),
            "number": row.number,
            "code": row.code,
            "status": row.status,
            "sha256": row.file_sha256,
            "url": reverse("api:paper", args=[case.pk, row.pk]),
        }
        for row in _PAPERS.all(case.pk)
        if row.read_by(label)
    ]


def _claims(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "insurer": row.insurer,
            "status": row.status,
            "status_words": row.get_status_display(),
            "report_number": row.report_number,
        }
        for row in _CLAIMS.all(case.pk)
    ]


def _payouts(party: Party) -> list[dict[str, Any]]:
    return [
        {"insurer": row.insurer, "fen": row.fen, "status": row.status, "paid_at": row.paid_at}
        for row in _PAYOUTS.all(party.case_id, party.label)
    ]
