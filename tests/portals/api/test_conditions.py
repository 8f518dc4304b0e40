"""Entity tags: what has not changed is not sent again, and nothing is decided on what has."""

from __future__ import annotations

import pytest

from tests.portals.api import casework
from tests.portals.api.test_insurers import CLAIMS, loss, url

pytestmark = pytest.mark.django_db


def acknowledged(api, claim, number: str = "HH-0001", **headers: str):
    return api.put(url(claim, "acknowledgement"), {"report_number": number}, **headers)


def test_a_step_is_taken_on_what_was_read(huaihai):
    claim = casework.settled().claims["HUAIHAI"]
    tag = huaihai.get(url(claim))["ETag"]
    done = acknowledged(huaihai, claim, if_match=tag)
    assert done.status_code == 200
    assert done["ETag"] == huaihai.get(url(claim))["ETag"] != tag


def test_a_step_on_what_is_no_longer_so_is_refused_in_words(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    tag = huaihai.get(url(claim))["ETag"]
    acknowledged(huaihai, claim)
    late = huaihai.put(url(claim, "assessments", str(made.vehicle("A").pk)), loss(), if_match=tag)
    assert (late.status_code, late.json()["code"]) == (412, "changed")
    assert late["Content-Type"] == "application/problem+json"
    assert "Read it again" in late.json()["title"]
    assert huaihai.get(url(claim)).json()["assessments"] == []


@pytest.mark.parametrize("header", ["*", 'W/"x", {tag}', "{tag}"])
def test_forms_of_the_condition(huaihai, header):
    claim = casework.settled().claims["HUAIHAI"]
    tag = huaihai.get(url(claim))["ETag"]
    assert acknowledged(huaihai, claim, if_match=header.replace("{tag}", tag)).status_code == 200
    assert huaihai.get(url(claim), if_none_match=tag).status_code == 200


def test_a_repeated_step_gets_its_first_answer_although_the_claim_has_changed(huaihai):
    claim = casework.settled().claims["HUAIHAI"]
    tag = huaihai.get(url(claim))["ETag"]
    first = acknowledged(huaihai, claim, if_match=tag, key="k1")
    again = acknowledged(huaihai, claim, if_match=tag, key="k1")
    assert (first.status_code, first.json()) == (again.status_code, again.json())


def test_a_message_that_was_sent_changes_no_packet(huaihai):
    from kuaichu.desks.notify import messages
    from kuaichu.people.roles import system

    made = casework.settled()
    tag = huaihai.get(url(made.claims["HUAIHAI"]))["ETag"]
    messages._record(
        system(casework.CITY),
        made.case.pk,
        key="x",
        channel="sms",
        kind="x",
        receiver="A",
        body="",
        receipt="",
    )
    assert huaihai.get(url(made.claims["HUAIHAI"]), if_none_match=tag).status_code == 304


@pytest.mark.parametrize("path", ["", "notice"])
def test_what_has_not_changed_is_not_sent_again(huaihai, path):
    claim = casework.settled().claims["HUAIHAI"]
    address = url(claim, path) if path else url(claim)
    first = huaihai.get(address)
    again = huaihai.get(address, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    acknowledged(huaihai, claim)
    if not path:
        assert huaihai.get(address, if_none_match=first["ETag"]).status_code == 200


def test_lists_and_files_have_tags_too(huaihai):
    claim = casework.settled().claims["HUAIHAI"]
    paper = huaihai.get(url(claim)).json()["documents"][0]["url"]
    for address in (CLAIMS, "/api/insurer/v1/events", paper):
        tag = huaihai.get(address)["ETag"]
        assert huaihai.get(address, if_none_match=f'"other", {tag}').status_code == 304


def test_a_condition_where_there_is_none_is_never_passed_over(huaihai):
    told = {"since": "2026-11-21T00:00:00Z", "before": "2026-11-22T00:00:00Z"}
    refused = huaihai.post("/api/insurer/v1/webhook/replays", told, if_match='"x"')
    assert (refused.status_code, refused.json()["code"]) == (412, "no_condition")
