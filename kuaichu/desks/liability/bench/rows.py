"""Rows of the bench: evidence asked for, endings without liability, corrections, opinions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case, Party
from kuaichu.kernel.ids import new_id


class EvidenceRequest(models.Model):
    """One more photograph that an officer needs of one party, and what came of it."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked for")
        CAME = "came", _("received")
        LAPSED = "lapsed", _("did not come in time")
        ENDED = "ended", _("no longer needed")

    MOVES = {
        Status.ASKED: (Status.CAME, Status.LAPSED, Status.ENDED),
        Status.CAME: (),
        Status.LAPSED: (),
        Status.ENDED: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    determination = models.ForeignKey("liability.Determination", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ASKED)
    officer_id = models.UUIDField()
    shot = models.CharField(max_length=16)
    words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    evidence_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["determination"], name="evidence_asked_once", condition=models.Q(status="asked")
            )
        ]
        indexes = [models.Index(fields=["case", "status"], name="evidence_request_case")]


class Ending(models.Model):
    """How an officer ended a request without determining liability; the basis of its paper."""

    class Kind(models.TextChoices):
        FACTS = "facts", _("certificate of facts")
        NOT_ACCEPTED = "not_accepted", _("not accepted")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    determination = models.OneToOneField(
        "liability.Determination", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    ground = models.CharField(max_length=24, blank=True)
    facts_found = models.TextField(blank=True)
    reasons = models.TextField()
    officer_id = models.UUIDField()
    at = models.DateTimeField()


class Removal(models.Model):
    """A case left for a unit outside the city; `receipt` is how that one confirmed it (D146 Art. 9-11)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    determination = models.OneToOneField(
        "liability.Determination", on_delete=models.PROTECT, related_name="+"
    )
    city = models.CharField(max_length=32)
    unit = models.CharField(max_length=80)
    words = models.TextField()
    officer_id = models.UUIDField()
    at = models.DateTimeField()
    receipt = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField(null=True)
    noted_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["city", "at"], name="removal_city")]


class Correction(models.Model):
    """A slip of the pen put right: a new version of the certificate; grades and shares stay what they are."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    determination = models.ForeignKey("liability.Determination", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    changes = models.JSONField()  # field: the right words
    why = models.CharField(max_length=200)
    officer_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["determination", "version"], name="correction_version")
        ]


class Opinion(models.Model):
    """What somebody thought before seeing what another thought: kept to be compared, never printed.

    `source` is `officer` (before the engine's proposal was shown), `engine`, or `second` (a sample).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    determination = models.ForeignKey("liability.Determination", on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    source = models.CharField(max_length=8)
    officer_id = models.UUIDField(null=True)
    grades = models.JSONField(default=dict)
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["determination", "source"], name="opinion_once")]
        indexes = [models.Index(fields=["city", "at"], name="opinion_city")]
