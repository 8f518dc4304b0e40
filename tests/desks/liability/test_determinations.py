"""The queue, the officer, the signature: one case one officer, one decision one paper."""

from __future__ import annotations

import pytest

from kuaichu.cases import outcome
from kuaichu.cases.models import Party
from kuaichu.desks.liability import agreements, determinations, requests, serving, wishes
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, Refusal, WrongState
from kuaichu.people import roles, signin
from kuaichu.people.models import Account, Qualification
from kuaichu.process import allotting
from tests.kernel.trying import at_once
from tests.process.walking import Road, drawn, officer
from tests.stories.builders import SIGNATURE, Town

RULING = Ruling(
    grades={"A": "FULL", "B": "NONE"}, facts_found="A车在人民南路追尾前方停车等候的B车。",
    reasons="A车未保持安全距离。", citations=["法43"], form="1",
)  # fmt: skip


def waiting(town: Town) -> Road:
    road = Road(town).ready()
    road.want("officer")
    return road


@pytest.mark.django_db
class TestTaking:
    def test_nobody_takes_what_is_not_theirs(self, town: Town) -> None:
        road = waiting(town)
        one, other = officer(), officer()
        road.take(one)
        assert drawn(other) is None
        for call in (
            lambda: determinations.held_by(other, road.id),
            lambda: determinations.draft(other, road.id, {"x": 1}),
            lambda: determinations.give_back(other, road.id, why="x"),
            lambda: determinations.determine(other, road.id, RULING, factor_fresh=True),
            lambda: requests.end(other, road.id, why="x"),
            lambda: requests.hand_over(other, road.id, to="general", reasons=("officer:injury",)),
        ):
            with pytest.raises(NotFound):
                call()
        assert drawn(one).case_id == road.id  # type: ignore[union-attr]

    def test_only_who_holds_a_case_hands_it_over(self, town: Town) -> None:
        road = waiting(town)
        who = officer()
        with pytest.raises(NotFound):
            requests.hand_over(who, road.id, to="general", reasons=("officer:injury",))
        with pytest.raises(NotAllowed):
            outcome.hand_over(who, road.id, to="general", reasons=("officer:injury",))
        assert road.status == "ready"
        road.take(who)
        with pytest.raises(Invalid):
            requests.hand_over(who, road.id, to="nobody", reasons=("officer:injury",))
        requests.hand_over(who, road.id, to="general", reasons=("officer:injury",))
        drain()
        assert road.status == "handed_over"
        assert Determination.objects.get(case_id=road.id).status == "ended"

    def test_given_back_is_not_offered_again(self, town: Town) -> None:
        road = waiting(town)
        one = officer()
        road.take(one)
        determinations.give_back(one, road.id, why="conflict")
        assert drawn(one) is None
        road.take(officer())

    def test_recusal_qualification_and_city(self, town: Town) -> None:
        road = waiting(town)
        kin = officer(id_number_hash=signin.identity_hash(road.party("B").id_number))
        assert drawn(kin) is None
        lapsed = officer()
        Qualification.objects.filter(account_id=lapsed.id).update(valid_until="2021-01-01")
        with pytest.raises(NotAllowed):
            drawn(lapsed)
        assert drawn(officer("guangyuan")) is None
        assert Determination.objects.get(case_id=road.id).status == "waiting"
        assert Account.objects.count() == 3

    def test_a_case_that_left_is_not_taken(self, town: Town) -> None:
        road = waiting(town)
        wishes.choose(road.actor("A"), road.id, "police")
        drain()
        assert drawn(officer()) is None


