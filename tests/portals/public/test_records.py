"""Keys, checkpoint, proofs and root, checked with the verifiers and with tools that are not ours."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from django.core.cache import cache

from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.signing_keys import Keyset
from kuaichu.kernel import checkpoints, publiclog, translog
from kuaichu.kernel.ids import new_id
from kuaichu.portals.public import rates as limits
from tests.portals.public.conftest import CITY, issue_one
from tests.servers import ROOT

DOC = ROOT / "docs" / "verify.md"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TOOLS = ("certutil", "pdfsig", "pdfdetach", "pdftoppm", "zbarimg", "openssl", "curl")


def grown(leaves: int) -> None:
    for n in range(leaves):
        publiclog.append(CITY, "facts", new_id(), {"facts_sha256": f"{n:064x}"})


def decoded(hashes: list[str]) -> list[bytes]:
    return [base64.b64decode(one) for one in hashes]


@pytest.mark.django_db
def test_keys_verify_what_was_signed(client, issued):
    answer = client.get("/v/keys.json")
    assert answer.headers["Content-Type"] == "application/jwk-set+json"
    keys = Keyset.from_jwks(answer.content.decode())
    assert certificates.qr.verify(issued.paper.qr, keys).number == issued.paper.number


@pytest.mark.django_db
def test_the_checkpoint_is_signed_and_names_the_city(client):
    grown(5)
    note = client.get("/v/log/checkpoint").content.decode()
    public = Keyset.from_jwks(client.get("/v/keys.json").content.decode()).keys[0].public
    origin = note.split("\n", 1)[0]
    opened = checkpoints.Checkpoint.opened(note, origin, public)
    assert origin.endswith(f"/{CITY}")
    assert opened.size == 5
    assert opened.root == translog.root(publiclog.TableStorage(CITY))
    with pytest.raises(checkpoints.BadCheckpoint):
        checkpoints.Checkpoint.opened(note.replace("\n5\n", "\n6\n"), origin, public)


@pytest.mark.django_db
def test_an_empty_log_has_a_checkpoint_and_no_proof(client):
    assert "\n0\n" in client.get("/v/log/checkpoint").content.decode()
    assert client.get("/v/log/proof?index=0").status_code == 422


@pytest.mark.django_db
def test_every_leaf_is_proven_in_every_size_and_every_growth(client):
    grown(13)
    for size in range(1, 14):
        cache.clear()
        for index in range(size):
            found = client.get("/v/log/proof", {"index": index, "size": size}).json()
            leaf, root = base64.b64decode(found["leaf_hash"]), base64.b64decode(found["root"])
            proof = decoded(found["proof"])
            assert translog.leaf_hash(found["leaf"].encode()) == leaf
            assert translog.verify_inclusion(leaf, index, size, proof, root)
            assert not translog.verify_inclusion(translog.leaf_hash(b"other"), index, size, proof, root)
            grew = client.get("/v/log/proof", {"old": index + 1, "new": size}).json()
            roots = base64.b64decode(grew["old_root"]), base64.b64decode(grew["new_root"])
            assert roots[1] == root
            assert translog.verify_consistency(index + 1, size, *roots, decoded(grew["proof"]))


@pytest.mark.django_db
def test_proofs_are_limited(client, monkeypatch):
    grown(1)
    monkeypatch.setattr(limits, "PROOFS", limits.Limit("proofs", 2, 600))
    assert [client.get("/v/log/proof?index=0").status_code for _n in range(3)] == [200, 200, 429]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 422), ("index=9", 422), ("index=0&size=99", 422), ("index=-1", 422), ("index=x", 422),
        ("old=0", 422), ("old=3&new=2", 422), ("index=0&city=nowhere", 404), ("index=" + "9" * 40, 422),
        ("index=0&size=0", 422), ("index=1&size=1", 422),
    ],
)  # fmt: skip
def test_what_cannot_be_proven_is_a_problem_document(client, query, status):
    grown(3)
    answer = client.get(f"/v/log/proof?{query}")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_the_root_is_the_authority_of_the_seals(client, issued):
    root = x509.load_der_x509_certificate(client.get("/v/root.crt").content)
    identity = certificates.seals(CITY).identity(CITY, "x")
    x509.load_der_x509_certificate(identity.certificate).verify_directly_issued_by(root)
    assert client.get("/v/root.crt?city=../../secret_key").status_code == 404


@pytest.mark.django_db
def test_leaves_hold_no_personal_data(client, issued):
    for index in (issued.paper.facts_leaf, issued.paper.file_leaf):
        leaf = json.loads(client.get("/v/log/proof", {"index": index}).json()["leaf"])
        assert set(leaf) - {"kind", "subject"} <= {"facts_sha256", "facts_sm3", "file_sha256", "file_sm3"}


def blocks() -> tuple[list[str], str]:
    """The shell blocks of the page in order, without the address, and its one program."""
    found = BLOCK.findall(DOC.read_text(encoding="utf-8"))
    (program,) = [text for language, text in found if language == "python"]
    return [text for language, text in found if language == "sh" and "HOST=" not in text], program


def followed(script: str, folder: Path, host: str) -> subprocess.CompletedProcess[str]:
    """Run a block as a reader would, stopping at the first command that fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "HOST": host, "HOME": str(folder), "NO_PROXY": "*", "no_proxy": "*"}
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env=environment, check=False,
        text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
    )  # fmt: skip


