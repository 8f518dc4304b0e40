"""Statements run on the driver's connection keep and give the same values as the ORM's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kuaichu.cases.models import Case
from kuaichu.kernel import clock
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.prepared import EVERY, Prepared, find, find_one, find_sure, insert, insert_new

WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 2),
    max_value=datetime(2100, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
)
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9).map(lambda x: round(x, 6))
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
ENTRIES = st.fixed_dictionaries(
    {
        "stream": st.uuids(),
        "seq": st.integers(0, 2**31 - 1),
        "case_id": st.none() | st.uuids(),
        "city": WORDS,
        "at": MOMENTS,
        "payload": st.none() | st.dictionaries(WORDS, JSON, max_size=4),
        "caused_by": st.none() | st.uuids(),
        "generation": st.integers(0, 9),
    }
)


def _values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _delivery(**values: Any) -> Delivery:
    given_values = {"entry_id": uuid4(), "city": "yancheng", "handler": "a.b", "run_at": clock.now()}
    return Delivery(**(given_values | values))


class TestValues(TestCase):
    """Each example has its own transaction."""

    @given(ENTRIES)
    @settings(max_examples=60, deadline=None)
    def test_what_is_inserted_is_what_the_orm_keeps(self, told: dict[str, Any]) -> None:
        ours, theirs = Entry(id=new_id(), **told), Entry(id=new_id(), **told | {"stream": uuid4()})
        insert(ours)
        theirs.save(force_insert=True)
        kept = [_values(Entry.objects.get(pk=row.pk)) for row in (ours, theirs)]
        for row in kept:
            del row["id"], row["stream"]
        assert kept[0] == kept[1]
        assert kept[0]["payload"] == told["payload"]

    @given(ENTRIES)
    @settings(max_examples=60, deadline=None)
    def test_what_is_read_is_what_the_orm_reads(self, told: dict[str, Any]) -> None:
        pk = new_id()
        Entry.objects.create(id=pk, **told)
        ours, theirs = find_sure(Entry, pk=pk), Entry.objects.get(pk=pk)
        assert _values(ours) == _values(theirs)
        assert [type(one) for one in _values(ours).values()] == [
            type(one) for one in _values(theirs).values()
        ]
        assert ours.at.tzinfo is theirs.at.tzinfo
        assert (ours == theirs, hash(ours), ours._state.adding) == (True, hash(theirs), False)


@pytest.mark.django_db
def test_a_uuid_made_quickly_is_a_uuid() -> None:
    row = _delivery()
    insert(row)
    found = find_sure(Delivery, pk=row.pk)
    assert (found.pk, hash(found.pk), str(found.pk), found.pk.bytes) == (
        row.pk, hash(row.pk), str(row.pk), row.pk.bytes,
    )  # fmt: skip
    assert UUID(str(found.entry_id)) in {row.entry_id}


@pytest.mark.django_db
def test_a_row_is_inserted_unless_it_is_there() -> None:
    first = _delivery()
    again = _delivery(entry_id=first.entry_id, city="elsewhere")
    with transaction.atomic():
        assert insert_new(first)
        assert not insert_new(again)
        assert find_sure(Delivery, entry_id=first.entry_id).city == "yancheng"  # the transaction goes on
    assert (first._state.adding, again._state.adding) == (False, True)


@pytest.mark.django_db
def test_who_must_be_there_and_is_not_is_told_as_the_orm_tells() -> None:
    with pytest.raises(Delivery.DoesNotExist):
        find_sure(Delivery, pk=new_id())
    assert find_one(Delivery, pk=new_id()) is None


@pytest.mark.django_db
def test_errors_are_those_of_django() -> None:
    row = _delivery()
    insert(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(_delivery(id=row.pk))
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            find(Delivery, pk=row.pk)
    assert find_one(Delivery, pk=row.pk) == row


@pytest.mark.django_db
def test_who_watches_statements_sees_them(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        insert(_delivery(handler="seen"))
        assert len(find(Delivery, handler="seen")) == 1
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        find(Delivery, handler="seen")
    assert len(seen) == 1


@pytest.mark.django_db
def test_signs_that_mean_something_to_a_driver() -> None:
    """A remainder is written with a doubled percent sign; a question mark is no place for a value."""
    insert(*(_delivery(priority=number, handler="why? 100 %s") for number in range(4)))
    odd = Prepared(
        lambda handler: (
            Delivery.objects.annotate(rest=F("priority") % 2)
            .filter(rest=1, handler=handler)
            .order_by("priority")
            .values_list("priority")
        ),
        str,
    )
    assert odd.rows("why? 100 %s") == [(1,), (3,)]
    EVERY.remove(odd)


@pytest.mark.django_db
def test_fields_left_out_come_when_they_are_asked_for(django_assert_num_queries: Any) -> None:
    row = _delivery(priority=5)
    insert(row)
    some = Prepared(lambda pk: Delivery.objects.filter(pk=pk).only("handler"), UUID)
    found = some.first(row.pk)
    assert found is not None
    with django_assert_num_queries(0):
        assert found.handler == "a.b"
    with django_assert_num_queries(1):
        assert found.priority == 5
    EVERY.remove(some)


@pytest.mark.django_db
def test_a_row_of_the_product_is_saved_whole_or_in_part() -> None:
    now = clock.now()
    case = Case(id=new_id(), city="yancheng", number="1", happened_at=now, opened_at=now, source="h5")
    case.save()
    assert not case._state.adding
    case.number, case.injury = "2", "none"
    case.save(update_fields=["number"])
    assert (Case.objects.get(pk=case.pk).number, Case.objects.get(pk=case.pk).injury) == ("2", "")
    case.save()
    assert _values(Case.objects.get(pk=case.pk)) == _values(case)
    Case.objects.filter(pk=case.pk).delete()
    with pytest.raises(DatabaseError):
        case.save()
