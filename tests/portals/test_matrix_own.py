"""Doors to a case, held against everybody it is not for: other parties, other officers, staff, visitors.

Every address under a party's part, every address of the interface for one case, and every page of a case at
the bench is tried with every method. Whoever has no business there finds nothing, and reads nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from kuaichu.portals.sessions import party_token
from tests.portals.citizen.conftest import running_town, town
from tests.portals.police import building
from tests.stories.builders import Town, rear_end

__all__ = ["running_town", "town"]

pytestmark = pytest.mark.django_db
NOBODYS: Final = UUID("00000000-0000-7000-8000-000000000000")
METHODS: Final = ("get", "post", "put", "patch", "delete")
CLOSED: Final = {401, 403, 404, 405}
NO_FORM: Final = {400, 412, 415, 422}
"""What is told of a form that cannot be read at all, before anybody looks whose case it is."""
BENCH: Final = (
    "ruling", "draft", "adopt", "cite", "facts", "reasons", "law", "sign", "give_back", "hand_over", "voice",
    "photo", "evidence", "areas", "original", "shared", "like", "done", "paper", "endings", "end", "opine",
    "after", "correct", "recuse", "api_case", "api_proposal", "api_draft", "api_determine", "api_give_back",
    "api_hand_over",
)  # fmt: skip


def doors(resolver: URLResolver, needs: str, space: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The named addresses with an argument `needs`, each with something to put into the other arguments."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            for name, more in doors(entry, needs, inner):
                yield name, _given(entry) | more
        elif isinstance(entry, URLPattern) and entry.name:
            given = _given(entry)
            if needs in given or needs in _given(resolver):
                yield space + entry.name, given


def _given(entry: URLPattern | URLResolver) -> dict[str, Any]:
    converters: dict[str, Any] = getattr(entry.pattern, "converters", {})
    return {name: NOBODYS if isinstance(kind, UUIDConverter) else "B" for name, kind in converters.items()}


def tried(client: Client, address: str, **headers: str) -> dict[str, Any]:
    return {
        method: client.generic(method.upper(), address, b"{}", content_type="application/json", **headers)
        for method in METHODS
    }


def test_a_party_s_pages_are_its_own(town: Town) -> None:
    first, _second = rear_end(town)
    other, _fourth = rear_end(town)
    officer = building.signed_in(building.account("nosy"))
    found = dict(doors(get_resolver(), "party_id"))
    assert len(found) > 45
    for name, given in found.items():
        address = reverse(name, kwargs=given | {"party_id": first.party.pk})
        for who in (other.browser, officer, Client()):
            for method, answer in tried(who, address).items():
                assert answer.status_code in CLOSED | NO_FORM, (name, method, answer.status_code)
                assert first.case.number not in answer.content.decode(), (name, method)


def test_the_interface_of_a_case_is_for_its_parties(town: Town) -> None:
    first, _second = rear_end(town)
    other, _fourth = rear_end(town)
    found = {n: g for n, g in doors(get_resolver(), "case_id") if n.startswith("api:")}
    assert len(found) > 20
    for name, given in found.items():
        address = reverse(name, kwargs=given | {"case_id": first.case.pk})
        foreign = {"HTTP_AUTHORIZATION": f"Bearer {party_token(other.party)}"}
        for headers in (foreign, {"HTTP_AUTHORIZATION": "Bearer made-up"}, {}):
            for method, answer in tried(Client(), address, **headers).items():
                assert answer.status_code in CLOSED | NO_FORM, (name, method, answer.status_code)
                assert first.case.number not in answer.content.decode(), (name, method)


@pytest.mark.parametrize("role", ["determination_officer", "review_officer", "supervisor", "station_officer"])
def test_a_case_at_the_bench_is_its_officer_s(town: Town, role: str) -> None:
    holder = building.signed_in(building.account("holder"))
    waiting = building.waiting_case(town)
    holder.post(reverse("police:take"))
    kind = "station" if role == "station_officer" else "police"
    nosy = building.signed_in(building.account("nosy", role, organisation=building.unit("U", kind=kind)))
    found = dict(doors(get_resolver(), "case_id"))
    for short in BENCH:
        name = f"police:{short}"
        address = reverse(name, kwargs=found[name] | {"case_id": waiting.case.pk})
        for method, answer in tried(nosy, address).items():
            back = answer.status_code == 302 and answer["Location"].startswith("/police/")
            closed = answer.status_code in CLOSED | NO_FORM or (back and method in ("get", "post"))
            assert closed, (name, method, answer.status_code)
            assert waiting.case.number not in answer.content.decode(), (name, method)
