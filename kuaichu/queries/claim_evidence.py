"""Papers and photographs of a case as its insurers get them, and what an adjuster should look at twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.evidence import PRIVATE
from kuaichu.cases.models import Evidence, Vehicle
from kuaichu.cases.shared_copies import PAPERS
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents.models import INSURERS, Paper
from kuaichu.desks.liability.gathering import contradictions
from kuaichu.kernel.prepared import Prepared, find
from kuaichu.queries.losses import insurers_of

Address = Callable[[str, UUID], str]
"""Makes the address of a file of the claim from its kind (photo, paper, facts) and id."""


def evidence_of(case_id: UUID) -> list[Evidence]:
    """The photographs of a case in the order of their arrival, without those that are private."""
    rows = find(Evidence, "received_at", "id", related="party", case_id=case_id)
    return [one for one in rows if one.shot not in PRIVATE]


def seen_by(insurer: str, photos: list[Evidence], vehicles: dict[str, Vehicle]) -> list[Evidence]:
    """Of these photographs all but the licences of people the company does not insure."""
    insured = {label for label, vehicle in vehicles.items() if insurer in insurers_of(vehicle)}
    return [one for one in photos if one.shot not in PAPERS or (one.party and one.party.label in insured)]


def photo_of(claim: Claim, evidence_id: UUID) -> Evidence | None:
    """One photograph of a claim, if its company may see it."""
    found = [one for one in evidence_of(claim.case_id) if one.pk == evidence_id]
    return next(iter(seen_by(claim.insurer, found, files.vehicles(claim.case_id))), None)


def papers_of(case_id: UUID) -> list[Paper]:
    """The issued papers of a case that insurers read, valid or ended, oldest first."""
    return [row for row in _PAPERS.all(case_id) if row.read_by(INSURERS)]


_PAPERS = Prepared(
    lambda case: (
        Paper.objects.filter(case_id=case).exclude(status=Paper.Status.NUMBERED).order_by("numbered_at")
    ),
    UUID,
)


def document(paper: Paper, address: Address) -> dict[str, Any]:
    """A paper: its sealed file and its frozen facts, each with address and hashes."""
    return {
        "id": paper.pk,
        "kind": paper.kind,
        "kind_words": paper.get_kind_display(),
        "number": paper.number,
        "code": paper.code,
        "status": paper.status,
        "status_words": paper.get_status_display(),
        "issued_at": paper.issued_at,
        "ended_at": paper.ended_at,
        "level": paper.level,
        "size": paper.file_size,
        "url": address("paper", paper.pk),
        "sha256": paper.file_sha256,
        "sm3": paper.file_sm3,
        "facts": {
            "url": address("facts", paper.pk),
            "sha256": paper.facts_sha256,
            "sm3": paper.facts_sm3,
            "content": json.loads(bytes(paper.facts)),
        },
    }


def photo(row: Evidence, address: Address) -> dict[str, Any]:
    """A photograph: the address is of a copy for others, the hashes are the original's."""
    return {
        "id": row.pk,
        "shot": row.shot,
        "label": row.party.label if row.party else "",
        "url": address("photo", row.pk),
        "original_sha256": row.sha256,
        "original_sm3": row.sm3,
        "original_size": row.size,
        "width": row.width,
        "height": row.height,
        "source": row.source,
        "captured_at": row.captured_at,
        "received_at": row.received_at,
        "remarks": row.remarks,
    }


def differences(
    vehicles: dict[str, Vehicle], photos: list[Evidence], assessed: list[dict[str, Any]]
) -> list[dict[str, str]]:
    """What an adjuster should look at: accounts that differ, odd photographs, parts of another side."""
    found = [
        {
            "code": f"accounts_{one['key']}",
            "label": one["subject"],
            "text": _("Party %(by)s tells it differently from party %(subject)s: %(other)s against %(own)s.")
            % one,
        }
        for one in contradictions([v.party for v in vehicles.values()])
    ]
    words = {
        "taken_before_accident": _("A photograph was taken before the time of the accident."),
        "taken_in_future": _("A photograph bears a time in the future."),
        "from_gallery": _("A photograph came from the gallery, not from the camera."),
        "late_import": _("A photograph was added later, not at the scene."),
    }
    for code, text in words.items():
        labels = sorted({p.party.label for p in photos if p.party and code in p.remarks})
        found += [{"code": code, "label": label, "text": text} for label in labels]
    for row in assessed:
        text = _("Assessed parts lie on another side than the contact: %(parts)s.")
        parts = {"parts": ", ".join(row["remarks"])}
        found += (
            [{"code": "parts_mismatch", "label": row["label"], "text": text % parts}]
            if parts["parts"]
            else []
        )
    return found
