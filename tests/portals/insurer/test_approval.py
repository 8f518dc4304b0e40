"""From the calculation to the payout on the desk, pictures and papers, Chinese first."""

from __future__ import annotations

import io
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from kuaichu.desks.claims import calculations, ordering
from kuaichu.desks.claims.models import Payout
from kuaichu.people.roles import system
from tests.portals.api import casework
from tests.portals.insurer.test_pages import assess_both, page_of, words

pytestmark = pytest.mark.django_db


def test_the_calculation_is_explained_and_approved(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    assess_both(huaihai, made, "8000")
    text = words(huaihai.get(page_of(claim)))
    assert "The compulsory insurance of A, who is at fault, pays for B first" in text
    assert "Regulation on Compulsory Traffic Accident Liability Insurance, Article 21" in text
    assert "Approve the payout" in text
    address = reverse("insurer:approve", args=[claim.pk])
    assert huaihai.post(address, {"calculation_id": "nonsense"}).status_code == 422
    assert huaihai.post(address, {"calculation_id": str(uuid.uuid4())}).status_code == 409
    newest = calculations.newest_calculation(made.case.pk)
    done = huaihai.post(address, {"calculation_id": str(newest.pk)}, follow=True)
    assert "The payout is approved." in words(done)
    assert 'name="supplement"' in done.content.decode()
    ordering.order(system(casework.CITY), made.case.pk, claim.pk)
    assert Payout.objects.filter(claim=claim).exists()
    assert "ordered" in words(huaihai.get(reverse("insurer:claim-live", args=[claim.pk])))


def test_small_sums_need_no_button(huaihai):
    made = casework.settled()
    assess_both(huaihai, made, "500")
    text = words(huaihai.get(page_of(made.claims["HUAIHAI"])))
    assert "The city approves an amount like this by rule." in text
    assert "Approve the payout" not in text


def test_photographs_are_copies_without_metadata_and_papers_are_sealed(huaihai):
    made = casework.settled()
    answer = huaihai.get(page_of(made.claims["HUAIHAI"]))
    [small, *_rest] = re.findall(r'src="(/insurer/claims/[^"]+/small)"', answer.content.decode())
    picture = huaihai.get(small)
    assert picture["Content-Type"] == "image/jpeg"
    assert max(Image.open(io.BytesIO(picture.content)).size) == 360
    assert huaihai.get(small.replace("small", "huge")).status_code == 404
    [paper] = answer.context["claim"]["documents"]
    assert huaihai.get(paper["url"]).content[:5] == b"%PDF-"
    assert huaihai.get(paper["facts"]["url"])["Content-Type"] == "application/json"


def test_pages_are_chinese_first(db):
    made = casework.settled()
    browser = Client()
    browser.force_login(
        casework.adjuster(casework.insurer("HUAIHAI")),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    answer = browser.get(page_of(made.claims["HUAIHAI"]))
    assert 'lang="zh-hans"' in answer.content.decode()
    assert "全部责任" in answer.content.decode()
