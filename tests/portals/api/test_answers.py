"""What every answer of the interface has in common: how it is written, what it may load, how it is opened."""

from __future__ import annotations

import enum
import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from ninja import Schema
from ninja.renderers import JSONRenderer

from kuaichu.portals.api.contract import Json
from kuaichu.portals.api.urls import urlpatterns
from kuaichu.portals.middleware import NOTHING
from kuaichu.portals.sessions import SALT, opened

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20) | st.uuids() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
MARK = re.compile(r"<[^>]+>")
ASKED = RequestFactory().get("/api/v1/cases")


def _written(data: Any) -> Any:
    return json.loads(Json().render(ASKED, data, response_status=200))


@given(VALUES)
def test_the_fast_writer_writes_what_the_framework_writes(value: Any) -> None:
    data = {"value": value}
    assert _written(data) == json.loads(JSONRenderer().render(ASKED, data, response_status=200))


def test_kinds_of_values_of_the_product() -> None:
    class Way(enum.StrEnum):
        AGREE = "agree"

    class Told(Schema):
        words: str

    moment = datetime(2026, 5, 4, 3, 2, 1, 123456, tzinfo=UTC)
    data = {
        "way": Way.AGREE,
        "lazy": gettext_lazy("Insurer"),
        "told": Told(words="词"),
    }
    assert _written(data) == {
        "way": "agree", "lazy": str(gettext_lazy("Insurer")), "told": {"words": "词"},
    }  # fmt: skip
    assert datetime.fromisoformat(_written({"at": moment})["at"]) == moment


@pytest.mark.django_db
def test_answers_to_programs_load_nothing_and_the_reference_may(client: Client) -> None:
    refused = client.get(reverse("api:case", args=[uuid4()]))
    assert refused.status_code == 401
    assert refused["Content-Security-Policy"] == NOTHING
    page = client.get(reverse("api:reference"))
    assert "script-src" in page["Content-Security-Policy"]
    assert "default-src 'none'; frame-ancestors" not in page["Content-Security-Policy"]


def _routes(patterns: Any, before: str = "") -> list[tuple[str, str]]:
    found = []
    for one in patterns:
        path = before + str(one.pattern)
        inner = getattr(one, "url_patterns", None)
        found += _routes(inner, path) if inner is not None else [(path, one.name)]
    return found


def test_each_address_leads_where_its_name_says() -> None:
    """The addresses of one case lie under one: none may hide another."""
    names = [name for _, name in _routes(urlpatterns) if name]
    assert len(names) > 25
    for path, name in _routes(urlpatterns):
        filled = MARK.sub(lambda mark: str(uuid4()) if "uuid" in mark[0] else "A", path)
        assert resolve(f"/api/{filled}").url_name == name, path


def test_a_token_is_opened_once_and_still_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    token = signing.dumps(["x", 1], salt=SALT)
    assert opened(token, SALT, 60) == ["x", 1] == opened(token, SALT, 60)
    with pytest.raises(signing.BadSignature):
        opened(token, "another", 60)
    with pytest.raises(signing.BadSignature):
        opened(token[:-1] + ("A" if token[-1] != "A" else "B"), SALT, 60)
    with pytest.raises(signing.BadSignature):
        opened("no token", SALT, 60)
    now = datetime.now(UTC).timestamp()
    monkeypatch.setattr("kuaichu.portals.sessions.time.time", lambda: now + 61)
    with pytest.raises(signing.SignatureExpired):
        opened(token, SALT, 60)


def test_a_token_of_another_secret_is_not_opened(settings: Any) -> None:
    token = signing.dumps(["x", 1], salt=SALT)
    opened(token, SALT, 60)
    settings.SECRET_KEY = "another one"
    with pytest.raises(signing.BadSignature):
        opened(token, SALT, 60)
