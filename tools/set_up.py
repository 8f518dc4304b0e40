"""Make the virtual environment of the project: `python3 tools/set_up.py demo|test`.

Standard library only, because nothing is installed yet. A second call finds the stamp of the lock file and
does nothing, so that a demo starts at once. The project itself is put on the path: no build, no download.
"""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

from catalogues import compile_all

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("VENV") or ROOT / ".venv").absolute()
PYTHON = VENV / "bin" / "python"
NEEDS = (3, 11)
SCRIPT = """#!{python}
import sys

from kuaichu.__main__ import main

sys.exit(main())
"""


def stamp_of(kind: str) -> str:
    """What the environment was made from: the lock file and the interpreter."""
    lock = (ROOT / "requirements" / f"{kind}.lock").read_bytes()
    return f"{hashlib.sha256(lock).hexdigest()} {sys.version_info.major}.{sys.version_info.minor} {ROOT}"


def is_ready(kind: str) -> bool:
    """Whether an earlier call did this already. The tests' packages contain the demo's."""
    kinds = ("demo", "test") if kind == "demo" else ("test",)
    return PYTHON.exists() and any(
        path.exists() and path.read_text(encoding="utf-8") == stamp_of(k)
        for k, path in ((k, VENV / f"{k}.stamp") for k in kinds)
    )


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command and say whether it succeeded."""
    out = subprocess.DEVNULL if quiet else None
    return subprocess.run([str(c) for c in command], check=False, stdout=out, stderr=out).returncode == 0


def make_environment() -> list[str]:
    """Make `.venv` if there is none; the command of a pip that installs into it.

    Some systems have pip but not the part that copies it into environments: then it is used from outside.
    """
    if PYTHON.exists() and run(PYTHON, "-m", "pip", "--version", quiet=True):
        return [str(PYTHON), "-m", "pip"]
    if run(sys.executable, "-m", "venv", VENV, quiet=True):
        return [str(PYTHON), "-m", "pip"]
    if not run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV):
        sys.exit("A virtual environment could not be made. On Debian: apt-get install python3-venv")
    if not run(sys.executable, "-m", "pip", "--version", quiet=True):
        sys.exit("pip is missing. On Debian: apt-get install python3-pip python3-venv")
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def install_project() -> None:
    """Put the checkout on the path of the environment and write the `kuaichu` command."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (VENV / "lib" / version / "site-packages" / "kuaichu.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    script = VENV / "bin" / "kuaichu"
    script.write_text(SCRIPT.format(python=PYTHON), encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def main(kind: str) -> None:
    """Bring the environment and the compiled translations up to date."""
    if sys.version_info < NEEDS:
        sys.exit(f"Kuaichu needs Python {NEEDS[0]}.{NEEDS[1]} or later; this is {sys.version.split()[0]}.")
    if not is_ready(kind):
        started = time.monotonic()
        print(f"Installing the packages of requirements/{kind}.lock (once) …", flush=True)
        pip = make_environment()
        lock = ROOT / "requirements" / f"{kind}.lock"
        options = [
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "--only-binary",
            ":all:",
            "--require-hashes",
        ]
        if not run(*pip, "install", *options, "-r", lock):
            sys.exit("The packages could not be installed (see above).")
        install_project()
        (VENV / f"{kind}.stamp").write_text(stamp_of(kind), encoding="utf-8")
        print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)
    compile_all(ROOT / "kuaichu" / "locale")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo")
