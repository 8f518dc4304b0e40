"""Helping: named before anything is entered, shown to everybody, and never a way to sign for another."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from kuaichu.cases import helping, intake, phones
from kuaichu.cases.helping import Helper
from kuaichu.cases.models import Case, Party
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import agreements, wishes
from kuaichu.desks.liability.models import Agreement
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound
from kuaichu.people import roles
from kuaichu.queries.timeline import timeline
from tests.stories.builders import SIGNATURE, Person, Town, insurers, rear_end


def name_helper(person: Person, own_phone: str, name: str = "李大海", kind: str = "relative") -> None:
    person.send("helper", name=name, kind=kind, own_phone=own_phone)


def staff(kind: str = "auxiliary") -> Actor:
    """A member of staff at the scene, as the field desk makes it."""
    grants = frozenset({"cases.help"})
    return Actor(kind="staff", id=str(uuid.uuid4()), city="yancheng", grants=grants)


def test_a_helper_is_named_to_everybody(anna: Person, town: Town) -> None:
    insurers()
    name_helper(anna, "yes")
    anna.describe()
    anna.drive()
    anna.prove()
    anna.shoot()
    anna.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    bob = Person(town, town.car("苏J20101", insurer="TAIHU"))
    anna.invite(bob)
    assert "李*海 (A relative)" in bob.see("seen")
    assert "李大海 (A relative)" in anna.see("review")
    assert any("A relative enters for party A" in line.what for line in timeline(anna.case.pk))


def test_the_helped_person_still_proves_its_own_phone_and_signs(town: Town) -> None:
    first, second = rear_end(town)
    Party.objects.filter(pk=second.party_id).update(
        helper={"kind": "friend", "name": "王芳", "organisation": "", "own_phone": True, "staff_id": ""}
    )
    for one in (first, second):
        one.choose("agree")
    assert "王* (A friend or colleague)" in first.see("agreement")
    for one in (first, second):
        one.sign()
    drain()
    row = Agreement.objects.get()
    assert row.signatures["B"]["helper"] == {"kind": "friend", "name": "王芳", "organisation": ""}
    assert "朋友或者同事 王芳" in bytes(Paper.objects.get().facts).decode()


def test_without_a_phone_the_helper_answers_and_nobody_signs(anna: Person, town: Town) -> None:
    insurers()
    anna.describe()
    anna.drive()
    anna.prove()
    anna.shoot()
    anna.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    link = anna.send("other", how="here")["Location"].removesuffix("?here=1")
    carol = Person(town, town.car("苏J20102", insurer="TAIHU"))
    page = carol.browser.get(link + "?helper=1").content.decode()
    assert "You help somebody?" in page
    assert carol.browser.post(link + "?helper=1", {"name": "x"}).status_code == 422
    told = {"name": "李大海", "kind": "friend", "own_phone": "no"}
    assert carol.browser.post(link + "?helper=1", told)["Location"] == link
    refused = carol.browser.post(link, {"phone": anna.phone})
    assert refused.status_code == 422
    carol.follow(link, phone=carol.phone)
    assert carol.party.phone == ""
    assert carol.party.helper["phone"] == carol.phone
    carol.drive()
    carol.tell("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT")
    carol.confirm()
    anna.confirm()
    assert anna.case.status == Case.Status.READY
    assert "no phone to sign with" in anna.see("ways")
    anna.send("ways", 422, way="agree")
    with pytest.raises(NotAllowed, match="no_own_phone"):
        wishes.choose(phones.actor_of(anna.party), anna.party.case_id, "agree")
    anna.choose("officer")
    carol.choose("officer")
    assert "An officer decides" in anna.see()


def test_nobody_answers_for_two_sides(anna: Person) -> None:
    anna.prove()
    other = intake.add_party(anna.case, "B", status=Party.Status.INVITED)
    actor = phones.actor_of(other)
    helping.help_party(actor, other.case_id, other.pk, Helper("other", "王芳", own_phone=False))
    with pytest.raises(Invalid):
        phones.ask_code(actor, other.case_id, anna.phone)


def test_ending_help_is_said_and_a_part_that_was_confirmed_opens_again(anna: Person) -> None:
    actor = phones.actor_of(anna.party)
    name_helper(anna, "yes")
    Party.objects.filter(pk=anna.party_id).update(status=Party.Status.CONFIRMED)
    helping.end_help(actor, anna.party.case_id, anna.party.pk)
    assert anna.party.helper is None
    assert anna.party.status == Party.Status.JOINED
    assert any("enters for itself" in line.what for line in timeline(anna.case.pk))
    helping.end_help(actor, anna.party.case_id, anna.party.pk)


@pytest.mark.django_db
class TestVerb:
    def opened(self) -> Party:
        return intake.open_case(roles.visitor("yancheng"))[1]

    def test_only_staff_is_named_as_staff(self) -> None:
        party = self.opened()
        with pytest.raises(Invalid):
            helping.help_party(phones.actor_of(party), party.case_id, party.pk, Helper("auxiliary", "王芳"))
        with pytest.raises(Invalid):
            helping.help_party(staff(), party.case_id, party.pk, Helper("relative", "王芳"))

    def test_nobody_helps_the_other_part(self) -> None:
        party = self.opened()
        other = intake.add_party(party.case, "B", status=Party.Status.INVITED)
        with pytest.raises(NotFound):
            helping.help_party(phones.actor_of(party), party.case_id, other.pk, Helper("friend", "王芳"))
        far = replace(staff(), city="beijing")
        with pytest.raises(NotFound):
            helping.help_party(far, party.case_id, party.pk, Helper("auxiliary", "王芳"))

    def test_a_witness_takes_the_signature_of_who_has_no_phone(self) -> None:
        party = self.opened()
        other = intake.add_party(party.case, "B", status=Party.Status.INVITED)
        one = staff()
        helped = helping.help_party(
            one, party.case_id, other.pk, Helper("auxiliary", "王芳", own_phone=False)
        )
        assert helped.status == Party.Status.JOINED
        assert helping.answered_for(helped)
        assert helping.may_sign(helped)
        acting = helping.acting_for(one, helped)
        assert acting.may("liability.sign_agreement")
        assert (acting.kind, acting.id, acting.party_id) == ("staff", one.id, other.pk)
        with pytest.raises(NotAllowed):
            helping.acting_for(staff(), helped)

    def test_a_persuader_witnesses_nothing_and_a_phone_is_never_bypassed(self) -> None:
        party = self.opened()
        one = staff()
        helped = helping.help_party(
            one, party.case_id, party.pk, Helper("persuader", "王芳", own_phone=False)
        )
        assert not helping.may_sign(helped)
        assert not helping.acting_for(one, helped).may("liability.sign_agreement")
        helped = helping.help_party(one, party.case_id, party.pk, Helper("auxiliary", "王芳", own_phone=True))
        assert not helping.answered_for(helped)
        assert not helping.acting_for(one, helped).may("liability.sign_agreement")


def test_before_a_witness_the_agreement_is_signed_and_says_so(town: Town) -> None:
    first, second = rear_end(town)
    one = staff()
    Party.objects.filter(pk=second.party_id).update(
        phone="",
        phone_proven_at=None,
        helper={
            "kind": "auxiliary", "name": "王芳", "organisation": "交警大队", "own_phone": False,
            "staff_id": one.id,
        },
    )  # fmt: skip
    acting = helping.acting_for(one, second.party)
    first.choose("agree")
    wishes.choose(acting, second.party.case_id, "agree")
    drain()
    with pytest.raises(NotAllowed):
        agreements.sign(phones.actor_of(second.party), second.party.case_id, path=SIGNATURE, read=True)
    agreements.sign(acting, second.party.case_id, path=SIGNATURE, read=True)
    kept = Agreement.objects.get().signatures["B"]
    assert (kept["how"], kept["witness"]) == ("witnessed", one.id)
