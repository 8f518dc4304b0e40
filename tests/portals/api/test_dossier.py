"""The dossier as one ZIP file: whole, checkable, never whole in memory."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from kuaichu.cases.models import Look
from tests.portals.api import casework
from tests.portals.api.test_insurers import CLAIMS, url

pytestmark = pytest.mark.django_db


def opened(answer) -> zipfile.ZipFile:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip"), answer
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_it_holds_all_of_the_packet_and_its_hashes(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    packet = huaihai.get(url(claim)).json()
    archive = opened(huaihai.get(url(claim, "dossier")))
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == len(set(names)) == 2 + 2 + 3 + 1
    assert json.loads(archive.read("packet.json"))["claim_id"] == packet["claim_id"]
    assert json.loads(archive.read("notice.json"))["notices"][0]["orgCode"] == "HUAIHAI"
    [paper] = packet["documents"]
    assert hashlib.sha256(archive.read(f"papers/{paper['code']}.pdf")).hexdigest() == paper["sha256"]
    assert hashlib.sha256(archive.read(f"facts/{paper['code']}.json")).hexdigest() == paper["facts"]["sha256"]
    assert archive.read(next(n for n in names if n.startswith("photographs/01-front"))).startswith(
        b"\xff\xd8"
    )
    listed = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines())
    assert listed == {n: hashlib.sha256(archive.read(n)).hexdigest() for n in names if n != "SHA256SUMS"}
    assert Look.objects.filter(case=made.case, purpose="file_paper").exists()


def test_it_comes_in_pieces_and_no_piece_holds_more_than_one_file(huaihai):
    claim = casework.settled().claims["HUAIHAI"]
    pieces = list(huaihai.get(url(claim, "dossier")).streaming_content)
    largest = max(i.compress_size for i in zipfile.ZipFile(io.BytesIO(b"".join(pieces))).infolist())
    assert len(pieces) == 8
    assert max(map(len, pieces)) < largest + 4096


def test_many_at_once(huaihai, taihu):
    made = [casework.settled(number=n).claims["HUAIHAI"] for n in (1, 2)]
    asked = "&".join(f"claim_id={claim.pk}" for claim in made)
    archive = opened(huaihai.get(f"/api/insurer/v1/dossiers?{asked}&claim_id={made[0].pk}"))
    folders = {name.split("/")[0] for name in archive.namelist()} - {"SHA256SUMS"}
    assert {folder[-36:] for folder in folders} == {str(claim.pk) for claim in made}
    assert taihu.get(f"/api/insurer/v1/dossiers?{asked}").status_code == 404
    many = "&".join(f"claim_id={made[0].pk}" for _ in range(51))
    for wrong in (many, "", "claim_id=x"):
        assert huaihai.get(f"/api/insurer/v1/dossiers?{wrong}").status_code == 422
    assert taihu.get(f"{CLAIMS}/{made[0].pk}/dossier").status_code == 404
