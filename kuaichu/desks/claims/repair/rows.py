"""Rows of repair: which shop the owner chose, and what the shop drafted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case, Vehicle
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id


class RepairChoice(Row):
    """The shop an owner chose, of the list by its code or any other by name; another choice replaces it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    vehicle = models.OneToOneField(Vehicle, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()


class Estimate(Row):
    """A shop's draft: lines as in an assessment, and how many days the repair takes."""

    class Status(models.TextChoices):
        DRAFTED = "drafted", _("sent to the insurer")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("came back with a question")

    MOVES = {
        Status.DRAFTED: (Status.APPROVED, Status.RETURNED),
        Status.APPROVED: (),
        Status.RETURNED: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    choice = models.ForeignKey(RepairChoice, on_delete=models.PROTECT, related_name="+")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="+")
    shop = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    lines = models.JSONField()
    total_fen = models.BigIntegerField()
    repair_fen = models.BigIntegerField(default=0)
    days = models.PositiveSmallIntegerField()
    found = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFTED)
    answer = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vehicle", "version"], name="estimate_version")]
