"""The server is killed without warning, again and again, while accidents are reported, decided and paid."""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kill.town import INSURERS, Town
from tests.servers import Server

CASES = 12
KILLS = 6
# cases a second: slow enough that even the quickest machine is still at work when the last kill comes
RATE = "0.25"
# what is due much later (reminders) does not count as unfinished
PAID = """
from datetime import timedelta
from django.db.models import Q
from kuaichu.kernel import clock
soon = clock.now() + timedelta(minutes=5)
from kuaichu.desks.claims.models import Payout, Claim
from kuaichu.desks.documents.models import Paper
from kuaichu.cases.models import Case
print(json.dumps({
    "paid": {f"{p.pk}-{p.attempt}": p.fen for p in Payout.objects.filter(status="paid")},
    "ordered": Payout.objects.exclude(status="paid").count(),
    "numbers": list(Paper.objects.values_list("kind", "number")),
    "papers": list(Paper.objects.values_list("case__number", "status")),
    "claims": list(Claim.objects.values_list("insurer", "id", "status")),
    "cases": list(Case.objects.values_list("status", flat=True)),
    "due": Delivery.objects.filter(
        Q(attempts__gt=0) | Q(run_at__lte=clock.now() + timedelta(minutes=5))
    ).count(),
}, default=str))
"""


@pytest.fixture
def town(make_server: Callable[..., Server], tmp_path: Path) -> Iterator[Town]:
    made = Town(make_server, tmp_path)
    yield made
    made.close()


def kill_while(server: Server, replay: subprocess.Popen[str], roll: random.Random) -> int:
    """Kill at random moments until the replay has ended; how often."""
    kills = 0
    while replay.poll() is None:
        end = time.monotonic() + roll.uniform(0.6, 3.0)
        while replay.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        if replay.poll() is None and kills < KILLS + 2:
            server.restart()
            kills += 1
    return kills


@pytest.mark.kill
@pytest.mark.slow
def test_nothing_is_lost_and_nothing_done_twice(town: Town) -> None:
    town.server.start()
    replay = town.replay(
        "--cases", str(CASES), "--rate", RATE, "--excluded", "0.1", "--patience", "200", "--photos", "4"
    )
    kills = kill_while(town.server, replay, random.Random(20261122))
    output, _ = replay.communicate(timeout=30)
    figures = json.loads(output.splitlines()[-1])
    assert kills >= KILLS, f"only {kills} kills: the replay was too quick"
    assert figures["lost"] == 0, figures["failures"]
    assert figures["accepted"] == CASES
    assert figures["closed"] + figures["handed_over"] == CASES
    assert figures["interruptions"] > 0, "no call was ever interrupted"
    kept = settled(town)
    whole(town)
    once_at_the_rail(town, kept)
    once_at_the_insurers(town, kept)


def settled(town: Town, seconds: float = 60) -> dict[str, Any]:
    """Wait until nothing is due any more; what is kept then."""
    end = time.monotonic() + seconds
    while (kept := town.ask(PAID))["due"] and time.monotonic() < end:
        time.sleep(1)
    assert not kept["due"], town.ask(
        "print(json.dumps(list(Delivery.objects.values_list('handler', 'attempts', 'last_error'))))"
    )
    return kept


def whole(town: Town) -> None:
    findings = town.verify()
    assert {one["subject"]: one["wrong"] for one in findings if one["wrong"]} == {}
    empty = ("due", "recordings")  # nothing is due any more, and robots do not speak
    assert all(one["checked"] for one in findings if not one["subject"].startswith(empty)), findings


def once_at_the_rail(town: Town, kept: dict[str, Any]) -> None:
    """Each payout reached the bank once, under its own key, with its amount."""
    paid: dict[str, int] = kept["paid"]
    assert paid
    assert kept["ordered"] == 0
    rail = town.standins["rail"]
    ledger = rail.get("/ledger").json()
    assert ledger["balance_fen"] == 0
    assert ledger["settled_fen"] == sum(paid.values())
    assert ledger["by_status"] == {"settled": {"payments": len(paid), "fen": sum(paid.values())}}
    assert {key: rail.get(f"/payments/{key}").json()["amount_fen"] for key in paid} == paid


def once_at_the_insurers(town: Town, kept: dict[str, Any]) -> None:
    """Each paper has one number, each claim reached its insurer and was worked once."""
    numbers = [tuple(row) for row in kept["numbers"]]
    assert len(numbers) == len(set(numbers)) == len({case for case, _ in kept["papers"]})
    assert {status for _, status in kept["papers"]} == {"issued"}
    for name, code in INSURERS.items():
        theirs = worked(town, name)
        ours = {claim for insurer, claim, _ in kept["claims"] if insurer == code}
        assert {claim["claim_id"] for claim in theirs} == ours
        for claim in theirs:
            kinds = [call["kind"] for call in claim["calls"] if call["kind"] == "acknowledgement"]
            assert len(kinds) == 1
            assert all(call["state"] == "taken" for call in claim["calls"]), claim


def worked(town: Town, name: str, seconds: float = 90) -> list[dict[str, Any]]:
    """The claims of an insurer when it has nothing more to tell us; its pauses between tries grow."""
    end = time.monotonic() + seconds
    while True:
        claims: list[dict[str, Any]] = town.standins[name].get("/claims").json()
        waiting = [call for claim in claims for call in claim["calls"] if call["state"] == "waiting"]
        if not waiting or time.monotonic() > end:
            return claims
        time.sleep(1)
