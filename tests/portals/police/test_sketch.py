"""The sketch on the ruling page follows the officer's findings, and stands on an annex of the certificate."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from kuaichu.cases import files
from kuaichu.kernel.deliveries import drain
from kuaichu.queries import sketches
from tests.portals.police import building
from tests.portals.police.test_ruling import CONTRADICTING, HTMX, at, take
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def picture_of(text: str) -> str:
    return text.split('<figure class="sketch">')[1].split("</figure>", maxsplit=1)[0]


def test_a_finding_redraws_the_sketch(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    before = picture_of(desk.get(at("ruling", waiting)).content.decode())
    found = {"fact.B.zone": json.dumps("REAR_LEFT"), "fact.place.road_form": json.dumps("narrow")}
    answer = desk.post(at("facts", waiting), found, headers=HTMX).content.decode()
    assert picture_of(answer) != before
    assert "窄路" in answer or "narrow road" in answer
    assert 'name="fact.A.movement"' in answer
    again = desk.get(at("ruling", waiting)).content.decode()
    assert picture_of(again) == picture_of(answer)
    assert again.count('name="fact.place.road_form"') == 1


def test_what_cannot_be_right_together_is_listed(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    bad = {
        "fact.A.other_came_from": json.dumps("opposite"),
        "fact.B.movement": json.dumps("LANE_CHANGE_LEFT"),
    }
    answer = desk.post(at("facts", waiting), bad, headers=HTMX).content.decode()
    assert "示意图：" in answer or "Sketch:" in answer


def paper_sketch(waiting: building.Waiting, found: dict[str, object]) -> str:
    rows = waiting.case
    parties = files.parties(rows.pk)
    return sketches.for_paper(rows, parties, files.vehicles(rows.pk), found)


def test_the_paper_has_a_sketch_only_of_settled_facts(town: Town, desk: Client) -> None:
    plain = take(town, desk)
    drain()
    assert "甲" in paper_sketch(plain, {})
    disputed = building.waiting_case(town, told=CONTRADICTING)
    assert paper_sketch(disputed, {}) == ""
    settled = {
        "A.movement": "LANE_CHANGE_LEFT",
        "A.zone": "FRONT_LEFT",
        "B.movement": "STRAIGHT",
        "B.zone": "RIGHT",
    }
    assert "向左变更车道" in paper_sketch(disputed, settled)
