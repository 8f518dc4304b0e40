"""The database of a test run: a private SQLite file, or a private PostgreSQL cluster started for the run.

Loaded early by pytest (`-p tests.databases` in pyproject.toml), as the settings read the database's address
when Django starts. `pytest --database postgresql` chooses; nothing that exists on the machine is touched.
"""

from __future__ import annotations

import contextlib
import ctypes
import getpass
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

CHOICES = ("sqlite", "postgresql")
INHERITED = (
    "KUAICHU_TEST_FOLDER"  # set once by the first process; xdist's workers find it in their environment
)
# Durability is switched off here and nowhere else: this data dies with the run.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=100",
    "shared_buffers=64MB",
)
PR_SET_PDEATHSIG = 1


def program(name: str) -> str | None:
    """The path of a PostgreSQL program; Debian keeps them outside PATH."""
    found = shutil.which(name)
    candidates = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda p: float(p.split("/")[4]))
    return found if found or not candidates else candidates[-1]


def owner() -> str:
    """Who may run a cluster: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise pytest.UsageError("PostgreSQL does not run as root and there is no user postgres or nobody")


def _dies_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


class Cluster:
    """A PostgreSQL server on a Unix socket in a temporary folder. Start it once, `stop()` removes it."""

    def __init__(self) -> None:
        initdb, postgres = program("initdb"), program("postgres")
        if not initdb or not postgres:
            raise pytest.UsageError("PostgreSQL is not installed; on Debian: apt-get install postgresql")
        self.folder = Path(
            tempfile.mkdtemp(prefix="kuaichu-pg-", dir="/tmp")
        )  # a socket's path may have 107 bytes
        self._as = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(owner())
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self._as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        data = self.folder / "data"
        subprocess.run(
            [initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **self._as,
        )  # fmt: skip
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}"]
        for setting in FAST:
            options += ["-c", setting]
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [postgres, "-D", data, *options],
                stdout=log, stderr=log, cwd="/", **self._as,
                preexec_fn=_dies_with_parent,  # noqa: PLW1509 - started before any thread
            )  # fmt: skip
        self._wait()

    @property
    def url(self) -> str:
        """The address in the form of KUAICHU_DATABASE."""
        return f"postgresql://postgres@/kuaichu?host={self.folder}"

    def _wait(self, seconds: float = 30) -> None:
        import psycopg

        end = time.monotonic() + seconds
        while True:
            try:
                with psycopg.connect(
                    dbname="postgres", user="postgres", host=str(self.folder), autocommit=True
                ) as c:
                    c.execute("CREATE DATABASE kuaichu")
                return
            except psycopg.OperationalError as error:
                if self._server.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:]) from error
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop at once and remove everything."""
        if self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(20)
            except subprocess.TimeoutExpired:
                self._server.send_signal(signal.SIGQUIT)
                self._server.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def kind() -> str:
    """The database of this run: one of CHOICES."""
    return "postgresql" if os.environ.get("KUAICHU_DATABASE", "").startswith("postgres") else "sqlite"


def _administer(*statements: str) -> str:
    """Run statements on the private cluster; its socket folder."""
    import psycopg

    host = parse_qs(urlsplit(os.environ["KUAICHU_DATABASE"]).query)["host"][0]
    with psycopg.connect(dbname="postgres", user="postgres", host=host, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
    return host


def create(name: str, folder: Path, template: str | None = None) -> str:
    """Make the database of one server process, a copy of database `template` if given; its address."""
    if kind() == "sqlite":
        if template:
            shutil.copyfile(folder / f"{template}.sqlite3", folder / f"{name}.sqlite3")
        return f"sqlite:///{folder / name}.sqlite3"
    host = _administer(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    return f"postgresql://postgres@/{name}?host={host}"


def drop(name: str) -> None:
    """Remove a database made by `create` (an SQLite file goes with its folder)."""
    if kind() == "postgresql":
        _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=CHOICES, default=os.environ.get("KUAICHU_TEST_DATABASE", "sqlite"),
        help="the database of the tests: sqlite (default) or postgresql (a private cluster)",
    )  # fmt: skip


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    if INHERITED not in os.environ:
        for name in [n for n in os.environ if n.startswith("KUAICHU_") and n != "KUAICHU_TEST_DATABASE"]:
            del os.environ[name]  # an installation's settings are no business of the tests
        folder = Path(tempfile.mkdtemp(prefix="kuaichu-tests-"))
        early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        os.environ[INHERITED] = os.environ["KUAICHU_VAR"] = str(folder)
        os.environ["KUAICHU_DATABASE"] = f"sqlite:///{folder}/kuaichu.sqlite3"
        os.environ["KUAICHU_LANES"] = ""  # photographs are looked at only where a test asks for it
        early_config.add_cleanup(lambda: os.environ.pop(INHERITED, None))
        if early_config.known_args_namespace.database == "postgresql":
            cluster = Cluster()
            early_config.add_cleanup(cluster.stop)
            os.environ["KUAICHU_DATABASE"] = cluster.url
    return (yield)


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {kind()}"
