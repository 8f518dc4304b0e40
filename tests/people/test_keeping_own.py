"""Nobody gives himself roles, by page or by list."""

from __future__ import annotations

import pytest

from kuaichu.desks.centre import shifts
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.people import keeping, roles, rosters
from kuaichu.people.models import Account, Organisation

pytestmark = pytest.mark.django_db
HEAD = "username,name,badge,organisation,roles,id_number,qualification,until\n"


@pytest.fixture
def keeper() -> Actor:
    home = Organisation.objects.create(city="yancheng", code="YC-K", kind="police", name="支队")
    own = Account.objects.create(username="keeper", organisation=home, roles=["administrator"])
    return Actor("staff", str(own.pk), "yancheng", roles.ROLES["administrator"], organisation_id=home.pk)


def rows(text: str) -> list[rosters.Row]:
    return rosters.check("yancheng", rosters.read((HEAD + text).encode()))


def test_a_list_with_the_own_account_changes_nothing(keeper: Actor) -> None:
    listed = rows("keeper,K,1,YC-K,administrator supervisor,,,\nother,O,2,YC-K,determination_officer,,,\n")
    with pytest.raises(Invalid):
        keeping.take_over(keeper, listed, leave_out_faulty=True)
    assert Account.objects.get(username="keeper").roles == ["administrator"]
    assert not Account.objects.filter(username="other").exists()


def test_rubbish_is_no_csv() -> None:
    for data in (b'username,"' + b"x" * 140_000, b"username\rorganisation\rroles\r"):
        with pytest.raises(Invalid):
            rosters.read(data)


@pytest.mark.parametrize("hours", [0, -1, 13, 10**12])
def test_a_shift_has_one_to_twelve_hours(keeper: Actor, hours: int) -> None:
    with pytest.raises(Invalid):
        shifts.plan(keeper, username="keeper", post="supervision", starts_at=clock.now(), hours=hours)
