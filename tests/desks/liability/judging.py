"""Asking the engine about a scene, as many tests do: the national table on one day."""

from __future__ import annotations

from datetime import date
from typing import Any

from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.facts import VehicleFacts
from kuaichu.desks.liability.scenarios._scenario import scene

DAY = date(2024, 5, 15)
PACK = LiabilityPack.default()


def judge(*vehicles: VehicleFacts, pack: LiabilityPack = PACK, **place: Any) -> Proposal | Abstention:
    """What the engine says."""
    return propose(scene(*vehicles, **place), pack, DAY)


def codes(result: Proposal | Abstention) -> list[str]:
    """The rules that fired, or the reasons why none did."""
    return [one.code for one in (result.faults if isinstance(result, Proposal) else result.reasons)]
