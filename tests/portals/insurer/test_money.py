"""The company's money on the desk: book, demands, clearing, refusal, paying first, and the stop switch."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.desks.claims.models import ClearingItem, Lien, Payout, PayoutStop, Recovery
from kuaichu.kernel import clock
from kuaichu.people.models import Account, Organisation
from tests.portals.api import casework
from tests.portals.insurer.test_pages import assess_both, page_of, words

pytestmark = pytest.mark.django_db


def test_the_book_is_empty_then_shows_who_owes(taihu: Client) -> None:
    made = casework.settled()
    text = words(taihu.get(reverse("insurer:money")))
    assert "Nothing has been booked yet." in text
    demand = Recovery(
        case=made.case,
        city=casework.CITY,
        insurer="TAIHU",
        from_label="A",
        fen=5000,
        why="advance",
        at=clock.now(),
    )
    demand.save()
    assert "advanced for this party" in words(taihu.get(reverse("insurer:money")))
    address = reverse("insurer:recovered", args=[demand.pk])
    for wrong in ({"amount": "x", "reference": "B-0001"}, {"amount": "51", "reference": "B-0001"}, {}):
        assert taihu.post(address, wrong).status_code == 422
    assert "The money is booked." in words(
        taihu.post(address, {"amount": "20", "reference": "B-0001"}, follow=True)
    )
    given_up = reverse("insurer:written_off", args=[demand.pk])
    assert taihu.get(given_up).status_code == 302
    assert "written off" in words(taihu.post(given_up, {"reason": "Not worth a lawsuit."}, follow=True))
    assert "Balance" in words(taihu.get(reverse("insurer:money")))


def test_another_companys_rows_are_not_found(huaihai: Client) -> None:
    made = casework.settled()
    demand = Recovery(
        case=made.case,
        city=casework.CITY,
        insurer="TAIHU",
        from_label="A",
        fen=5000,
        why="anew",
        at=clock.now(),
    )
    demand.save()
    for name, told in (
        ("recovered", {"amount": "1", "reference": "B-0001"}),
        ("written_off", {"reason": "None."}),
    ):
        assert huaihai.post(reverse(f"insurer:{name}", args=[demand.pk]), told).status_code == 404
    for name in ("clearing_dispute", "clearing_answer"):
        told = {"grounds": "None of it.", "words": "None of it.", "agree": "yes"}
        assert huaihai.post(reverse(f"insurer:{name}", args=[demand.pk]), told).status_code == 404
    assert huaihai.get(reverse("insurer:statement", args=[clock.today()])).status_code == 404
    assert huaihai.get("/insurer/money/statements/2026-02-30").status_code == 404


def test_refused_in_writing_and_approved_after_all(huaihai: Client) -> None:
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    assess_both(huaihai, made, "8000")
    address = reverse("insurer:refuse", args=[claim.pk])
    assert huaihai.post(address, {"ground": "excluded", "reasons": "no"}).status_code == 422
    told = {"ground": "excluded", "reasons": "The driver's licence had been withdrawn on 3 May."}
    text = words(huaihai.post(address, told, follow=True))
    assert "Refused in writing" in text
    assert "an exclusion of the contract applies" in text
    assert "Approve the payout" in text


def test_paying_first_and_a_bill(huaihai: Client, taihu: Client) -> None:
    made = casework.settled()
    assess_both(huaihai, made, "8000")
    claim = made.claims["TAIHU"]
    assert "Pay our insured first" in words(taihu.get(page_of(claim)))
    address = reverse("insurer:step_in", args=[claim.pk])
    for wrong in ({"pair": "B-A", "reason": "mood"}, {"pair": "A-B", "reason": "absent"}, {}):
        assert taihu.post(address, wrong).status_code == 422
    done = words(taihu.post(address, {"pair": "B-A", "reason": "uncooperative"}, follow=True))
    assert "Your insured is paid first" in done
    assert {p.payer for p in Payout.objects.filter(case=made.case)} == {"TAIHU"}
    bill = {
        "label": "B", "kind": "hospital", "holder": "市第一人民医院", "account": "ACC123456",
        "basis": "20261122", "bill": "100",
    }  # fmt: skip
    lien = reverse("insurer:lien", args=[claim.pk])
    assert taihu.post(lien, bill | {"bill": "-1"}).status_code == 422
    assert taihu.post(lien, bill | {"label": "Q"}).status_code == 422
    assert "paid first" in words(taihu.post(lien, bill, follow=True))
    assert Lien.objects.get().fen == 10_000


def test_an_item_is_disputed_and_answered(huaihai: Client, taihu: Client) -> None:
    made = casework.settled()
    assess_both(huaihai, made, "8000")
    address = reverse("insurer:step_in", args=[made.claims["TAIHU"].pk])
    taihu.post(address, {"pair": "B-A", "reason": "absent"})
    payout = Payout.objects.get(case=made.case)
    item = ClearingItem(
        city=casework.CITY, case=made.case, payout=payout, debtor="HUAIHAI", creditor="TAIHU", fen=payout.fen,
        at=clock.now(),
    )  # fmt: skip
    item.save()
    dispute = reverse("insurer:clearing_dispute", args=[item.pk])
    assert huaihai.post(dispute, {"grounds": "x"}).status_code == 422
    assert "silence takes the item back" in words(
        huaihai.post(dispute, {"grounds": "Our policy had ended."}, follow=True)
    )
    answer = reverse("insurer:clearing_answer", args=[item.pk])
    assert "Our policy had ended." in words(taihu.get(reverse("insurer:money")))
    done = words(taihu.post(answer, {"agree": "no", "words": "It was renewed."}, follow=True))
    assert "the item stands" in done


def money_admin(organisation: Organisation, name: str) -> Client:
    account = casework.adjuster(organisation, name)
    Account.objects.filter(pk=account.pk).update(roles=["money_admin"])
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(
        Account.objects.get(pk=account.pk), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return browser


class TestSwitch:
    def test_an_insurer_stops_its_own(self, huaihai: Client) -> None:
        admin = money_admin(casework.insurer("TAIHU"), "boss")
        page = reverse("insurer:stop")
        assert "Payouts run as ordered." in words(admin.get(page))
        assert admin.post(reverse("insurer:stop_now"), {"reason": "x"}).status_code == 422
        text = words(admin.post(reverse("insurer:stop_now"), {"reason": "Our key was lost."}, follow=True))
        assert "Our payouts are stopped" in text
        assert PayoutStop.objects.get().insurer == "TAIHU"
        assert huaihai.get(page).status_code == 403
        assert "Our key was lost." not in words(huaihai.get(reverse("insurer:money")))
        done = words(admin.post(reverse("insurer:stop_resume"), {"reason": "A new key."}, follow=True))
        assert "Payouts go on." in done

    def test_the_operator_stops_the_city_and_all_read_it(self, huaihai: Client) -> None:
        unit, _made = Organisation.objects.get_or_create(
            city=casework.CITY, code="REMOTE", defaults={"kind": "police", "name": "远程处理中心"}
        )
        admin = money_admin(unit, "operator")
        text = words(admin.post(reverse("insurer:stop_now"), {"reason": "The bank asked us."}, follow=True))
        assert "Daily comparison with the bank" in text
        assert "The bank asked us." in words(huaihai.get(reverse("insurer:money")))
