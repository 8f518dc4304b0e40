"""Where a vehicle is repaired, what the shop drafted, and what was damaged before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Vehicle
from kuaichu.desks.claims.models import Assessment
from kuaichu.desks.claims.recourse.waivers import waivers
from kuaichu.desks.claims.repair.rows import Estimate

YEARS_BACK = timedelta(days=2 * 365)


def drafts(vehicles: Iterable[Vehicle]) -> list[dict[str, Any]]:
    """The newest draft of each vehicle, with its label."""
    labels = {vehicle.pk: vehicle.party.label for vehicle in vehicles}
    rows = Estimate.objects.filter(vehicle_id__in=labels).order_by("version")
    newest = {row.vehicle_id: row for row in rows}
    return [
        {
            "estimate_id": row.pk,
            "vehicle_id": row.vehicle_id,
            "label": labels[row.vehicle_id],
            "shop": row.shop,
            "version": row.version,
            "status": row.status,
            "status_words": row.get_status_display(),
            "lines": row.lines,
            "total_fen": row.total_fen,
            "repair_fen": row.repair_fen,
            "days": row.days,
            "found": row.found,
            "answer": row.answer,
            "at": row.at,
        }
        for row in sorted(newest.values(), key=lambda one: labels[one.vehicle_id])
    ]


def earlier_damage(case: Case, vehicles: dict[str, Vehicle]) -> list[dict[str, str]]:
    """Parts that were assessed on the same plate in an earlier case of the last two years, and now again."""
    plates = {vehicle.plate for vehicle in vehicles.values() if vehicle.plate}
    since = case.opened_at - YEARS_BACK
    before = Assessment.objects.filter(vehicle__plate__in=plates, at__gte=since, at__lt=case.opened_at)
    earlier: dict[str, set[str]] = {}
    for row in before.exclude(case=case).select_related("vehicle"):
        earlier.setdefault(row.vehicle.plate, set()).update(_parts(row))
    now = {row.vehicle_id: row for row in Assessment.objects.filter(case=case).order_by("version")}
    found = []
    for label, vehicle in vehicles.items():
        mine = now.get(vehicle.pk)
        same = sorted(earlier.get(vehicle.plate, set()) & (_parts(mine) if mine else set()))
        if same:
            text = _("These parts were assessed in an earlier accident too: %(parts)s.") % {
                "parts": ", ".join(same)
            }
            found.append({"code": "earlier_damage", "label": label, "text": text})
    return found


def _parts(row: Assessment) -> set[str]:
    return {line["part"] for line in row.lines if line["kind"] == "part"}


def waived(vehicles: dict[str, Vehicle]) -> list[dict[str, str]]:
    """Parties whose own words may give their claim up (INS 61)."""
    found = []
    for label, vehicle in vehicles.items():
        words = waivers(str(vehicle.party.statement.get("words", "")))
        if words:
            text = _(
                "Words that may waive the claim against the other side (Insurance Law, Art. 61): %(words)s."
            )
            found.append({"code": "waiver", "label": label, "text": text % {"words": ", ".join(words)}})
    return found
