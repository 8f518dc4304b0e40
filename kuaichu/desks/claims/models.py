"""Rows of the claims desk: claims, assessments, calculations, payouts, recoveries; the ledger has its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case, Vehicle
from kuaichu.desks.claims.clearing.rows import ClearingDispute, ClearingItem, ClearingPayment, ClearingRun
from kuaichu.desks.claims.ledger.rows import Posting, PostingLine
from kuaichu.desks.claims.rail.rows import PayoutStop, Reconciliation
from kuaichu.desks.claims.recourse.rows import ClaimRefusal, Lien, OwnSideWish, Recovery, StepInWish
from kuaichu.desks.claims.repair.rows import Estimate, RepairChoice
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id

__all__ = [
    "Assessment",
    "Calculation",
    "Claim",
    "ClaimRefusal",
    "ClearingDispute",
    "ClearingItem",
    "ClearingPayment",
    "ClearingRun",
    "Delay",
    "Estimate",
    "Lien",
    "OwnSideWish",
    "Payout",
    "PayoutStop",
    "Posting",
    "PostingLine",
    "Reconciliation",
    "Recovery",
    "RepairChoice",
    "StepInWish",
]


class Claim(Row):
    """One insurer's part in one accident."""

    class Status(models.TextChoices):
        REGISTERED = "registered", _("sent to the insurer")
        ACKNOWLEDGED = "acknowledged", _("accepted by the insurer")
        CALCULATED = "calculated", _("calculated")
        APPROVED = "approved", _("approved")
        PAID = "paid", _("paid")
        REFUSED = "refused", _("refused in writing")

    ENDED = (Status.PAID, Status.REFUSED)
    MOVES = {
        Status.REGISTERED: (Status.ACKNOWLEDGED, Status.CALCULATED),
        Status.ACKNOWLEDGED: (Status.CALCULATED,),
        Status.CALCULATED: (Status.APPROVED, Status.REFUSED),
        Status.APPROVED: (Status.PAID, Status.CALCULATED),  # decided anew: to be approved again
        Status.PAID: (Status.CALCULATED,),
        Status.REFUSED: (Status.APPROVED, Status.CALCULATED),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    insurer = models.CharField(max_length=32)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.REGISTERED)
    report_number = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    held_for = models.CharField(max_length=16, blank=True)
    held_at = models.DateTimeField(null=True)
    release_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "insurer"], name="claim_once")]
        indexes = [models.Index(fields=["city", "insurer", "status", "id"], name="claim_worklist")]


class Delay(Row):
    """An insurer's word that it needs longer: why, and the new date."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16)
    until = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="delay_case")]


class Assessment(Row):
    """The assessed loss of one vehicle; a correction is a new version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    lines = models.JSONField()
    total_fen = models.BigIntegerField()
    repair_fen = models.BigIntegerField(default=0)
    supplement = models.CharField(max_length=300, blank=True)
    assessor = models.CharField(max_length=60)
    remarks = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vehicle", "version"], name="assessment_version")]


class Calculation(Row):
    """Who pays what: the frozen result of one computation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField(default=1)
    inputs = models.JSONField()
    inputs_hash = models.CharField(max_length=64)
    lines = models.JSONField()
    losses = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="calculation_version")]


class Payout(Row):
    """One amount to one recipient: ordered once, called with our key, recorded once.

    `insurer` owes it; `paid_by` is the insurer whose account pays, where that is another one (empty: the
    same). An advance is owed by somebody else, `debtor`; a lien's money goes to its holder, `for_lien`.
    """

    class Kind(models.TextChoices):
        CLAIM = "claim", _("on the claim")
        ADVANCE = "advance", _("advanced for somebody else")
        LIEN = "lien", _("to a hospital or the rescue fund")

    class Status(models.TextChoices):
        ORDERED = "ordered", _("ordered")
        PAID = "paid", _("paid")
        REJECTED = "rejected", _("rejected by the bank")
        STOPPED = "stopped", _("stopped, decided anew")

    MOVES = {
        Status.ORDERED: (Status.PAID, Status.REJECTED, Status.STOPPED),
        Status.PAID: (),
        Status.REJECTED: (Status.ORDERED, Status.STOPPED),
        Status.STOPPED: (Status.PAID,),  # it was under way already
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    calculation = models.ForeignKey(Calculation, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    insurer = models.CharField(max_length=32)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CLAIM)
    paid_by = models.CharField(max_length=32, blank=True)
    debtor = models.CharField(max_length=12, blank=True)
    for_lien = models.CharField(max_length=36, blank=True)
    to_label = models.CharField(max_length=12)
    fen = models.BigIntegerField()
    lines = models.JSONField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ORDERED)
    attempt = models.PositiveSmallIntegerField(default=1)
    receipt = models.CharField(max_length=80, blank=True)
    ordered_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calculation", "insurer", "to_label", "kind", "debtor", "for_lien"],
                name="payout_once",
            ),
            models.CheckConstraint(condition=models.Q(fen__gt=0), name="payout_positive"),
        ]

    @property
    def payer(self) -> str:
        """The insurer whose account pays."""
        return self.paid_by or self.insurer
