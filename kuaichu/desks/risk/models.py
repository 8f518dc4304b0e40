"""Rows of the risk desk: traces of accidents, inquiries, what parties answer, small payouts counted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case, Party
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id


class Trace(Row):
    """The keyed hash of something that an accident has in common with others; never the thing itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    label = models.CharField(max_length=1, blank=True)
    kind = models.CharField(max_length=8)
    hash = models.CharField(max_length=64)
    insurers = models.JSONField(default=list)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "label", "kind", "hash"], name="trace_once")]
        indexes = [
            models.Index(fields=["city", "hash", "at"], name="trace_hash"),
            models.Index(fields=["city", "expires_at"], name="trace_expires"),
        ]


class SmallPayout(Row):
    """A claim of a case that the machine approved as small: counted for the limit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    claim_id = models.UUIDField(unique=True)
    at = models.DateTimeField()


class Inquiry(Row):
    """Somebody looks at an accident before more money leaves: why, who, by when."""

    class Status(models.TextChoices):
        OPEN = "open", _("being looked at")
        CLEARED = "cleared", _("nothing found")
        LAPSED = "lapsed", _("not decided in time, the money goes on")
        REFERRED = "referred", _("given to investigation")

    MOVES = {
        Status.OPEN: (Status.CLEARED, Status.LAPSED, Status.REFERRED),
        Status.CLEARED: (),
        Status.LAPSED: (),
        Status.REFERRED: (Status.CLEARED,),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    owner = models.CharField(max_length=16, default="supervision")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    points = models.PositiveIntegerField()
    signs = models.JSONField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    reasons = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="inquiry_open_once", condition=models.Q(status="open")
            )
        ]
        indexes = [models.Index(fields=["city", "status", "due_at"], name="inquiry_worklist")]


class InquiryAnswer(Row):
    """What a party says to what was noticed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["inquiry", "at"], name="inquiry_answers")]
