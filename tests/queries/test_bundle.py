"""The dispute bundle: everything in one file, checked and run again elsewhere; others' secrets are masked."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kuaichu.__main__ import main
from kuaichu.cases.models import Evidence, Handling
from kuaichu.commands.proving.rerunning import opening
from kuaichu.commands.proving.rerunning.checks import checked
from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.service import bundles
from kuaichu.desks.liability import serving
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry, LogLeaf
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import roles
from kuaichu.queries.bundle.packing import bundle_of
from tests.process.walking import Road, officer
from tests.servers import ROOT
from tests.standin_servers import standins as _standins
from tests.standin_servers import town as _town
from tests.stories.builders import CITY, Town

standins, town = _standins, _town
pytestmark = pytest.mark.django_db
SYSTEM = roles.system(CITY)


@pytest.fixture
def road(town: Town) -> Road:
    """A determination signed, its certificate issued and received by one party."""
    road, who = Road(town).ready(), officer()
    road.want("officer")
    road.take(who)
    road.determine(who)
    drain()
    serving.receive(road.actor("A"), road.id)
    drain()
    return road


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sums_of_evidence(files: dict[str, bytes]) -> set[str]:
    return {hashlib.sha256(data).hexdigest() for name, data in files.items() if name.startswith("evidence/")}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_everything_is_in_it_and_holds(road: Road) -> None:
    made = bundle_of(SYSTEM, road.id)
    files = files_of(made.data)
    assert made.sha256 == hashlib.sha256(made.data).hexdigest()
    assert {name: wrong for name, wrong in checked(files, None).items() if wrong} == {}
    assert checked(files, certificates.keyset())["signature"] == []
    photos = Evidence.objects.filter(case_id=road.id)
    originals = {
        hashlib.sha256(data).hexdigest() for name, data in files.items() if name.startswith("evidence/")
    }
    assert {photo.sha256 for photo in photos} <= originals
    (paper,) = json.loads(files["papers/list.json"])
    assert len(paper["versions"]) == 2, "the one that was sent, and the one with the receipt"
    assert json.loads(files["decision.json"])["grades"] == {"A": "FULL", "B": "NONE"}
    assert json.loads(files["engine/rules.json"])["law"][0]["text"]
    assert road.party("B").name or road.party("B").phone in files["case.json"].decode()
    page = files["index.html"].decode()
    assert "<script" not in page
    assert "http" not in page.replace("https://", "").split("<h2>")[0]


def test_the_same_case_at_the_same_time_gives_the_same_bytes(road: Road) -> None:
    now = clock.now()
    first, second = (bundle_of(SYSTEM, road.id, now=now) for _ in range(2))
    assert first.sha256 == second.sha256


def test_another_machine_comes_to_the_same_proposal(road: Road, tmp_path: Path) -> None:
    """A process of its own, without database, keys or network of ours."""
    made = bundle_of(SYSTEM, road.id)
    (tmp_path / "bundle.zip").write_bytes(made.data)
    stated = json.loads(files_of(made.data)["engine/rules.json"])["proposal_sha256"]
    clean = {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT),
        "KUAICHU_VAR": str(tmp_path / "var"),
    }  # fmt: skip
    command = [sys.executable, "-m", "kuaichu", "rerun-bundle", "bundle.zip"]
    done = subprocess.run(
        command, cwd=tmp_path, env=clean, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"proposal 方案 {stated}" in done.stdout
    assert done.stdout.count("ok 正常") == 6
    assert not list((tmp_path / "var").rglob("*.sqlite3")) if (tmp_path / "var").exists() else True


def edited(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, bytes]], None]:
    def carry_out(files: dict[str, bytes]) -> None:
        files[name] = json.dumps(change(json.loads(files[name]))).encode()

    return carry_out


def _other_fact(facts: Any) -> Any:
    facts["vehicles"][0]["movement"] = "REVERSING"
    return facts


def _other_payload(entries: Any) -> Any:
    entries[0]["payload"] = {"source": "else"}
    return entries


CHANGES: dict[str, tuple[str, Callable[[dict[str, bytes]], None]]] = {
    "a fact of the engine": ("engine", edited("engine/facts.json", _other_fact)),
    "a row of the journal": ("journal", edited("journal.json", lambda e: [e[0], *e[2:]])),
    "a payload": ("journal", edited("journal.json", _other_payload)),
    "a leaf": ("public log", edited("log/proofs.json", lambda p: p | {"leaves": p["leaves"][1:]})),
    "a paper": ("papers", lambda f: f.update({n: d + b"%" for n, d in f.items() if n.endswith("-1.pdf")})),
    "the manifest": ("signature", edited("manifest.json", lambda m: m | {"case": "another"})),
    "one file more": ("files", lambda f: f.update({"note.txt": b"x"})),
    "one file less": ("files", lambda f: f.pop("timeline.json") and None),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_found(road: Road, what: str, tmp_path: Path) -> None:
    name, change = CHANGES[what]
    files = files_of(bundle_of(SYSTEM, road.id).data)
    change(files)
    assert checked(files, certificates.keyset())[name] != []
    (tmp_path / "b.zip").write_bytes(zipped(files))
    assert main(["rerun-bundle", str(tmp_path / "b.zip")]) == 1


def test_a_party_reads_everything_but_the_others_secrets(road: Road) -> None:
    a, b = road.party("A"), road.party("B")
    made = bundle_of(road.actor("B"), road.id)
    files = files_of(made.data)
    assert made.view == "party:B"
    assert {name: wrong for name, wrong in checked(files, None).items() if wrong} == {}
    told = files["case.json"].decode() + files["journal.json"].decode() + files["timeline.json"].decode()
    assert b.phone in told
    for secret in (a.phone, a.id_number):
        assert not secret or secret not in told
    photos = Evidence.objects.filter(case_id=road.id, party=a)
    assert photos.exists()
    shown = sums_of_evidence(files)
    assert not {photo.sha256 for photo in photos} & shown, "of others the shared copies only"
    listed = json.loads(files["evidence/list.json"])
    assert {photo.sha256 for photo in photos} <= {row["sha256"] for row in listed}


def test_not_before_the_decision_and_not_for_strangers(town: Town, road: Road) -> None:
    other = Road(town)
    other.describe()
    with pytest.raises(WrongState):
        bundle_of(other.actor("A"), other.id)
    with pytest.raises((NotFound, NotAllowed)):
        bundle_of(other.actor("A"), road.id)
    with pytest.raises(NotFound):
        bundle_of(officer(), road.id)
    with pytest.raises(NotFound):
        bundle_of(roles.system("guangyuan"), road.id)


def test_what_leaves_is_noted(road: Road, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Invalid):
        bundles.record(road.actor("A"), road.id, view="party:A", purpose="court", sha256="0" * 64)
    with pytest.raises(Invalid):
        bundles.record(SYSTEM, road.id, view="full", purpose="curiosity", sha256="0" * 64)
    out = tmp_path / "case.zip"
    assert main(["bundle", road.case.number, "--purpose", "court", "--out", str(out)]) == 0
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert digest in capsys.readouterr().out
    assert Entry.objects.get(kind="documents.bundled").payload["sha256"] == digest
    assert LogLeaf.objects.get(kind="bundle").content == {"sha256": digest}
    assert (
        Handling.objects.filter(purpose="court").count() == Evidence.objects.filter(case_id=road.id).count()
    )
    assert main(["rerun-bundle", str(out)]) == 0
    assert main(["bundle", "nothing", "--purpose", "court", "--out", str(out)]) == 1


def test_what_is_no_bundle_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(b"PK nothing")
    assert main(["rerun-bundle", str(path)]) == 2
    path.write_bytes(zipped({"manifest.json": b"{}"}))
    assert main(["rerun-bundle", str(path)]) == 1
    monkeypatch.setattr(opening, "MOST_ALTOGETHER", 10)
    path.write_bytes(zipped({"a": b"12345678", "b": b"12345678"}))
    assert main(["rerun-bundle", str(path)]) == 2
    monkeypatch.setattr(opening, "MOST_FILES", 1)
    assert main(["rerun-bundle", str(path)]) == 2
    assert main(["rerun-bundle", str(tmp_path / "away.zip")]) == 2
