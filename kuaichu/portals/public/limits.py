"""How often one address may ask, so that codes cannot be guessed and the parser cannot be kept busy.

A code has 55 bits: at these rates guessing one takes longer than the paper matters. Many phones of one mobile
network share an address, hence only answers that fit no paper count strictly, and the QR is never refused for
what others mistyped.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in any of the windows of `seconds`, by address."""

    name: str
    most: int
    seconds: int


LOOKUPS = Limit("lookups", 60, 600)
MISSES = Limit("misses", 20, 900)
UPLOADS = Limit("uploads", 12, 600)
PROOFS = Limit("proofs", 300, 600)


class TooMany(Exception):
    """The limit is reached; `wait` is the number of seconds until the next window."""

    def __init__(self, wait: int) -> None:
        super().__init__("too many")
        self.wait = wait


def require(limit: Limit, request: HttpRequest) -> None:
    """Raise `TooMany` when this address has used the limit up; counts nothing."""
    key, wait = _key(limit, request)
    if cache.get(key, 0) >= limit.most:
        raise TooMany(wait)


def take(limit: Limit, request: HttpRequest) -> None:
    """Count one; raise `TooMany` when it is one too many."""
    require(limit, request)
    count(limit, request)


def count(limit: Limit, request: HttpRequest) -> None:
    """Count one."""
    key, wait = _key(limit, request)
    if not cache.add(key, 1, wait + 1):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two
            cache.set(key, 1, wait + 1)


def _key(limit: Limit, request: HttpRequest) -> tuple[str, int]:
    """The cache key of this address and window, without the address itself, and the seconds left."""
    now = int(time.time())
    who = salted_hmac("kuaichu.public.limit", _network(request.META.get("REMOTE_ADDR", ""))).hexdigest()[:20]
    return f"public:{limit.name}:{who}:{now // limit.seconds}", limit.seconds - now % limit.seconds


def _network(address: str) -> str:
    """An IPv6 caller owns a whole /64; IPv4 addresses count alone."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
