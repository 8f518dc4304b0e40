"""Rows of the liability desk: what the parties want, agreements, determinations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case, Party
from kuaichu.desks.liability.approvals.rows import FastTrack
from kuaichu.desks.liability.bench.rows import Correction, Ending, EvidenceRequest, Opinion, Removal
from kuaichu.desks.liability.rechecks.rows import Recheck
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id

__all__ = [
    "Agreement", "Correction", "Determination", "Ending", "EvidenceRequest", "FastTrack", "Opinion",
    "Recheck", "Removal", "Wish",
]  # fmt: skip


class Wish(Row):
    """Which way a party wants to go: agree, ask jointly for an officer online, or police on site."""

    class Way(models.TextChoices):
        AGREE = "agree", _("settle by agreement")
        OFFICER = "officer", _("let an officer decide online")
        POLICE = "police", _("officer on site")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    at = models.DateTimeField()


class Agreement(Row):
    """A self-negotiation agreement (D146 Art. 21): the engine proposes, the parties sign."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        SIGNED = "signed", _("signed by all")
        DECLINED = "declined", _("declined")

    MOVES = {
        Status.PROPOSED: (Status.SIGNED, Status.DECLINED),
        Status.SIGNED: (),
        Status.DECLINED: (),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PROPOSED)
    proposal = models.JSONField()
    grades = models.JSONField()
    shares = models.JSONField()  # civil: what they owe each other
    clearing_shares = models.JSONField(default=dict)  # what the insurers' clause clears by
    share_rule = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)  # by label: when it was on the party's screen, with which notice
    signatures = models.JSONField(default=dict)
    proposed_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="agreement_alive", condition=~models.Q(status="declined")
            )
        ]


class Determination(Row):
    """An officer's determination of liability (法73, D146 Art. 20, 24, 60)."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for an officer")
        TAKEN = "taken", _("with an officer")
        RETURNED = "returned", _("waiting for evidence")
        CHECKED = "checked", _("waiting for a second officer")
        SIGNED = "signed", _("determined")
        REPLACED = "replaced", _("withdrawn, decided anew")
        ENDED = "ended", _("ended without determination")

    MOVES = {
        Status.WAITING: (Status.TAKEN, Status.ENDED),
        Status.TAKEN: (Status.WAITING, Status.RETURNED, Status.CHECKED, Status.SIGNED, Status.ENDED),
        Status.RETURNED: (Status.WAITING, Status.ENDED),
        Status.CHECKED: (Status.WAITING, Status.SIGNED, Status.ENDED),
        Status.SIGNED: (Status.REPLACED,),
        Status.REPLACED: (),
        Status.ENDED: (),
    }
    OVER = (Status.ENDED, Status.REPLACED)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField()
    officer_id = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    shunned = models.JSONField(default=list)
    proposal = models.JSONField(null=True)
    draft = models.JSONField(default=dict)
    grades = models.JSONField(null=True)
    shares = models.JSONField(null=True)  # civil: what they owe each other
    clearing_shares = models.JSONField(default=dict)  # what the insurers' clause clears by
    share_rule = models.JSONField(default=dict)
    citations = models.JSONField(default=list)
    facts_found = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    form = models.CharField(max_length=2, blank=True)
    followed_engine = models.BooleanField(null=True)
    signed_at = models.DateTimeField(null=True)
    served = models.JSONField(default=dict)
    kept_for = models.UUIDField(null=True)  # came back: offered to this officer alone until `kept_until`
    kept_until = models.DateTimeField(null=True)
    unit_id = models.UUIDField(null=True)  # transferred: only officers of this organisation take it
    grade = models.CharField(max_length=16, blank=True)  # the grade its officer must hold; empty: none
    prepared_by = models.UUIDField(null=True)  # the station officer who prepared it
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="determination_alive",
                condition=~models.Q(status__in=["ended", "replaced"]),
            ),
            models.UniqueConstraint(
                fields=["officer_id"], name="determination_in_hand", condition=models.Q(status="taken")
            ),
        ]
        indexes = [
            models.Index(fields=["city", "status", "requested_at"], name="determination_queue"),
            models.Index(fields=["officer_id", "status"], name="determination_officer"),
        ]
