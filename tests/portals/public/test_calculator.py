"""The public calculator: the worked cases through the page, rubbish in, nothing kept, and how it looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.portals.public.calculator.forms import VehicleForm
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
EX1 = {
    "go": "yes", "day": "2024-05-15", "cars": "2",
    "A-loss": "3500", "A-grade": "FULL", "A-ctali": "on", "A-tpl": "1000000", "A-mod": "on",
    "B-loss": "2600", "B-grade": "NONE", "B-ctali": "on", "B-tpl": "1000000", "B-mod": "on",
}  # fmt: skip
EX8 = {
    "go": "yes", "day": "2024-05-15", "cars": "1", "rider": "on",
    "A-grade": "FULL", "A-ctali": "on", "A-tpl": "1000000", "A-loss": "0",
    "R-grade": "NONE", "R-medical": "27,900", "R-disability": "￥21100",
}  # fmt: skip


def asked(client: Client, **given: str) -> str:
    answer = client.get("/calculator", given, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    return str(answer.content.decode())


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_rear_end_collision_as_in_the_dossier(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page = text(asked(client, **EX1))
    assert "Insurer of A ￥6,100.00" in page
    assert "Insurer of B" not in page
    for row in (
        "Insurer of A Compulsory insurance · Property ￥2,000.00",
        "Insurer of A Third-party insurance · Property ￥600.00",
        "Insurer of A No-fault part, paid in place of the others · Property ￥100.00",
        "Insurer of A Own-damage insurance · Property ￥3,400.00",
    ):
        assert row in page


def test_an_injured_walker_as_in_the_dossier(client: Client) -> None:
    page = text(asked(client, **EX8))
    assert "Insurer of A ￥49,000.00" in page
    assert "Compulsory insurance · Treatment ￥18,000.00" in page
    assert "Third-party insurance · Treatment ￥9,900.00" in page


def test_the_first_visit_shows_a_form_and_no_answer(client: Client) -> None:
    page = asked(client)
    assert 'id="answer"' not in page
    assert page.count('name="A-loss"') == page.count('name="B-loss"') == 1
    assert 'name="C-loss"' not in page


def test_more_vehicles_and_a_rider_are_asked_about_without_losing_what_was_typed(client: Client) -> None:
    given = {**EX1, "cars": "3", "rider": "on", "A-loss": "1234.5"}
    del given["go"]
    page = asked(client, **given)
    assert 'value="1234.5"' in page
    assert 'name="C-loss"' in page
    assert 'name="R-medical"' in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("A-loss", "lots", "Enter an amount in yuan"),
        ("A-loss", "999999999", "from 0 to 99,999,999"),
        ("day", "1999-01-01", "from 1 July 2006 on"),
        ("day", "yesterday", "Enter a valid date"),
        ("A-grade", "NONSENSE", "Select a valid choice"),
        ("B-grade", "FULL", "grades of liability cannot stand together"),
    ],
)
def test_rubbish_is_named_at_the_field(client: Client, field: str, value: str, said: str) -> None:
    page = asked(client, **{**EX1, field: value})
    assert said in page
    assert "Insurer of A" not in page


def test_why_each_insurer_may_not_pay_its_own(client: Client) -> None:
    page = asked(client, **{**EX1, "own": "on"})
    assert "only when every party bears part of the liability" in page
    assert "￥6,100.00" in page


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([*EX8, *EX1, "go", "cars", "rider", "own", "A-seats"]), st.text(max_size=12)
    )
)
def test_no_input_breaks_it(given_: dict[str, str]) -> None:
    if "\0" in "".join(given_.values()):
        assert Client().get("/calculator", given_).status_code == 422
    else:
        assert asked(Client(), **given_)


def test_every_vehicle_field_is_on_the_page(client: Client) -> None:
    page = asked(client)
    for name in VehicleForm.base_fields:
        assert f'name="A-{name}"' in page


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Iterator[Server]:
    running = make_server().start()
    yield running
    running.kill()


@pytest.mark.browser
@pytest.mark.needs("chromium")
def test_looks(
    server: Server,
    make_page: Callable[..., Page],
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], None],
) -> None:
    for size in ("phone", "desk"):
        for locale in ("zh-CN", "en-GB"):
            page = make_page(size, locale=locale)
            page.goto(f"{server.url}/calculator")
            page.locator("button[name=go]").click()
            page.locator("#answer dl").first.wait_for()
            axe(page)
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0
            shot(page, f"calculator-{size}-{locale[:2]}")
