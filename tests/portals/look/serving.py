"""Addresses of the look's own browser tests: its pages, and small real ends for uploads and live rings."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import include, path


@dataclass
class Desk:
    """What the ends have seen, and how they shall behave."""

    photos: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)
    forms: list[tuple[str, bytes]] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    puts: int = 0
    fragments: int = 0
    posts: int = 0
    rings: int = 0
    silent: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)

    def ring(self) -> None:
        with self.changed:
            self.rings += 1
            self.changed.notify_all()


DESK = Desk()


def page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"look_tests/{name}.html")


def put(request: HttpRequest, client_id: str) -> HttpResponse:
    """Take one raw photograph; the digest must be that of the body."""
    DESK.puts += 1
    if DESK.refusals:
        return JsonResponse(
            {"title": "busy"}, status=DESK.refusals.pop(0), content_type="application/problem+json"
        )
    sent = {name: value for name, value in request.headers.items() if name.startswith("X-")}
    digest = hashlib.sha256(request.body).hexdigest()
    if digest != sent.get("X-Content-Sha256"):
        return JsonResponse({"detail": "digest differs"}, status=422, content_type="application/problem+json")
    DESK.photos[client_id] = (request.body, sent)
    return JsonResponse({"state": "sent", "sha256": digest}, status=201)


def form(request: HttpRequest) -> HttpResponse:
    DESK.posts += 1
    if "photo" in request.FILES:
        DESK.forms.append((request.POST["slot"], request.FILES["photo"].read()))
    time.sleep(0.5)
    return HttpResponse("<!doctype html><html lang=en><title>taken</title><p>taken</p>")


def fragment(_request: HttpRequest) -> HttpResponse:
    DESK.fragments += 1
    return HttpResponse(f"<b id='seen'>{DESK.rings}</b>")


def events(_request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    if DESK.silent:
        return HttpResponse(status=503)

    def stream() -> Iterator[bytes]:
        yield b": hello\n\n"
        known = DESK.rings
        for _ in range(100):
            with DESK.changed:
                DESK.changed.wait(0.2)
            if DESK.silent:
                return
            if known != DESK.rings:
                known = DESK.rings
                yield f'data: {{"stream": "case", "seq": {known}}}\n\n'.encode()

    return StreamingHttpResponse(stream(), content_type="text/event-stream")


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("kuaichu.portals.look.urls")),
    path("page/<slug:name>", page),
    path("put/front/<uuid:client_id>", lambda request, client_id: put(request, str(client_id))),
    path("form", form),
    path("fragment", fragment),
    path("events", events),
]
