from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from kuaichu.portals.api import urls
from kuaichu.portals.api.contract import api
from tests.portals.api import casework


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Objects and keys of the tests lie apart from any installation's."""
    folder: Path = tmp_path_factory.getbasetemp() / "api-objects"
    settings.STORAGE_DIR = folder / "objects"
    nobody = {"base_url": "http://127.0.0.1:9"}  # never what happens to run on this machine
    outside = dict.fromkeys(("sms", "register", "policies", "payout"), nobody)
    settings.CONNECTORS = {**settings.CONNECTORS, **outside}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """The description of the API, as it is served."""
    assert urls.urlpatterns
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


class Api:
    """A client of the API: JSON in and out, with or without a token."""

    def __init__(self, token: str = "", language: str = "en") -> None:
        self.browser = Browser(headers={"accept-language": language})
        self.token = token

    def call(self, method: str, path: str, body=None, *, key: str = "", **headers: str):
        given = {"HTTP_AUTHORIZATION": f"Bearer {self.token}"} if self.token else {}
        if key:
            given["HTTP_IDEMPOTENCY_KEY"] = key
        given |= {"HTTP_" + name.upper(): value for name, value in headers.items()}
        if body is None:
            return self.browser.generic(method, path, **given)
        return self.browser.generic(method, path, _json(body), content_type="application/json", **given)

    def get(self, path: str, **headers: str):
        return self.call("GET", path, **headers)

    def post(self, path: str, body=None, **more: str):
        return self.call("POST", path, body, **more)

    def put(self, path: str, body=None, **more: str):
        return self.call("PUT", path, body, **more)

    def patch(self, path: str, body=None, **more: str):
        return self.call("PATCH", path, body, **more)


def _json(body) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body, default=str).encode()


def token_for(client_id: str, scope: str = "claims", secret: str = casework.SECRET) -> str:
    """An access token, fetched as partners fetch it."""
    basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    answer = Browser().post(
        "/oauth/token",
        {"grant_type": "client_credentials", "scope": scope},
        headers={"authorization": f"Basic {basic}"},
    )
    assert answer.status_code == 200, answer.content
    return answer.json()["access_token"]


@pytest.fixture
def anybody() -> Api:
    return Api()


@pytest.fixture
def partners(db):
    """Two insurers with their systems' clients, and 110's."""
    for code, name in (("HUAIHAI", "淮海财产保险"), ("TAIHU", "太湖财产保险")):
        casework.client_of(casework.insurer(code, name))
    call_centre = casework.Organisation.objects.create(
        city=casework.CITY, code="CALL110", kind="hotline", name="110"
    )
    casework.client_of(call_centre)


@pytest.fixture
def huaihai(partners) -> Api:
    return Api(token_for("huaihai"))


@pytest.fixture
def taihu(partners) -> Api:
    return Api(token_for("taihu"))
