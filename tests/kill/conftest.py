"""Which interruptions are walked: a sample, or with --all-kills every one at every step."""

from __future__ import annotations

import pytest

from tests.kill.roadside import KINDS, SHOTS, STEPS

SAMPLE = [
    ("place", "network"),
    ("vehicle", "browser"),
    ("code", "tab"),
    ("photo.rear", "server"),
    ("photo.contact", "network"),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"moment", "kind"} <= {*metafunc.fixturenames}:
        moments = [*STEPS, *(f"photo.{shot}" for shot in SHOTS)]
        every = [(moment, kind) for moment in moments for kind in KINDS]
        chosen = every if metafunc.config.getoption("all_kills") else SAMPLE
        metafunc.parametrize(
            ("moment", "kind"), chosen, ids=[f"{m}-{k}".replace("/", "-") for m, k in chosen]
        )
