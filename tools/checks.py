"""`make check`: style, types, imports, Django's own checks, migrations, translations, lock files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
DJANGO = (sys.executable, "-m", "django")
CHECKS: dict[str, tuple[str, ...]] = {
    "style": (str(BIN / "ruff"), "check", "--quiet", "."),
    "format": (str(BIN / "ruff"), "format", "--check", "--quiet", "."),
    "imports": (str(BIN / "lint-imports"), "--no-logo"),
    "Django": (*DJANGO, "check", "--fail-level", "WARNING"),
    "migrations": (*DJANGO, "makemigrations", "--check", "--dry-run", "-v", "1"),
    "translations": (sys.executable, "tools/messages.py", "check"),
    "types": (str(BIN / "mypy"), "kuaichu", "tools"),
}
ADDRESS = re.compile(r"://|--(extra-)?index-url|--find-links|^-f |\bfile:|^/|\s/\w", re.MULTILINE)
PINNED = re.compile(r"^[a-z0-9][\w.\-\[\],]*==[\w.!+]+( ; .+)? \\$")


def lock_faults() -> list[str]:
    """Lines of the lock files that are no pinned version and no hash, so that no address can hide there."""
    faults = []
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1):
            is_hash = re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
            if not is_hash and (not PINNED.match(line) or ADDRESS.search(line)):
                faults.append(f"{lock.name}:{number}: {line[:100]}")
    return faults


def run(name: str, command: tuple[str, ...], environment: dict[str, str]) -> bool:
    """Run one check and print its output only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:14} {verdict:7} {time.monotonic() - started:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def main() -> int:
    """All checks, even after one has failed; 1 if any did."""
    with tempfile.TemporaryDirectory(prefix="kuaichu-check-") as folder:
        given = {
            "DJANGO_SETTINGS_MODULE": "kuaichu.settings",
            "KUAICHU_VAR": folder,
            "KUAICHU_DATABASE": f"sqlite:///{folder}/check.sqlite3",
            "PYTHONPATH": str(ROOT),
        }
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KUAICHU_")}
        results = [run(name, command, inherited | given) for name, command in CHECKS.items()]
    faults = lock_faults()
    print(f"{'lock files':14} {'FAILED' if faults else 'ok'}", *faults, sep="\n" if faults else " ")
    return 0 if all(results) and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
