"""Each for itself: what a party may enter, change and see done, and what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from kuaichu.cases import intake, invitations, outcome, parties, payees, phones, statements
from kuaichu.cases.models import Case, Party
from kuaichu.desks.liability import requests
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, Refusal, WrongState
from kuaichu.people import roles
from tests.kernel.trying import at_once
from tests.process.walking import CARD, Road, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def part() -> Party:
    return intake.open_case(roles.visitor("yancheng"))[1]


class TestOthers:
    def test_of_another_case(self, part: Party) -> None:
        stranger = phones.actor_of(intake.open_case(roles.visitor("yancheng"))[1])
        for actor in (stranger, replace(stranger, case_id=part.case_id), replace(stranger, case_id=None)):
            for call in (
                lambda a=actor: parties.identify(a, part.case_id, parties.Identity(name="胡婷婷")),
                lambda a=actor: statements.state(a, part.case_id, statements.Statement(movement="STRAIGHT")),
                lambda a=actor: parties.confirm(a, part.case_id),
                lambda a=actor: payees.name_payee(a, part.case_id, holder="胡婷", account=CARD),
                lambda a=actor: parties.refuse_part(a, part.case_id),
                lambda a=actor: invitations.invite_other(a, part.case_id, "B", "13912345678"),
                lambda a=actor: outcome.rate(a, part.case_id, score=5),
                lambda a=actor: intake.withdraw(a, part.case_id),
                lambda a=actor: phones.ask_code(a, part.case_id, "13912345678"),
            ):
                with pytest.raises((NotAllowed, NotFound)):
                    call()
        assert list(Entry.objects.filter(stream=part.case_id).values_list("kind", flat=True)) == [
            "cases.opened"
        ]

    def test_of_another_city(self, part: Party) -> None:
        elsewhere = Actor(
            "staff",
            str(uuid4()),
            "guangyuan",
            roles.ROLES["determination_officer"] | roles.ROLES["dispatcher"],
        )
        for call in (
            lambda: requests.hand_over(elsewhere, part.case_id, to="general", reasons=("x",)),
            lambda: intake.describe(elsewhere, part.case_id, intake.Description(place="somewhere")),
        ):
            with pytest.raises(NotFound):
                call()
        with pytest.raises(NotFound):
            intake.open_case(roles.visitor("guangyuan"), client_id=part.case_id)
        assert Case.objects.get(pk=part.case_id).status == "reporting"

    def test_a_joined_party_is_corrected_by_nobody_else(self, town: Town) -> None:
        road = Road(town).both_joined()
        with pytest.raises(WrongState) as refused:
            parties.identify(road.actor("A"), road.id, parties.Identity(name="别人"), label="B")
        assert refused.value.code == "not_yours"
        with pytest.raises(WrongState):
            invitations.invite_other(road.actor("A"), road.id, "B", "13912345678")
        with pytest.raises(WrongState):
            parties.refuse_part(road.actor("A"), road.id, "B")
        assert road.party("B").phone == road.numbers["B"]

    def test_money_only_for_a_proven_phone(self, part: Party) -> None:
        with pytest.raises(NotAllowed):
            payees.name_payee(phones.actor_of(part), part.case_id, holder="胡婷", account=CARD)


class TestForged:
    @pytest.mark.parametrize(
        "told",
        [
            {"answers": {"B.x": {"deep": 1}}}, {"answers": {"x" * 90: True}}, {"answers": {"B.x": "\0"}},
            {"answers": {f"B.x{n}": True for n in range(200)}}, {"answers": {"B.x": float("nan")}},
            {"movement": "\0"}, {"zone": "<script>"}, {"words": "x" * 501},
        ],
    )  # fmt: skip
    def test_statement(self, part: Party, told: dict) -> None:
        with pytest.raises(Invalid):
            statements.state(phones.actor_of(part), part.case_id, statements.Statement(**told))

    def test_words_are_kept_without_what_cannot_be_seen(self, part: Party) -> None:
        statements.state(
            phones.actor_of(part), part.case_id, statements.Statement(words="他\0追尾\u202e了\ud800我")
        )
        part.refresh_from_db()
        assert part.statement["words"] == "他追尾了我"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("lon", float("nan")), ("lat", 91.0), ("accuracy_m", float("nan")), ("accuracy_m", -1.0),
            ("happened_at", datetime(2026, 1, 1)), ("light", "bright"), ("weather", "x"), ("injury", "x"),
            ("triage", {"unknown": True}), ("place", "\0\0\0"), ("place", "x" * 201),
            ("happened_at", clock.now() + timedelta(days=1)),
            ("happened_at", clock.now() - timedelta(days=90)),
        ],
    )  # fmt: skip
    def test_description(self, part: Party, field: str, value: object) -> None:
        with pytest.raises(Invalid) as refused:
            intake.describe(phones.actor_of(part), part.case_id, intake.Description(**{field: value}))
        assert set(refused.value.fields) == {field}

    @pytest.mark.parametrize("account", ["", "123", "4111111111111112", "٤١١١١١١١١١١١١١١١"])
    def test_account(self, part: Party, account: str) -> None:
        with pytest.raises(Invalid):
            payees.name_payee(phones.actor_of(part), part.case_id, holder="胡婷", account=account)


class TestRepeats:
    def test_the_same_again_is_no_new_fact(self, town: Town) -> None:
        road = Road(town).both_joined()
        before = road.kinds()
        a = road.actor("A")
        statements.state(a, road.id, statements.Statement(movement="STRAIGHT"))
        road.describe()
        parties.identify(a, road.id, parties.Identity(plate=road.vehicle("A").plate, is_owner=True))
        assert road.kinds() == before
        for _ in range(3):
            parties.confirm(a, road.id)
            payees.name_payee(a, road.id, holder="胡婷", account=CARD)
            outcome.rate(a, road.id, score=5)
        counted = road.kinds() - before
        assert set(counted.values()) == {1}

    def test_invitations_do_not_become_a_nuisance(self, part: Party) -> None:
        actor = phones.actor_of(part)
        for _ in range(5):
            invitations.invite_other(actor, part.case_id)
        for _ in range(3):
            invitations.invite_other(actor, part.case_id, "B", "13912345678")
        told = [
            p["by_sms"]
            for p in Entry.objects.filter(kind="cases.party_invited").values_list("payload", flat=True)
        ]
        assert sorted(told) == [False, True]
        for place in range(5):
            invitations.invite_other(actor, part.case_id, "B", f"1391111{place:04d}")
        with pytest.raises(WrongState) as refused:
            invitations.invite_other(actor, part.case_id, "B", "13922222222")
        assert refused.value.code == "too_many_invitations"

    def test_who_changes_a_confirmed_part_confirms_again(self, town: Town) -> None:
        road = Road(town).both_joined()
        parties.confirm(road.actor("A"), road.id)
        statements.state(road.actor("A"), road.id, statements.Statement(words="慢速"))
        parties.confirm(road.actor("B"), road.id)
        drain()
        assert (road.party("A").status, road.status) == ("joined", "reporting")
        parties.confirm(road.actor("A"), road.id)
        drain()
        assert road.status == "ready"
        with pytest.raises(WrongState):
            statements.state(road.actor("A"), road.id, statements.Statement(words="快"))

    def test_taking_back(self, part: Party, town: Town) -> None:
        actor = phones.actor_of(part)
        invitations.invite_other(actor, part.case_id)
        for _ in range(2):
            intake.withdraw(actor, part.case_id)
        assert Case.objects.get(pk=part.case_id).status == "withdrawn"
        assert Entry.objects.filter(kind="cases.withdrawn").count() == 1
        settle()
        road = Road(town).both_joined()
        with pytest.raises(WrongState):
            intake.withdraw(road.actor("A"), road.id)


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_opens_one_case() -> None:
    key = new_id()
    made = at_once(*[lambda: intake.open_case(roles.visitor("yancheng"), client_id=key)] * 5)
    assert len({m[1].pk for m in made}) == 1
    assert Case.objects.count() == Party.objects.count() == Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_of_cases_opened_at_once_differ() -> None:
    made = at_once(*[lambda: intake.open_case(roles.visitor("yancheng"))[0].number] * 8)
    assert len(set(made)) == 8
    assert sorted(int(n[-5:]) for n in made) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_both_confirm_at_once_and_the_case_is_ready(town: Town) -> None:
    road = Road(town).both_joined()
    done = at_once(*[lambda label=label: parties.confirm(road.actor(label), road.id) for label in "AB"])
    assert not [d for d in done if isinstance(d, Refusal)]
    drain()
    assert road.status == "ready"
    assert road.kinds()["cases.screened"] == 1