@pytest.mark.django_db
class TestSigning:
    def test_twice_is_once(self, town: Town) -> None:
        road = waiting(town)
        who = officer()
        road.take(who)
        for _ in range(2):
            determinations.determine(who, road.id, RULING, factor_fresh=True)
        assert road.kinds()["liability.signed"] == 1
        for _ in range(2):
            serving.receive(road.actor("A"), road.id)
        assert road.kinds()["liability.served"] == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("grades", {"A": "FULL"}), ("grades", {"A": "FULL", "B": "FULL"}),
            ("grades", {"A": "x", "B": "y"}),
            ("reasons", " "), ("facts_found", "short"), ("citations", []), ("citations", ["法9999"]),
            ("shares", {"A": "1/0", "B": "0"}), ("shares", {"A": "nan", "B": "0"}),
            ("shares", {"A": "1", "B": "1"}),
            ("form", "99"),
        ],
    )  # fmt: skip
    def test_what_cannot_stand(self, town: Town, field: str, value: object) -> None:
        road = waiting(town)
        who = officer()
        road.take(who)
        given = {name: getattr(RULING, name) for name in RULING.__struct_fields__} | {field: value}
        with pytest.raises(Invalid) as refused:
            determinations.determine(who, road.id, Ruling(**given), factor_fresh=True)
        assert set(refused.value.fields) == {field}
        assert Determination.objects.get(case_id=road.id).status == "taken"

    def test_a_stale_factor(self, town: Town) -> None:
        road = waiting(town)
        who = officer()
        road.take(who)
        with pytest.raises(NotAllowed) as refused:
            determinations.determine(who, road.id, RULING, factor_fresh=False)
        assert refused.value.code == "second_factor"


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_two_officers_get_different_cases(self, town: Town) -> None:
        roads = [waiting(town) for _ in range(2)]
        people = [officer() for _ in range(4)]
        got = at_once(*[lambda p=p: drawn(p) for p in people])
        taken = [row.case_id for row in got if isinstance(row, allotting.Work)]
        assert not [row for row in got if isinstance(row, Exception)], got
        assert sorted(taken) == sorted(road.id for road in roads)

    def test_two_taps_give_one_officer_one_case(self, town: Town) -> None:
        for _ in range(3):
            waiting(town)
        who = officer()
        got = at_once(*[lambda: drawn(who)] * 4)
        assert not [row for row in got if isinstance(row, Exception)], got
        assert Determination.objects.filter(status="taken").count() == 1
        assert Entry.objects.filter(kind="liability.taken").count() == 1

    def test_last_signature_and_determination_exclude_each_other(self, town: Town) -> None:
        road = Road(town).ready()
        road.want("agree")
        agreements.sign(road.actor("A"), road.id, path=SIGNATURE, read=True)
        road.want("officer")
        who = officer()
        at_once(
            lambda: agreements.sign(road.actor("B"), road.id, path=SIGNATURE, read=True),
            lambda: (road.take(who), road.determine(who)),
        )
        drain()
        stand = [
            Agreement.objects.filter(case_id=road.id, status="signed").count(),
            Determination.objects.filter(case_id=road.id, status="signed").count(),
        ]
        assert sum(stand) == 1, stand

    def test_both_sign_at_once_and_agree_once(self, town: Town) -> None:
        road = Road(town).ready()
        road.want("agree")
        done = at_once(
            *[lambda x=x: agreements.sign(road.actor(x), road.id, path=SIGNATURE, read=True) for x in "ABAB"]
        )
        assert not [d for d in done if isinstance(d, Refusal)], done
        assert road.kinds()["liability.agreed"] == 1
        assert road.kinds()["liability.agreement_signed"] == 1


@pytest.mark.django_db
class TestAgreement:
    def test_needs_reading_and_a_signature(self, town: Town) -> None:
        road = Road(town).ready()
        road.want("agree")
        for path, read in ((SIGNATURE, False), ("", True), ('M0 0"/><script>', True), ("M0 0" * 9000, True)):
            with pytest.raises(Invalid):
                agreements.sign(road.actor("A"), road.id, path=path, read=read)
        Party.objects.filter(case_id=road.id, label="A").update(phone_proven_at=None)
        with pytest.raises(NotAllowed):
            agreements.sign(road.actor("A"), road.id, path=SIGNATURE, read=True)

    def test_odd_drawings_still_make_a_paper(self, town: Town) -> None:
        road = Road(town).ready()
        road.want("agree")
        agreements.sign(road.actor("A"), road.id, path="eeeeee-.-.,,zzzz", read=True)
        agreements.sign(road.actor("B"), road.id, path="M1e999 1L.-. .-.", read=True)
        drain()
        assert road.kinds()["documents.issued"] == 1

    def test_a_wish_is_said_once_and_may_change(self, town: Town) -> None:
        road = Road(town).ready()
        for way in ("agree", "agree", "officer", "agree"):
            wishes.choose(road.actor("A"), road.id, way)
        assert road.kinds()["liability.wished"] == 3
        assert wishes.joint_way(road.id, 2) == ""
        with pytest.raises(Invalid):
            wishes.choose(road.actor("A"), road.id, "duel")
        road.want("agree")
        with pytest.raises(NotAllowed):
            wishes.choose(roles.visitor("yancheng"), road.id, "agree")

    def test_no_agreement_before_everybody_confirmed(self, town: Town) -> None:
        road = Road(town).both_joined()
        with pytest.raises(WrongState):
            wishes.choose(road.actor("A"), road.id, "agree")
        with pytest.raises(NotFound):
            agreements.decline(road.actor("A"), road.id)
