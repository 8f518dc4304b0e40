"""Rows of the clearing between insurers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.cases.models import Case
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id


class ClearingRun(Row):
    """One day's netting of a city: what each insurer pays (below zero) or gets, in fen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    day = models.DateField()
    positions = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "day"], name="clearing_run_once")]


class ClearingItem(Row):
    """What `debtor` owes `creditor`, which paid a recipient for it; a reversal takes it back."""

    class Status(models.TextChoices):
        OPEN = "open", _("to be netted")
        NETTED = "netted", _("netted")

    MOVES = {Status.OPEN: (Status.NETTED,), Status.NETTED: ()}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    payout = models.ForeignKey("claims.Payout", on_delete=models.PROTECT, related_name="+")
    reversal = models.BooleanField(default=False)
    debtor = models.CharField(max_length=32)
    creditor = models.CharField(max_length=32)
    fen = models.BigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    run = models.ForeignKey(ClearingRun, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payout", "reversal"], name="clearing_item_once"),
            models.CheckConstraint(
                condition=models.Q(fen__gt=0) & ~models.Q(debtor=models.F("creditor")),
                name="clearing_item_fen",
            ),
        ]
        indexes = [models.Index(fields=["city", "status", "at"], name="clearing_open")]


class ClearingDispute(Row):
    """A debtor says that it does not owe an item. Who does not answer in time has agreed."""

    class Status(models.TextChoices):
        OPEN = "open", _("to be answered")
        UPHELD = "upheld", _("the item is taken back")
        REJECTED = "rejected", _("the item stands")

    MOVES = {Status.OPEN: (Status.UPHELD, Status.REJECTED), Status.UPHELD: (), Status.REJECTED: ()}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.OneToOneField(ClearingItem, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    grounds = models.CharField(max_length=300)
    answer = models.CharField(max_length=300, blank=True)
    silent = models.BooleanField(default=False)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)


class ClearingPayment(Row):
    """What one insurer pays another after a netting, over the payout rail."""

    class Status(models.TextChoices):
        ORDERED = "ordered", _("ordered")
        PAID = "paid", _("paid")

    MOVES = {Status.ORDERED: (Status.PAID,), Status.PAID: ()}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(ClearingRun, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    payer = models.CharField(max_length=32)
    payee = models.CharField(max_length=32)
    fen = models.BigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ORDERED)
    receipt = models.CharField(max_length=80, blank=True)
    paid_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "payer", "payee"], name="clearing_payment_once")
        ]
