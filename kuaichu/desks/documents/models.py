"""Rows of the documents desk."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case
from kuaichu.desks.documents.ordering.rows import PaperOrder
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id

__all__ = [
    "CERTIFICATES", "INSURERS", "PARTIES", "POLICE", "Cosignature", "EarlierFile", "Paper", "PaperOrder",
    "Service", "ServiceConsent",
]  # fmt: skip

PARTIES: Final = "parties"
"""Who reads a paper: every party and insurer of the case."""
INSURERS: Final = "insurers"
POLICE: Final = "police"


class Paper(Row):
    """One paper: facts frozen when it is numbered, file sealed once, never changed."""

    class Kind(models.TextChoices):
        CERTIFICATE = "summary_certificate", _("determination certificate (summary procedure)")
        AGREEMENT = "agreement", _("self-negotiation agreement")
        FACTS = "facts_certificate", _("certificate of facts")
        REJECTION = "rejection_notice", _("notice of non-acceptance")
        CONCLUSION = "review_conclusion", _("conclusion of the review")
        GENERAL = "general_certificate", _("determination certificate (general procedure)")
        ACCEPTANCE = "acceptance_record", _("acceptance record")
        RIGHTS = "rights_notice", _("notice of rights, with contact card")
        CLEAR = "clear_instruction", _("instruction to clear the scene")
        HAND_OVER = "hand_over_form", _("form of a hand-over")
        SUPPLEMENT = "supplement", _("supplement on identity")
        REVIEW_APPLICATION = "review_application", _("application for review")
        REVIEW_ACCEPTANCE = "review_acceptance", _("notice that a review is accepted")
        SERVICE = "proof_of_service", _("proof of service")
        MEDIATION = "mediation_agreement", _("mediation agreement")
        MEDIATION_END = "mediation_end", _("termination of mediation")
        MEDIATION_RECORD = "mediation_record", _("record of mediation")
        PEOPLES_MEDIATION = "peoples_mediation", _("people's mediation agreement")
        PROXY = "power_of_attorney", _("power of attorney")
        EVIDENCE_LIST = "evidence_list", _("list of electronic data")
        EXTRACTION = "extraction_record", _("record of extracting electronic data")
        COPY = "certified_copy", _("certified copy of evidence")
        PHOTOS = "photo_sheet", _("sheet of photographs")
        RESCUE_COST = "rescue_cost_notice", _("rescue-cost notice to the insurer")
        RESCUE_FUND = "rescue_fund_notice", _("notice to the rescue fund")
        CARE_PASS = "care_pass", _("care-pass authorisation")
        KNOCK_FOR_KNOCK = "knock_for_knock", _("knock-for-knock consent")
        LOSS = "loss_sheet", _("loss sheet")
        TOW = "tow_order", _("tow order")
        REPAIR = "repair_order", _("repair order")

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
    readers = models.CharField(max_length=40, default=PARTIES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "basis_id"], name="paper_basis"),
            models.UniqueConstraint(fields=["city", "kind", "number"], name="paper_number"),
        ]
        indexes = [models.Index(fields=["file_sha256"], name="paper_file")]

    def read_by(self, who: str) -> bool:
        """Whether the paper is for a party (its label) or for the insurers; the police read all."""
        named = self.readers.split()
        return PARTIES in named or who in named


CERTIFICATES: Final = (Paper.Kind.CERTIFICATE, Paper.Kind.GENERAL)
"""Papers that say who bears which liability by an officer's determination."""


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


class EarlierFile(Row):
    """A file that a later revision of the same paper has taken the place of: it stays what it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    file_sha256 = models.CharField(max_length=64, unique=True)
    file_sm3 = models.CharField(max_length=64)
    file_size = models.PositiveIntegerField()
    file_leaf = models.BigIntegerField()
    level = models.CharField(max_length=12)
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=24)


class ServiceConsent(Row):
    """A party's consent to be served electronically; withdrawn, it stays as it was with its end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    party_id = models.UUIDField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party_id"],
                condition=models.Q(withdrawn_at=None),
                name="service_consent_alive",
            )
        ]


class Service(Row):
    """The service of one paper on one party: which way, when it counts as served, when it was received."""

    class Way(models.TextChoices):
        ELECTRONIC = "electronic", _("electronically")
        COUNTER = "counter", _("printed at a service point")
        POST = "post", _("by post")

    class Status(models.TextChoices):
        WAITING = "waiting", _("to be handed over")
        SENT = "sent", _("sent")
        RECEIVED = "received", _("received")
        REFUSED = "refused", _("acceptance refused")

    MOVES = {
        Status.WAITING: (Status.SENT, Status.RECEIVED, Status.REFUSED),
        Status.SENT: (Status.WAITING, Status.RECEIVED, Status.REFUSED),
        Status.RECEIVED: (),
        Status.REFUSED: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    party_id = models.UUIDField()
    way = models.CharField(max_length=12, choices=Way.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    file_sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    tracking = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    noted_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "party_id"], name="service_once")]
