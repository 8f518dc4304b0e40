"""Facts: what happened, as frozen values under a past-participle name."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar

REGISTRY: dict[str, type[Fact]] = {}


class Fact:
    """Base of all facts. Subclass as a frozen dataclass: `class Signed(Fact, name="liability.signed")`.

    Fields hold ids and frozen values, never personal data: they go into the journal and to partners.
    """

    name: ClassVar[str] = ""

    def __init_subclass__(cls, *, name: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if name:
            if name in REGISTRY and REGISTRY[name].__module__ != cls.__module__:
                raise TypeError(f"two facts are called {name}")
            cls.name = name
            REGISTRY[name] = cls


def payload(fact: Fact) -> dict[str, Any]:
    """The fields of a fact."""
    return {f.name: getattr(fact, f.name) for f in dataclasses.fields(fact)}  # type: ignore[arg-type]


def revive(name: str, values: Mapping[str, Any]) -> Fact:
    """The fact of this name from its journalled fields; unknown fields of later versions are dropped."""
    kind = REGISTRY[name]
    known = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{k: v for k, v in values.items() if k in known})
