"""Dates that were promised in a case, and whether they were kept or explained (R33, P21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Vehicle
from kuaichu.desks.claims.delays import REASONS
from kuaichu.desks.claims.models import Assessment, Claim, Delay, Payout
from kuaichu.desks.claims.rules import rules
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.queries.claim_words import insurer_names
from kuaichu.queries.losses import to_assess


@dataclass(frozen=True, slots=True)
class Promise:
    """One dated promise: what by whom, made when, due when, kept when; why it is late, and the new date.

    `claim_id` and `stage` (`officer`, `accept`, `assess`, `pay`) name it for programs.
    """

    stage: str
    what: str
    who: str
    made_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    reason: str = ""
    until: datetime | None = None
    claim_id: UUID | None = None

    @property
    def state(self) -> str:
        """`kept`, `kept_late`, `explained` (a new date holds), `late`, or `open`."""
        if self.kept_at is not None:
            return "kept" if self.kept_at <= (self.until or self.due_at) else "kept_late"
        now = clock.now()
        if self.until is not None and now <= self.until:
            return "explained"
        return "open" if now <= self.due_at else "late"


def promises(case: Case, label: str = "") -> list[Promise]:
    """All of a case in the order in which they were made; payouts only those to party `label`."""
    claims = list(Claim.objects.filter(case=case).order_by("registered_at"))
    found = _officers(case)
    if claims:
        found += _insurers(case, claims, label)
    return sorted(found, key=lambda one: one.made_at)


def _officers(case: Case) -> list[Promise]:
    rows = Determination.objects.filter(case=case).exclude(status=Determination.Status.ENDED)
    return [
        Promise(
            "officer", _("An officer decides"), _("Traffic police officer"), row.requested_at, row.due_at,
            row.signed_at,
        )
        for row in rows.only("requested_at", "due_at", "signed_at", "status")
    ]  # fmt: skip


def _insurers(case: Case, claims: list[Claim], label: str) -> list[Promise]:
    names = insurer_names(c.insurer for c in claims)
    delays: dict[UUID, Delay] = {d.claim_id: d for d in Delay.objects.filter(case=case).order_by("at")}
    assessed: dict[UUID, datetime] = {}
    for vehicle_id, at in (
        Assessment.objects.filter(case=case).order_by("-at").values_list("vehicle_id", "at")
    ):
        assessed[vehicle_id] = at  # the earliest stays
    payouts = list(Payout.objects.filter(case=case, to_label=label)) if label else []
    found: list[Promise] = []
    for claim in claims:
        who, delay = names.get(claim.insurer, claim.insurer), delays.get(claim.pk)
        found.append(_accept(claim, who))
        vehicles = to_assess(case.pk, claim.insurer)
        if vehicles:
            found.append(_assess(claim, who, vehicles, assessed, delay))
        found += [_pay(p, who, delay) for p in payouts if p.claim_id == claim.pk]
    return found


def _accept(claim: Claim, who: str) -> Promise:
    what = _("accepts the claim")
    return Promise(
        "accept", what, who, claim.registered_at, claim.due_at, claim.acknowledged_at, claim_id=claim.pk
    )


def assess_by(claim: Claim) -> datetime:
    """By when the insurer has promised to assess."""
    return claim.registered_at + timedelta(minutes=rules(claim.city).assess_minutes)


def _assess(
    claim: Claim, who: str, vehicles: list[Vehicle], assessed: dict[UUID, datetime], delay: Delay | None
) -> Promise:
    times = [assessed.get(vehicle.pk) for vehicle in vehicles]
    kept = max((at for at in times if at), default=None) if all(times) else None
    late = delay if delay and (kept is None or delay.at < kept) else None
    return Promise(
        "assess", _("assesses the damage"), who, claim.registered_at, assess_by(claim), kept,
        REASONS[late.reason]() if late else "", late.until if late else None, claim.pk,
    )  # fmt: skip


def _pay(payout: Payout, who: str, delay: Delay | None) -> Promise:
    due = payout.ordered_at + timedelta(hours=rules(payout.city).pay_hours)
    late = delay if delay and delay.at >= payout.ordered_at else None
    return Promise(
        "pay", _("pays you"), who, payout.ordered_at, due, payout.paid_at,
        REASONS[late.reason]() if late else "", late.until if late else None, payout.claim_id,
    )  # fmt: skip
