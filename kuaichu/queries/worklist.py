"""An insurer's claims by the clock: what is to be done next, by when; read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from kuaichu.cases.models import Vehicle
from kuaichu.cases.plates import normalise
from kuaichu.desks.claims.calculations import by_insurer
from kuaichu.desks.claims.models import Assessment, Calculation, Claim, Payout
from kuaichu.desks.claims.rules import rules
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.queries.losses import assessor_of

Shares = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: `task` is acknowledge, assess, approve, wait, pay or done; `due` its end, if it has one."""

    claim: Claim
    plates: tuple[str, ...]
    task: str
    task_words: str
    due: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """A few figures of one company: open and late claims, what was paid in the last 30 days."""

    open: int
    late: int
    paid: int
    paid_fen: int


def own_claims(viewer: Actor) -> QuerySet[Claim]:
    """The claims of the viewer's company; none for anybody else."""
    rows = Claim.objects.filter(city=viewer.city, insurer=viewer.insurer).select_related("case")
    return rows if viewer.insurer else rows.none()


def worklist(viewer: Actor, *, limit: int = 200) -> list[Row]:
    """The open claims, the most urgent first."""
    open_claims = own_claims(viewer).exclude(status=Claim.Status.PAID).order_by("registered_at")
    return _rows(list(open_claims[:limit]))


def finished(viewer: Actor, *, limit: int = 20) -> list[Row]:
    """The claims paid last."""
    return _rows(list(own_claims(viewer).filter(status=Claim.Status.PAID).order_by("-id")[:limit]))


def search(viewer: Actor, text: str, *, limit: int = 50) -> list[Row]:
    """Claims, open or paid, whose case number, report number or plate contains `text`."""
    wanted = normalise(text)
    if len(wanted) < 2:
        return []
    plates = Vehicle.objects.filter(plate__contains=wanted).values("case_id")
    hit = Q(case__number__contains=wanted) | Q(report_number__icontains=wanted) | Q(case_id__in=plates)
    return _rows(list(own_claims(viewer).filter(hit).order_by("-id")[:limit]))


def figures(viewer: Actor, rows: list[Row]) -> Figures:
    """The figures above the list `rows` of open claims."""
    since = clock.now() - timedelta(days=30)
    paid = Payout.objects.filter(city=viewer.city, insurer=viewer.insurer, paid_at__gte=since)
    total = paid.aggregate(fen=Sum("fen"))["fen"] or 0
    return Figures(len(rows), sum(row.late for row in rows), paid.count(), int(total))


def _rows(claims: list[Claim]) -> list[Row]:
    known = _Known([claim.case_id for claim in claims])
    rows = [_row(claim, known) for claim in claims]
    far = datetime.max.replace(tzinfo=clock.CHINA)
    return sorted(rows, key=lambda row: (row.due or far, row.claim.registered_at))


class _Known:
    """What the rows need from other tables, each read once for all cases."""

    def __init__(self, cases: list[UUID]) -> None:
        self.vehicles: dict[UUID, dict[str, Vehicle]] = {case: {} for case in cases}
        owned = Vehicle.objects.filter(case_id__in=cases).select_related("party").order_by("party__label")
        for vehicle in owned:
            self.vehicles[vehicle.case_id][vehicle.party.label] = vehicle
        self.assessed = set(Assessment.objects.filter(case_id__in=cases).values_list("vehicle_id", flat=True))
        self.newest = {
            c.case_id: c for c in Calculation.objects.filter(case_id__in=cases).order_by("version")
        }
        self.shares: dict[UUID, Shares] = {}
        for model in (Agreement, Determination):  # a determination stands above an agreement
            signed = model.objects.filter(case_id__in=cases, status="signed")
            for case_id, civil, clearing in signed.values_list("case_id", "shares", "clearing_shares"):
                given = civil or clearing or {}
                self.shares[case_id] = {label: Fraction(text) for label, text in given.items()}

    def left_to_assess(self, claim: Claim) -> bool:
        """Whether this insurer still has a vehicle to assess."""
        vehicles, shares = self.vehicles[claim.case_id], self.shares.get(claim.case_id, {})
        return any(
            vehicle.kind == "MV"
            and vehicle.pk not in self.assessed
            and assessor_of(label, vehicles, shares) == claim.insurer
            for label, vehicle in vehicles.items()
        )

    def needs_approval(self, claim: Claim) -> bool:
        """Whether what this insurer pays is above what the city's rule approves by itself."""
        found = self.newest.get(claim.case_id)
        own = by_insurer(found).get(claim.insurer, 0) if found else 0
        return own > rules(claim.city).approve_up_to_fen


def _row(claim: Claim, known: _Known) -> Row:
    task, words, due = _task(claim, known)
    plates = tuple(v.plate for v in known.vehicles[claim.case_id].values() if v.plate)
    return Row(claim, plates, task, words, due, late=due is not None and due < clock.now())


def _task(claim: Claim, known: _Known) -> tuple[str, str, datetime | None]:
    by = claim.registered_at + timedelta(minutes=rules(claim.city).assess_minutes)
    if claim.status == Claim.Status.PAID:
        return "done", _("Paid"), None
    if not claim.report_number:
        return "acknowledge", _("Accept the claim"), claim.due_at
    if claim.status == Claim.Status.APPROVED:
        return "pay", _("Being paid"), None
    if claim.status == Claim.Status.CALCULATED:
        if known.needs_approval(claim):
            return "approve", _("Approve the payout"), by
        return "wait", _("Approved by rule"), None
    if known.left_to_assess(claim):
        return "assess", _("Assess the damage"), by
    return "wait", _("Waiting for the other insurer"), None
