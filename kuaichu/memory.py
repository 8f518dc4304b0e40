"""Memory of a process that runs for days: what was loaded at its start is not looked through again."""

from __future__ import annotations

import gc

FRESH, YOUNG, OLD = 20_000, 20, 20
"""How many objects more than before, and how many rounds of the generation before, call the collector."""


def settle() -> None:
    """Call when everything is loaded: Python's collector leaves it alone from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(FRESH, YOUNG, OLD)
