"""A party applies that the officer steps aside; the head of the unit decides (D146 Art. 105)."""

from __future__ import annotations

import pytest

from kuaichu.desks.claims.models import Claim
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.approvals import recusals
from kuaichu.desks.liability.rechecks import taking
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.kernel.workdays import reckon
from kuaichu.people import roles
from tests.process.test_approvals import head, newest, take
from tests.process.walking import Road, officer, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


class TestRecusal:
    def held(self, town: Town) -> tuple[Road, Actor]:
        road, who = Road(town).ready(), officer()
        road.want("officer")
        with pytest.raises(WrongState):
            recusals.ask(road.actor("A"), road.id, ground="kin", words="对方的表哥")
        assert take(road, who) is not None
        return road, who

    def test_granted_before_the_ruling_another_officer_begins_anew(self, town: Town) -> None:
        road, who = self.held(town)
        determinations.draft(who, road.id, {"reasons": "草稿"})
        with pytest.raises(Invalid) as refusal:
            recusals.ask(road.actor("A"), road.id, ground="friend", words="对方的表哥")
        assert set(refusal.value.fields) == {"ground"}
        asked = recusals.ask(road.actor("A"), road.id, ground="kin", words="民警是对方的表哥。")
        assert recusals.ask(road.actor("A"), road.id, ground="kin", words="民警是对方的表哥。").pk == asked.pk
        assert asked.due_at == reckon(asked.requested_at, working_days=2).at
        with pytest.raises(WrongState):
            recusals.ask(road.actor("B"), road.id, ground="kin", words="民警是对方的表哥。")
        boss = head()
        with pytest.raises(NotFound):
            recusals.decide(boss, asked.pk, granted=True, words="情况属实。")
        taking.take(boss, asked.pk)
        recusals.decide(boss, asked.pk, granted=True, words="情况属实。")
        settle()
        row = newest(road)
        assert (row.status, row.draft, row.officer_id) == ("waiting", {}, None)
        assert take(road, who) is None
        with pytest.raises(NotFound):
            road.determine(who)
        assert take(road, officer()) is not None

    def test_refused_the_party_gets_the_reasons(self, town: Town) -> None:
        road, who = self.held(town)
        asked, boss = recusals.ask(road.actor("B"), road.id, ground="other", words="他们是同学。"), head()
        taking.take(boss, asked.pk)
        with pytest.raises(Invalid):
            recusals.decide(boss, asked.pk, granted=False, words="")
        recusals.decide(boss, asked.pk, granted=False, words="经查，双方并不相识。")
        settle()
        assert newest(road).status == "taken"
        assert any("not replaced" in text for text in town.messages(road.numbers["B"]))
        with pytest.raises(WrongState):
            recusals.ask(road.actor("B"), road.id, ground="other", words="还是同学。")
        road.determine(who)

    def test_granted_after_the_ruling_it_is_decided_anew(self, town: Town) -> None:
        road, who = self.held(town)
        road.determine(who)
        settle()
        asked, boss = recusals.ask(road.actor("A"), road.id, ground="kin", words="表兄弟关系。"), head()
        taking.take(boss, asked.pk)
        new = recusals.decide(boss, asked.pk, granted=True, words="情况属实。")
        settle()
        assert new is not None
        assert who.id in new.shunned
        assert road.status == "ready"
        assert Claim.objects.filter(case_id=road.id).exclude(held_for="").exists()

    def test_nobody_decides_about_the_own_recusal(self, town: Town) -> None:
        road, who = self.held(town)
        asked = recusals.ask(road.actor("A"), road.id, ground="kin", words="表兄弟关系。")
        boss = Actor("staff", who.id, who.city, roles.ROLES["unit_head"], organisation_id=who.organisation_id)
        with pytest.raises(NotAllowed):
            taking.take(boss, asked.pk)
        assert clock.now() < asked.due_at
