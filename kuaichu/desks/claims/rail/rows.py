"""Rows of the stop switch and of the daily reconciliation."""

from __future__ import annotations

from django.db import models

from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id


class PayoutStop(Row):
    """Payouts are switched off until it is lifted: an insurer's own, or all of a city (no insurer named)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    insurer = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=300)
    stopped_at = models.DateTimeField()
    active = models.BooleanField(default=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "insurer"], condition=models.Q(active=True), name="payout_stop_once"
            )
        ]


class Reconciliation(Row):
    """One day's comparison of the rail's statement with our payouts. `findings`: what differs, by payout."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    day = models.DateField()
    matched = models.PositiveIntegerField()
    rail_fen = models.BigIntegerField()
    own_fen = models.BigIntegerField()
    findings = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "day"], name="reconciliation_once")]
