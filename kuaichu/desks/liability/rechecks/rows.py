"""Rows of second looks: one table, because each is a case that another officer looks at again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case, Party
from kuaichu.kernel.ids import new_id


class Recheck(models.Model):
    """Another looks at a ruling: before it is issued, by sample, on objection, on review (复核), as the head.

    `told` is what was asked (grounds, words, evidence, the other side's answer); `answer` what came of it.
    """

    class Kind(models.TextChoices):
        FOUR_EYES = "four_eyes", _("second officer before issuing")
        STATION = "station", _("prepared by a police station")
        SAMPLE = "sample", _("sample, judged again unseen")
        OBJECTION = "objection", _("objection of a party")
        REVIEW = "review", _("review by the higher unit")
        APPROVAL = "approval", _("fast handling to be approved by the head")
        RECUSAL = "recusal", _("application for recusal")
        CORRECTION = "correction", _("slip in the certificate")

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TAKEN = "taken", _("with an officer")
        PROPOSED = "proposed", _("conclusion proposed, second officer wanted")
        DONE = "done", _("concluded")
        ENDED = "ended", _("ended without conclusion")

    MOVES = {
        Status.WAITING: (Status.TAKEN, Status.ENDED),
        Status.TAKEN: (Status.WAITING, Status.PROPOSED, Status.DONE, Status.ENDED),
        Status.PROPOSED: (Status.TAKEN, Status.DONE, Status.ENDED),
        Status.DONE: (),
        Status.ENDED: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    determination = models.ForeignKey("liability.Determination", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField()
    unit_id = models.UUIDField(null=True)  # only officers of this organisation; null: any of the city
    officer_id = models.UUIDField(null=True)
    second_id = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    told = models.JSONField(default=dict)
    late = models.BooleanField(default=False)
    outcome = models.CharField(max_length=20, blank=True)
    answer = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "kind"],
                name="recheck_alive",
                condition=models.Q(status__in=["waiting", "taken", "proposed"]),
            )
        ]
        indexes = [
            models.Index(fields=["city", "status", "due_at"], name="recheck_queue"),
            models.Index(fields=["case", "kind"], name="recheck_case"),
        ]
