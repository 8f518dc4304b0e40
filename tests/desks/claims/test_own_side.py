"""互碰自赔 is offered when lawful, and applied when everybody wants it."""

from __future__ import annotations

import pytest

from kuaichu.cases import files
from kuaichu.desks.claims import calculations
from kuaichu.desks.claims.recourse import own_side
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel.refusals import WrongState
from kuaichu.queries.money.own_side import lawful
from tests.process.walking import Road, officer, settle
from tests.stories.builders import Town


class TestOwnSide:
    @pytest.fixture
    def equal(self, town: Town, db: None) -> Road:
        made = Road(town).ready()
        made.want("officer")
        who = officer()
        made.take(who)
        ruling = Ruling(
            grades={"A": "EQUAL", "B": "EQUAL"}, facts_found="两车在没有信号灯的路口相撞。",
            reasons="双方均未让行。", citations=["法43"], form="1",
        )  # fmt: skip
        determinations.determine(who, made.id, ruling, factor_fresh=True)
        settle()
        return made

    def test_everybody_wants_it(self, equal: Road) -> None:
        case = files.case(equal.id)
        assert lawful(case)
        for label in "AB":
            for _ in range(2):
                own_side.wish(equal.actor(label), equal.id, label=label, lawful=lawful(case), parties=2)
        equal.assess(150_000)
        settle(2)
        newest = calculations.newest_calculation(equal.id)
        assert newest is not None
        assert {(line["insurer"], line["to"]) for line in newest.lines} == {("HUAIHAI", "A"), ("TAIHU", "B")}
        with pytest.raises(WrongState):
            own_side.wish(equal.actor("A"), equal.id, label="C", lawful=True, parties=2)

    def test_one_alone_changes_nothing(self, equal: Road) -> None:
        own_side.wish(equal.actor("A"), equal.id, label="A", lawful=True, parties=2)
        equal.assess(150_000)
        settle(2)
        newest = calculations.newest_calculation(equal.id)
        assert newest is not None
        assert ("HUAIHAI", "B") in {(line["insurer"], line["to"]) for line in newest.lines}

    def test_not_where_one_is_not_liable(self, road: Road) -> None:
        assert not lawful(files.case(road.id))
        with pytest.raises(WrongState):
            own_side.wish(road.actor("A"), road.id, label="A", lawful=False, parties=2)
