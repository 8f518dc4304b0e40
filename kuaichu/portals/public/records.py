"""For checkers who do not trust this page: keys, the log's checkpoint and proofs, the root of the seals."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.ports import SealUnavailable
from kuaichu.kernel import clock
from kuaichu.kernel.city import CityInvalid, cities
from kuaichu.kernel.refusals import Invalid, NotFound, Upstream
from kuaichu.portals import limits
from kuaichu.portals.answers import problem
from kuaichu.portals.public import rates
from kuaichu.queries import public_log, verification

MOST_LEAVES = 500


@require_safe
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The keys that sign QR codes and checkpoints, as JWKS (RFC 7517)."""
    return _public(HttpResponse(certificates.keyset().jwks(), content_type="application/jwk-set+json"), 3600)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The city's log as it is now: a signed note (C2SP tlog-checkpoint).

    `?cosigned=1`: the newest one that witnesses signed, with their signatures (C2SP tlog-cosignature).
    """
    try:
        city = _city(request)
        note = public_log.cosigned(city) if "cosigned" in request.GET else public_log.checkpoint(city)
    except NotFound as unknown:
        return problem(unknown)
    return _public(HttpResponse(note, content_type="text/plain; charset=utf-8"), 10)


@require_safe
def proof(request: HttpRequest) -> HttpResponseBase:
    """`?index=[&size=]`: a leaf is in the log. `?old=[&new=]`: the log only grew. Hashes in base64."""
    return _counted(request, lambda: _asked(request))


@require_safe
def leaves(request: HttpRequest) -> HttpResponseBase:
    """`?start=&end=`: the data of these leaves, at most 500; each is what its leaf hash is of."""
    return _counted(request, lambda: _leaves(request))


@require_safe
def day(request: HttpRequest) -> HttpResponseBase:
    """`?day=2026-11-21`: the heads of that day's journals as its rows come to them now, and their root."""
    return _counted(request, lambda: _day(request))


@require_safe
def witnesses(request: HttpRequest) -> HttpResponseBase:
    """Who signs the city's checkpoints: name, key, and what it signed last."""
    return _counted(request, lambda: {"witnesses": public_log.witnesses(_city(request))})


def _counted(request: HttpRequest, answer: Callable[[], dict[str, object]]) -> HttpResponseBase:
    try:
        limits.take(rates.PROOFS, request)
        return _public(JsonResponse(answer()), 10)
    except limits.TooMany as many:
        refused = JsonResponse({"status": 429, "code": "too_many"}, status=429)
        refused["Retry-After"] = str(many.wait)
        return refused
    except (Invalid, NotFound) as refusal:
        return problem(refusal)


def _leaves(request: HttpRequest) -> dict[str, object]:
    start, end = _whole(request, "start") or 0, _whole(request, "end")
    if end is None or not start < end <= start + MOST_LEAVES:
        raise Invalid(_("Ask for 1 to 500 leaves: start, and end, which is not in."))
    return {"leaves": public_log.leaves(_city(request), start, end)}


def _day(request: HttpRequest) -> dict[str, object]:
    try:
        wanted = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        raise Invalid(_("Name a day like 2026-11-21."), fields={"day": _("Name a day.")}) from None
    if wanted >= clock.today():
        raise NotFound(_("This day is not over."))
    return public_log.day(_city(request), wanted)


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The root certificate (DER) that the city's seals lead to, for readers that keep a list of their own."""
    try:
        der = verification.seal_root(_city(request))
    except NotFound as unknown:
        return problem(unknown)
    except SealUnavailable:
        return problem(Upstream(_("The seal system does not answer. Try again in a few minutes.")))
    answer = HttpResponse(der, content_type="application/pkix-cert")
    answer["Content-Disposition"] = 'attachment; filename="root.crt"'
    return _public(answer, 3600)


def _city(request: HttpRequest) -> str:
    code = request.GET.get("city", settings.DEFAULT_CITY)
    if code not in cities():
        raise NotFound(_("There is no such city here."))
    return code


def _asked(request: HttpRequest) -> dict[str, object]:
    city = _city(request)
    index, size = _whole(request, "index"), _whole(request, "size")
    old, new = _whole(request, "old"), _whole(request, "new")
    try:
        if index is not None:
            return _inclusion(city, index, size)
        if old is not None:
            return _consistency(city, old, new)
    except (ValueError, CityInvalid) as error:
        raise Invalid(_("The log has no such leaf or size.")) from error
    raise Invalid(_("Ask with index and size, or with old and new."))


def _whole(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Invalid(_("This is no whole number."), fields={name: _("Whole numbers only.")})
    return int(text)


def _inclusion(city: str, index: int, size: int | None) -> dict[str, object]:
    found = public_log.inclusion(city, index, size)
    return {
        "origin": public_log.origin(city),
        "index": found.index,
        "size": found.size,
        "root": _b64(found.root),
        "leaf_hash": _b64(found.leaf),
        "leaf": found.data.decode() if found.data is not None else None,
        "proof": _list(found.proof),
    }


def _consistency(city: str, old: int, new: int | None) -> dict[str, object]:
    found = public_log.consistency(city, old, new)
    return {
        "origin": public_log.origin(city),
        "old": found.old,
        "new": found.new,
        "old_root": _b64(found.old_root),
        "new_root": _b64(found.new_root),
        "proof": _list(found.proof),
    }


def _list(hashes: Iterable[bytes]) -> list[str]:
    return [_b64(one) for one in hashes]


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _public(answer: HttpResponse, seconds: int) -> HttpResponse:
    """Anyone's page may read this, and a cache may keep it for a moment: it is the same for all."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={seconds}"
    return answer
