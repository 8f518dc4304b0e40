"""The adjuster's desk: list, packet, acceptance, assessment without scripts, approval."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.cases.models import Look
from kuaichu.desks.claims import calculations
from kuaichu.desks.claims.models import Assessment, Claim
from kuaichu.kernel import clock
from kuaichu.people.roles import system
from kuaichu.queries import losses
from kuaichu.queries.worklist import search, worklist
from tests.portals.api import casework

pytestmark = pytest.mark.django_db
LIST = "/insurer/"


def page_of(claim) -> str:
    return reverse("insurer:claim", args=[claim.pk])


def sheet(made, label: str) -> str:
    return reverse("insurer:assess", args=[made.claims["HUAIHAI"].pk, made.vehicle(label).pk])


def rows(*lines: tuple[str, str, str], do: str = "enter", assessor: str = "周敏") -> dict:
    part, kind, amount = zip(*lines, strict=True) if lines else ((), (), ())
    return {"part": part, "kind": kind, "amount": amount, "do": do, "assessor": assessor}


def words(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def assess_both(browser: Client, made, amount: str) -> None:
    for label in "AB":
        assert browser.post(sheet(made, label), rows(("前保险杠", "part", amount))).status_code == 302
    calculations.calculate(system(casework.CITY), made.case.pk, losses.loss_case(made.case))


def test_visitors_sign_in_and_others_are_turned_away(db):
    made = casework.settled()
    for path in (LIST, page_of(made.claims["HUAIHAI"])):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]
    officer = Client()
    account = casework.Account.objects.create_user("officer", password="correct horse battery")
    police = casework.Organisation.objects.create(city=casework.CITY, code="YC", kind="police", name="YC")
    account.organisation, account.roles = police, ["determination_officer"]
    account.save()
    officer.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in (LIST, page_of(made.claims["HUAIHAI"]), "/insurer/rows"):
        assert officer.get(path).status_code == 403


def test_the_list_is_by_the_clock(huaihai):
    late, fresh = casework.settled(number=1), casework.settled(number=2)
    Claim.objects.filter(pk=late.claims["HUAIHAI"].pk).update(due_at=clock.now() - timedelta(minutes=1))
    answer = huaihai.get(LIST)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.index(late.case.number) < text.index(fresh.case.number)
    assert [row.late for row in answer.context["rows"]] == [True, False]
    assert {row.task for row in answer.context["rows"]} == {"acknowledge"}
    assert answer.context["figures"].open == 2
    assert answer.context["figures"].late == 1
    assert huaihai.get("/insurer/rows").content.decode().count("<html") == 0


def test_an_empty_list_says_what_will_come(huaihai):
    assert "Nothing is open" in words(huaihai.get(LIST))


def test_the_list_takes_the_same_queries_for_many_claims(huaihai, django_assert_num_queries):
    actor = casework.actor_of_insurer("HUAIHAI")
    casework.settled(number=1)
    with django_assert_num_queries(6):
        assert len(worklist(actor)) == 1
    for number in (2, 3):
        casework.settled(number=number)
    with django_assert_num_queries(6):
        assert len(worklist(actor)) == 3


def test_finding_by_number_and_plate_only_ones_own(huaihai, taihu):
    made = casework.settled()
    plate = made.vehicle("B").plate
    for text in (made.case.number, made.case.number[-6:], plate, f"{plate[:2]}·{plate[2:]}", plate.lower()):
        assert made.case.number in huaihai.post("/insurer/find", {"text": text}).content.decode(), text
    for text in ("", "苏", "no such thing"):
        answer = huaihai.post("/insurer/find", {"text": text})
        assert answer.status_code == 200
        assert made.case.number not in answer.content.decode()
    stranger = casework.actor_of_insurer("PEACE")
    assert search(stranger, plate) == []
    assert huaihai.get("/insurer/find").status_code == 405


def test_the_packet_is_on_one_page(huaihai):
    made = casework.settled()
    answer = huaihai.get(page_of(made.claims["HUAIHAI"]))
    text = words(answer)
    for expected in (
        made.case.number, "full liability", "no liability", "100 %", made.a.name, made.b.phone,
        "Agreed by the parties", "Our policies", "rear", "going straight on", "Accept the claim",
    ):  # fmt: skip
        assert expected in text, expected
    assert made.b.id_number not in text
    assert answer.content.decode().count('class="tile"') == 3
    assert Look.objects.filter(case=made.case, actor_kind="staff", purpose="claim").exists()


def test_names_stand_in_place_of_codes(huaihai, taihu):
    made = casework.settled()
    assess_both(huaihai, made, "1000")
    for language, names in (
        (
            "en",
            (
                "Compulsory insurance",
                "Regulation on Compulsory Traffic Accident Liability Insurance, Article 21",
            ),
        ),
        ("zh-hans", ("交强险", "《机动车交通事故责任强制保险条例》第二十一条", "保险行业理赔规则")),
    ):
        answer = huaihai.get(page_of(made.claims["HUAIHAI"]), headers={"accept-language": language})
        text = words(answer)
        for name in (*names, "淮海财产保险"):
            assert name in text, name
        text = re.sub(r"PD[A-Z]+[0-9]+", "", text)  # numbers of policies
        for code in ("HUAIHAI", "TAIHU", "CTALI", "NF_SUBSTITUTE", "OWN_BORNE", "S:W", "D146", "法76"):
            assert code not in text, text[max(0, text.find(code) - 60) : text.find(code) + 60]


def test_a_forms_address_leads_back_to_the_claim(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    for name in ("acknowledge", "approve"):
        assert huaihai.get(reverse(f"insurer:{name}", args=[claim.pk]))["Location"] == page_of(claim)
    assert huaihai.get(sheet(made, "A"))["Location"] == page_of(claim)
    assert huaihai.put(sheet(made, "A")).status_code == 405


def test_another_companys_claim_is_not_found(huaihai):
    made = casework.settled()
    theirs = made.claims["TAIHU"]
    photo = uuid.uuid4()
    for name, args in (
        ("claim", []),
        ("claim-live", []),
        ("photo", [photo]),
        ("paper", [photo]),
        ("facts", [photo]),
    ):
        assert huaihai.get(reverse(f"insurer:{name}", args=[theirs.pk, *args])).status_code == 404
    for name, args in (("acknowledge", []), ("assess", [made.vehicle("A").pk]), ("approve", [])):
        data = {"report_number": "HH-1234", "calculation_id": str(uuid.uuid4())}
        assert huaihai.post(reverse(f"insurer:{name}", args=[theirs.pk, *args]), data).status_code == 404


def test_accepting_with_a_report_number(huaihai):
    claim = casework.settled().claims["HUAIHAI"]
    address = reverse("insurer:acknowledge", args=[claim.pk])
    wrong = huaihai.post(address, {"report_number": "1"})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.content.decode()
    assert 'value="1"' in wrong.content.decode()
    done = huaihai.post(address, {"report_number": "HH-2026-1"}, follow=True)
    assert "The claim is accepted." in words(done)
    assert "HH-2026-1" in words(done)
    other = huaihai.post(address, {"report_number": "HH-2026-2"})
    assert other.status_code == 409


def test_assessing_without_scripts(huaihai):
    made = casework.settled()
    shown = huaihai.get(page_of(made.claims["HUAIHAI"])).content.decode()
    assert '<option value="后保险杠">' in shown
    assert shown.count('name="amount"') == 8
    typed = [("后保险杠", "part", "1,234.50"), ("喷漆", "labour", "300"), ("旧件", "salvage", "34.50")]
    more = huaihai.post(sheet(made, "B"), rows(*typed, do="more"))
    text = more.content.decode()
    assert more.status_code == 200
    assert text.count('name="amount"') == 4 + 6
    assert "￥1,500.00" in text
    assert Assessment.objects.count() == 0
    less = huaihai.post(sheet(made, "B"), rows(*typed, do="drop-1")).content.decode()
    assert "喷漆" not in less
    assert "￥1,200.00" in less
    done = huaihai.post(sheet(made, "B"), rows(*typed, ("", "part", ""), do="enter"), follow=True)
    assert "The assessment is entered." in words(done)
    row = Assessment.objects.get()
    assert (row.total_fen, len(row.lines), row.assessor) == (150_000, 3, "周敏")
    assert 'value="1234.50"' in done.content.decode()


def test_wrong_rows_are_marked_and_nothing_is_lost(huaihai):
    made = casework.settled()
    answer = huaihai.post(
        sheet(made, "B"), rows(("后保险杠", "part", "many"), ("", "part", "20"), ("灯", "tow", "7"))
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count('aria-invalid="true"') == 4
    for kept in ("many", "后保险杠", 'value="20"', 'value="灯"'):
        assert kept in text
    assert huaihai.post(sheet(made, "B"), rows()).status_code == 422
    assert huaihai.post(sheet(made, "B"), rows(("x", "part", "1"), assessor=" ")).status_code == 422
    assert Assessment.objects.count() == 0


def test_parts_of_the_other_side_are_pointed_out(huaihai):
    made = casework.settled()
    done = huaihai.post(sheet(made, "B"), rows(("前保险杠", "part", "100")), follow=True)
    assert "Look at these" in words(done)
    assert "前保险杠" in words(done)


def test_a_vehicle_of_the_other_insurer_has_no_form(taihu):
    made = casework.settled()
    answer = taihu.get(page_of(made.claims["TAIHU"]))
    assert 'name="amount"' not in answer.content.decode()
    assert "The other insurer assesses" in words(answer)
    address = reverse("insurer:assess", args=[made.claims["TAIHU"].pk, made.vehicle("A").pk])
    assert taihu.post(address, rows(("x", "part", "1"))).status_code == 404
