"""Every address of the product stands in the table of doors, which says for whom it is."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from fnmatch import fnmatchcase

from django.urls import URLPattern, URLResolver, get_resolver


def _doors(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    """Name with namespaces, and pattern, of every address."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _doors(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield (space + entry.name if entry.name else ""), str(entry.pattern)


def test_every_address_has_an_audience() -> None:
    """A row of the table is a name, or a pattern such as `oauth2_provider:*`."""
    doors: dict[str, str] = importlib.import_module("kuaichu.portals.doors").DOORS
    found = list(_doors(get_resolver()))
    assert found, "no address was found at all"
    assert not [pattern for name, pattern in found if not name], "addresses without a name"
    names = {name for name, _pattern in found}
    assert not sorted(n for n in names if not any(fnmatchcase(n, row) for row in doors)), "not in the table"
    assert not sorted(row for row in doors if not any(fnmatchcase(n, row) for n in names)), "no such address"
    assert all(doors.values())
