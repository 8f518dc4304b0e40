"""Typed readers of the installation's environment variables; a bad value stops the start with its name."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class BadSetting(SystemExit):
    """An environment variable cannot be used."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")


def text(name: str, default: str = "") -> str:
    """A string."""
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """A yes or no: 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(name, f"{value!r} is neither yes nor no")


def whole(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise BadSetting(name, f"{value!r} is not a whole number") from None


def words(name: str, default: str = "") -> list[str]:
    """A list of words separated by commas."""
    return [w.strip() for w in text(name, default).split(",") if w.strip()]


def networks(name: str) -> list[str]:
    """Addresses and networks separated by commas (10.0.0.5, 10.1.0.0/16)."""
    found = words(name)
    for one in found:
        try:
            ip_network(one, strict=False)
        except ValueError:
            raise BadSetting(name, f"{one!r} is no address or network") from None
    return found


def folder(name: str, default: Path) -> Path:
    """A folder."""
    return Path(text(name) or default).expanduser().resolve()


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings of one database from `sqlite:///path` or `postgresql://user:password@host/name`."""
    url = text(name) or default
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path[1:] if parts.path.startswith("//") else parts.path)
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgresql(parts)
    raise BadSetting(name, "expected sqlite:///path or postgresql://user@host/name")


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "cached_statements": 1000,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864"
            ),
        },
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": path + ".test"} if path else {},
    }


def _postgresql(parts: Any) -> dict[str, Any]:
    query = {k: v[0] for k, v in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.get("host", ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
    }
