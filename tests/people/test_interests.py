"""Declared interests: nothing but a hash and a mask is kept, one's own are taken back, each leaves a fact."""

from __future__ import annotations

from uuid import UUID

import pytest

from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound
from kuaichu.people import interests, signin
from kuaichu.people.models import Account, Interest, Organisation
from tests.people.acting import seated

pytestmark = pytest.mark.django_db


def person(name: str) -> Actor:
    home = Organisation.objects.get_or_create(
        city="yancheng", code="YC-REMOTE", defaults={"kind": "police", "name": "centre"}
    )[0]
    account = Account.objects.create(username=name, organisation=home, roles=["determination_officer"])
    return signin.staff(account)


def kinds(who: Actor) -> list[str]:
    return list(Entry.objects.filter(stream=UUID(who.id)).order_by("seq").values_list("kind", flat=True))


def test_no_value_is_kept_and_twice_is_once() -> None:
    who = seated(person("officer"))
    interests.declare(who, "phone", "+86 138-0000-1234")
    again = interests.declare(who, "phone", "13800001234")
    assert Interest.objects.count() == 1
    assert "1380000" not in again.hint + again.value_hash
    assert "1380000" not in str(list(Entry.objects.values_list("payload", flat=True)))
    assert kinds(who) == ["people.interest_declared"]


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", " "), ("planet", "Mars"), ("plate", "-"), ("", "x" * 9)]
)
def test_what_says_nothing_is_named(kind: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        interests.declare(seated(person("officer")), kind, value)
    assert set(refused.value.fields) == {"value"}


def test_only_the_own_is_taken_back() -> None:
    who, stranger = seated(person("officer")), seated(person("other"))
    row = interests.declare(who, "plate", "苏J 12345")
    with pytest.raises(NotFound):
        interests.retract(stranger, row.pk)
    interests.retract(who, row.pk)
    assert interests.declared_by(UUID(who.id)) == []
    assert kinds(who) == ["people.interest_declared", "people.interest_retracted"]
    with pytest.raises(NotFound):
        interests.retract(who, row.pk)


def test_it_takes_a_grant() -> None:
    with pytest.raises(NotAllowed):
        interests.declare(person("officer"), "plate", "苏J12345")


@pytest.mark.parametrize(
    ("kind", "declared", "held"),
    [
        ("person", "32090219900101123x", "32090219900101123X"), ("phone", "+86 13800001234", "13800001234"),
        ("plate", "苏J·12345", "苏J12345"), ("address", "盐都区 1 号", "盐都区1号"),
        ("insurer", "HUAIHAI", "HUAIHAI"), ("quarrel", "13800001234", "13800001234"),
    ],
)  # fmt: skip
def test_what_was_declared_is_found_in_its_own_kind_only(kind: str, declared: str, held: str) -> None:
    who = seated(person("officer"))
    account = UUID(who.id)
    interests.declare(who, kind, declared)
    assert interests.conflicts([account], {kind: ["", "other", held]}) == {account: kind}
    assert interests.conflicts([account], {kind: ["other", ""]}) == {}
    elsewhere = "plate" if kind != "plate" else "address"
    assert interests.conflicts([account], {elsewhere: [held]}) == {}


def test_an_own_case_is_a_conflict() -> None:
    number = "32090219900101123X"
    own = Account.objects.create(username="o", id_number_hash=signin.identity_hash(number))
    nobody = Account.objects.create(username="p")
    both = [own.pk, nobody.pk]
    assert interests.conflicts(both, {"person": ["1", number, ""]}) == {own.pk: interests.SELF}
    assert interests.conflicts(both, {"person": ["1", ""]}) == {}
    assert number not in own.id_number_hash
