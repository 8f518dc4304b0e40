"""What a card promises is what the grants allow: role by role, line by line, verb by verb."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from kuaichu.cases import helping
from kuaichu.kernel import clock
from kuaichu.people import cards, field_roles, roles, signin
from kuaichu.people.field_roles import FIELD_ROLES, HOMES, MAY, MAY_NOT
from kuaichu.people.models import Account, Organisation

DECIDING = ("liability.take_on_site", "liability.draft", "liability.determine", "liability.hand_over")
OFFICE = (
    "liability.take", "claims.assess", "claims.approve", "documents.revoke", "cases.invite", "dispatch.order",
    "cases.name_payee", "cases.withdraw", "liability.sign_agreement", "oversight.answer",
)  # fmt: skip
EVERYBODY = (
    "dispatch.start_duty", "dispatch.accept", "dispatch.decline", "dispatch.arrive", "dispatch.give_back",
    "dispatch.finish", "dispatch.stop", "dispatch.note_scene", "dispatch.call_police", "cases.open",
)  # fmt: skip


@pytest.mark.parametrize("role", FIELD_ROLES)
def test_the_matrix(role: str) -> None:
    granted = roles.ROLES[role]
    officer = role == "patrol_officer"
    expected = {
        **dict.fromkeys(EVERYBODY, True),
        **dict.fromkeys(OFFICE, False),
        **dict.fromkeys(DECIDING, officer),
        "liability.draft": role in ("patrol_officer", "station_officer"),  # a station prepares, others issue
        "dispatch.hand_over": role in ("patrol_officer", "station_officer"),
        "dispatch.witness": role in ("patrol_officer", "station_officer", "auxiliary"),
        "cases.help": False,  # only with a task, in its case
        "cases.photograph": False,
    }
    assert {verb: verb in granted for verb in expected} == expected


@pytest.mark.parametrize("role", FIELD_ROLES)
def test_the_card_says_what_the_grants_say(role: str) -> None:
    with_a_task = roles.ROLES[role] | roles.AT_SCENE
    assert [line.verb for line in MAY[role] if line.verb and line.verb not in with_a_task] == []
    assert [line.verb for line in MAY_NOT[role] if line.verb and line.verb in with_a_task] == []
    with translation.override("en"):
        assert "money" in " ".join(str(line.words) for line in MAY_NOT[role])


def test_tables_are_complete() -> None:
    assert set(MAY) == set(MAY_NOT) == set(HOMES) == set(field_roles.NAMES) == set(FIELD_ROLES)
    assert set(helping.STAFF) == set(FIELD_ROLES)
    witnesses = {role for role in FIELD_ROLES if "dispatch.witness" in roles.ROLES[role]}
    assert witnesses == helping.WITNESSES
    assert not helping.ENTERING & {
        "liability.sign_agreement",
        "cases.name_payee",
        "cases.rate",
        "documents.receive",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", FIELD_ROLES)
@pytest.mark.parametrize("kind", Organisation.Kind.values)
def test_a_role_fits_its_organisations_only(role: str, kind: str) -> None:
    unit = Organisation.objects.create(city="yancheng", kind=kind, code=kind.upper(), name=kind)
    account = Account.objects.create(username="somebody", roles=[role], organisation=unit)
    assert signin.staff(account).may("dispatch.accept") == (kind in HOMES[role])
    assert field_roles.field_role([role], kind) == (role if kind in HOMES[role] else "")


@pytest.mark.django_db
def test_a_village_gives_no_other_powers() -> None:
    unit = Organisation.objects.create(city="yancheng", kind="village", code="V", name="V")
    every = [role for role in roles.ROLES if role not in ("system", "party", "citizen")]
    account = Account.objects.create(username="somebody", roles=every, organisation=unit)
    assert signin.staff(account).grants == roles.ROLES["persuader"]


class TestCodes:
    """The code of a card."""

    def test_it_says_whose_and_when(self) -> None:
        who = Account().pk
        shown = cards.read(cards.make(who))
        assert shown is not None
        assert shown.account_id == who
        assert shown.fresh(5)

    def test_it_grows_old(self) -> None:
        token = cards.make(Account().pk)
        with clock.at(clock.now() + timedelta(minutes=5, seconds=2)):
            shown = cards.read(token)
            assert shown is not None
            assert not shown.fresh(5)
        with clock.at(clock.now() - timedelta(minutes=10)):  # made in the future: not ours to believe
            shown = cards.read(token)
            assert shown is not None
            assert not shown.fresh(5)

    @pytest.mark.parametrize("token", ["", "x", "a:b:c", "W10:1abc:xyz"])
    def test_what_we_did_not_make_says_nothing(self, token: str) -> None:
        assert cards.read(token) is None

    def test_one_changed_character_says_nothing(self) -> None:
        token = cards.make(Account().pk)
        for at in range(0, len(token), 7):
            other = "A" if token[at] != "A" else "B"
            assert cards.read(token[:at] + other + token[at + 1 :]) is None
