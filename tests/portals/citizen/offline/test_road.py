"""The plan that a page carries for its script agrees with the server's own."""

from __future__ import annotations

import itertools
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from kuaichu.portals.citizen.holding import NOBODY
from kuaichu.portals.citizen.offline.road import FORKS, PAGES
from tests.portals.citizen.offline.test_blank import sheet
from tests.portals.citizen.offline.test_drafts import SECRET, begin, send

pytestmark = pytest.mark.django_db
PLACE = {"place": "人民路口", "weather": "1", "light": "day", "site": "road"}
CAR = {"vehicle_kind": "MV", "plate": "苏J20001", "plate_kind": ""}
DRIVER = {"name": "王小明", "id_number": "32090119900101123X"}
CONTACT = {
    "happened/movement": {"answer": "STRAIGHT"}, "happened/zone": {"answer": "REAR"},
    "happened/other_movement": {"answer": "STRAIGHT"}, "happened/other_zone": {"answer": "FRONT"},
}  # fmt: skip


def onward(carried: dict[str, Any], told: dict[str, dict[str, str]], done: set[str]) -> str:
    """What `keep.js` does with the sheet of a page: rules first, then the next step that is not done."""
    page = carried["page"]
    for rule in FORKS.get(page, ()):
        fields = told.get(rule.get("page", page), {})
        if "field" not in rule or rule["is"] in fields.get(rule["field"], "").split(","):
            return rule["to"]
    plan, at = carried["plan"], carried["plan"].index(carried["step"])
    return next((step for step in (*plan[at + 1 :], *plan[:at]) if step not in done), "")


def road(pages: dict[str, dict[str, str]]) -> tuple[list[str], list[str]]:
    """The pages walked by the server's word, and by the sheets of the blank pages alone."""
    phone, draft = Client(), uuid.uuid4()
    begin(phone, draft, SECRET + draft.hex)
    said, carried_on, done = [], [], set()
    for number, (page, fields) in enumerate(pages.items()):
        blank = sheet(phone.get(f"/p/{NOBODY}/{page}").content.decode())
        answer = send(phone, draft, page, f"k{number}", **fields)
        assert answer.status_code == 200, (page, re.findall(r"error.*?</p>", answer.content.decode()))
        said.append(answer.json()["next"].removeprefix(f"/p/{draft}").strip("/"))
        done.add(blank["step"])
        carried_on.append(onward(blank, pages, done))
    return said, carried_on


@pytest.mark.parametrize(
    ("injury", "vehicle", "owner"),
    itertools.product(["none", "slight"], ["MV", "NMV"], ["yes", "no"]),
)
def test_both_plans_lead_the_same_way(injury: str, vehicle: str, owner: str) -> None:
    pages: dict[str, dict[str, str]] = {"safety": {"injury": injury}}
    if injury == "slight":
        pages["consent"] = {"agreed": "yes"}
    pages |= {"place": PLACE, "checks": {"none": "yes"}, "vehicle": CAR | {"vehicle_kind": vehicle}}
    if vehicle == "MV":
        pages["owner"] = {"owner": owner}
    if vehicle != "MV" or owner == "no":
        pages["driver"] = DRIVER
    said, carried_on = road(pages)
    assert carried_on == said


def test_the_questions_come_in_the_same_order() -> None:
    pages = {"safety": {"injury": "none"}, **CONTACT}
    said, carried_on = road(pages)
    assert carried_on[1:-1] == said[1:-1]
    assert carried_on[-1] == "happened/words"
    assert said[-1].startswith("happened/"), (
        "the server may ask what would decide; then it comes to the words"
    )


def test_one_alone_is_not_asked_about_another() -> None:
    pages = {"checks": {"checks": "single_vehicle"}, "happened/movement": {"answer": "STRAIGHT"}}
    pages["happened/zone"] = {"answer": "FRONT"}
    said, carried_on = road(pages)
    assert carried_on[-1] == "happened/words"
    assert not said[-1].startswith("happened/other")


def test_badly_hurt_leads_home() -> None:
    said, carried_on = road({"safety": {"injury": "serious"}})
    assert carried_on == [""]
    assert said[0] in ("", "safety", "injury") or said[0] not in PAGES
