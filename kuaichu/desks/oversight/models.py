"""Rows of the oversight desk: what parties ask about their data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case, Party
from kuaichu.kernel.ids import new_id


class RightsRequest(models.Model):
    """A party uses a right over its data (PIPL Art. 44-48): correct, delete, or question a use."""

    class Kind(models.TextChoices):
        CORRECT = "correct", _("correct my data")
        DELETE = "delete", _("delete my data")
        QUESTION = "question", _("question who looked or what was done with my data")

    class Status(models.TextChoices):
        OPEN = "open", _("asked")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused, with reasons")

    MOVES = {
        Status.OPEN: (Status.GRANTED, Status.REFUSED),
        Status.GRANTED: (),
        Status.REFUSED: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    words = models.CharField(max_length=1000, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind"], name="rights_open_once", condition=models.Q(status="open")
            )
        ]
        indexes = [models.Index(fields=["city", "status", "due_at"], name="rights_worklist")]
