"""Rows of the dispatch desk: duty, where somebody was on duty, tasks, records of scenes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case
from kuaichu.kernel.ids import new_id


class Duty(models.Model):
    """Somebody is on duty, with the position last told (WGS-84); it is erased with the trail."""

    class Status(models.TextChoices):
        ON = "on", _("on duty")
        OFF = "off", _("off duty")

    MOVES = {Status.ON: (Status.OFF,), Status.OFF: ()}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation_id = models.UUIDField()
    insurer = models.CharField(max_length=32, blank=True)
    role = models.CharField(max_length=20)
    unit = models.CharField(max_length=40, blank=True)  # vehicle or radio number
    phone = models.CharField(max_length=16, blank=True)  # where offers are sent
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ON)
    consent = models.CharField(max_length=16)  # version of the text agreed to
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    positioned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], name="duty_once", condition=models.Q(status="on"))
        ]
        indexes = [models.Index(fields=["city", "status"], name="duty_city_status")]


class Trail(models.Model):
    """Where somebody on duty was; kept for the city's days only, and never in the journal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    lat = models.FloatField()
    lon = models.FloatField()
    accuracy_m = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "at"], name="trail_once")]


class Task(models.Model):
    """Somebody is wanted at the scene of a case. `cause` makes it once per reason."""

    class Source(models.TextChoices):
        HANDED_OVER = "handed_over", _("the case was handed over")
        ORDER = "order", _("an order of the centre")
        PASSING = "passing", _("passing by")
        CALLED = "called", _("called by a helper at the scene")

    class Status(models.TextChoices):
        WAITING = "waiting", _("looking for somebody")
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("on the way")
        ARRIVED = "arrived", _("at the scene")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("no longer needed")

    MOVES = {
        Status.WAITING: (Status.OFFERED, Status.ACCEPTED, Status.CANCELLED),
        Status.OFFERED: (Status.WAITING, Status.ACCEPTED, Status.CANCELLED),
        Status.ACCEPTED: (Status.ARRIVED, Status.WAITING, Status.CANCELLED),
        Status.ARRIVED: (Status.DONE, Status.WAITING),
        Status.DONE: (),
        Status.CANCELLED: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    cause = models.UUIDField(unique=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    wants = models.JSONField(default=list)  # roles that may take it
    words = models.CharField(max_length=300, blank=True)
    shunned = models.JSONField(default=list)  # accounts that declined, let it lapse or gave it back
    offers = models.PositiveSmallIntegerField(default=0)
    account_id = models.UUIDField(null=True)  # to whom it is offered, or who has it
    role = models.CharField(max_length=20, blank=True)
    metres = models.PositiveIntegerField(null=True)
    flags = models.JSONField(default=list)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # end of the offer, then of the way
    accepted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id"],
                name="task_in_hand",
                condition=models.Q(status__in=["accepted", "arrived"]),
            )
        ]
        indexes = [
            models.Index(fields=["city", "status", "made_at"], name="task_city_status"),
            models.Index(fields=["case", "status"], name="task_case"),
        ]


class SceneRecord(models.Model):
    """What was done to protect a scene, item by item; frozen with its hash when the scene is handed over."""

    class Status(models.TextChoices):
        OPEN = "open", _("being kept")
        FROZEN = "frozen", _("handed over")

    MOVES = {Status.OPEN: (Status.FROZEN,), Status.FROZEN: ()}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    task_id = models.UUIDField(unique=True)
    account_id = models.UUIDField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    items = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    content = models.JSONField(null=True)  # what was hashed
    sha256 = models.CharField(max_length=64, blank=True)
    handed_to = models.CharField(max_length=20, blank=True)
