"""The row of a fast track; what the head of the unit answers stands in the table of second looks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case
from kuaichu.kernel.ids import new_id


class FastTrack(models.Model):
    """The parties of an injury case apply in writing for its fast handling (D146 Art. 69), all of them.

    `applications` says by label when each one applied. With the last one the case waits for an officer
    (`determination_id`), and five working days run to the certificate (`due_at`).
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("not all parties have applied yet")
        APPLIED = "applied", _("all parties have applied")
        WITHDRAWN = "withdrawn", _("taken back")

    MOVES = {
        Status.ASKED: (Status.APPLIED, Status.WITHDRAWN),
        Status.APPLIED: (Status.WITHDRAWN,),
        Status.WITHDRAWN: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ASKED)
    applications = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    determination_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="fast_track_once", condition=~models.Q(status="withdrawn")
            )
        ]
