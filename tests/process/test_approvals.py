"""What needs the head of the unit: fast handling of injury cases (D146 Art. 69)."""

from __future__ import annotations

from datetime import date

import pytest

from kuaichu.cases import parties, statements
from kuaichu.cases.models import Case
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import determinations, requests, wishes
from kuaichu.desks.liability.approvals import approving, fast_tracks
from kuaichu.desks.liability.models import Determination, FastTrack, Recheck
from kuaichu.desks.liability.rechecks import seconds, taking
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.kernel.workdays import reckon
from kuaichu.people import roles
from kuaichu.people.models import Qualification
from kuaichu.queries.deadlines import periods_of
from kuaichu.queries.proposals import proposal_for
from tests.process.walking import REAR_END, Road, officer, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def graded(kind: str = "junior") -> Actor:
    made = officer()
    Qualification.objects.create(
        account_id=made.id, kind=kind, number="2", valid_from=date(2020, 1, 1), valid_until=date(2035, 1, 1)
    )
    return made


def head() -> Actor:
    made = officer()
    return Actor("staff", made.id, made.city, roles.ROLES["unit_head"], organisation_id=made.organisation_id)


def hurt(town: Town) -> Road:
    """A case of the general procedure in which somebody is hurt; all parts are complete."""
    road = Road(town)
    road.describe(injury="serious")
    road.prove("A")
    road.drive("A", insurer="HUAIHAI")
    road.photograph()
    road.invite()
    road.prove("B")
    road.drive("B", insurer="TAIHU")
    for label, told in REAR_END.items():
        statements.state(road.actor(label), road.id, told)
    for label in "AB":
        parties.confirm(road.actor(label), road.id)
    settle()
    assert Case.objects.get(pk=road.id).outcome == "general"
    return road


def applied(town: Town) -> Road:
    road = hurt(town)
    for label in "AB":
        fast_tracks.apply(road.actor(label), road.id, undisputed=True)
    settle()
    return road


def newest(road: Road) -> Determination:
    return Determination.objects.filter(case_id=road.id).order_by("-requested_at")[0]


def take(road: Road, who: Actor) -> Determination | None:
    return determinations.take_drawn(who, road.id, proposal_for)


def look(kind: str) -> Recheck:
    return Recheck.objects.get(kind=kind, status="waiting")


def laid_before_head(town: Town) -> tuple[Road, Actor, Actor]:
    road, who, second = applied(town), graded(), officer()
    assert take(road, who) is not None
    road.determine(who)
    taking.take(second, look("four_eyes").pk)
    seconds.confirm(second, Recheck.objects.get(kind="four_eyes").pk, factor_fresh=True)
    settle()
    return road, who, second


class TestFastTrack:
    def test_all_must_apply_and_dispute_nothing(self, town: Town) -> None:
        road = hurt(town)
        with pytest.raises(Invalid) as refusal:
            fast_tracks.apply(road.actor("A"), road.id, undisputed=False)
        assert set(refusal.value.fields) == {"undisputed"}
        fast_tracks.apply(road.actor("A"), road.id, undisputed=True)
        fast_tracks.apply(road.actor("A"), road.id, undisputed=True)
        settle()
        assert road.status == "handed_over"
        assert not Determination.objects.exists()
        fast_tracks.apply(road.actor("B"), road.id, undisputed=True)
        settle()
        row, track = newest(road), FastTrack.objects.get()
        assert (road.status, row.status, row.grade) == ("ready", "waiting", "junior")
        assert track.due_at == reckon(track.applied_at, working_days=5).at == row.due_at
        assert "FAST_CERT" in [one.period.code for one in periods_of(Case.objects.get(pk=road.id))]
        assert road.kinds()["liability.fast_asked"] == 2
        with pytest.raises(WrongState):
            wishes.choose(road.actor("A"), road.id, "police")

    def test_only_an_injury_case_in_the_general_procedure(self, town: Town) -> None:
        road = Road(town).ready()
        with pytest.raises(WrongState):
            fast_tracks.apply(road.actor("A"), road.id, undisputed=True)
        other = hurt(town)
        Case.objects.filter(pk=other.id).update(injury="death")
        with pytest.raises(WrongState):
            fast_tracks.apply(other.actor("A"), other.id, undisputed=True)

    def test_an_officer_of_grade_another_one_and_the_head(self, town: Town) -> None:
        road = applied(town)
        assert take(road, officer()) is None  # D146 Art. 5: an injury case takes a grade
        who, second = graded(), officer()
        assert take(road, who) is not None
        road.determine(who)
        assert newest(road).status == "checked"
        first = look("four_eyes")
        assert first.told["why"]
        taking.take(second, first.pk)
        seconds.confirm(second, first.pk, factor_fresh=True)
        settle()
        assert newest(road).status == "checked"
        assert not Paper.objects.exists()
        approval, boss = look("approval"), head()
        assert not taking.open_to(officer()).filter(pk=approval.pk).exists()
        with pytest.raises(NotAllowed):
            taking.take(second, approval.pk)
        taking.take(boss, approval.pk)
        with pytest.raises(NotAllowed):
            approving.approve(boss, approval.pk, factor_fresh=False)
        approving.approve(boss, approval.pk, factor_fresh=True)
        with pytest.raises(NotFound):
            approving.approve(boss, approval.pk, factor_fresh=True)
        settle()
        paper = Paper.objects.get()
        assert (paper.kind, paper.status) == ("general_certificate", "issued")
        facts = bytes(paper.facts).decode()
        assert "第六十九条" in facts
        assert road.status == "decided"
        assert Case.objects.get(pk=road.id).procedure == "GENERAL_FAST"
        assert Claim.objects.filter(case_id=road.id).count() == 2
        assert "FAST_CERT" not in [one.period.code for one in periods_of(Case.objects.get(pk=road.id))]

    def test_refused_the_general_procedure_goes_on(self, town: Town) -> None:
        road, _who, _second = laid_before_head(town)
        approval, boss = look("approval"), head()
        taking.take(boss, approval.pk)
        with pytest.raises(Invalid):
            approving.refuse(boss, approval.pk, words=" ")
        approving.refuse(boss, approval.pk, words="伤情尚未稳定，成因仍需检验。")
        settle()
        assert (road.status, newest(road).status) == ("handed_over", "ended")
        assert not Paper.objects.exists()
        assert road.kinds()["liability.fast_refused"] == 1
        fast_tracks.apply(road.actor("A"), road.id, undisputed=True)  # answered: the same, and nothing new
        assert road.kinds()["liability.fast_asked"] == 2

    def test_the_head_may_send_it_back(self, town: Town) -> None:
        road, who, _second = laid_before_head(town)
        approval, boss = look("approval"), head()
        taking.take(boss, approval.pk)
        seconds.send_back(boss, approval.pk, words="请补充成因分析。")
        row = newest(road)
        assert (row.status, str(row.kept_for)) == ("waiting", who.id)
        assert take(road, who) is not None

    def test_unanimous_no_more(self, town: Town) -> None:
        road = applied(town)
        fast_tracks.take_back(road.actor("B"), road.id)
        settle()
        assert (road.status, newest(road).status) == ("handed_over", "ended")
        with pytest.raises(NotFound):
            fast_tracks.take_back(road.actor("B"), road.id)

    def test_the_officer_hands_back_what_is_not_clear(self, town: Town) -> None:
        road, who = applied(town), graded("senior")
        assert take(road, who) is not None
        requests.hand_over(who, road.id, to="general", reasons=("officer:disputed",))
        settle()
        assert (road.status, newest(road).status) == ("handed_over", "ended")
