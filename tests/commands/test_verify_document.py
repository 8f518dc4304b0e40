"""`kuaichu verify-document` says what the public page says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kuaichu.__main__ import main
from kuaichu.desks.documents import certificates
from tests.portals.public.conftest import issue_one
from tests.portals.public.conftest import revoke as _revoke
from tests.portals.public.conftest import supersede as _supersede
from tests.portals.public.conftest import upload as _upload

revoke, supersede, upload = _revoke, _supersede, _upload
JSON = {"accept": "application/json"}
VECTORS = Path(__file__).parents[1] / "data" / "vectors" / "signatures"
pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(tmp_path, capsys):
    """The command's exit code and answer for some bytes."""

    def ask(pdf: bytes, *more: str) -> tuple[int, dict]:
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        code = main(["verify-document", str(path), "--json", *more])
        return code, json.loads(capsys.readouterr().out)

    return ask


@pytest.fixture
def root(tmp_path):
    path = tmp_path / "root.crt"
    path.write_bytes(certificates.seals("yancheng").root)
    return str(path)


def test_page_and_command_agree(answer, upload, supersede, revoke):
    newest, old, gone = issue_one(), issue_one(), issue_one()
    supersede(old.paper.pk, newest.paper)
    revoke(gone.paper.pk, why="当事人提供虚假照片")
    changed = bytearray(newest.pdf)
    changed[len(changed) // 3] ^= 1
    files = {
        "valid": newest.pdf,
        "superseded": old.pdf,
        "revoked": gone.pdf,
        "altered": bytes(changed),
        "not_ours": (VECTORS / "pdf" / "sig-with-ski-sid.pdf").read_bytes(),
        "unreadable": b"%PDF-1.7 nothing",
    }
    for expected, pdf in files.items():
        code, found = answer(pdf)
        assert found == upload(pdf, headers=JSON).json(), expected
        assert found["answer"] == expected
        assert (code == 0) == (expected == "valid")
        if expected == "superseded":
            assert found["paper"]["successor"] == newest.paper.number
        if expected == "revoked":
            assert found["paper"]["ended_why"] == "当事人提供虚假照片"
        if expected == "altered":
            (change,) = found["changes"]
            assert change["at"] == len(changed) // 3


def test_what_was_laid_over_the_page_is_named_in_words(tmp_path, capsys):
    from tests.desks.documents.test_checking import increment, white_out

    path = tmp_path / "paper.pdf"
    path.write_bytes(increment(issue_one().pdf, white_out))
    assert main(["verify-document", str(path)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("altered:")
    assert "! 页面的文字或图形，第 1 页" in said


def test_by_a_root_alone_without_a_register(answer, root, tmp_path):
    issued = issue_one()
    code, found = answer(issued.pdf, "--root", root)
    assert (code, found["answer"], found["paper"]) == (0, "sealed", None)
    code, found = answer(issued.pdf + b"%", "--root", root)
    assert (code, found["answer"]) == (1, "altered")
    other = tmp_path / "no.crt"
    other.write_bytes(b"nothing")
    path = tmp_path / "paper.pdf"
    assert main(["verify-document", str(path), "--root", str(other)]) == 2
    assert main(["verify-document", str(tmp_path / "away.pdf")]) == 2
