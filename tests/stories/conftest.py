from tests.portals.citizen.conftest import running_town, town

__all__ = ["running_town", "town"]
