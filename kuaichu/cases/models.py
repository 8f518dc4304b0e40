"""The accident file: case, parties, vehicles, evidence. Desks point at it; it knows no desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.evidence_models import (
    Evidence,
    Fingerprint,
    Handling,
    Likeness,
    Reading,
    Receipt,
    Recording,
    Redaction,
    Upload,
    Viewing,
)
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id

__all__ = [
    "Case", "Evidence", "Fingerprint", "Handling", "Likeness", "Link", "Look", "Party", "PhoneCode",
    "Reading", "Receipt", "Recording", "Redaction", "Upload", "Vehicle", "Viewing",
]  # fmt: skip


class Case(Row):
    """One accident."""

    class Status(models.TextChoices):
        REPORTING = "reporting", _("being reported")
        READY = "ready", _("evidence complete")
        DECIDED = "decided", _("liability settled")
        CLOSED = "closed", _("closed")
        HANDED_OVER = "handed_over", _("handed over")
        WITHDRAWN = "withdrawn", _("withdrawn")

    MOVES = {
        Status.REPORTING: (Status.READY, Status.HANDED_OVER, Status.WITHDRAWN),
        Status.READY: (Status.DECIDED, Status.HANDED_OVER, Status.WITHDRAWN, Status.CLOSED),
        Status.DECIDED: (Status.CLOSED, Status.HANDED_OVER, Status.READY),  # READY: to be decided anew
        Status.CLOSED: (Status.HANDED_OVER, Status.READY),
        Status.HANDED_OVER: (Status.READY,),  # an officer takes it up at the scene
        Status.WITHDRAWN: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    number = models.CharField(max_length=32)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.REPORTING)
    source = models.CharField(max_length=16, default="web")
    opened_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    tapped_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    site = models.CharField(max_length=12, default="road")
    struck = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    datum = models.CharField(max_length=8, default="wgs84")
    weather = models.CharField(max_length=8, blank=True)
    light = models.CharField(max_length=16, blank=True)
    injury = models.CharField(max_length=12, blank=True)
    triage = models.JSONField(default=dict)
    screening = models.JSONField(null=True)
    procedure = models.CharField(max_length=16, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    watched = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "number"], name="case_number")]
        indexes = [models.Index(fields=["city", "status", "opened_at"], name="case_city_status")]


class Party(Row):
    """One person's part in an accident."""

    class Status(models.TextChoices):
        INVITED = "invited", _("invited")
        JOINED = "joined", _("joined")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("will not take part")
        ABSENT = "absent", _("not there")

    MOVES = {
        Status.INVITED: (Status.JOINED, Status.REFUSED, Status.ABSENT),
        Status.ABSENT: (Status.JOINED, Status.REFUSED),
        Status.JOINED: (Status.CONFIRMED, Status.REFUSED),
        Status.CONFIRMED: (Status.JOINED, Status.REFUSED),
        Status.REFUSED: (Status.JOINED,),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=1)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.INVITED)
    phone = models.CharField(max_length=16, blank=True)
    phone_proven_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=60, blank=True)
    id_number = models.CharField(max_length=32, blank=True)
    is_owner = models.BooleanField(null=True)
    driver = models.JSONField(null=True)
    statement = models.JSONField(default=dict)
    payee = models.JSONField(null=True)
    rating = models.JSONField(null=True)
    rating_asked_at = models.DateTimeField(null=True)
    helper = models.JSONField(null=True)
    injury = models.JSONField(null=True)
    session_version = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=8, default="zh-hans")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "label"], name="party_label")]


class Vehicle(Row):
    """The vehicle a party drove or rode."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, default="MV")
    plate = models.CharField(max_length=16, blank=True)
    plate_kind = models.CharField(max_length=2, blank=True)
    record = models.JSONField(null=True)
    policies = models.JSONField(null=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)


class Link(Row):
    """A link to one party's part. Only its hash is kept; it opens nothing without the phone's code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()


class PhoneCode(Row):
    """A one-time code asked for a phone number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    phone = models.CharField(max_length=16)
    purpose = models.CharField(max_length=8, default="prove")
    bound = models.CharField(max_length=64, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone", "asked_at"], name="phonecode_phone")]


class Look(Row):
    """Who looked at a case's personal data, when, and for what: shown to the citizen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64)
    purpose = models.CharField(max_length=32)
    at = models.DateTimeField()
