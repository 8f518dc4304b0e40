"""What is known of an accident that may be a sign beside others: gathered across desks, not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from kuaichu.cases import files, likenesses
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.places.datums import Datum, Position, distance_m, to_wgs84
from kuaichu.desks.claims.filings import newest_assessments
from kuaichu.desks.claims.models import Assessment, RepairChoice
from kuaichu.desks.risk import traces
from kuaichu.desks.risk.signals import Mark, Observed
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.models import Entry
from kuaichu.kernel.prepared import find

THERE = ("dispatch.arrived", "dispatch.stopped")


def observed(case: Case) -> Observed:
    """The marks of an accident and what its own file shows."""
    vehicles = files.vehicles(case.pk)
    alike = likenesses.of_case(case.pk)
    photos = find(Evidence, case_id=case.pk)
    same = {one.evidence_id for one in alike if one.distance == likenesses.SAME and not one.inliers}
    day = case.happened_at.astimezone(CHINA).date()
    ages = [(label, _policy_days(vehicle, day)) for label, vehicle in vehicles.items()]
    return Observed(
        at=case.happened_at,
        marks=tuple(dict.fromkeys(_marks(case, vehicles))),
        photos_same=len(same),
        photos_alike=len({one.evidence_id for one in alike} - same),
        far_m=_farthest(case, photos),
        far_hours=max((_hours(case, one) for one in photos), default=0),
        policy_days={label: days for label, days in ages if days is not None},
        elsewhere=_elsewhere(case.pk),
    )


def _marks(case: Case, vehicles: dict[str, Vehicle]) -> Iterator[Mark]:
    for party in files.parties(case.pk):
        yield from _of_party(party, vehicles.get(party.label))
    if case.lon is not None and case.lat is not None:
        yield traces.mark("place", traces.place_value(case.lon, case.lat, case.happened_at))
    for row in find(Assessment, "version", related="claim", case_id=case.pk):
        yield traces.mark("helper", f"surveyor:{row.claim.insurer}:{row.assessor}")
    for actor_id in Entry.objects.filter(stream=case.pk, kind__in=THERE).values_list("actor_id", flat=True):
        yield traces.mark("helper", f"staff:{actor_id}")
    for choice in find(RepairChoice, related="vehicle__party", case_id=case.pk):
        yield traces.mark("shop", choice.code or choice.name, choice.vehicle.party.label)


def _of_party(party: Party, vehicle: Vehicle | None) -> Iterator[Mark]:
    told = {
        "person": party.id_number,
        "phone": party.phone if party.phone_proven_at else "",
        "plate": vehicle.plate if vehicle else "",
        "vin": str((vehicle.record or {}).get("vin", "")) if vehicle else "",
        "account": (party.payee or {}).get("account", ""),
    }
    yield from (traces.mark(kind, value, party.label) for kind, value in told.items() if value)
    helper = party.helper or {}
    if helper.get("staff_id") or helper.get("phone"):
        yield traces.mark(
            "helper", f"staff:{helper['staff_id']}" if helper.get("staff_id") else helper["phone"]
        )


def _farthest(case: Case, photos: list[Evidence]) -> int:
    """Metres between the place and the photograph that says it was taken farthest from it."""
    if case.lon is None or case.lat is None:
        return 0
    place = to_wgs84(case.lat, case.lon, Datum(case.datum))
    told = (one.exif for one in photos if "lat" in one.exif and "lon" in one.exif)
    return round(max((distance_m(place, Position(e["lat"], e["lon"])) for e in told), default=0))


def _hours(case: Case, photo: Evidence) -> int:
    """Whole hours between accident and photograph, where its own metadata tell a time before it."""
    taken = photo.exif.get("taken_at")
    if not taken:
        return 0
    early = (case.happened_at - datetime.fromisoformat(taken)).total_seconds()
    return max(0, int(early // 3600))


def _policy_days(vehicle: Vehicle, day: date) -> int | None:
    """Days from the start of the youngest cover in force to the accident."""
    starts = [date.fromisoformat(p["starts"]) for p in vehicle.policies or [] if p.get("starts")]
    since = [(day - one).days for one in starts if one <= day]
    return min(since) if since else None


def _elsewhere(case_id: UUID) -> tuple[str, ...]:
    assessed = newest_assessments(case_id)
    found = {label: assessed.get(vehicle.pk) for label, vehicle in files.vehicles(case_id).items()}
    return tuple(label for label, row in found.items() if row is not None and row.remarks)
