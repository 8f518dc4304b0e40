"""What this phone knows from earlier, the paper twin, refusing, and both sides beside each other."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.test import Client

from kuaichu.cases import files
from kuaichu.cases.models import Case, Party
from kuaichu.kernel.models import Entry
from kuaichu.queries.both_sides import both_sides
from tests.stories.builders import Person, Town, insurers, rear_end


def again(person: Person) -> Person:
    """The same browser with a new report."""
    fresh = Person(person.town, person.plate)
    fresh.browser = person.browser
    fresh.start()
    return fresh


def test_a_vehicle_of_an_earlier_report_is_one_tap_away(anna: Person) -> None:
    assert "Yours from earlier" not in anna.see("vehicle")
    anna.drive()
    assert "Yours from earlier" not in again(anna).see("vehicle"), "the phone was not proven"
    anna.prove()
    fresh = again(anna)
    page = fresh.see("vehicle")
    assert anna.plate in page
    assert "used on" in page
    fresh.send("vehicle", vehicle_kind="MV", plate=anna.plate, plate_kind="")
    assert "Yours from earlier" not in fresh.see("vehicle")


def test_it_can_be_forgotten_and_other_browsers_know_nothing(anna: Person, town: Town) -> None:
    anna.drive()
    anna.prove()
    other = Person(town, anna.plate)
    other.start()
    assert "Yours from earlier" not in other.see("vehicle")
    fresh = again(anna)
    fresh.send("vehicle/forget", part=anna.party_id)
    assert "Yours from earlier" not in fresh.see("vehicle")


def test_a_guest_on_a_shared_phone_leaves_no_vehicle_behind(anna: Person, town: Town) -> None:
    anna.describe()
    anna.drive()
    anna.prove()
    bob = Person(town, town.car("苏J20144"))
    bob.browser = anna.browser
    bob.follow(anna.send("other", how="here")["Location"].removesuffix("?here=1"), phone=bob.phone)
    assert "Yours from earlier" not in bob.see("vehicle")
    bob.drive()
    page = again(anna).see("vehicle")
    assert bob.plate not in page


@pytest.mark.django_db
def test_the_form_on_paper_is_one_page_with_a_code_back(tmp_path: Path) -> None:
    browser = Client()
    assert browser.get("/form").status_code == 200
    pdf = tmp_path / "form.pdf"
    answer = browser.get("/form.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pdf.write_bytes(answer.content)
    assert answer.content == browser.get("/form.pdf").content
    told = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    flat = "".join(told.split())
    for word in (
        "自行协商协议书",
        "事故时间",
        "驾驶证号",
        "保险凭证号",
        "追尾碰撞",
        "车身右侧",
        "溜车",
        "次要责任",
        "代填",
    ):
        assert word in flat, word
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", pdf, tmp_path / "form"], check=True)
    scanned = subprocess.run(
        ["zbarimg", "-q", "--raw", tmp_path / "form.png"], capture_output=True, text=True, check=True
    )
    assert scanned.stdout.strip().endswith("/start?paper=1")


def test_a_scanned_form_opens_a_case_that_asks_for_the_form(town: Town) -> None:
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = browser.get("/start?paper=1").content.decode()
    assert 'name="paper"' in page
    number = page.split('name="number" value="')[1].split('"')[0]
    where = browser.post("/start?paper=1", {"number": number, "paper": "yes"})["Location"]
    person = Person(town, "")
    person.browser, person.party_id = browser, where.split("/")[2]
    assert person.case.source == "paper"
    person.shoot("form")
    assert "filled-in paper form" in person.see("photos")


def test_who_helps_says_so_before_anything_else(town: Town) -> None:
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = browser.get("/start").content.decode()
    number = page.split('name="number" value="')[1].split('"')[0]
    where = browser.post("/start", {"number": number, "helping": "yes"})["Location"]
    assert where.endswith("/helper")


def test_refusing_is_normal_and_its_offer_is_recorded(anna: Person, town: Town) -> None:
    insurers()
    anna.describe()
    anna.drive()
    anna.prove()
    bob = Person(town, town.car("苏J20166"))
    anna.invite(bob)
    page = bob.see("other/refused")
    assert "it is normal" in page
    assert "An officer is asked to come" in page
    bob.send("other/refused", what="refused")
    assert bob.party.status == Party.Status.REFUSED
    assert Entry.objects.get(kind="cases.party_refused").payload["offered"] == "officer"


def test_both_sides_stand_beside_each_other_differences_first(town: Town) -> None:
    first, second = rear_end(town)
    parties = files.parties(first.case.pk)
    seen = both_sides(first.party, parties, files.vehicles(first.case.pk))
    assert seen.differences == 0
    parties[1].statement["movement"] = "REVERSING"
    parties[1].statement["words"] = "I reversed"
    seen = both_sides(first.party, parties, files.vehicles(first.case.pk))
    assert seen.rows[0].differs
    assert seen.differences == 1
    flat = " ".join(value for row in seen.rows for value in row.values)
    assert second.phone not in flat
    assert second.plate in flat
    assert "I reversed" in flat


def test_a_part_changed_after_both_had_confirmed_is_told(anna: Person, town: Town) -> None:
    insurers()
    bob = Person(town, town.car("苏J20177", insurer="TAIHU"))
    anna.describe()
    anna.drive()
    anna.prove()
    anna.shoot()
    anna.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    anna.invite(bob)
    bob.drive()
    bob.tell("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT")
    assert "no admission of fault" in bob.see("review")
    bob.confirm()
    before = len(town.messages(bob.phone))
    anna.send("place", place="解放路与建军路路口", weather="1", light="day")
    newest = town.messages(bob.phone)
    assert len(newest) == before + 1
    assert "changed after you had confirmed" in newest[0]
    assert Case.objects.get(pk=anna.party.case_id).status == Case.Status.REPORTING
