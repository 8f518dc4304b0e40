"""Earlier accidents of the same vehicles and persons, as far as an officer may know them, and signs of risk.

Only of the same city and of the last two years, only to the officer who holds the case: number, day, place
and what was determined. Signs are reasons to look again, never findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Likeness, Party, Vehicle
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock

REACH = timedelta(days=730)
OFTEN_DAYS, OFTEN = 180, 3
MOST = 10


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier accident of a party: `by` vehicle, person or phone; `grade` "" where not decided."""

    label: str
    by: str
    number: str
    at: datetime
    place: str
    grade: str


@dataclass(frozen=True, slots=True)
class History:
    """What is known from before, newest first, and what should make one look twice."""

    earlier: tuple[Earlier, ...]
    signs: tuple[str, ...]


def history(case: Case, parties: Sequence[Party], vehicles: dict[str, Vehicle]) -> History:
    """The history of a case's parties; the caller has checked that the viewer holds the case."""
    since = clock.now() - REACH
    found: list[Earlier] = []
    for party in parties:
        found += _of(case, party, vehicles[party.label], since)
    found.sort(key=lambda one: one.at, reverse=True)
    return History(tuple(found[:MOST]), tuple(_signs(case, found, parties)))


def _of(case: Case, party: Party, vehicle: Vehicle, since: datetime) -> list[Earlier]:
    same = Q(pk__in=[])
    if vehicle.plate:
        plates = Vehicle.objects.filter(plate=vehicle.plate).values("party_id")
        same |= Q(pk__in=plates)
    if party.id_number:
        same |= Q(id_number=party.id_number)
    if party.phone:
        same |= Q(phone=party.phone)
    rows = Party.objects.filter(same, case__city=case.city, case__happened_at__gte=since)
    rows = rows.exclude(case=case).exclude(case__status=Case.Status.WITHDRAWN).select_related("case")
    return [_earlier(party, vehicle, row) for row in rows.order_by("-case__happened_at")[:MOST]]


def _earlier(party: Party, vehicle: Vehicle, row: Party) -> Earlier:
    before = Vehicle.objects.filter(party=row).first()
    if before is not None and vehicle.plate and before.plate == vehicle.plate:
        by = _("vehicle")
    else:
        by = _("person") if party.id_number and row.id_number == party.id_number else _("phone")
    signed = Determination.objects.filter(case=row.case, status=Determination.Status.SIGNED).first()
    grade = (signed.grades or {}).get(row.label, "") if signed else ""
    return Earlier(party.label, by, row.case.number, row.case.happened_at, row.case.place, grade)


def _signs(case: Case, found: Sequence[Earlier], parties: Sequence[Party]) -> list[str]:
    signs: list[str] = []
    recent = clock.now() - timedelta(days=OFTEN_DAYS)
    for party in parties:
        count = len({one.number for one in found if one.label == party.label and one.at >= recent})
        if count + 1 >= OFTEN:
            told = {"label": party.label, "count": count + 1, "days": OFTEN_DAYS}
            signs.append(_("Party %(label)s: %(count)d accidents in %(days)d days") % told)
    numbers = [{one.number for one in found if one.label == p.label} for p in parties]
    if len(numbers) > 1 and set.intersection(*numbers):
        signs.append(_("The same parties have met in an accident before"))
    if Likeness.objects.filter(evidence__case=case).exists():
        signs.append(_("A photograph resembles one of an earlier case"))
    return signs
