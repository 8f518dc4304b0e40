"""The reasons of a proposal for the officer: in short beside it, in full on a page to print."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.portals.police.test_ruling import CONTRADICTING, HTMX, at, take
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def test_in_short_and_in_full(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    page = desk.get(at("ruling", waiting)).content.decode()
    assert at("reasons", waiting) in page
    sheet = desk.get(at("reasons", waiting))
    text = sheet.content.decode()
    assert sheet.status_code == 200
    assert waiting.case.number in text
    assert "如果B碰撞前没有向后溜动，则A承担全部责任" in text
    assert "RE-02" in text


def test_what_each_answer_would_lead_to(town: Town, desk: Client) -> None:
    waiting = take(town, desk, told=CONTRADICTING)
    text = desk.get(at("reasons", waiting)).content.decode()
    assert "如果" in text or "If " in text


def test_the_findings_of_the_officer_count(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    before = desk.get(at("reasons", waiting)).content.decode()
    found = {"fact.B.movement": json.dumps("REVERSING")}
    answer = desk.post(at("facts", waiting), found, headers=HTMX).content.decode()
    assert at("reasons", waiting) in answer
    after = desk.get(at("reasons", waiting)).content.decode()
    assert after != before
    assert "RV-01" in after


def test_a_stranger_does_not_see_them(town: Town, desk: Client, client: Client) -> None:
    waiting = take(town, desk)
    assert client.get(at("reasons", waiting)).status_code in (302, 403, 404)
