"""Queries compiled once: the statements asked most often, without building them anew each time.

Building a statement costs the ORM several times what the database needs to answer it. A `Prepared` keeps what
the ORM built: the statement, where its values go, and how rows become objects. The ORM stays the only author.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
EVERY: list[Prepared[Any]] = []
_inserts: dict[tuple[str, type[Model], int], tuple[str, list[Any]]] = {}
_updates: dict[tuple[str, type[Model], tuple[str, ...]], tuple[str, list[Any]]] = {}


def _sample(kind: type, place: int) -> Any:
    """A value nobody else uses, by which the place of an argument is found again."""
    if kind is bool:
        raise TypeError("say True or False in the query itself")
    if kind is UUID:
        return UUID(int=(0xC0FFEE << 96) + place)
    if kind is date:
        return date(1901, 2, 3 + place)
    if kind is datetime:
        return datetime(1901, 2, 3, 4, 5, 6, 700 + place, tzinfo=UTC)
    return f"\x01argument {place}" if kind is str else 9_870_000_000 + place


def adapted(value: Any) -> Any:
    """The value as the database's own driver wants it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return str.__str__(value) if isinstance(value, str) else value


class _Compiled(Generic[M]):
    """One statement as this kind of database wants it."""

    def __init__(self, queryset: QuerySet[M], kinds: Sequence[type]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.kinds = kinds
        self.sql, found = compiler.as_sql()
        samples = [adapted(_sample(kind, place)) for place, kind in enumerate(kinds)]
        self.fixed = list(found)
        self.places = [(at, samples.index(one)) for at, one in enumerate(found) if one in samples]
        if {place for _, place in self.places} != set(range(len(kinds))):
            raise TypeError("a prepared query must use each of its arguments as it is")
        converters = compiler.get_converters([one[0] for one in compiler.select])
        self.converters = [(at, steps, told) for at, (steps, told) in converters.items()]
        info = compiler.klass_info
        self.model: Any = info["model"] if info else None
        if info:
            first, last = info["select_fields"][0], info["select_fields"][-1] + 1
            self.span = slice(first, last)
            self.names = [one[0].target.attname for one in compiler.select[self.span]]
            self.related = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]

    def rows(self, values: Sequence[Any]) -> Iterable[Any]:
        """The rows as tuples of Python values."""
        if not all(map(isinstance, values, self.kinds)) or len(values) != len(self.kinds):
            raise TypeError(f"this query takes {[kind.__name__ for kind in self.kinds]}")
        params = list(self.fixed)
        for at, place in self.places:
            params[at] = adapted(values[place])
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return map(self._converted, found) if self.converters else found

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at, steps, told in self.converters:
            for step in steps:
                values[at] = step(values[at], told, connection)
        return values

    def objects(self, values: Sequence[Any]) -> Iterator[M]:
        """The rows as model instances."""
        for row in self.rows(values):
            one = self.model.from_db(connection.alias, self.names, row[self.span])
            for populator in self.related:
                populator.populate(row, one)
            yield one


class Prepared(Generic[M]):
    """`build(*arguments)` is a query; `kinds` are the types of its arguments (UUID, datetime, str, int).

    No argument may be None, and none may decide the shape of the query. Example::

        _CASE = Prepared(lambda pk: Case.objects.filter(pk=pk), UUID)
        _CASE.first(case_id)
    """

    def __init__(self, build: Callable[..., QuerySet[M, Any]], *kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._compiled: dict[str, _Compiled[M]] = {}
        EVERY.append(self)

    def _ready(self) -> _Compiled[M]:
        vendor = connection.vendor
        made = self._compiled.get(vendor)
        if made is None:
            samples = [_sample(kind, place) for place, kind in enumerate(self.kinds)]
            made = self._compiled[vendor] = _Compiled(self.build(*samples), self.kinds)
        return made

    def all(self, *values: Any) -> list[M]:
        """All that fit."""
        return list(self._ready().objects(values))

    def first(self, *values: Any) -> M | None:
        """The first that fits, or None. The query should say its order, or be unique."""
        return next(self._ready().objects(values), None)

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """All that fit of a query of values, as tuples."""
        return [tuple(row) for row in self._ready().rows(values)]

    def row(self, *values: Any) -> tuple[Any, ...] | None:
        """The first row of a query of values, or None."""
        return next((tuple(row) for row in self._ready().rows(values)), None)


_found: dict[tuple[Any, ...], Prepared[Any]] = {}


def find(model: type[M], *order: str, related: str = "", **equals: Any) -> list[M]:
    """The rows whose fields equal these values (never None), in this order; `related` comes along.

    `find(Claim, "insurer", case_id=case.pk)` is `Claim.objects.filter(case_id=…).order_by("insurer")`.
    """
    return _finder(model, order, related, equals).all(*equals.values())


def find_one(model: type[M], *order: str, related: str = "", **equals: Any) -> M | None:
    """The first such row, or None."""
    return _finder(model, order, related, equals).first(*equals.values())


def _finder(model: type[M], order: tuple[str, ...], related: str, equals: dict[str, Any]) -> Prepared[M]:
    key = (model, order, related, *((name, type(value)) for name, value in equals.items()))
    ready = _found.get(key)
    if ready is None:
        names = tuple(equals)

        def build(*values: Any) -> QuerySet[M]:
            rows = model._default_manager.filter(**dict(zip(names, values, strict=True)))
            return (rows.select_related(related) if related else rows).order_by(*order)

        ready = _found[key] = Prepared(build, *(_kind(value) for value in equals.values()))
    return ready


def _kind(value: Any) -> type:
    for kind in (UUID, datetime, date, str, bool, int):
        if isinstance(value, kind):
            return kind
    raise TypeError(f"a prepared query takes no {type(value).__name__}")


def insert(*rows: Model) -> None:
    """Insert new rows of one model whose keys are set already, in one statement. No signals are sent.

    Raises IntegrityError as `save` does, TypeError for a model whose key the database gives.
    """
    model = type(rows[0])
    key = (connection.vendor, model, len(rows))
    ready = _inserts.get(key)
    if ready is None:
        ready = _inserts[key] = _insert_statement(model, len(rows))
    sql, fields = ready
    params = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _insert_statement(model: type[Model], count: int) -> tuple[str, list[Any]]:
    fields = list(model._meta.concrete_fields)
    if any(one.generated or one.db_returning or hasattr(one, "get_placeholder") for one in fields):
        raise TypeError(f"{model.__name__} is not inserted like this")
    name = connection.ops.quote_name
    columns = ", ".join(name(str(one.column)) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = ", ".join([f"({marks})"] * count)
    return f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES {values}", fields


def amend(row: Model, *names: str) -> None:
    """Write these fields of a row that is there: `save(update_fields=names)` without its ceremony or signals.

    Raises DatabaseError when the row is gone.
    """
    model = type(row)
    key = (connection.vendor, model, names)
    ready = _updates.get(key)
    if ready is None:
        ready = _updates[key] = _update_statement(model, names)
    sql, fields = ready
    params = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        if cursor.rowcount != 1:
            raise DatabaseError(f"the {model.__name__} to be changed is not there")


def _update_statement(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields = [model._meta.get_field(one) for one in names]
    key = model._meta.pk
    name = connection.ops.quote_name
    pairs = ", ".join(f"{name(str(one.column))} = %s" for one in fields)  # type: ignore[union-attr]
    sql = f"UPDATE {name(model._meta.db_table)} SET {pairs} WHERE {name(str(key.column))} = %s"
    return sql, [*fields, key]
