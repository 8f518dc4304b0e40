"""Queries compiled once answer as the ORM's own do."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from pkgutil import walk_packages
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

import kuaichu
from kuaichu.cases.models import Evidence, Party
from kuaichu.kernel import clock, prepared
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.prepared import EVERY, Prepared, amend, find, find_one, insert
from kuaichu.people.models import Account, Organisation

pytestmark = pytest.mark.django_db


def _load_all() -> None:
    for module in walk_packages(kuaichu.__path__, "kuaichu."):
        if ".migrations" not in module.name and "__main__" not in module.name:
            import_module(module.name)


def _delivery(number: int, **values: object) -> Delivery:
    return Delivery(
        entry_id=uuid4(), city="yancheng", handler=f"a.handler{number}", run_at=clock.now(), **values
    )


def test_every_query_is_compiled_and_answered_here() -> None:
    _load_all()
    assert len(EVERY) > 25
    for one in EVERY:
        samples = [prepared._sample(kind, place) for place, kind in enumerate(one.kinds)]
        with transaction.atomic():
            assert one.rows(*samples) == list(one.build(*samples).values_list())


def test_rows_are_those_of_the_orm() -> None:
    insert(*(_delivery(number, priority=number % 3) for number in range(5)))
    now = clock.now() + timedelta(seconds=1)
    ready = Prepared(
        lambda before: Delivery.objects.filter(run_at__lte=before, held=False).order_by("priority", "id"),
        type(now),
    )
    expected = list(Delivery.objects.filter(run_at__lte=now, held=False).order_by("priority", "id"))
    assert ready.all(now) == expected
    assert [vars(a) for a in map(_plain, ready.all(now))] == [vars(a) for a in map(_plain, expected)]
    assert ready.all(now - timedelta(days=1)) == []


def _plain(row: Delivery) -> Delivery:
    del row._state
    return row


def test_related_rows_come_along(django_assert_num_queries: Any) -> None:
    unit = Organisation.objects.create(city="yancheng", code="A-UNIT", name="队", kind="police")
    Account.objects.create(username="one", organisation=unit, roles=["officer"])
    (found,) = find(Account, related="organisation", username="one")
    with django_assert_num_queries(0):
        assert found.organisation == unit
    same = Account.objects.get(pk=found.pk)
    assert (same.roles, same.is_active, same.date_joined) == (found.roles, found.is_active, found.date_joined)


def test_an_inserted_row_is_the_saved_one() -> None:
    one, other = _delivery(1, priority=2), _delivery(1, priority=2)
    insert(one)
    other.save(force_insert=True)
    kept = [Delivery.objects.get(pk=row.pk) for row in (one, other)]
    for row in kept:
        row.pk = row.entry_id = row.run_at = None  # type: ignore[assignment]
        del row._state
    assert vars(kept[0]) == vars(kept[1])
    assert not one._state.adding


def test_what_the_database_forbids_is_refused() -> None:
    one = _delivery(1)
    insert(one)
    again = _delivery(1)
    again.entry_id = one.entry_id
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)


def test_an_amended_row_keeps_its_other_fields() -> None:
    one = _delivery(1, priority=7)
    insert(one)
    one.owner, one.priority = "somebody", 1
    amend(one, "owner")
    kept = Delivery.objects.get(pk=one.pk)
    assert (kept.owner, kept.priority) == ("somebody", 7)
    one.delete()
    one.pk = new_id()
    with pytest.raises(DatabaseError):
        amend(one, "owner")


def test_a_wrong_kind_of_argument_is_refused() -> None:
    """On SQLite the text of a UUID would silently find nothing."""
    with pytest.raises(TypeError):
        find_one(Party, pk=None)
    by_id = Prepared(lambda pk: Evidence.objects.filter(pk=pk), type(uuid4()))
    with pytest.raises(TypeError):
        by_id.all(str(uuid4()))


def test_every_argument_has_its_place() -> None:
    lost = Prepared(lambda stream, seq: Entry.objects.filter(stream=stream), type(uuid4()), int)
    with pytest.raises(TypeError):
        lost.all(uuid4(), 1)
    EVERY.remove(lost)
