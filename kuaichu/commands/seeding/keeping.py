"""What seeding has made and a demonstration needs again: VAR/seeded.json, readable by its owner only."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
from django.conf import settings


class Client(msgspec.Struct):
    """How an insurer's system reaches the city, and how the city signs what it tells it."""

    client_id: str
    client_secret: str
    webhook_secret: str


class Kept(msgspec.Struct):
    """Passwords and secrets of the demonstration's accounts; which stories have been told; known addresses.

    `links` and `names` are username and shown name by place in the table of sign-in links; `ports` are those
    which the city and the telephones have been told of.
    """

    password: str = ""
    authenticators: dict[str, str] = {}
    clients: dict[str, Client] = {}
    links: dict[str, str] = {}
    names: dict[str, str] = {}
    ports: dict[str, int] = {}
    stories: list[str] = []


def path() -> Path:
    """Where it is."""
    return Path(settings.VAR) / "seeded.json"


def load() -> Kept:
    """What was kept; an empty record before the first seeding."""
    try:
        return msgspec.json.decode(path().read_bytes(), type=Kept)
    except FileNotFoundError:
        return Kept()


def save(kept: Kept) -> None:
    """Keep it, whole or not at all."""
    partial = path().with_suffix(".part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(msgspec.to_builtins(kept), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path())
