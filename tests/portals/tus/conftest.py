from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from kuaichu.cases import intake
from kuaichu.cases.models import Party
from kuaichu.people.roles import visitor
from kuaichu.portals.sessions import party_token

PIECE = "application/offset+octet-stream"


def told(**values: str) -> str:
    """An `Upload-Metadata` header."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def checksum(algorithm: str, data: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


class Sender:
    """A client that speaks tus to the API, one request at a time."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self.collection = f"/api/v1/cases/{party.case_id}/uploads"
        self.token = party_token(party)
        self.browser = Client(raise_request_exception=True)

    def ask(self, method: str, path: str, body: bytes = b"", /, **headers: Any) -> HttpResponse:
        """One request; header names with underscores, `type` is the type of the body."""
        given = {"tus_resumable": "1.0.0", "authorization": f"Bearer {self.token}"} | headers
        mime = given.pop("type", PIECE if body else "")
        sent = {f"HTTP_{name.upper()}": str(value) for name, value in given.items() if value is not None}
        if mime:
            sent["CONTENT_TYPE"] = mime
        answer: HttpResponse = self.browser.generic(method, path, body, content_type=mime, **sent)
        return answer

    def begin(self, length: int, body: bytes = b"", **said: str) -> HttpResponse:
        metadata = {"upload_metadata": told(**said)} if said else {}
        return self.ask("POST", self.collection, body, upload_length=length, **metadata)

    def piece(self, address: str, offset: int, data: bytes, **headers: Any) -> HttpResponse:
        return self.ask("PATCH", address, data, type=PIECE, upload_offset=offset, **headers)


@pytest.fixture
def sender(db: None, settings: Settings, tmp_path: Path) -> Sender:
    settings.STORAGE_DIR, settings.UPLOADS_DIR = tmp_path / "objects", tmp_path / "uploads"
    return Sender(intake.open_case(visitor("yancheng"))[1])
