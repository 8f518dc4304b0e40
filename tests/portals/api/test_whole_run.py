"""From the first tap to the payout over HTTP: a real server, real stand-ins, insurers that misbehave."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.portals.api.world import World, agree, plate_with_loss
from tests.servers import Server
from tests.standins.running import until
from tests.stories.builders import town_of

pytestmark = [pytest.mark.slow]


@pytest.fixture
def world(make_server: Callable[..., Server], tmp_path: Path) -> Iterator[World]:
    with town_of(tmp_path) as town:
        made = World(town, make_server, tmp_path)
        yield made
        made.close()


def claim_at(insurer) -> dict:
    found = insurer.get("/claims").json()
    return found[0] if found else {}


def test_an_insurer_that_is_down_twice_as_loud_and_in_the_wrong_order_still_pays_once(world):
    huaihai = world.insurer("HUAIHAI", "--down", "--twice", "--wrong-order")
    taihu = world.insurer("TAIHU")
    big = plate_with_loss("HUAIHAI", ["REAR"], lambda fen: 1_200_000 < fen < 1_700_000)
    small = plate_with_loss("HUAIHAI", ["FRONT"], lambda fen: fen < 300_000)
    a, b = agree(world, small, big)
    a.until(lambda v: v["claims"])
    until(lambda: claim_at(taihu).get("state") == "acknowledged", seconds=20)
    time.sleep(1.5)
    assert claim_at(huaihai) == {}  # it is down: the event waits with the city
    huaihai.post("/behaviour", {"down": False})
    seen = b.until(lambda v: v["status"] == "closed", seconds=60)
    assert [c["status"] for c in seen["claims"]] == ["paid", "paid"]
    [payout] = seen["payouts"]
    assert (payout["status"], payout["insurer"]) == ("paid", "HUAIHAI")
    until(lambda: claim_at(huaihai)["state"] == "paid", seconds=20)
    claim = claim_at(huaihai)
    assert (
        claim["checked"] == 5
    )  # copies of three photographs; the sealed paper and its facts by their hashes
    assert {call["state"] for call in claim["calls"]} == {"taken"}
    assert [call["kind"] for call in claim["calls"]].count("approval") == 1
    [own] = a.call("GET")["payouts"]  # the no-fault payment, which the own insurer makes in B's place
    assert own["fen"] == 10_000
    with world.client(world.token("HUAIHAI")) as city:
        packet = city.get(f"/api/insurer/v1/claims/{claim['claim_id']}").json()
        assert packet["report_number"] == claim["report_number"]
        assert [row["version"] for row in packet["assessments"]] == [1, 1]
        paid = {row["to"]: row["fen"] for row in packet["payouts"]}
        assert paid["B"] == payout["fen"] > 1_200_000
        assert {row["status"] for row in packet["payouts"]} == {"paid"}
        assert sum(paid.values()) == packet["calculation"]["payable_fen"]
        page = city.get("/api/insurer/v1/events").json()
        events = [event["type"] for event in page["events"]]
        for kind in ("claim.registered", "claim.acknowledged", "claim.assessed", "claim.calculated",
                     "claim.approved", "claim.payouts_ordered", "claim.paid", "case.closed"):  # fmt: skip
            assert kind in events, kind
