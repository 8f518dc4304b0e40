"""How often one caller may ask for something that needs no sign-in; counted in the cache, never kept.

Many phones of one mobile network share an address, so limits by address alone are generous.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in any of the windows of `seconds`, by caller."""

    name: str
    most: int
    seconds: int


class TooMany(Exception):
    """The limit is reached; `wait` is the number of seconds until the next window."""

    def __init__(self, wait: int) -> None:
        super().__init__("too many")
        self.wait = wait


def require(limit: Limit, request: HttpRequest, who: str = "") -> None:
    """Raise `TooMany` when this address (and `who`, a device at it) has used the limit up; counts nothing."""
    key, wait = _key(limit, request, who)
    if cache.get(key, 0) >= limit.most:
        raise TooMany(wait)


def take(limit: Limit, request: HttpRequest, who: str = "") -> None:
    """Count one; raise `TooMany` when it is one too many."""
    require(limit, request, who)
    count(limit, request, who)


def count(limit: Limit, request: HttpRequest, who: str = "") -> None:
    """Count one."""
    key, wait = _key(limit, request, who)
    if not cache.add(key, 1, wait + 1):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two
            cache.set(key, 1, wait + 1)


def _key(limit: Limit, request: HttpRequest, who: str) -> tuple[str, int]:
    """The cache key of this caller and window, without the address itself, and the seconds left."""
    now = int(time.time())
    caller = f"{_network(address_of(request))} {who}".rstrip()
    mark = salted_hmac("kuaichu.public.limit", caller).hexdigest()[:20]
    return f"public:{limit.name}:{mark}:{now // limit.seconds}", limit.seconds - now % limit.seconds


def address_of(request: HttpRequest) -> str:
    """The caller's address; behind a proxy the one the proxy saw, which is the last it forwards."""
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return forwarded or str(request.META.get("REMOTE_ADDR", ""))
    return str(request.META.get("REMOTE_ADDR", ""))


def trusted(request: HttpRequest) -> bool:
    """Whether the caller is a program of our own: on this machine, or in `KUAICHU_TRUSTED_CALLERS`."""
    try:
        caller = ipaddress.ip_address(address_of(request))
    except ValueError:
        return False
    local = caller.is_loopback and "X-Forwarded-For" not in request.headers
    return local or any(caller in ipaddress.ip_network(one, strict=False) for one in settings.TRUSTED_CALLERS)


def _network(address: str) -> str:
    """An IPv6 caller owns a whole /64; IPv4 addresses count alone."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
