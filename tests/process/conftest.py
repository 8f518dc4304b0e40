from __future__ import annotations

from typing import Any

import pytest

from kuaichu.desks.liability import rules
from kuaichu.kernel import city as cities
from tests.standin_servers import standins, town
from tests.stories.builders import CITY

__all__ = ["standins", "town"]


@pytest.fixture
def city_rules(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the city set something about deciding: `city_rules(four_eyes=["all"])`."""

    def change(**changes: Any) -> None:
        old = cities.city(CITY).section("liability", rules.LiabilityRules)
        values = {name: getattr(old, name) for name in old.__struct_fields__} | changes
        new = rules.LiabilityRules(**values)
        for module in (
            "bench.issuing", "bench.lots", "rechecks.samples", "rechecks.objections",
        ):  # fmt: skip
            monkeypatch.setattr(f"kuaichu.desks.liability.{module}.rules", lambda _city: new)

    return change
