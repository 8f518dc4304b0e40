"""The evidence receipt on the phone: it appears, can be scanned, kept and printed; only for its parties."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kuaichu.cases import receipt_text
from kuaichu.cases.models import Case, Receipt
from kuaichu.kernel.deliveries import drain
from tests.stories.builders import Person, Town

pytestmark = pytest.mark.django_db


def test_it_waits_for_what_is_missing_and_then_appears(anna: Person) -> None:
    anna.describe()
    anna.shoot("front", "rear")
    html = anna.see("receipt")
    assert "Not sealed yet" in html
    assert "point of contact" in html
    assert "rear overview" not in html
    anna.shoot("contact")
    drain()
    html = anna.see("receipt/live")
    assert "3 photographs are sealed" in html
    assert Receipt.objects.get().sealed in html
    assert "<svg" in html
    for page in ("", "photos", "receipt/line"):
        assert anna.url("receipt") in anna.see(page)
    assert Case.objects.get(pk=anna.case.pk).sealed_at is not None


def test_the_file_checks_out(anna: Person) -> None:
    anna.shoot()
    drain()
    response = anna.browser.get(anna.url("receipt/file"))
    assert "attachment" in response["Content-Disposition"]
    lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    text = receipt_text.text_of(lines)
    assert text == Receipt.objects.get().sealed
    assert 'data-answer="genuine"' in Client().get(f"/R/{text}").content.decode()


def test_both_phones_show_the_same(town: Town, anna: Person) -> None:
    anna.describe()
    anna.drive()
    anna.prove()
    anna.shoot()
    bert = Person(town, town.car("苏J20002", insurer="TAIHU"))
    anna.invite(bert)
    texts = {re.search(r'data-receipt-text="([A-Z2-7]+)"', p.see("receipt"))[1] for p in (anna, bert)}
    assert texts == {Receipt.objects.get().sealed}


def test_nobody_else_sees_it(anna: Person) -> None:
    anna.shoot()
    drain()
    for page in ("receipt", "receipt/live", "receipt/line", "receipt/file"):
        assert Client().get(anna.url(page)).status_code == 404


def test_nothing_to_keep_before_it_is_sealed(anna: Person) -> None:
    assert anna.browser.get(anna.url("receipt/file")).status_code == 404
