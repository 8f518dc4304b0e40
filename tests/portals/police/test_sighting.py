"""What was read in the photographs, before the officer's eyes: differences first, with their photograph."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.cases import evidence, files
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.portals.police.comparing import Row
from kuaichu.specimens.papers import specimen
from kuaichu.specimens.plates import drawn, in_street
from kuaichu.specimens.spoiling import GRADES, photographed
from tests.portals.police import building
from tests.stories.builders import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vision_lane")]


def shoot(actor: Actor, waiting: building.Waiting, data: bytes, shot: str) -> None:
    capture = evidence.Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
    evidence.photograph(actor, waiting.case.pk, capture, data)


def test_matches_differences_and_what_was_not_read(town: Town, desk: Client) -> None:
    waiting = building.waiting_case(town)
    plate = files.vehicles(waiting.case.pk)["A"].plate
    shoot(waiting.a, waiting, in_street(drawn(plate), 420, 7), "plate")
    shoot(waiting.b, waiting, in_street(drawn("苏J9K9K9"), 420, 8), "plate")
    assert drain(lane="vision") > 0
    desk.post(reverse("police:take"))
    page = desk.get(reverse("police:ruling", args=[waiting.case.pk]), headers={"Accept-Language": "en"})
    rows: list[Row] = page.context["sights"]
    (row,) = rows
    assert [cell.state for cell in row.cells] == ["ok", "bad"]
    assert f"{plate}, as known · photograph 4" in row.cells[0].text
    assert "苏J·9K9K9" in row.cells[1].text
    assert "photograph 5" in row.cells[1].text
    text = page.content.decode()
    assert "What was read in the photographs" in text
    assert re.search(r'<tr class="differs"><th scope="row">Plate', text)


def test_papers_against_the_register(town: Town, desk: Client) -> None:
    """The licence of another car: read only because the register lost the car, and then compared."""
    waiting = building.waiting_case(town)
    row = files.vehicles(waiting.case.pk)["A"]
    record = row.record
    row.record = None
    row.save()
    paper = specimen("vehicle_licence", 5)
    shoot(waiting.a, waiting, photographed(paper.pixels, GRADES["clean"], 5), "licence")
    drain(lane="vision")
    row.record = record
    row.save()
    desk.post(reverse("police:take"))
    page = desk.get(reverse("police:ruling", args=[waiting.case.pk]), headers={"Accept-Language": "en"})
    rows = {row.label: row for row in page.context["sights"]}
    vin = rows["Vehicle identification number"]
    assert vin.cells[0].state == "bad"
    assert paper.fields["vin"] in vin.cells[0].text
    assert str((record or {})["vin"]) in vin.cells[0].text
    assert rows["Plate"].cells[0].state == "bad", "the plate on the licence belongs to no vehicle here"
    assert page.context["sights"][0].differs


def test_without_readings_there_is_no_table(town: Town, desk: Client) -> None:
    waiting = building.waiting_case(town)
    desk.post(reverse("police:take"))
    page = desk.get(reverse("police:ruling", args=[waiting.case.pk]))
    assert page.context["sights"] == []
    assert "照片中识读" not in page.content.decode()
