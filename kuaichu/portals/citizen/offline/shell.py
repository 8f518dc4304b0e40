"""What a phone keeps of the site, and the service worker that keeps it."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from kuaichu.portals.citizen.holding import NOBODY, Held, held_part
from kuaichu.portals.citizen.offline.road import ALIASES, PAGES
from kuaichu.portals.look.tags.page import modules

PORTALS: Final = Path(__file__).resolve().parents[2]
SCRIPT: Final = Path(__file__).resolve().parent / "worker.js"
STYLES: Final = (
    "look/css/tokens.css", "look/css/parts.css", "look/css/camera.css", "public/public.css",
    "public/receipt.css", "look/img/mark.svg",
)  # fmt: skip
NETWORK_ONLY: Final = frozenset({"htmx.org", "signature_pad", "jsqr", "noble-ed25519"})
"""Libraries of pages that need the network anyway."""
FRONT: Final = (
    "public:front",
    "citizen:start",
    "citizen:mine",
    "citizen:try",
    "citizen:try_end",
    "public:receipt",
    "public:offline",
)
FIRST: Final = ("public:front", "citizen:start", "citizen:try")
"""Of these, what one opens first; they hold nothing that a moment later would not do."""
OFFLINE: Final = "offline"
ARRIVED: Final = "arrived"
PATIENCE_MS: Final = 4000
"""How long a kept page waits for a fresh one: two round trips and a lost packet on a link of 400 ms."""
HURRY_MS: Final = 400
"""How long a kept first page does: whoever opens it wants to begin, and can within a second on any line."""


@require_safe
@gzip_page
def worker(request: HttpRequest) -> HttpResponse:
    """The script of the service worker for one language (`lang`), with the list of what it keeps.

    Its bytes change whenever any kept page or file changes, which is how browsers notice an update; the
    language stands in its address, so that another one is another worker.
    """
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
    text = SCRIPT.read_text(encoding="utf-8")
    text = text.replace("/*SHELL*/ null", json.dumps(shell(language), sort_keys=True))
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


def shell(language: str) -> dict[str, Any]:
    """What the worker must know: version, language, pages and files to keep, and how long to wait."""
    files = [static(path) for path in STYLES]
    files += [static(path) for name, path in modules().items() if name not in NETWORK_ONLY]
    files.append(static("look/js/boot.js"))
    nobody = f"/p/{NOBODY}"
    kept = [*PAGES, OFFLINE, ARRIVED]
    return {
        "version": f"{_sources()}-{hashlib.sha256(''.join(files).encode()).hexdigest()[:8]}-{language}",
        "language": language,
        "nobody": str(NOBODY),
        "front": [reverse(name) for name in FRONT],
        "pages": [f"{nobody}/{page}" for page in kept],
        "kept": kept,
        "aliases": ALIASES,
        "files": sorted(set(files)),
        "patience": PATIENCE_MS,
        "hurry": {reverse(name): HURRY_MS for name in FIRST},
    }


@lru_cache(maxsize=1)
def _sources() -> str:
    """A mark of everything the kept pages are made from: templates, code, words and the city's file."""
    roots = [
        PORTALS / "citizen",
        PORTALS / "look",
        PORTALS / "public",
        *settings.CITY_DIRS,
        *settings.LOCALE_PATHS,
    ]
    kinds = {".html", ".py", ".js", ".toml", ".mo"}
    found = sorted(p for root in roots for p in Path(root).rglob("*") if p.suffix in kinds)
    mark = hashlib.sha256()
    for path in found:
        mark.update(hashlib.sha256(path.read_bytes()).digest())
    return mark.hexdigest()[:12]


@held_part("GET", blank=True)
def waits(request: HttpRequest, held: Held) -> HttpResponse:
    """Stands for every page that needs the network while there is none: what is kept, and that it goes on."""
    if not held.blank:
        return redirect(held.url("home"))
    return render(request, "citizen/offline/waits.html", {"held": held, "home_url": held.url("home")})
