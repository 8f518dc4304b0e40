"""At home: somebody is hurt after all, my data, promised dates; the insurer's and the supervisor's side."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.desks.claims.models import Claim
from kuaichu.desks.oversight.models import RightsRequest
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from tests.portals.insurer.conftest import signed_in as adjuster_of
from tests.portals.police.building import account, signed_in
from tests.stories.builders import Person, Town, photograph, rear_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(town: Town) -> tuple[Person, Person]:
    """Two people who have signed."""
    first, second = rear_end(town)
    for one in (first, second):
        one.choose("agree")
    for one in (first, second):
        one.sign()
    drain()
    return first, second


def test_an_injury_is_told_in_three_answers(agreed: tuple[Person, Person]) -> None:
    first, second = agreed
    assert "Somebody is hurt after all" in second.see()
    assert "opened again" in second.see("injury")
    wrong = second.browser.post(second.url("injury"), {"who": "me"})
    assert wrong.status_code == 422
    second.send("injury", who="me", treated="yes", words="Rib broken")
    text = second.see("injury")
    assert "general procedure" in text
    assert "does not take away any right" in text
    assert "Rib broken" not in first.see("")
    upload = io.BytesIO(photograph(3))
    upload.name = "finding.jpg"
    second.send("photos", photo=upload, slot="medical")
    mine = second.browser.get(second.url("injury")).context["papers"]
    assert len(mine) == 1
    assert first.browser.get(f"{first.url('photo')}/{mine[0].pk}/small").status_code == 404
    assert second.browser.get(f"{second.url('photo')}/{mine[0].pk}/small").status_code == 200
    desk = adjuster_of("HUAIHAI", "淮海财产保险")
    claim = Claim.objects.get(case=first.case, insurer="HUAIHAI")
    page = desk.get(reverse("insurer:claim", args=[claim.pk])).content.decode()
    assert "An injury was reported" in page
    assert "Rib broken" not in page
    assert str(mine[0].pk) not in page
    assert desk.get(reverse("insurer:photo", args=[claim.pk, mine[0].pk])).status_code == 404
    refused = desk.post(reverse("insurer:release", args=[claim.pk]), {"reason": ""})
    assert refused.status_code == 422
    done = desk.post(reverse("insurer:release", args=[claim.pk]), {"reason": "vehicles only"}, follow=True)
    assert "An injury was reported" not in done.content.decode()


def test_an_insurer_explains_a_delay_and_both_sides_see_it(agreed: tuple[Person, Person]) -> None:
    _first, second = agreed
    claim = Claim.objects.get(case=second.case, insurer="HUAIHAI")
    desk = adjuster_of("HUAIHAI", "淮海财产保险")
    address = reverse("insurer:delay", args=[claim.pk])
    for bad in ({"reason": "teardown", "until": "soon"}, {"reason": "whim", "until": "2099-01-01T10:00"}):
        answer = desk.post(address, bad)
        assert answer.status_code == 422
        assert "Name a date within the next 30 days." in answer.content.decode()
    until = (clock.now() + timedelta(days=3)).astimezone(clock.CHINA)
    desk.post(address, {"reason": "teardown", "until": f"{until:%Y-%m-%dT%H:%M}"})
    drain()
    assert Claim.objects.get(pk=claim.pk).status == "registered"
    page = second.see()
    assert "Promised dates" in page
    assert "taken apart" in page


def test_rights_are_asked_and_answered(agreed: tuple[Person, Person]) -> None:
    first, _second = agreed
    page = first.see("rights")
    assert "must be kept until" in page
    archive = first.browser.get(first.url("rights/copy"))
    assert archive["Content-Disposition"].startswith("attachment")
    assert "data.json" in zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    assert first.browser.post(first.url("rights"), {"kind": "question"}).status_code == 422
    first.send("rights", kind="question", words="Why did the insurer look twice?")
    row = RightsRequest.objects.get()
    caller = signed_in(account("calls", "hotline"))
    assert caller.get(reverse("police:rights")).status_code == 403
    desk = signed_in(account("watch", "supervisor"))
    assert "Why did the insurer look twice?" in desk.get(reverse("police:rights")).content.decode()
    address = reverse("police:rights_answer", args=[row.pk])
    assert desk.post(address, {"do": "grant", "words": ""}).status_code == 422
    desk.post(address, {"do": "grant", "words": "They looked at the photographs and then at the papers."})
    drain()
    assert "They looked at the photographs" in first.see("rights")


def test_the_public_figures_hide_small_cells() -> None:
    page = Client(headers={"accept-language": "en"}).get("/figures")
    assert page.status_code == 200
    assert "Shares of fewer than 5 answers are not shown" in page.content.decode()
