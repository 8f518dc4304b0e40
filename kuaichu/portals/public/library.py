"""The public library of rules: how liability is proposed, rule by rule, with drawings, law and examples.

Bodies are made once a language, city and day, and kept in memory; only the frame around them is made anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from kuaichu.kernel import clock
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries.library import examples, rules, shelves, tables

LONGEST_SEARCH: Final = 60
YEAR: Final = 365 * 86_400
_TOPICS: Final[dict[str, Callable[[], str]]] = {
    "order": lambda: _("What comes before the table"),
    "matrix": lambda: _("How faults combine"),
    "contributory": lambda: _("Contributory faults"),
    "shares": lambda: _("From grades to money"),
}


@require_safe
@gzip_page
def index(request: HttpRequest) -> HttpResponse:
    """All rules by family, or those that fit a search."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    body = _shelves(text) if text else _kept("index", "", *_key())
    return _page(request, "public/library.html", body, query=text, topics=_topics())


@require_safe
@gzip_page
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule. A contributory fault leads to its place in their list."""
    own, contributory = rules.home_of(code)
    if contributory:
        return redirect(f"{reverse('public:library-topic', args=['contributory'])}#{contributory}")
    if own != code:
        return redirect("public:library-rule", code=own, permanent=True)
    found = rules.rule(code, settings.DEFAULT_CITY, _today())
    body = _kept("rule", code, *_key())
    return _page(request, "public/library_rule.html", body, rule=found)


@require_safe
@gzip_page
def topic(request: HttpRequest, name: str) -> HttpResponse:
    """What holds for all rules: order, matrix, contributory faults, shares."""
    if name not in _TOPICS:
        raise NotFound(_("There is no such page."))
    body = _kept(name, "", *_key())
    return _page(request, "public/library_topic.html", body, title=_TOPICS[name](), topics=_topics())


@require_safe
@gzip_page
def sketch(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The drawing of an example with its legend."""
    return _drawn(request, code, number, legend=True)


@require_safe
@gzip_page
def thumb(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The same without words, for the index."""
    return _drawn(request, code, number, legend=False)


def _drawn(request: HttpRequest, code: str, number: int, *, legend: bool) -> HttpResponse:
    """Kept for a year where the address names the digest of what it shows, else for an hour."""
    lang = "en" if request.GET.get("lang") == "en" else "zh"
    svg, digest = examples.sketch(code, number, lang, legend=legend)
    fresh = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    answer: HttpResponse = get_conditional_response(request, etag=f'"{digest}"') or fresh
    exact = request.GET.get("v") == digest
    answer["ETag"] = f'"{digest}"'
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable" if exact else "public, max-age=3600"
    return answer


def _url(name: str, code: str, number: int) -> str:
    """The address of a drawing in the reader's language, with its digest."""
    lang = "en" if (get_language() or "").startswith("en") else "zh"
    digest = examples.sketch(code, number, lang, legend=name == "sketch")[1]
    return f"{reverse(f'public:library-{name}', args=[code, number])}?lang={lang}&v={digest}"


def _page(request: HttpRequest, template: str, body: str, **context: Any) -> HttpResponse:
    return render(request, template, {"body": body, **context})


def _key() -> tuple[str, str, date]:
    return get_language() or "", settings.DEFAULT_CITY, _today()


def _today() -> date:
    return clock.now().astimezone(clock.CHINA).date()


def _topics() -> list[tuple[str, str]]:
    return [(name, title()) for name, title in _TOPICS.items()]


@lru_cache(maxsize=1024)
def _kept(what: str, code: str, lang: str, city: str, day: date) -> str:  # noqa: ARG001 - language is a key
    """The body of a page in the language that is active, which the key repeats."""
    if what == "index":
        return _shelves("")
    if what == "rule":
        found = rules.rule(code, city, day)
        drawn = [(one, _url("sketch", code, one.number)) for one in found.examples]
        return _made("rule_body", rule=found, drawn=drawn)
    return _made(f"about_{what}", **_TABLES[what](day))


def _shelves(text: str) -> str:
    found = shelves.shelves(text)
    urls = {one.code: _url("thumb", one.code, 1) for shelf in found for one in shelf.entries if one.drawn}
    rows = [(shelf, [(one, urls.get(one.code, "")) for one in shelf.entries]) for shelf in found]
    return _made("shelves", shelves=rows, count=len(urls), query=text)


_TABLES: Final[dict[str, Callable[[date], dict[str, Any]]]] = {
    "order": lambda day: {"overrides": tables.overrides(), "day": day},
    "matrix": lambda day: dict(zip(("heads", "rows"), tables.matrix(), strict=True)) | {"day": day},
    "contributory": lambda day: {"contributions": tables.contributions(day)},
    "shares": lambda day: {"tables": tables.shares(day)},
}


def _made(what: str, **context: Any) -> str:
    return render_to_string(f"public/library_{what}.html", context)
