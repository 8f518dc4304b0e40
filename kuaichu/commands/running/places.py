"""Which port each program of the demonstration has: kept in VAR/demo.json, so that links stay."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from kuaichu import environment

DEFAULTS = {
    "web": 8000,
    "register": 8101,
    "policies": 8102,
    "huaihai": 8103,
    "taihu": 8104,
    "phones": 8105,
    "rail": 8106,
    "police-supervision": 8107,
    "insurers-association": 8108,
    "court": 8109,
}


def path() -> Path:
    """Where they are kept; read before the settings, which depend on the ports."""
    return environment.folder("KUAICHU_VAR", Path.cwd() / "var") / "demo.json"


def load() -> dict[str, int]:
    """The ports by program; empty before the first demonstration."""
    try:
        found: dict[str, int] = json.loads(path().read_text(encoding="utf-8"))["ports"]
    except (FileNotFoundError, ValueError, KeyError):
        return {}
    return found


def choose() -> dict[str, int]:
    """The kept ports where they are free, else the default ones, else any; kept for the next start."""
    known, chosen = load(), dict[str, int]()
    for name, usual in DEFAULTS.items():
        wishes = [p for p in (known.get(name), usual) if p and p not in chosen.values()]
        chosen[name] = next((p for p in wishes if _is_free(p)), 0) or any_free(set(chosen.values()))
    partial = path().with_suffix(".part")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.write_text(json.dumps({"ports": chosen}, indent=1), encoding="utf-8")
    partial.replace(path())
    return chosen


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def any_free(taken: set[int]) -> int:
    """A port that nobody uses now, other than `taken`."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port not in taken:
            return port
