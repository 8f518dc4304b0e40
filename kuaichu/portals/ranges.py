"""Bytes that a player asks for in pieces (RFC 9110 ranges): sound recordings."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def ranged(request: HttpRequest, data: bytes, mime: str) -> HttpResponse:
    """All of `data`, or the one range that was asked for (206); 416 for one that lies beyond its end."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    size = len(data)
    if asked is None or asked.groups() == ("", ""):
        response = HttpResponse(data, content_type=mime)
    else:
        first, last = _bounds(asked[1], asked[2], size)
        if not 0 <= first <= last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        response = HttpResponse(data[first : last + 1], content_type=mime, status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte; `-500` are the last 500. The end is cut to what there is."""
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    start = int(first)
    if start >= size or (last and int(last) < start):
        return 0, -1
    return start, min(int(last), size - 1) if last else size - 1
