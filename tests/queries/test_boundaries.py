"""What is not yours is not found, also when reading; and an erased payload breaks no page."""

from __future__ import annotations

import json

import pytest

from kuaichu.cases.models import Look
from kuaichu.desks.claims.models import Claim
from kuaichu.kernel.journal import check_stream
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import NotFound
from kuaichu.people.models import Organisation
from kuaichu.queries import claim_events, officer_case, timeline, worklist
from kuaichu.queries.next_steps import next_step
from kuaichu.queries.packet import packet
from kuaichu.queries.standing import standing
from tests.process.walking import Road, insurer, officer
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(town: Town) -> Road:
    made = Road(town).ready()
    made.agree()
    return made


def test_packet_only_for_the_company_and_the_look_is_noted(road: Road) -> None:
    claim = Claim.objects.get(case_id=road.id, insurer="HUAIHAI")
    for stranger in (insurer("TAIHU"), insurer("HUAIHAI", "guangyuan"), insurer("")):
        with pytest.raises(NotFound):
            packet(stranger, claim.pk, lambda kind, pk: f"/{kind}/{pk}")
    assert not Look.objects.exists()
    found = packet(insurer("HUAIHAI"), claim.pk, lambda kind, pk: f"/{kind}/{pk}")
    assert Look.objects.filter(case_id=road.id).count() == 1
    numbers = {p["label"]: p["id_number"] for p in found["parties"]}
    assert numbers["A"] == road.party("A").id_number  # the company's own insured
    assert "*" in numbers["B"]
    assert road.party("B").id_number not in json.dumps(found["parties"], default=str)


def test_officer_sees_only_what_is_in_hand(town: Town) -> None:
    road = Road(town).ready()
    road.want("officer")
    who, other = officer(), officer()
    with pytest.raises(NotFound):
        officer_case.officer_case(who, road.id)
    road.take(who)
    assert officer_case.officer_case(who, road.id).case.pk == road.id
    with pytest.raises(NotFound):
        officer_case.officer_case(other, road.id)


def test_lists_and_feeds_are_of_one_company(road: Road) -> None:
    assert [r.claim.insurer for r in worklist.worklist(insurer("HUAIHAI"))] == ["HUAIHAI"]
    assert worklist.worklist(insurer("")) == worklist.worklist(insurer("HUAIHAI", "guangyuan")) == []
    page = claim_events.claim_events(insurer("TAIHU"), claim_events.START)
    assert {e.claim_id for e in page.events} == {Claim.objects.get(case_id=road.id, insurer="TAIHU").pk}
    assert not claim_events.claim_events(insurer("", "guangyuan"), claim_events.START).events


def test_erased_payloads_break_nothing(road: Road) -> None:
    lines = len(timeline.timeline(road.id))
    Entry.objects.filter(stream=road.id, kind__in=["cases.photographed", "claims.registered"]).update(
        payload=None
    )
    assert 0 < len(timeline.timeline(road.id)) < lines
    claim_events.claim_events(insurer("TAIHU"), claim_events.START)
    assert check_stream(list(Entry.objects.filter(stream=road.id).order_by("seq"))) == []


def test_the_timeline_names_insurers(road: Road) -> None:
    names = dict(Organisation.objects.filter(kind="insurer").values_list("code", "name"))
    told = [line.what for line in timeline.timeline(road.id) if line.kind == "claims.registered"]
    road.case.refresh_from_db()
    entry = Entry.objects.filter(stream=road.id, kind="claims.registered").first()
    assert entry is not None
    Entry.objects.filter(pk=entry.pk).update(kind="claims.acknowledged", payload={"insurer": "TAIHU"})
    accepted = [x.what for x in timeline.timeline(road.id) if x.kind == "claims.acknowledged"]
    assert told
    assert accepted
    assert all(names["TAIHU"] in what and "TAIHU" not in what for what in accepted)


def test_runs_are_one_line(road: Road) -> None:
    lines = timeline.timeline(road.id)
    once = timeline.collapsed(lines)
    assert len([x for x in lines if x.shot]) > len([x for x in once if x.shot]) > 0
    assert {x.kind for x in once} == {x.kind for x in lines}
    backwards = timeline.collapsed(timeline.timeline(road.id, newest_first=True))
    assert backwards == once[::-1]
    photos = [x for x in lines if x.shot and x.who == lines[[bool(y.shot) for y in lines].index(True)].who]
    line = next(x for x in once if x.shot)
    assert all(x.shot in line.what for x in photos if x.seq <= line.seq)


def test_what_stands_and_what_comes_next(road: Road) -> None:
    found = standing(road.id)
    assert found is not None
    assert found.basis == "agreement"
    assert sum(found.shares.values()) == 1
    road.case.refresh_from_db()
    assert next_step(road.case).who == "insurer"
