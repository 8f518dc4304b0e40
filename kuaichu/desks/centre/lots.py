"""The lot: who gets a case is computed, and anybody can compute it again. Pure: no database or clock.

A city's day has a secret seed. Its SHA-256 stands in the public log before the day (the commitment), the seed
itself is shown when the day is over. Mixed in is the root of the journals of the day before, which nobody
knew when the seed was committed: neither who keeps the seed nor who writes the journal chooses the outcome
alone.
Each officer's ticket is an HMAC over case, kind, round and officer; the smallest ticket wins.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def seed_of(secret: str, city: str, day: date) -> bytes:
    """The seed of a city's day; telling it tells nothing about the installation's secret or another day."""
    return hmac.digest(secret.encode(), f"kuaichu lot|{city}|{day.isoformat()}".encode(), "sha256")


def commitment(seed: bytes) -> str:
    """What is published before the day, in hex."""
    return hashlib.sha256(seed).hexdigest()


def key_of(seed: bytes, head: str) -> bytes:
    """The key of the day's tickets: the seed mixed with the root (hex) of the journals anchored before it."""
    return hmac.digest(seed, head.encode(), "sha256")


def ticket(key: bytes, subject: str, officer: str) -> str:
    """An officer's ticket for one drawing, in hex; `subject` names case, kind and round."""
    return hmac.new(key, f"{subject}|{officer}".encode(), "sha256").hexdigest()


def subject_of(case_id: object, kind: str, number: int) -> str:
    """The name of one drawing."""
    return f"{case_id}|{kind}|{number}"


def winner(key: bytes, subject: str, candidates: Iterable[str]) -> str:
    """Who is drawn. Raises ValueError without candidates."""
    return min(candidates, key=lambda officer: ticket(key, subject, officer))


def faults(told: Mapping[str, Any]) -> list[str]:
    """What is wrong with a day's drawings as the public page tells them (`queries/lot.py`); empty: nothing.

    The seed must fit the commitment, each winner must be a candidate and hold the smallest ticket, and rounds
    of one thing must follow one another, so that none was drawn again until it pleased somebody.
    """
    seed = bytes.fromhex(str(told["seed"]))
    if not seed:
        return ["the day is not over: its seed is not shown yet"]
    if commitment(seed) != told["commitment"]:
        return ["the seed is not the one that was committed to"]
    wrong, rounds = [], dict[tuple[str, str], int]()
    for draw in told["draws"]:
        subject = subject_of(draw["case"], draw["kind"], draw["round"])
        candidates = list(draw["candidates"])
        if draw["officer"] not in candidates:
            wrong.append(f"{subject}: who got it was no candidate")
        elif winner(key_of(seed, draw["head"]), subject, candidates) != draw["officer"]:
            wrong.append(f"{subject}: the lot gives another officer")
        thing = str(draw["item"]), str(draw["kind"])
        if thing in rounds and draw["round"] != rounds[thing] + 1:
            wrong.append(f"{subject}: a round is missing or was drawn twice")
        rounds[thing] = draw["round"]
    return wrong
