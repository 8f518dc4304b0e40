"""The verification page: a code, a scanned QR or the file itself; a number alone says nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from collections.abc import Callable

import msgspec
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.desks.documents import checking
from kuaichu.kernel import clock
from kuaichu.portals import limits
from kuaichu.portals.public import rates, words
from kuaichu.portals.public.apart import Bench, Busy
from kuaichu.queries import verification
from kuaichu.queries.papering import file_verification
from kuaichu.queries.verdicts import Answer, Verdict

BENCH = Bench()
MOST_TYPED = 800
REMEMBER_SECONDS = 600
_ENVELOPE = 64 * 1024  # what a form adds around the file


@require_safe
def verify(request: HttpRequest) -> HttpResponseBase:
    """The form; with `?q=` the answer for a code or the text of a QR."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    if not typed:
        return render(request, "public/verify.html", {"limit_mb": checking.SIZE_LIMIT // 2**20})
    return _limited(request, lambda: _typed(request, typed), typed)


@require_safe
def capitals(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """Somebody typed the address in capitals, as it stands in the QR."""
    return redirect("public:verify")


@require_safe
def scanned(request: HttpRequest, body: str) -> HttpResponseBase:
    """The address in a paper's QR."""
    return _limited(request, lambda: _scan(request, f"HTTPS://HOST/V/{body}"))


@csrf_exempt  # nothing is written, and a checker's own program may send files, too
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponseBase:
    """The answer for an uploaded file; whoever comes back to its address is led to the form."""
    if request.method != "POST":
        return redirect("public:verify")
    return _limited(request, lambda: _upload(request))


def _limited(request: HttpRequest, ask: Callable[[], Verdict | None], typed: str = "") -> HttpResponseBase:
    """The answer's page; or why there is none now, and when to try again."""
    try:
        verdict = ask()
    except limits.TooMany as many:
        return _again(request, _too_many(many.wait), 429, typed, wait=many.wait)
    except Busy:
        told = _("Many files are being checked at this moment. Try again in a few seconds.")
        return _again(request, told, 503, typed, wait=5)
    if verdict is None:
        return _again(request, _("Choose the PDF file of the paper first."), 422, typed)
    if "json" in request.headers.get("Accept", ""):
        return JsonResponse(dataclasses.asdict(verdict))
    return render(request, "public/verdict.html", {"shown": words.shown(verdict), "typed": typed})


def _again(request: HttpRequest, text: str, status: int, typed: str, *, wait: int = 0) -> HttpResponse:
    """The form again, with the reason in words; `wait`: seconds until it can work, 0 for no matter."""
    if "json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse({"status": status, "title": text}, status=status)
    else:
        context = {"refused": text, "typed": typed, "limit_mb": checking.SIZE_LIMIT // 2**20}
        answer = render(request, "public/verify.html", context, status=status)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _too_many(wait: int) -> str:
    minutes = -(-wait // 60)
    return ngettext(
        "Too many tries from this network. Try again in %(n)d minute, or scan the QR code on the paper.",
        "Too many tries from this network. Try again in %(n)d minutes, or scan the QR code on the paper.",
        minutes,
    ) % {"n": minutes}


def _typed(request: HttpRequest, typed: str) -> Verdict:
    """What was typed says itself what it is: a QR's text, a number (with Chinese characters) or a code."""
    if "/V/" in typed.upper():
        return _scan(request, typed)
    limits.require(rates.MISSES, request)
    limits.take(rates.LOOKUPS, request)
    number = any(unicodedata.category(char) == "Lo" for char in typed)
    verdict = verification.by_number() if number else verification.by_code(typed)
    if verdict.answer is Answer.UNKNOWN:
        limits.count(rates.MISSES, request)
    return verdict


def _scan(request: HttpRequest, text: str) -> Verdict:
    limits.take(rates.LOOKUPS, request)
    return verification.by_qr(text)


def _upload(request: HttpRequest) -> Verdict | None:
    limits.take(rates.UPLOADS, request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > checking.SIZE_LIMIT + _ENVELOPE:
        return Verdict(Answer.TOO_LARGE, "file")
    given = request.FILES.get("file")
    if given is None or not given.size:
        return None
    if given.size > checking.SIZE_LIMIT:
        return Verdict(Answer.TOO_LARGE, "file")
    return file_verification.by_file(given.read(), _judge)


def _judge(pdf: bytes, trust: checking.Trust) -> checking.Report:
    """Judged in a process of its own, and remembered for some minutes by all that the answer depends on."""
    asked = hashlib.sha256(b"".join((*trust.roots, *trust.timestamp_roots, *trust.crls)))
    asked.update(hashlib.sha256(pdf).digest() + bytes([trust.logged(b"")]))
    key = f"public:judged:{asked.hexdigest()}"
    known = cache.get(key)
    if known is not None:
        return msgspec.json.decode(known, type=checking.Report)
    report = BENCH.judge(pdf, trust, now=clock.now())
    cache.set(key, msgspec.json.encode(report), REMEMBER_SECONDS)
    return report
