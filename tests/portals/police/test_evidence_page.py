"""One photograph in the large: custody, likeness side by side, areas corrected, originals for a purpose."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.cases import likenesses, redactions
from kuaichu.cases.models import Evidence, Handling, Look, Redaction
from kuaichu.people.roles import system
from tests.portals.police import building
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(town: Town, desk: Client) -> building.Waiting:
    """A case this officer has taken."""
    waiting = building.waiting_case(town)
    desk.post(reverse("police:take"))
    return waiting


@pytest.fixture
def row(taken: building.Waiting) -> Evidence:
    return Evidence.objects.filter(case=taken.case).order_by("received_at")[0]


def address(name: str, row: Evidence) -> str:
    return reverse(f"police:{name}", args=[row.case_id, row.pk])


def see(desk: Client, row: Evidence) -> str:
    answer = desk.get(address("evidence", row), headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_making_hashes_and_custody_are_shown_and_the_look_is_noted(desk: Client, row: Evidence) -> None:
    text = see(desk, row)
    see(desk, row)
    for words in (
        row.sha256,
        row.sm3,
        "Received, hashes computed",
        "Sealed in an evidence receipt",
        "Looked at",
    ):
        assert words in text
    assert Handling.objects.filter(evidence=row, what="looked").count() == 1


def test_areas_are_taken_away_and_added(desk: Client, row: Evidence) -> None:
    redactions.propose(system("yancheng"), row, [redactions.Area(0.1, 0.1, 0.2, 0.2, "face")], "haar")
    assert "<rect" in see(desk, row)
    sent = {"area": ["0.5,0.5,0.2,0.1,drawn,"], "left": "70", "top": "10", "width": "10", "height": "5"}
    assert desk.post(address("areas", row), sent).status_code == 302
    areas = redactions.areas_of(Redaction.objects.get(evidence=row))
    assert [(one.x, one.kind) for one in areas] == [(0.5, "drawn"), (0.7, "drawn")]
    assert desk.get(address("shared", row)).status_code == 200
    for bad in ({"area": ["0.9,0.9,0.5,0.5,drawn,"]}, {"area": ["nonsense"]}, {"left": "x", "top": "1"}):
        desk.post(address("areas", row), bad)
        assert redactions.areas_of(Redaction.objects.get(evidence=row)) == areas


def test_an_original_only_for_a_purpose_and_noted(desk: Client, row: Evidence) -> None:
    assert desk.post(address("original", row), {"purpose": "curiosity"}).status_code == 404
    answer = desk.post(address("original", row), {"purpose": "court"})
    assert hashlib.sha256(answer.content).hexdigest() == row.sha256 == answer["X-Content-SHA256"]
    assert Handling.objects.filter(evidence=row, purpose="original: court").count() == 1
    assert Look.objects.filter(case=row.case_id, purpose="original_court").exists()
    assert desk.get(address("original", row)).status_code == 405


def test_likeness_is_a_sign_with_both_pictures(desk: Client, town: Town, row: Evidence) -> None:
    other = building.waiting_case(town)
    earlier = Evidence.objects.filter(case=other.case).order_by("received_at")[0]
    likenesses.record(system("yancheng"), row, earlier, 4, 200)
    text = see(desk, row)
    assert "200 points lie alike" in text
    assert other.case.number in text
    listed = desk.get(reverse("police:ruling", args=[row.case_id]), headers={"Accept-Language": "en"})
    assert "Resembles a photograph of an earlier case" in listed.content.decode()
    likeness = likenesses.of_case(row.case_id)[0]
    answer = desk.get(reverse("police:like", args=[row.case_id, likeness.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert Look.objects.filter(case=other.case, purpose="likeness").count() == 1
    assert desk.get(reverse("police:like", args=[other.case.pk, likeness.pk])).status_code == 404


def test_only_the_officer_of_the_case(row: Evidence, colleague: Callable[..., Client]) -> None:
    stranger = colleague()
    for name in ("evidence", "shared"):
        assert stranger.get(address(name, row)).status_code == 404
    for name in ("areas", "original"):
        assert stranger.post(address(name, row), {"purpose": "court"}).status_code == 404
    assert Client().get(address("evidence", row)).status_code == 302
