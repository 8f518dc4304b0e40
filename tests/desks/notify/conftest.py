from __future__ import annotations

from tests.standin_servers import standins, town

__all__ = ["standins", "town"]
