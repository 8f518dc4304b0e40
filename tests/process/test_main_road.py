"""The walk of the design: from the crash to the money, by agreement and by an officer; and the ways out."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

import pytest

from kuaichu.cases import payees
from kuaichu.cases.models import Evidence, Party
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import agreements, wishes
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.notify.models import Message
from kuaichu.kernel import publiclog
from kuaichu.kernel.journal import check_stream
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.refusals import WrongState
from tests.process.walking import Road, balanced, officer, received, settle
from tests.stories.builders import CITY, SIGNATURE, Town


# A bears it all: A's insurer pays B's loss of 1500 yuan, and to A the 100 yuan of B's insurer in its place
def paid(a: str = "paid", b: str = "paid") -> list[tuple[str, str, int, str]]:
    return [("HUAIHAI", "A", 10_000, a), ("HUAIHAI", "B", 150_000, b)]


pytestmark = pytest.mark.django_db


def circle_of_causes(case_id: UUID) -> list[str]:
    """A circle in the graph "this kind of fact caused that kind", as its kinds; empty when there is none."""
    entries = {e.pk: e for e in Entry.objects.filter(stream=case_id)}
    leads: dict[str, set[str]] = defaultdict(set)
    for entry in entries.values():
        if entry.caused_by in entries:
            leads[entries[entry.caused_by].kind].add(entry.kind)

    def walk(kind: str, path: list[str]) -> list[str]:
        if kind in path:
            return [*path[path.index(kind) :], kind]
        return next((found for to in sorted(leads[kind]) if (found := walk(to, [*path, kind]))), [])

    return next((found for kind in sorted(leads) if (found := walk(kind, []))), [])


def insist_sound(road: Road) -> None:
    """What must hold at the end of any road."""
    entries = list(Entry.objects.filter(stream=road.id).order_by("seq"))
    assert check_stream(entries) == []
    assert publiclog.check(CITY) == []
    assert circle_of_causes(road.id) == []
    assert not list(Delivery.objects.values_list("handler", "last_error"))
    assert max(e.generation for e in entries) < 9
    journal = str([e.payload for e in entries])
    for secret in (*road.numbers.values(), road.party("A").id_number, road.party("A").name, "4111111111"):
        assert secret
        assert secret not in journal


def test_agreement_to_money(town: Town) -> None:
    road = Road(town).ready()
    road.agree()
    assert road.status == "decided"
    paper = Paper.objects.get(case_id=road.id)
    assert (paper.kind, paper.status) == ("agreement", "issued")
    road.name_payees()
    road.assess()
    settle()
    assert road.status == "closed"
    assert road.payouts() == paid()
    assert balanced()
    assert any("1,500.00" in text for text in town.messages(road.numbers["B"]))
    insist_sound(road)


def test_officer_to_certificate_to_money(town: Town) -> None:
    road = Road(town).ready()
    road.want("officer")
    who = officer()
    road.take(who)
    road.determine(who)
    settle()
    paper = Paper.objects.get(case_id=road.id)
    assert (paper.kind, paper.status) == ("summary_certificate", "issued")
    assert any(paper.code in text for text in town.messages(road.numbers["A"]))
    road.assess()
    settle()  # the money waits for an account
    assert road.payouts() == paid("ordered", "ordered")
    assert road.status == "decided"
    road.name_payees()
    settle()
    assert road.status == "closed"
    assert road.payouts() == paid()
    assert balanced()
    insist_sound(road)


TRAPS = [
    ({"injury": "serious"}, "general", "INJURY_SERIOUS"),
    ({"injury": "death"}, "general", "DEATH"),
    ({"injury": "slight"}, "police_on_site", "INJURY_SLIGHT"),
    ({"triage": {"alcohol_suspected": True}}, "police_on_site", "ALCOHOL_DRUG"),
    ({"triage": {"immovable": True}}, "police_on_site", "IMMOVABLE"),
    ({"triage": {"no_plate": True}}, "police_on_site", "NO_PLATE"),
    ({"triage": {"intent_suspected": True}}, "criminal", "INTENT"),
    ({"triage": {"party_left": True}}, "general", "PARTY_LEFT"),
    ({"triage": {"hazmat": True}}, "police_on_site", "HAZMAT"),
    ({"triage": {"facility_hit": True}}, "police_on_site", "FACILITY"),
    ({"triage": {"very_large_loss": True}}, "general", "CRIMINAL_LOSS"),
    ({"triage": {"police_requested": True}}, "police_on_site", "POLICE_REQUESTED"),
]


@pytest.mark.parametrize(("told", "to", "gate"), TRAPS, ids=[gate for *_, gate in TRAPS])
def test_trap_is_handed_over_with_the_file(town: Town, told: dict, to: str, gate: str) -> None:
    road = Road(town)
    road.describe(triage={"alcohol_suspected": False})
    road.prove("A")
    road.drive("A", insurer="HUAIHAI")
    road.photograph()
    road.describe(**told)
    settle()
    assert road.status == "handed_over", road.case.screening
    fact = Entry.objects.get(stream=road.id, kind="cases.handed_over").payload
    assert fact["to"] == to
    assert any(reason.startswith(gate) for reason in fact["reasons"]), fact
    assert Evidence.objects.filter(case_id=road.id).count() == 3
    assert road.vehicle("A").record
    assert road.party("A").id_number
    assert Message.objects.filter(case_id=road.id, kind="handed_over").count() == 1
    insist_sound(road)


def test_uninsured_is_handed_over(town: Town) -> None:
    road = Road(town)
    road.describe()
    road.prove("A")
    road.drive("A", insurer="HUAIHAI", insured=False)
    settle()
    assert road.status == "handed_over"


def test_police_at_any_time_before_a_decision(town: Town) -> None:
    road = Road(town).ready()
    road.want("officer")
    wishes.choose(road.actor("B"), road.id, "police")
    settle()
    assert road.status == "handed_over"
    assert Determination.objects.get(case_id=road.id).status == "ended"
    insist_sound(road)


def test_declined_and_then_an_officer(town: Town) -> None:
    road = Road(town).ready()
    road.want("agree")
    agreements.sign(road.actor("A"), road.id, path=SIGNATURE, read=True)
    agreements.decline(road.actor("B"), road.id)
    agreements.decline(road.actor("B"), road.id)  # a second tap
    settle()
    with pytest.raises(WrongState):
        agreements.sign(road.actor("A"), road.id, path=SIGNATURE, read=True)
    road.want("officer")
    who = officer()
    road.take(who)
    road.determine(who)
    settle()
    assert road.status == "decided"
    assert Paper.objects.filter(case_id=road.id).count() == 1
    assert Claim.objects.filter(case_id=road.id).count() == 2
    insist_sound(road)


def test_rejected_payout_goes_to_another_account_once(town: Town) -> None:
    road = Road(town).ready()
    road.agree()
    town.running["rail"].post("/behaviour", {"reject": 1})
    road.name_payees()
    road.assess()
    settle()
    assert road.payouts() == paid("rejected", "paid")
    assert road.status == "decided"
    assert any("/j/" in text for text in town.messages(road.numbers["A"])[:1])
    payees.name_payee(road.actor("A"), road.id, holder="胡婷", account="5555555555554444")
    settle()
    assert road.payouts() == paid()
    assert len(received(road.id, "A")) == len(received(road.id, "B")) == 1
    assert road.status == "closed"
    assert balanced()
    insist_sound(road)


def test_a_paper_that_cannot_be_printed_is_held_with_its_reason(town: Town) -> None:
    road = Road(town).ready()
    Party.objects.filter(case_id=road.id, label="B").update(name="王\U00030edd")  # no font has this character
    road.agree()
    (held,) = Delivery.objects.filter(held=True)
    assert held.handler.endswith("make_agreement")
    assert held.last_error.startswith("cannot_print:parties")
    assert held.attempts == 1
    assert Paper.objects.get(case_id=road.id).status == "numbered"
