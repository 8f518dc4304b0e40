"""Addresses of the API."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, include, path

from kuaichu.portals.api.contract import api, guarded
from kuaichu.portals.api.insurers import claims, dossier, files, hooks, money
from kuaichu.portals.api.parties import contesting, decision, evidence, opening, part, scene, sending
from kuaichu.portals.api.reference import reference

api.add_router("/v1", opening.router)
api.add_router("/v1", part.router)
api.add_router("/v1", scene.router)
api.add_router("/v1", evidence.router)
api.add_router("/v1", decision.router)
api.add_router("/v1", contesting.router)
api.add_router("/insurer/v1", claims.router)
api.add_router("/insurer/v1", files.router)
api.add_router("/insurer/v1", dossier.router)
api.add_router("/insurer/v1", hooks.router)
api.add_router("/insurer/v1", money.router)


def _patterns() -> list[URLPattern | URLResolver]:
    """The addresses, those of one case or claim under one: finding one does not try all the others."""
    made: list[Any] = api.urls[0]
    alone: list[URLPattern | URLResolver] = []
    within: dict[str, list[URLPattern]] = {}
    for pattern in made:
        pattern.callback = guarded(pattern.callback)
        head, found, rest = str(pattern.pattern).partition("_id>/")
        if found and head.count("<") == 1:
            own = path(rest, pattern.callback, pattern.default_args, pattern.name)
            within.setdefault(head + found, []).append(own)
        elif pattern.name != "api-root":
            alone.append(pattern)
    return [*(path(head, include(below)) for head, below in within.items()), *alone]


app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/docs", reference, name="reference"),
    path("v1/cases/<uuid:case_id>/uploads", sending.uploads, name="uploads"),
    path("v1/cases/<uuid:case_id>/uploads/<uuid:upload_id>", sending.upload, name="upload"),
    *_patterns(),
]
