"""A statement run on the driver's own connection, and rows made into objects, as the ORM does both.

The ORM wraps every statement in four layers and every row in a constructor that asks each field; here the
same is decided once, when the statement is compiled. Whoever watches statements (tests, wrappers) still sees
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.signals import post_init, pre_init

_MARK = re.compile(r"(?<!%)%s")


class Statement:
    """One SQL statement with its places for values, written `%s`."""

    def __init__(self, sql: str, wrapper: Any) -> None:
        self.sql = sql
        self._own = _MARK.sub("?", sql).replace("%%", "%") if wrapper.vendor == "sqlite" else sql

    def run(self, wrapper: Any, params: Sequence[Any]) -> Any:
        """The driver's cursor after the statement; errors are those of `django.db`."""
        if wrapper.queries_logged or wrapper.execute_wrappers:
            cursor = wrapper.cursor()
            cursor.execute(self.sql, params)
            return cursor
        wrapper.close_if_health_check_failed()
        wrapper.ensure_connection()
        if wrapper.needs_rollback:
            wrapper.validate_no_broken_transaction()
        try:
            return wrapper.connection.execute(self._own, params)
        except wrapper.Database.Error as error:
            if wrapper.in_atomic_block:  # as Django's own save does: nothing may be committed after it
                wrapper.needs_rollback = True
            with wrapper.wrap_database_errors:  # as Django's own kind
                raise error


class Made:
    """How the rows of a query become instances of its model, those of related models with them."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any]) -> None:
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self._span = slice(first, last)
        names = [one[0].target.attname for one in select[self._span]]
        self._make = _maker(info["model"], names)
        self._related = [_related(one) for one in get_related_populators(info, select, DEFAULT_DB_ALIAS)]  # type: ignore[call-arg]

    def of(self, row: Sequence[Any]) -> Any:
        """The instance of this row."""
        made = self._make(row[self._span])
        for related in self._related:
            related(row, made)
        return made


def _maker(model: type[Model], names: list[str]) -> Callable[[Sequence[Any]], Any]:
    """What `model.from_db` does, for models that take nothing but their fields and tell nobody."""
    if not _is_plain(model):
        return lambda values: model.from_db(DEFAULT_DB_ALIAS, names, values)

    def make(values: Sequence[Any]) -> Any:
        made = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        kept = made.__dict__
        kept["_state"] = state
        kept.update(zip(names, values, strict=True))
        return made

    return make


def _is_plain(model: type[Model]) -> bool:
    own = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
    return own and not any(signal.has_listeners(model) for signal in (pre_init, post_init))


def _related(populator: RelatedPopulator) -> Callable[[Sequence[Any], Any], None]:
    if populator.reorder_for_init or populator.related_populators:
        return populator.populate
    span, key = slice(populator.cols_start, populator.cols_end), populator.pk_idx
    make = _maker(populator.model_cls, populator.init_list)

    def populate(row: Sequence[Any], near: Any) -> None:
        values = row[span]
        far = make(values) if values[key] is not None else None
        populator.local_setter(near, far)
        if far is not None:
            populator.remote_setter(far, near)

    return populate
