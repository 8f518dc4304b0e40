"""Rows of the product: kept and changed by one statement compiled once."""

from __future__ import annotations

from typing import Any

from django.db import models

from kuaichu.kernel.prepared import amend, insert


class Row(models.Model):
    """A row whose key is made before it is kept. It tells no signals: what follows is in the wiring."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a fresh row, or write all fields (or `update_fields`) of one that is there."""
        if args or kwargs.get("force_update") or kwargs.get("using") not in (None, "default"):
            super().save(*args, **kwargs)
        elif self._state.adding:
            insert(self)
        else:
            names = kwargs.get("update_fields")
            if names is None or names:
                amend(self, *(self._all() if names is None else names))

    @classmethod
    def _all(cls) -> tuple[str, ...]:
        return tuple(one.name for one in cls._meta.concrete_fields if not one.primary_key)
