"""Rows of the documents desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id


class Paper(Row):
    """One paper: facts frozen when it is numbered, file sealed once, never changed."""

    class Kind(models.TextChoices):
        CERTIFICATE = "summary_certificate", _("determination certificate (summary procedure)")
        AGREEMENT = "agreement", _("self-negotiation agreement")
        FACTS = "facts_certificate", _("certificate of facts")
        REJECTION = "rejection_notice", _("notice of non-acceptance")
        CONCLUSION = "review_conclusion", _("conclusion of the review")

    class Status(models.TextChoices):
        NUMBERED = "numbered", _("being made")
        ISSUED = "issued", _("valid")
        SUPERSEDED = "superseded", _("superseded")
        REVOKED = "revoked", _("revoked")

    MOVES = {
        Status.NUMBERED: (Status.ISSUED,),
        Status.ISSUED: (Status.SUPERSEDED, Status.REVOKED),
        Status.SUPERSEDED: (),
        Status.REVOKED: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    basis_id = models.UUIDField()
    number = models.CharField(max_length=64)
    code = models.CharField(max_length=24, unique=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NUMBERED)
    facts = models.BinaryField()
    facts_sha256 = models.CharField(max_length=64)
    facts_sm3 = models.CharField(max_length=64)
    qr = models.TextField(blank=True)
    facts_leaf = models.BigIntegerField()
    file_leaf = models.BigIntegerField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_sm3 = models.CharField(max_length=64, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    level = models.CharField(max_length=12, blank=True)
    numbered_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "basis_id"], name="paper_basis"),
            models.UniqueConstraint(fields=["city", "kind", "number"], name="paper_number"),
        ]
        indexes = [models.Index(fields=["file_sha256"], name="paper_file")]


class Cosignature(models.Model):
    """A witness's signature of a checkpoint of a city's public log (C2SP tlog-cosignature)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    log = models.CharField(max_length=32)
    witness = models.CharField(max_length=80)
    public = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    note = models.TextField()
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "witness", "size"], name="cosignature_once")]
