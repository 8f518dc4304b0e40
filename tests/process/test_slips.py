"""A slip of the pen, told by a party: it waits for who signed, who corrects it or says why not."""

from __future__ import annotations

import pytest

from kuaichu.desks.centre.models import Item
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability.bench import corrections, slips
from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.liability.rechecks import taking
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.process import allotting
from tests.process.test_rechecks import held, signed
from tests.process.walking import drawn, officer, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
WORDS = "我的名字写错了，应该是陈䶮。"


def test_it_waits_for_the_one_who_signed(town: Town) -> None:
    road, who = signed(town)
    row = slips.tell(road.actor("B"), road.id, words=WORDS)
    assert slips.tell(road.actor("B"), road.id, words=WORDS).pk == row.pk, "twice is once"
    with pytest.raises(WrongState):
        slips.tell(road.actor("A"), road.id, words="路名写错了。")
    drain()
    item = Item.objects.get(kind="correction")
    assert (item.status, item.subject_id) == ("waiting", row.pk)
    other = officer()
    assert drawn(other) is None
    assert allotting.next_for(other) is None, "nobody but who signed"
    assert row not in taking.open_to(other)
    with pytest.raises(NotAllowed):
        taking.take(other, row.pk)
    assert drawn(who) is None, "a request is not what waits"
    work = allotting.next_for(who)
    assert work is not None
    assert (work.kind, work.subject_id) == ("correction", row.pk)
    assert taking.mine(who, row.pk).status == "taken"


def test_a_correction_answers_it(town: Town) -> None:
    road, who = signed(town)
    row = slips.tell(road.actor("B"), road.id, words=WORDS)
    drain()
    corrections.correct(who, road.id, changes={"name.B": "陈䶮"}, why="姓名笔误。", factor_fresh=True)
    settle()
    row.refresh_from_db()
    assert (row.status, row.outcome, str(row.officer_id)) == ("done", "corrected", who.id)
    assert Item.objects.get(kind="correction").status == "done"
    papers = Paper.objects.filter(case_id=road.id, kind="summary_certificate")
    assert sorted(papers.values_list("status", flat=True)) == ["issued", "superseded"]
    assert slips.tell(road.actor("A"), road.id, words="地点也有笔误。").status == "waiting", "another one"


def test_nothing_to_put_right_is_said_with_reasons(town: Town) -> None:
    road, who = signed(town)
    row = slips.tell(road.actor("B"), road.id, words=WORDS)
    with pytest.raises(NotFound):  # not taken yet
        slips.decline(who, row.pk, words="核对无误。")
    taking.take(who, row.pk)
    with pytest.raises(Invalid) as refusal:
        slips.decline(who, row.pk, words="无")
    assert set(refusal.value.fields) == {"words"}
    slips.decline(who, row.pk, words="与身份证核对无误。")
    settle()
    row.refresh_from_db()
    assert (row.outcome, row.answer["words"]) == ("not_corrected", "与身份证核对无误。")
    for label in "AB":
        told = town.messages(road.numbers[label])
        assert any("无须更正" in text or "nothing to put right" in text for text in told), label
    assert not Item.objects.exclude(status="done").exists()


def test_before_there_is_a_certificate_there_is_none_to_correct(town: Town) -> None:
    road, _who = held(town)
    with pytest.raises(WrongState):
        slips.tell(road.actor("B"), road.id, words=WORDS)
    with pytest.raises(Invalid):
        slips.tell(road.actor("B"), road.id, words="无")
    assert not Recheck.objects.exists()
