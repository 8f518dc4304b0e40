"""Rows of the claims desk: claims, assessments, calculations, payouts, ledger."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case, Vehicle
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id


class Claim(Row):
    """One insurer's part in one accident."""

    class Status(models.TextChoices):
        REGISTERED = "registered", _("sent to the insurer")
        ACKNOWLEDGED = "acknowledged", _("accepted by the insurer")
        CALCULATED = "calculated", _("calculated")
        APPROVED = "approved", _("approved")
        PAID = "paid", _("paid")

    MOVES = {
        Status.REGISTERED: (Status.ACKNOWLEDGED, Status.CALCULATED),
        Status.ACKNOWLEDGED: (Status.CALCULATED,),
        Status.CALCULATED: (Status.APPROVED,),
        Status.APPROVED: (Status.PAID, Status.CALCULATED),  # decided anew: to be approved again
        Status.PAID: (Status.CALCULATED,),
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
    """One amount an insurer pays to one recipient: ordered once, called with our key, recorded once."""

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
    to_label = models.CharField(max_length=12)
    fen = models.BigIntegerField()
    lines = models.JSONField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ORDERED)
    attempt = models.PositiveSmallIntegerField(default=1)
    receipt = models.CharField(max_length=80, blank=True)
    ordered_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calculation", "insurer", "to_label"], name="payout_once"),
            models.CheckConstraint(condition=models.Q(fen__gt=0), name="payout_positive"),
        ]


class Recovery(models.Model):
    """What an insurer paid too much, or on a certificate that was revoked: its open demand, no booking."""

    class Status(models.TextChoices):
        OPEN = "open", _("to be recovered")
        DROPPED = "dropped", _("no longer owed")

    MOVES = {Status.OPEN: (Status.DROPPED,), Status.DROPPED: ()}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    insurer = models.CharField(max_length=32)
    from_label = models.CharField(max_length=12)
    fen = models.BigIntegerField()
    why = models.CharField(max_length=16)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "insurer", "from_label"],
                name="recovery_open_once",
                condition=models.Q(status="open"),
            )
        ]
        indexes = [models.Index(fields=["city", "insurer", "status"], name="recovery_worklist")]


class LedgerEntry(models.Model):
    """Double entry: the rows of one payout balance to zero. Corrections are new rows."""

    id = models.BigAutoField(primary_key=True)
    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    account = models.CharField(max_length=80)
    fen = models.BigIntegerField()
    cover = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["payout"], name="ledger_payout")]
