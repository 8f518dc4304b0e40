"""`make test`: every check and every test, on SQLite and on PostgreSQL; at the end, what ran and how long."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Debian package -> the program or file the tests use, or its other names
SYSTEM: dict[str, tuple[str, ...]] = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "postgresql": ("initdb", "/usr/lib/postgresql/*/bin/initdb"),
    "poppler-utils": ("pdftotext",),
    "qpdf": ("qpdf",),
    "zbar-tools": ("zbarimg",),
    "libnss3-tools": ("certutil",),
    "softhsm2": ("softhsm2-util",),
    "fonts-noto-cjk": ("/usr/share/fonts/opentype/noto/NotoSansCJK*", "/usr/share/fonts/noto-cjk/*"),
}
QUICK = "not browser and not kill"
NO_TESTS = 5  # pytest's exit code; fine only where somebody asked for a part
PARALLEL = ("-n", "2", "--dist", "worksteal")


@dataclass(frozen=True, slots=True)
class Run:
    """One call of pytest."""

    name: str
    arguments: tuple[str, ...]


RUNS = (
    Run("tests on SQLite", ("--database", "sqlite", "-m", QUICK, *PARALLEL)),
    Run("tests on PostgreSQL", ("--database", "postgresql", "-m", QUICK, "--ignore=tests/shape", *PARALLEL)),
    Run("kill tests on SQLite", ("--database", "sqlite", "-m", "kill")),
    Run("kill tests on PostgreSQL", ("--database", "postgresql", "-m", "kill and not browser")),
    Run("browser tests", ("--database", "sqlite", "-m", "browser and not kill")),
)


def is_here(name: str) -> bool:
    """Whether a program is on the path, or a file matches the pattern."""
    return bool(glob.glob(name) if name.startswith("/") else shutil.which(name))


def missing() -> list[str]:
    """The Debian packages whose programs are not here."""
    return [package for package, names in SYSTEM.items() if not any(map(is_here, names))]


def install(packages: list[str]) -> None:
    """Install them where that is allowed without asking anybody: as root, or by sudo without a password."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (sudo and subprocess.run([*sudo, "true"], check=False).returncode):
        return
    environment = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    print(f"Installing {' '.join(packages)} …", flush=True)
    subprocess.run([*environment, "update"], check=False, stdout=subprocess.DEVNULL)
    command = [*environment, "install", "--no-install-recommends", "-y", *packages]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


def prepare() -> list[str]:
    """Install what is missing if possible; what is missing still."""
    if wanted := missing():
        try:
            install(wanted)
        except OSError:
            print("The system packages could not be installed.", file=sys.stderr)
    return missing()


def pytest(run: Run, extra: list[str]) -> str:
    """Run pytest once; its closing line, or a word of failure in front of it."""
    print(f"\n== {run.name}", flush=True)
    command = [sys.executable, "-m", "pytest", *run.arguments, *extra]
    last = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    nothing_chosen = extra and process.returncode == NO_TESTS
    return last if process.returncode == 0 or nothing_chosen else f"FAILED ({process.returncode}): {last}"


def checks() -> str:
    """`make check`, in the environment that is set up already."""
    print("== checks", flush=True)
    done = subprocess.run(["make", "--no-print-directory", "check"], check=False, cwd=ROOT)
    return "passed" if done.returncode == 0 else "FAILED"


def main(extra: list[str]) -> int:
    """Everything; 1 if anything failed, or if CI is set and something could not run."""
    started = time.monotonic()
    lacking = prepare()
    results = {"checks": checks()}
    for run in RUNS:
        if "postgresql" in lacking and "postgresql" in run.arguments:
            results[run.name] = "FAILED: PostgreSQL is missing" if os.environ.get("CI") else "did not run"
        else:
            results[run.name] = pytest(run, extra)
    print("\n== summary")
    for name, result in results.items():
        print(f"{name:26} {result}")
    if lacking:
        print(f"Not installed, and so not everything ran; on Debian: apt-get install {' '.join(lacking)}")
    print(f"total time                 {time.monotonic() - started:.0f} s", flush=True)
    return 1 if any(result.startswith("FAILED") for result in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
