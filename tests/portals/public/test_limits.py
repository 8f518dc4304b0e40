"""Guessing is slowed down, by address, with words and a time."""

from __future__ import annotations

import re

import pytest

from kuaichu.desks.documents import qr
from kuaichu.portals.public import rates as limits
from tests.portals.public.test_verify import JSON, body_of, told

pytestmark = pytest.mark.django_db


def a_code(n: int) -> str:
    """A well-formed code of no paper."""
    return qr.code(b"another key of the forger", str(n), b"facts")


def test_guessing_is_slowed_down_with_words_and_a_time(client, issued):
    for n in range(limits.MISSES.most):
        assert told(client, a_code(n))["answer"] == "unknown"
    page = client.get("/v/", {"q": issued.paper.code}, headers={"accept-language": "en"})
    assert page.status_code == 429
    assert 0 < int(page.headers["Retry-After"]) <= limits.MISSES.seconds
    assert re.search(r"Try again in \d+ minutes?", page.content.decode())
    assert client.get(f"/v/{body_of(issued.paper)}", headers=JSON).json()["answer"] == "valid"
    elsewhere = client.get("/v/", {"q": issued.paper.code}, headers=JSON, REMOTE_ADDR="10.9.8.7")
    assert elsewhere.json()["answer"] == "valid"


def test_one_ipv6_network_is_one_caller(client, issued):
    for n in range(limits.MISSES.most):
        client.get("/v/", {"q": a_code(n)}, REMOTE_ADDR=f"2001:db8::{n + 1:x}")
    page = client.get("/v/", {"q": issued.paper.code}, REMOTE_ADDR="2001:db8::ffff:1")
    assert page.status_code == 429


def test_slips_cost_nothing(client, issued):
    for _n in range(limits.MISSES.most + 1):
        told(client, "AAAA-AAAA-AAAA")
    assert told(client, issued.paper.code)["answer"] == "valid"


def test_behind_a_proxy_the_forwarded_address_counts(client, issued, settings):
    settings.BEHIND_PROXY = True
    for n in range(limits.MISSES.most):
        client.get("/v/", {"q": a_code(n)}, headers={"x-forwarded-for": "1.2.3.4, 203.0.113.5"})
    page = client.get("/v/", {"q": issued.paper.code}, headers={"x-forwarded-for": "5.6.7.8, 203.0.113.5"})
    assert page.status_code == 429, "what a caller writes himself before the proxy does not count"
    other = client.get("/v/", {"q": issued.paper.code}, headers={"x-forwarded-for": "203.0.113.6"})
    assert other.status_code == 200
