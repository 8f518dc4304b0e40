"""Queries compiled once: the statements asked most often, without building them anew each time.

Building a statement costs the ORM several times what the database needs to answer it. A `Prepared` keeps what
the ORM built: the statement, where its values go, and how rows become objects. The ORM stays the only author.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import BinaryField, Model, QuerySet

from kuaichu.kernel.compiled.columns import Writer, argument, readers, writers
from kuaichu.kernel.compiled.statements import Made, Statement

M = TypeVar("M", bound=Model)
EVERY: list[Prepared[Any]] = []
_inserts: dict[tuple[type[Model], int, str], tuple[Statement, list[Writer]]] = {}
_updates: dict[tuple[type[Model], tuple[str, ...]], tuple[Statement, list[Writer]]] = {}


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
    return argument(value, connections[DEFAULT_DB_ALIAS])


class _Compiled(Generic[M]):
    """One statement as this kind of database wants it."""

    def __init__(self, queryset: QuerySet[M], kinds: Sequence[type]) -> None:
        wrapper = connections[DEFAULT_DB_ALIAS]
        compiler = queryset.query.get_compiler(connection=wrapper)
        self.kinds = tuple(kinds)
        sql, found = compiler.as_sql()
        self.statement = Statement(sql, wrapper)
        samples = [argument(_sample(kind, place), wrapper) for place, kind in enumerate(kinds)]
        self.fixed = list(found)
        self.places = [(at, samples.index(one)) for at, one in enumerate(found) if one in samples]
        if {place for _, place in self.places} != set(range(len(kinds))):
            raise TypeError("a prepared query must use each of its arguments as it is")
        self.readers = readers([one[0] for one in compiler.select], compiler, wrapper)
        info = compiler.klass_info
        if info:
            self.made = Made(info, compiler.select)

    def rows(self, values: Sequence[Any]) -> Sequence[Any]:
        """The rows as sequences of Python values."""
        if len(values) != len(self.kinds) or not all(map(isinstance, values, self.kinds)):
            raise TypeError(f"this query takes {[kind.__name__ for kind in self.kinds]}")
        wrapper = connections[DEFAULT_DB_ALIAS]
        params = list(self.fixed)
        for at, place in self.places:
            params[at] = argument(values[place], wrapper)
        found = self.statement.run(wrapper, params).fetchall()
        if not self.readers:
            return found  # type: ignore[no-any-return]
        return [self._read(row) for row in found]

    def _read(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at, read in self.readers:
            values[at] = read(values[at])
        return values

    def objects(self, values: Sequence[Any]) -> list[M]:
        """The rows as model instances."""
        return [self.made.of(row) for row in self.rows(values)]


class Prepared(Generic[M]):
    """`build(*arguments)` is a query; `kinds` are the types of its arguments (UUID, datetime, str, int).

    No argument may be None, and none may decide the shape of the query. Example::

        _CASE = Prepared(lambda pk: Case.objects.filter(pk=pk), UUID)
        _CASE.first(case_id)
    """

    def __init__(self, build: Callable[..., QuerySet[M, Any]], *kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._compiled: _Compiled[M] | None = None
        EVERY.append(self)

    def _ready(self) -> _Compiled[M]:
        made = self._compiled
        if made is None:
            samples = [_sample(kind, place) for place, kind in enumerate(self.kinds)]
            made = self._compiled = _Compiled(self.build(*samples), self.kinds)
        return made

    def all(self, *values: Any) -> list[M]:
        """All that fit."""
        return self._ready().objects(values)

    def first(self, *values: Any) -> M | None:
        """The first that fits, or None. The query should say its order, or be unique."""
        return next(iter(self._ready().objects(values)), None)

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


def find_sure(model: type[M], *, related: str = "", **equals: Any) -> M:
    """The row that must be there; raises its DoesNotExist as `objects.get` does."""
    found = find_one(model, related=related, **equals)
    if found is None:
        raise model.DoesNotExist(f"there is no such {model.__name__}")  # type: ignore[attr-defined]
    return found


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
    _inserted(rows, "")
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_new(row: Model) -> bool:
    """Insert a row unless there is one with the same unique values; whether it was."""
    if not _inserted((row,), " ON CONFLICT DO NOTHING"):
        return False
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return True


def _inserted(rows: Sequence[Model], otherwise: str) -> int:
    model, wrapper = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    key = (model, len(rows), otherwise)
    ready = _inserts.get(key)
    if ready is None:
        ready = _inserts[key] = _insert_statement(model, len(rows), otherwise, wrapper)
    statement, given = ready
    return int(statement.run(wrapper, [write(row) for row in rows for write in given]).rowcount)


def _insert_statement(
    model: type[Model], count: int, otherwise: str, wrapper: Any
) -> tuple[Statement, list[Writer]]:
    fields = list(model._meta.concrete_fields)
    if any(one.generated or one.db_returning or _placed(one) for one in fields):
        raise TypeError(f"{model.__name__} is not inserted like this")
    name = wrapper.ops.quote_name
    columns = ", ".join(name(str(one.column)) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = ", ".join([f"({marks})"] * count)
    sql = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES {values}{otherwise}"
    return Statement(sql, wrapper), writers(fields, wrapper)


def _placed(field: Any) -> bool:
    """Whether the field wants more than a mark for its value (of bytes only one database does)."""
    return hasattr(field, "get_placeholder") and not isinstance(field, BinaryField)


def amend(row: Model, *names: str) -> None:
    """Write these fields of a row that is there: `save(update_fields=names)` without its ceremony or signals.

    Raises DatabaseError when the row is gone.
    """
    model, wrapper = type(row), connections[DEFAULT_DB_ALIAS]
    key = (model, names)
    ready = _updates.get(key)
    if ready is None:
        ready = _updates[key] = _update_statement(model, names, wrapper)
    statement, given = ready
    if statement.run(wrapper, [write(row) for write in given]).rowcount != 1:
        raise DatabaseError(f"the {model.__name__} to be changed is not there")


def _update_statement(
    model: type[Model], names: tuple[str, ...], wrapper: Any
) -> tuple[Statement, list[Writer]]:
    fields = [model._meta.get_field(one) for one in names]
    key = model._meta.pk
    name = wrapper.ops.quote_name
    pairs = ", ".join(f"{name(str(one.column))} = %s" for one in fields)  # type: ignore[union-attr]
    sql = f"UPDATE {name(model._meta.db_table)} SET {pairs} WHERE {name(str(key.column))} = %s"
    return Statement(sql, wrapper), writers([*fields, key], wrapper)
