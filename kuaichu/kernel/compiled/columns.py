"""How values travel between Python and the database, without asking the ORM anew for each of them.

`readers` and `writers` give one plain function a column for the common kinds of fields, and the ORM's own
steps for every other one; the values are those of the ORM.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID, SafeUUID

import msgspec
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col
from django.db.models.fields.related import ForeignKey

Step = Callable[[Any], Any]
Writer = Callable[[Any], Any]
_loads = msgspec.json.Decoder().decode
_new_uuid, _set = UUID.__new__, object.__setattr__


def _json(text: Any) -> Any:
    try:
        return None if text is None else _loads(text)
    except (msgspec.DecodeError, TypeError):
        return _any_json(text)


def _any_json(text: Any) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _uuid(text: str | None) -> UUID | None:
    """`UUID(text)` of 32 hexadecimal digits, without the constructor's tests."""
    if text is None:
        return None
    made = _new_uuid(UUID)
    _set(made, "int", int(text, 16))
    _set(made, "is_safe", SafeUUID.unknown)
    return made


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    naive = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return naive.replace(tzinfo=UTC)


def _as_it_is(value: Any) -> Any:
    return value


_ON_SQLITE: dict[type, Step] = {
    models.UUIDField: _uuid,
    models.DateTimeField: _moment,
    models.JSONField: _json,
}


def readers(columns: Sequence[Any], compiler: Any, connection: BaseDatabaseWrapper) -> list[tuple[int, Step]]:
    """For each selected column that needs it, its place and what makes a Python value of the database's."""
    converters = compiler.get_converters(columns)
    return [
        (at, _quick(told, connection) or partial(_slowly, steps, told, connection))
        for at, (steps, told) in converters.items()
    ]


def _quick(column: Any, connection: BaseDatabaseWrapper) -> Step | None:
    if not isinstance(column, Col):
        return None
    field = column.output_field
    kind = type(field.target_field if isinstance(field, ForeignKey) else field)
    if kind is models.JSONField and getattr(field, "decoder", None) is not None:
        return None
    if connection.vendor == "sqlite" and connection.timezone is UTC:
        return _ON_SQLITE.get(kind)
    return _json if kind is models.JSONField else None


def _slowly(steps: Sequence[Any], column: Any, connection: BaseDatabaseWrapper, value: Any) -> Any:
    for step in steps:
        value = step(value, column, connection)
    return value


def writers(fields: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Writer]:
    """For each field, what gives the driver's value of a row's own."""
    return [_writer(field, connection) for field in fields]


def _writer(field: Any, connection: BaseDatabaseWrapper) -> Writer:
    inner = type(field.target_field if isinstance(field, ForeignKey) else field)
    exact = (_EXACT if connection.vendor == "sqlite" else _EXACT_ELSEWHERE).get(inner)
    if exact is None or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return partial(_slowly_saved, field, connection)
    fits, adapt = exact
    name = field.attname

    def write(row: Any) -> Any:
        value = getattr(row, name)
        if value is None:
            return None
        return adapt(value) if fits(value) else field.get_db_prep_save(value, connection)

    return write


def _slowly_saved(field: Any, connection: BaseDatabaseWrapper, row: Any) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=row._state.adding), connection)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda value: type(value) is kind


def _aware(value: Any) -> bool:
    return type(value) is datetime and value.tzinfo is UTC


_EXACT: dict[type, tuple[Callable[[Any], bool], Step]] = {
    models.UUIDField: (_is(UUID), lambda value: value.hex),
    models.CharField: (_is(str), _as_it_is),
    models.TextField: (_is(str), _as_it_is),
    models.IntegerField: (_is(int), _as_it_is),
    models.BigIntegerField: (_is(int), _as_it_is),
    models.PositiveIntegerField: (_is(int), _as_it_is),
    models.PositiveSmallIntegerField: (_is(int), _as_it_is),
    models.SmallIntegerField: (_is(int), _as_it_is),
    models.BooleanField: (_is(bool), _as_it_is),
    models.DateTimeField: (_aware, lambda value: str(value.replace(tzinfo=None))),
}
_EXACT_ELSEWHERE: dict[type, tuple[Callable[[Any], bool], Step]] = {
    kind: (_EXACT[kind][0], _as_it_is)
    for kind in (models.UUIDField, models.CharField, models.TextField, models.BooleanField)
}


def argument(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """An argument of a query as the database's own driver wants it."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    if kind is UUID or isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return str.__str__(value) if isinstance(value, str) else value
