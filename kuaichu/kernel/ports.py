"""Adapters are found by name: `connectors/<port>/<name>.py` has `connect(config)`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from kuaichu.kernel import canonical


def adapter(port: str, config: Mapping[str, Any]) -> Any:
    """The adapter of `port` that `config["adapter"]` names, made once per configuration."""
    return _made(port, canonical.canonical(dict(config)))


@cache
def _made(port: str, config_bytes: bytes) -> Any:
    config = json.loads(config_bytes)
    module = import_module(f"kuaichu.connectors.{port}.{config['adapter']}")
    return module.connect({k: str(v) for k, v in config.items() if k != "adapter"})


def forget() -> None:
    """Drop made adapters (tests)."""
    _made.cache_clear()
