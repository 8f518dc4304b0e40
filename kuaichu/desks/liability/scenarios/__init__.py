"""The scenario table: one file a scenario, found by looking into this folder."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from ._scenario import Scenario

_FAMILIES = (
    "IN", "FD", "HR", "AC", "UK", "RV", "RL", "DR", "SG", "PD", "NM", "WR", "UT", "OT",
    "RE", "LC", "IX", "RB", "EN", "PK", "MT", "LN", "EM", "LD", "TW", "VD", "EQ", "SV",
)  # fmt: skip
"""Order in which faults are named: the plainest rule first."""


def _load() -> dict[str, Scenario]:
    names = sorted(one.name for one in iter_modules(__path__) if not one.name.startswith("_"))
    found = [import_module(f"{__name__}.{name}").SCENARIO for name in names]
    found.sort(key=lambda one: (_FAMILIES.index(one.code.split("-")[0]), one.code))
    return {one.code: one for one in found}


ALL: Mapping[str, Scenario] = _load()
"""All scenarios by code, in a stable order. Raises ValueError at import for an unknown family."""
