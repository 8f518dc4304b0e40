"""The pages that phones keep: anybody may fetch them, they hold nobody's data and take nothing in."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from kuaichu.cases.models import Case
from kuaichu.portals.citizen.holding import NOBODY
from kuaichu.portals.citizen.offline import shell as shells
from kuaichu.portals.citizen.offline.road import ALIASES, FORKS, PAGES
from kuaichu.portals.citizen.steps.plan import FIRST

pytestmark = pytest.mark.django_db
BLANK = [f"/p/{NOBODY}/{page}" for page in (*PAGES, "offline")]


def sheet(page: str) -> dict:
    found = re.search(r'<script id="keep-data" type="application/json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", [*BLANK, "/try", "/try/end"])
def test_a_kept_page_is_for_anybody(path: str, language: str) -> None:
    response = Client(HTTP_ACCEPT_LANGUAGE=language).get(path)
    assert response.status_code == 200
    text = response.content.decode()
    assert f'<html lang="{language}"' in text
    assert not Case.objects.exists()
    if path not in ("/try", "/try/end", f"/p/{NOBODY}/offline"):
        assert sheet(text) | {"blank": True, "done": [], "party": str(NOBODY)} == sheet(text)


@pytest.mark.parametrize("path", BLANK)
def test_a_kept_page_takes_nothing_in(path: str) -> None:
    response = Client().post(path, {"injury": "none"})
    assert response.status_code in (404, 405)


def test_other_pages_of_nobody_are_not_there() -> None:
    for page in ("", "/review", "/other", "/agreement", "/timeline"):
        assert Client().get(f"/p/{NOBODY}{page}").status_code == 404


def test_aliases_lead_where_the_worker_says() -> None:
    for page, to in ALIASES.items():
        assert Client().get(f"/p/{NOBODY}/{page}")["Location"] == f"/p/{NOBODY}/{to}"


def test_kept_pages_name_no_moment() -> None:
    """A kept page may be days old: the time of the accident must not be that of its keeping."""
    text = Client().get(f"/p/{NOBODY}/place").content.decode()
    field = re.search(r'<input type="datetime-local"[^>]*>', text)
    assert field
    assert "value" not in field[0]
    assert not re.search(r'name="light"[^>]*checked', text)


def test_the_worker_lists_what_is_there(client: Client) -> None:
    response = client.get("/sw.js?lang=en")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    known = shells.shell("en")
    assert json.dumps(known["version"]) in response.content.decode()
    assert {one.rsplit("/", 1)[-1] for one in known["files"]} >= {
        "boot.js",
        "keep.js",
        "drafts.js",
        "photo.js",
    }
    for path in [*known["pages"], *known["front"]]:
        answer = client.get(path)
        assert answer.status_code == 200, path
    assert client.get("/sw.js?lang=zh-hans").content != response.content


def test_each_way_of_the_plan_is_kept_or_needs_the_network() -> None:
    network = {"other", "review"}
    assert {step for step in FIRST if step not in PAGES and step not in ALIASES} <= network
    targets = {rule["to"] for rules in FORKS.values() for rule in rules}
    assert targets <= {*PAGES, "", "happened/more"}