@pytest.mark.needs(*TOOLS)
@pytest.mark.django_db(transaction=True)
def test_the_page_verify_md_holds(live_server, tmp_path):
    """Every command succeeds on an issued paper, and those that judge fail on a changed one."""
    issued = issue_one()
    scripts, program = blocks()
    (tmp_path / "paper.pdf").write_bytes(issued.pdf)
    (tmp_path / "check_log.py").write_text(program, encoding="utf-8")
    assert len([line for line in program.splitlines() if line]) <= 24
    said = []
    for script in scripts:
        done = followed(script, tmp_path, live_server.url)
        assert done.returncode == 0, f"{script}\n{done.stdout}"
        said.append(done.stdout)
    told = "\n".join(said)
    assert issued.paper.facts_sha256 in told
    assert issued.paper.file_sm3 in told
    assert '"answer": "valid"' in told
    assert f"leaf {issued.paper.file_leaf} of 2" in told
    assert issued.paper.qr in (tmp_path / "code.txt").read_text()

    changed = bytearray(issued.pdf)
    changed[len(changed) // 3] ^= 0x01
    other = tmp_path / "other"
    other.mkdir()
    (other / "paper.pdf").write_bytes(bytes(changed))
    (other / "check_log.py").write_text(program, encoding="utf-8")
    seal = followed(scripts[0], other, live_server.url)
    assert seal.returncode != 0
    assert "Signature is Valid." not in seal.stdout
    asked = next(script for script in scripts if "/v/file" in script)
    assert '"answer": "valid"' not in followed(asked, other, live_server.url).stdout
    index = issued.paper.file_leaf
    log = followed(f"python3 check_log.py $HOST {index} paper.pdf", other, live_server.url)
    assert log.returncode != 0
    assert "another file" in log.stdout


@pytest.mark.needs(*TOOLS)
@pytest.mark.django_db(transaction=True)
def test_pdfsig_misses_the_end_of_a_longer_file_only_by_its_words(live_server, tmp_path):
    """Bytes after the end are told by "Total document signed" alone, as the page says."""
    (tmp_path / "paper.pdf").write_bytes(issue_one().pdf + b"\n% more\n")
    scripts, _program = blocks()
    done = followed(scripts[0], tmp_path, live_server.url)
    assert done.returncode != 0
    assert "Total document signed" not in done.stdout
