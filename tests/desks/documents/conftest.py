from __future__ import annotations

import subprocess
from datetime import UTC, datetime

import pytest

from kuaichu.connectors.seal.software import SoftwareSeals
from kuaichu.connectors.timestamps.local import LocalTimeStamper
from kuaichu.desks.documents import rendering, sealing
from kuaichu.desks.documents.checking import Trust
from tests.desks.documents import samples


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="session")
def seals(tmp_path_factory) -> SoftwareSeals:
    return SoftwareSeals(tmp_path_factory.mktemp("seal") / "keys")


@pytest.fixture(scope="session")
def identity(seals):
    return seals.identity("371602", samples.UNIT)


@pytest.fixture(scope="session")
def tsa(tmp_path_factory) -> LocalTimeStamper:
    return LocalTimeStamper(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="session")
def trust(seals, tsa) -> Trust:
    return Trust(roots=(seals.root,), timestamp_roots=tsa.anchors)


@pytest.fixture(scope="session")
def prepared() -> bytes:
    facts = samples.certificate()
    return sealing.prepare(
        rendering.render(
            facts, timestamp=samples.MOMENT, assets=samples.assets(facts, "HTTPS://A.EXAMPLE/V/" + "AB2" * 80)
        )
    )


@pytest.fixture(scope="session")
def sealed(prepared, identity, tsa, now) -> sealing.Sealed:
    return sealing.certify(
        prepared, identity=identity, timestamper=tsa, now=now, reason="出具道路交通事故认定书"
    )


@pytest.fixture
def run(tmp_path):
    """Run a program on files of the test's own folder; gives standard output and error together."""

    def call(*command: str, ok: bool = True, **files: bytes) -> str:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        text = (done.stdout + done.stderr).decode(errors="replace")
        assert done.returncode == 0 or not ok, text
        return text

    return call
