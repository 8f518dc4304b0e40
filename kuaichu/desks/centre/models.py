"""Rows of the centre: seats, shifts, what waits, declared interests, deadlines that were called out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case
from kuaichu.kernel.ids import new_id


class Shift(models.Model):
    """Somebody is planned to work at a post from one moment to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "starts_at"], name="shift_once")]
        indexes = [models.Index(fields=["city", "starts_at"], name="shift_city")]


class Seat(models.Model):
    """Somebody sits at a post, in one session on one device. `ready` asks for the next case."""

    class Status(models.TextChoices):
        ON = "on", _("taken")
        OFF = "off", _("left")

    MOVES = {Status.ON: (Status.OFF,), Status.OFF: ()}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    post = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    session = models.CharField(max_length=64)  # hash of the session's key
    device = models.CharField(max_length=80, blank=True)  # kind of browser and machine, for people to read
    status = models.CharField(max_length=4, choices=Status.choices, default=Status.ON)
    ready = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "post", "number"], name="seat_taken_once", condition=models.Q(status="on")
            ),
            models.UniqueConstraint(
                fields=["account"], name="seat_one_each", condition=models.Q(status="on")
            ),
        ]
        indexes = [models.Index(fields=["city", "status"], name="seat_city")]


class Item(models.Model):
    """Something that waits for somebody at a post: one table for all kinds.

    `subject_id` is the row of another desk it stands for. `rank` 0 goes first: a lane is blocked or somebody
    is hurt. `due_at` is the service clock, `legal_at` the end of the legal period.
    """

    class Kind(models.TextChoices):
        REQUEST = "request", _("determination asked for")
        ON_SITE = "on_site", _("handed over from the scene")
        STATION = "station", _("prepared by a police station")
        OBJECTION = "objection", _("objection")
        REVIEW = "review", _("review")
        CORRECTION = "correction", _("correction of a paper")
        RETURNED = "returned", _("evidence has come")
        SECOND = "second", _("second pair of eyes")
        SAMPLE = "sample", _("judged again, blind")

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DRAWN = "drawn", _("drawn for somebody")
        DONE = "done", _("done")

    MOVES = {
        Status.WAITING: (Status.DRAWN, Status.DONE),
        Status.DRAWN: (Status.WAITING, Status.DONE),
        Status.DONE: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject_id = models.UUIDField()
    post = models.CharField(max_length=16)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    rank = models.PositiveSmallIntegerField(default=1)
    why_first = models.CharField(max_length=12, blank=True)  # hurt, lane
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    legal_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=0)
    officer_id = models.UUIDField(null=True)
    drawn_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    shunned = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"], name="item_once", condition=~models.Q(status="done")
            ),
            models.UniqueConstraint(
                fields=["officer_id"], name="item_in_hand", condition=models.Q(status="drawn")
            ),
        ]
        indexes = [
            models.Index(fields=["city", "status", "post"], name="item_queue"),
            models.Index(fields=["case"], name="item_case"),
        ]


class Alarm(models.Model):
    """A legal period of a case is about to end, or has ended: called out to the head of a post."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    passed = models.BooleanField(default=False)
    post = models.CharField(max_length=16, default="supervision")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code", "since", "passed"], name="alarm_once")]
        indexes = [models.Index(fields=["city", "seen_at"], name="alarm_city")]


class Errand(models.Model):
    """Something a post sees to in a case that somebody else decides; `notes` are what it did, in order."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")

    MOVES = {Status.OPEN: (Status.DONE,), Status.DONE: ()}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=16)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    why = models.CharField(max_length=12)  # hurt, stuck, asked, handed_on
    words = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    notes = models.JSONField(default=list)
    to = models.CharField(max_length=16, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "post"], name="errand_open_once", condition=models.Q(status="open")
            )
        ]
        indexes = [models.Index(fields=["city", "post", "status"], name="errand_list")]
