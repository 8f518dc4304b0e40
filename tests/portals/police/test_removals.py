"""A case of another city leaves with its whole file, ends here handed over, and its receipt is noted."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from django.test import Client

from kuaichu.cases.models import Evidence, Handling
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.liability.models import Determination, Removal
from kuaichu.kernel.deliveries import drain
from tests.portals.police import building
from tests.portals.police.test_bench_pages import at, read, take
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
PAGE = "/police/removals"


def test_a_case_of_another_city(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    read(desk, at("endings", waiting))
    told = {"which": "remove", "unit": "泰州市公安局交警支队", "away": "事故起始点在泰州市。"}
    wrong = desk.post(at("end", waiting), told | {"unit": "x", "away": ""})
    assert wrong.status_code == 422
    wrong = desk.post(at("end", waiting), told | {"away": ""})
    assert 'id="away-words-error"' in wrong.content.decode()
    assert desk.post(at("end", waiting), told).status_code == 302
    drain()
    waiting.case.refresh_from_db()
    assert (waiting.case.status, waiting.case.outcome) == ("handed_over", "other_unit")
    assert Determination.objects.get().status == "ended"
    assert not Task.objects.exists(), "nobody is sent to a place in another city"
    assert desk.post(at("end", waiting), told).status_code == 404
    row = Removal.objects.get()
    assert "泰州市公安局交警支队" in read(desk, PAGE)
    answer = desk.post(f"{PAGE}/{row.pk}/file")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == value for name, value in sums.items())
    file = json.loads(archive.read("file.json"))
    assert file["case"]["number"] == waiting.case.number
    assert file["journal"][-1]["kind"] in ("liability.ended", "notify.sent", "cases.handed_over")
    photos = Evidence.objects.filter(case=waiting.case)
    assert {one.sha256 for one in photos} <= set(sums.values())
    assert Handling.objects.filter(evidence__in=photos, purpose="transfer").count() == photos.count()
    assert desk.post(f"{PAGE}/{row.pk}/receipt", {"receipt": " "}).status_code == 422
    for _again in range(2):
        desk.post(f"{PAGE}/{row.pk}/receipt", {"receipt": "泰公交收〔2026〕第7号"})
    row.refresh_from_db()
    assert row.receipt == "泰公交收〔2026〕第7号"
    assert "泰公交收〔2026〕第7号" in read(desk, PAGE)


def test_nobody_elses(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    desk.post(at("end", waiting), {"which": "remove", "unit": "泰州交警", "away": "管辖权在泰州。"})
    row = Removal.objects.get()
    unit = building.unit("OTHER", "binzhou")
    foreign = building.signed_in(building.account("foreign", organisation=unit))
    for path in ("file", "receipt"):
        assert foreign.post(f"{PAGE}/{row.pk}/{path}", {"receipt": "收到收到"}).status_code in (403, 404)
    boss = building.signed_in(building.account("boss", "supervisor"))
    assert boss.get(PAGE).status_code == 403
