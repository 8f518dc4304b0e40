"""What several how-tos start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kuaichu.desks.liability.packs import pack_of
from kuaichu.kernel import city as cities
from kuaichu.kernel import ports
from tests.docs.reading import document


@pytest.fixture
def new_city(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The city of the how-to, in a folder of its own."""
    path = tmp_path / "weihai.toml"
    path.write_text(document("docs/howto/city.md").block("cities/weihai.toml"), encoding="utf-8")
    settings.CITY_DIRS = [tmp_path]
    settings.DEFAULT_CITY = "weihai"
    cities.city.cache_clear()
    pack_of.cache_clear()
    yield path
    cities.city.cache_clear()
    pack_of.cache_clear()
    ports.forget()
