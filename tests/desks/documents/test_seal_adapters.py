"""The seal and the time stamps that come with the house, and an authority over HTTP."""

from __future__ import annotations

import io
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image

from kuaichu.connectors.seal import software
from kuaichu.connectors.timestamps import http, local
from kuaichu.desks.documents.ports import SealUnavailable, TimeStampUnavailable
from kuaichu.desks.documents.sealing import Level, certify
from tests.desks.documents.samples import UNIT


def pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def test_keys_are_private_and_kept(tmp_path, now):
    first = software.connect({"directory": str(tmp_path / "k")}).identity("1", "甲大队")
    again = software.SoftwareSeals(tmp_path / "k").identity("1", "甲大队")
    assert (again.certificate, again.chain, again.image) == (first.certificate, first.chain, first.image)
    for folder, _, files in os.walk(tmp_path / "k"):
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        assert all(stat.S_IMODE(os.stat(f"{folder}/{file}").st_mode) == 0o600 for file in files)
    with pytest.raises(SealUnavailable):
        software.SoftwareSeals(tmp_path / "k").identity("../1", "甲大队")


def test_the_word_test_only_outside_production(tmp_path):
    assert software.seal_image(UNIT, test=True) != software.seal_image(UNIT, test=False)
    image = Image.open(io.BytesIO(software.seal_image(UNIT, test=True)))
    assert image.mode == "RGBA"
    assert image.getpixel((0, 0))[3] == 0


def test_the_list_of_revoked_seals_is_renewed(tmp_path):
    clock = [datetime(2026, 5, 1, tzinfo=UTC)]
    seals = software.SoftwareSeals(tmp_path, now=lambda: clock[0])
    first = seals.identity("1", "甲大队").crls
    clock[0] += timedelta(days=1)
    assert seals.identity("1", "甲大队").crls == first
    clock[0] += timedelta(days=5, hours=1)
    assert seals.identity("1", "甲大队").crls != first


def test_openssl_accepts_the_local_time_stamp(tsa, run, tmp_path):
    run("openssl", "ts", "-query", "-data", "d", "-sha256", "-cert", "-out", "q", d=b"facts")
    answer = tsa.answer((tmp_path / "q").read_bytes())
    command = ["openssl", "ts", "-verify", "-in", "r", "-data", "d", "-CAfile", "tsa.pem"]
    assert "Verification: OK" in run(*command, **{"r": answer, "tsa.pem": pem(tsa.anchors[0])})
    assert "Verification: OK" not in run(*command, ok=False, d=b"other facts")
    assert "Verification: OK" in run(
        "openssl", "ts", "-verify", "-in", "r", "-queryfile", "q", "-CAfile", "tsa.pem"
    )


def test_the_local_authority_refuses_nonsense(tsa):
    with pytest.raises(TimeStampUnavailable):
        tsa.answer(b"nonsense")
    assert local.connect.__doc__


def test_http_authority_over_a_real_socket(tsa, prepared, identity, now, tmp_path):
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = tsa.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    (tmp_path / "tsa.pem").write_bytes(pem(tsa.anchors[0]))
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    config = {
        "url": f"http://127.0.0.1:{server.server_port}/",
        "anchors": str(tmp_path / "tsa.pem"),
        "timeout": "2",
    }
    try:
        stamper = http.connect(config)
        assert certify(prepared, identity=identity, timestamper=stamper, now=now).level is Level.LT
    finally:
        server.shutdown()
        server.server_close()
    assert certify(prepared, identity=identity, timestamper=http.connect(config), now=now).level is Level.B
