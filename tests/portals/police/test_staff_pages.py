"""Staff: 1,800 accounts from a list in one go, faults line by line, and a link that opens each once."""

from __future__ import annotations

import csv
import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kuaichu.people.models import Account, Qualification
from tests.portals.police import building

pytestmark = pytest.mark.django_db
HEAD = "账号,姓名,警号,单位,角色,资格证号,有效期至"


@pytest.fixture
def keeper() -> Client:
    return building.signed_in(building.account("keeper", "administrator"))


def listed(*lines: str, encoding: str = "gb18030") -> SimpleUploadedFile:
    return SimpleUploadedFile("staff.csv", "\r\n".join((HEAD, *lines)).encode(encoding))


def people(count: int) -> list[str]:
    return [f"p{n:04},张三{n},0{n},YC-REMOTE,determination_officer,Q{n},2099-12-31" for n in range(count)]


def send(client: Client, file: SimpleUploadedFile, **more: str) -> object:
    return client.post(reverse("police:import"), {"file": file, **more}, headers={"Accept-Language": "en"})


def test_eighteen_hundred_in_one_go(keeper: Client) -> None:
    start = time.monotonic()
    answer = send(keeper, listed(*people(1800)), take="1")
    took = time.monotonic() - start
    print(f"1,800 accounts in {took:.1f} s")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert len(rows) == 1801
    assert Account.objects.filter(username__startswith="p").count() == 1800
    assert Qualification.objects.count() == 1800
    assert took < 60
    again = send(keeper, listed("p0001,李四,77,YC-REMOTE,supervisor,,"), take="1")
    assert len(again.content.decode().splitlines()) == 1, "nobody is new"  # type: ignore[attr-defined]
    assert Account.objects.get(username="p0001").roles == ["supervisor"]
    page = keeper.get(reverse("police:staff"), {"q": "p0001"}).content.decode()
    assert "李四" in page
    assert "张三0" not in page


def test_faults_line_by_line(keeper: Client) -> None:
    building.account("abroad", organisation=building.unit("GY", "guangyuan"))
    bad = (
        "good,甲,1,YC-REMOTE,dispatcher,,", "good,乙,2,YC-REMOTE,dispatcher,,",
        "abroad,丙,3,YC-REMOTE,hotline,,",
        "x y,丁,4,NOWHERE,emperor,,", "late,戊,5,YC-REMOTE,dispatcher,Q9,soon", ",,,,,,",
    )  # fmt: skip
    checked = send(keeper, listed(*bad), check="1")
    assert checked.context["good"] == 1  # type: ignore[attr-defined]
    faults = {row.line: set(row.faults) for row in checked.context["faulty"]}  # type: ignore[attr-defined]
    assert faults == {
        3: {"username"}, 4: {"username"},
        5: {"username", "organisation", "roles"}, 6: {"until", "qualification"},
    }  # fmt: skip
    assert send(keeper, listed(*bad), take="1").status_code == 422  # type: ignore[attr-defined]
    assert not Account.objects.filter(username="good").exists()
    send(keeper, listed(*bad, encoding="utf-8-sig"), take="1", some="1")
    assert Account.objects.get(username="good").display_name == "甲"
    for wrong in (b"\xff\xfe\x00\x81", b"name\nx", b""):
        assert send(keeper, SimpleUploadedFile("x.csv", wrong), check="1").status_code == 422  # type: ignore[attr-defined]


def test_the_link_opens_an_account_once(keeper: Client, client: Client) -> None:
    answer = send(keeper, listed("fresh,新,9,YC-REMOTE,determination_officer,Q1,2099-12-31"), take="1")
    link = answer.content.decode().splitlines()[1].split(",")[2]  # type: ignore[attr-defined]
    address = "/" + link.split("/", 3)[3]
    good = "a long password of one's own"
    assert client.post(address, {"password": "123", "again": "123"}).status_code == 422
    assert client.post(address, {"password": good, "again": "other"}).status_code == 422
    assert client.post(address, {"password": good, "again": good}).url == reverse("account_login")
    assert client.get(address).status_code == 404
    assert client.get("/open/forged").status_code == 404
    client.post(reverse("account_login"), {"login": "fresh", "password": good})
    assert client.get(reverse("home:desk")).url == reverse("mfa_activate_totp"), "a second factor first"


def test_roles_on_one_page_and_nobody_changes_the_own(keeper: Client) -> None:
    other = building.account("other")
    page = reverse("police:account", args=[other.pk])
    assert "liability.determine" in keeper.get(page).content.decode()
    keeper.post(page, {"roles": ["dispatcher"], "active": "1"})
    other.refresh_from_db()
    assert other.roles == ["dispatcher"]
    keeper.post(page, {"roles": ["dispatcher"]})
    other.refresh_from_db()
    assert not other.is_active
    assert keeper.post(page, {"roles": ["system"]}).status_code == 422
    own = reverse("police:account", args=[Account.objects.get(username="keeper").pk])
    assert keeper.post(own, {"roles": ["supervisor"], "active": "1"}).status_code == 422
    abroad = building.account("abroad", organisation=building.unit("GY", "guangyuan"))
    assert keeper.get(reverse("police:account", args=[abroad.pk])).status_code == 404
    assert building.signed_in(building.account("boss", "supervisor")).get(page).status_code == 403
