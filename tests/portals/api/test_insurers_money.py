"""The insurers' API for money: book, clearing, demands, paying first, bills; each company its own."""

from __future__ import annotations

import uuid

import pytest

from kuaichu.desks.claims import calculations
from kuaichu.desks.claims.models import ClearingItem, Payout, Recovery
from kuaichu.kernel import clock
from kuaichu.people.roles import system
from kuaichu.queries import losses
from tests.portals.api import casework

pytestmark = pytest.mark.django_db
ROOT = "/api/insurer/v1"
PAY_FIRST = {"to": "B", "debtor": "A", "reason": "absent"}


@pytest.fixture
def made(huaihai):
    """Assessed at 8,000 yuan each, calculated, not approved."""
    found = casework.settled()
    for label in "AB":
        told = {
            "lines": [{"part": "车门", "kind": "part", "amount_fen": 800_000}],
            "total_fen": 800_000,
            "assessor": "x",
        }
        path = f"{ROOT}/claims/{found.claims['HUAIHAI'].pk}/assessments/{found.vehicle(label).pk}"
        assert huaihai.put(path, told).status_code == 200
    calculations.calculate(system(casework.CITY), found.case.pk, losses.loss_case(found.case))
    return found


def test_paid_first_once_and_on_whose_account(made, taihu, huaihai):
    path = f"{ROOT}/claims/{made.claims['TAIHU'].pk}/pay-first"
    for _ in range(2):
        answer = taihu.post(path, PAY_FIRST, key="first")
        assert answer.status_code == 200, answer.content
    assert answer.json()["payouts"][0]["on_account_of"] == "insurer:HUAIHAI"
    assert taihu.post(path, PAY_FIRST).json() == {"payouts": []}
    assert Payout.objects.count() == 1
    assert taihu.post(path, PAY_FIRST | {"reason": "mood"}).status_code == 422
    assert huaihai.post(path, PAY_FIRST).status_code == 404


def test_book_and_receipts(made, taihu, huaihai):
    demand = Recovery(
        case=made.case,
        city=casework.CITY,
        insurer="TAIHU",
        from_label="A",
        fen=900,
        why="anew",
        at=clock.now(),
    )
    demand.save()
    path = f"{ROOT}/demands/{demand.pk}/receipts"
    for _ in range(2):
        answer = taihu.post(path, {"fen": 400, "reference": "BANK-1"})
        assert (answer.status_code, answer.json()["open_fen"]) == (200, 500)
    for wrong in (
        {"fen": 501, "reference": "BANK-2"},
        {"fen": 0, "reference": "BANK-2"},
        {"fen": 1, "reference": " "},
    ):
        assert taihu.post(path, wrong).status_code == 422
    book = taihu.get(f"{ROOT}/book").json()
    assert sum(one["balance_fen"] for one in book["accounts"]) == 0
    assert book["demands"][0]["open_fen"] == 500
    assert huaihai.get(f"{ROOT}/book").json()["demands"] == []
    assert huaihai.post(path, {"fen": 1, "reference": "BANK-3"}).status_code == 404


def test_clearing(made, taihu, huaihai, anybody):
    taihu.post(f"{ROOT}/claims/{made.claims['TAIHU'].pk}/pay-first", PAY_FIRST)
    payout = Payout.objects.get()
    item = ClearingItem(
        city=casework.CITY, case=made.case, payout=payout, debtor="HUAIHAI", creditor="TAIHU", fen=payout.fen,
        at=clock.now(),
    )  # fmt: skip
    item.save()
    path = f"{ROOT}/clearing/items/{item.pk}"
    assert taihu.put(f"{path}/dispute", {"grounds": "Not ours."}).status_code == 404
    assert huaihai.put(f"{path}/dispute", {"grounds": "Our policy had ended."}).status_code == 200
    assert taihu.put(f"{path}/answer", {"agree": False, "words": "It was renewed."}).status_code == 403
    assert (
        taihu.put(f"{path}/answer", {"agree": True, "words": "You are right."}).json()["dispute"] == "upheld"
    )
    [mine, _back] = sorted(taihu.get(f"{ROOT}/clearing").json()["items"], key=lambda one: one["reversal"])
    assert (mine["own"], mine["dispute"]) == ("creditor", "upheld")
    assert taihu.get(f"{ROOT}/clearing/statements/{clock.today().isoformat()}").status_code == 404
    assert taihu.get(f"{ROOT}/clearing/statements/yesterday").status_code == 422
    assert anybody.get(f"{ROOT}/book").status_code == 401


def test_bills(made, huaihai, taihu):
    bill = {
        "label": "B", "kind": "hospital", "holder": "市第一人民医院", "account": "ACC123456", "fen": 5000,
        "basis": "No. 7",
    }  # fmt: skip
    path = f"{ROOT}/claims/{made.claims['HUAIHAI'].pk}/bills"
    [first] = {huaihai.post(path, bill).json()["bill_id"] for _ in range(2)}
    assert first
    for wrong in ({"kind": "bank"}, {"label": "Z"}, {"fen": 0}, {"account": "1 2"}, {"holder": "x\u200b"}):
        assert huaihai.post(path, bill | wrong).status_code == 422, wrong
    assert taihu.post(path, bill).status_code == 404
    assert huaihai.post(f"{ROOT}/claims/{uuid.uuid4()}/bills", bill).status_code == 404
