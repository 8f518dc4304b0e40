"""Rows of the ledger. They are written once: a correction is another posting."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from kuaichu.cases.models import Case
from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.kernel.compiled.rows import Row
from kuaichu.kernel.ids import new_id


class Unchangeable(TypeError):
    """Somebody tried to change or delete what was booked."""


class _WrittenOnce(models.QuerySet[Any]):
    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Unchangeable("a posting is never changed: book a correction")

    update = bulk_update = delete = update_or_create = _refuse  # type: ignore[assignment]


class _Booked(Row):
    objects = _WrittenOnce.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a fresh row; raises Unchangeable for one that is there."""
        if not self._state.adding:
            raise Unchangeable("a posting is never changed: book a correction")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise Unchangeable("a posting is never deleted: book a correction")


class Posting(_Booked):
    """What one money fact booked. `digest` is over its lines and stands in the fact, so in the journal's
    chain.

    `entry_id` is the journal entry of the fact: one posting for each.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    kind = models.CharField(max_length=40)
    entry_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()


class PostingLine(_Booked):
    """One side of a transfer in one insurer's book: `fen` above zero is a debit, below a credit.

    `side` is whom it concerns: `party:B`, `insurer:TAIHU`, `lien:<id>`; empty for nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=32)
    book = models.CharField(max_length=32)
    account = models.CharField(max_length=16, choices=Account.choices)
    side = models.CharField(max_length=48, blank=True)
    cover = models.CharField(max_length=20, blank=True)
    fen = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(fen=0), name="posting_line_not_zero")]
        indexes = [
            models.Index(fields=["posting"], name="posting_lines"),
            models.Index(fields=["city", "book", "account"], name="posting_account"),
        ]
