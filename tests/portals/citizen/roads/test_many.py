"""Three and more: all come in, each tells whom it touched, and the case goes its way to the end."""

from __future__ import annotations

import json

from django.urls import reverse

from kuaichu.cases.models import Case, Party
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Delivery
from tests.portals.citizen.roads.walking import begin, bring, people, tell_many
from tests.portals.police import building
from tests.stories.builders import Person, Town


def chain(town: Town) -> list[Person]:
    """A and B stand in a queue; C runs into B and pushes it into A. A reports."""
    a, b, c = people(town, 3)
    begin(a, "many_parties")
    assert a.browser.get(a.url("other"))["Location"].endswith("/others")
    bring(a, "B", b)
    bring(a, "C", c)
    tell_many(a, "STOPPED_QUEUE", {"B": ("REAR", "FRONT")}, impacts_felt="1")
    b.drive()
    tell_many(b, "STOPPED_QUEUE", {"A": ("FRONT", "REAR"), "C": ("REAR", "FRONT")}, first="C", pushed="True")
    c.drive()
    tell_many(c, "STRAIGHT", {"B": ("FRONT", "REAR")})
    for one in (a, b, c):
        one.confirm()
    return [a, b, c]


def test_a_chain_of_three_is_settled_by_all_three(town: Town) -> None:
    three = chain(town)
    a = three[0]
    assert a.case.status == Case.Status.READY, a.case.screening
    for one in three:
        one.choose("agree")
    row = Agreement.objects.get(case=a.case)
    assert row.grades == {"A": "NONE", "B": "NONE", "C": "FULL"}, row.proposal
    for one in three[:2]:
        one.sign()
    assert Agreement.objects.get(case=a.case).status == Agreement.Status.PROPOSED
    three[2].sign()
    drain()
    assert a.case.status == Case.Status.DECIDED
    paper = Paper.objects.get(case=a.case)
    assert paper.issued_at is not None
    assert len(json.loads(bytes(paper.facts))["parties"]) == 3
    assert not Delivery.objects.exclude(last_error="").values_list("handler", "last_error")


def test_three_ask_for_an_officer_together(town: Town) -> None:
    three = chain(town)
    for one in three[:2]:
        one.choose("officer")
    assert not Determination.objects.exists()
    three[2].choose("officer")
    assert Determination.objects.get().status == Determination.Status.WAITING
    officer = building.account("three")
    building.totp(officer)
    desk = building.signed_in(officer)
    desk.post(reverse("police:take"))
    at = reverse("police:ruling", args=[three[0].case.pk])
    assert "Did A and B touch?" in desk.get(at, headers={"Accept-Language": "en"}).content.decode()
    ruling = building.filled(grade__A="NONE", grade__B="NONE", grade__C="FULL")
    desk.post(reverse("police:sign", args=[three[0].case.pk]), ruling)
    drain()
    row = Determination.objects.get()
    assert row.grades == {"A": "NONE", "B": "NONE", "C": "FULL"}
    assert row.shares == {"A": "0", "B": "0", "C": "1"}
    paper = Paper.objects.get(case=three[0].case)
    assert paper.issued_at is not None
    assert Claim.objects.filter(case=three[0].case).count() == 2


def test_one_of_three_wants_police_and_all_hear_it(town: Town) -> None:
    three = chain(town)
    three[1].choose("police")
    assert three[0].case.outcome == "police_on_site"
    assert all("An officer comes to you" in one.see() for one in three)


def test_a_contact_that_one_side_denies_is_left_to_an_officer(town: Town) -> None:
    a, b, c = people(town, 3)
    begin(a, "many_parties")
    bring(a, "B", b)
    bring(a, "C", c)
    tell_many(
        a, "STOPPED_QUEUE", {"B": ("REAR", "FRONT"), "C": ("LEFT", "RIGHT")}, first="B", impacts_felt="1"
    )
    b.drive()
    tell_many(b, "STRAIGHT", {"A": ("FRONT", "REAR")})
    c.drive()
    tell_many(c, "STRAIGHT", {"B": ("FRONT", "REAR")})
    for one in (a, b, c):
        one.confirm()
        one.choose("agree")
    assert not Agreement.objects.exclude(grades={}).exists()
    assert "rules give no clear answer" in a.see("ways")


def test_a_third_is_found_after_two_were_there(town: Town) -> None:
    a, b, c = people(town, 3)
    begin(a)
    a.invite(b)
    assert "There were more than two" in a.see("other")
    assert a.send("others")["Location"].endswith("/others/C")
    bring(a, "C", c)
    assert a.case.triage["many_parties"]
    assert [p.label for p in Party.objects.filter(case=a.case).order_by("label")] == list("ABC")
    assert "These are all" in a.see("others")


def test_ten_and_no_more(town: Town) -> None:
    ten = people(town, 10)
    begin(ten[0], "many_parties")
    for label, one in zip("BCDEFGHIJ", ten[1:], strict=True):
        bring(ten[0], label, one)
    page = ten[0].see("others")
    assert "Add party" not in page
    assert "No more than ten" in page
    ten[0].see("others/K", 404)
    ten[0].see("others/BC", 404)


def test_only_the_reporter_brings_others(town: Town) -> None:
    a, b = people(town, 2)
    begin(a, "many_parties")
    bring(a, "B", b)
    b.see("others", 404)
    b.see("others/C", 404)
