"""Rows of orders: who asked for which paper, with which words."""

from __future__ import annotations

from django.db import models

from kuaichu.cases.models import Case
from kuaichu.kernel.ids import new_id


class PaperOrder(models.Model):
    """A paper asked for by an officer or an insurer: `told` is what the form held, checked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    kind = models.CharField(max_length=32)
    told = models.JSONField(default=dict)
    readers = models.CharField(max_length=40)
    insurer = models.CharField(max_length=32, blank=True)
    account_id = models.CharField(max_length=64)
    ordered_at = models.DateTimeField()
    client_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "client_id"], name="paper_order_once")]
        indexes = [models.Index(fields=["case", "kind"], name="paper_order_case")]
