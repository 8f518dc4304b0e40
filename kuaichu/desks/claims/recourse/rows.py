"""Rows of what follows a payout, or stands in its way: demands, bills paid first, wishes, refusals."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id


class Recovery(Row):
    """An insurer's demand: what it paid too much, on a paper that was revoked, or in advance for a party.

    `fen` is what is still open; `received_fen` came back.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("to be recovered")
        DROPPED = "dropped", _("no longer owed")
        RECEIVED = "received", _("came back")
        WRITTEN_OFF = "written_off", _("written off")

    MOVES = {
        Status.OPEN: (Status.DROPPED, Status.RECEIVED, Status.WRITTEN_OFF),
        Status.DROPPED: (),
        Status.RECEIVED: (),
        Status.WRITTEN_OFF: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    insurer = models.CharField(max_length=32)
    from_label = models.CharField(max_length=12)
    fen = models.BigIntegerField()
    received_fen = models.BigIntegerField(default=0)
    why = models.CharField(max_length=16)
    reason = models.CharField(max_length=300, blank=True)
    references = models.JSONField(default=list)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "insurer", "from_label", "why"],
                name="recovery_open_once",
                condition=models.Q(status="open"),
            ),
            models.CheckConstraint(condition=models.Q(fen__gte=0, received_fen__gte=0), name="recovery_fen"),
        ]
        indexes = [models.Index(fields=["city", "insurer", "status"], name="recovery_worklist")]


class Lien(Row):
    """A bill that is paid first out of what a party gets for its injuries: a hospital's, or the rescue
    fund's.
    """

    class Kind(models.TextChoices):
        HOSPITAL = "hospital", _("hospital")
        FUND = "fund", _("rescue fund")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    label = models.CharField(max_length=12)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    holder = models.CharField(max_length=120)
    account = models.CharField(max_length=34)
    fen = models.BigIntegerField()
    basis = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "holder", "basis"], name="lien_once")]


class StepInWish(Row):
    """A party asked its own insurer to pay first (INS 60), having waived nothing (INS 61)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=12)
    insurer = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "label"], name="step_in_wish_once")]


class OwnSideWish(Row):
    """A party wants each insurer to pay its own insured."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "label"], name="own_side_wish_once")]


class ClaimRefusal(Row):
    """Why an insurer's person refused a claim, in writing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16)
    reasons = models.TextField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="claim_refusal_case")]
