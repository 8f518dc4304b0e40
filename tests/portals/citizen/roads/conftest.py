from __future__ import annotations

from tests.portals.citizen.conftest import anna, running_town, town

__all__ = ["anna", "running_town", "town"]
