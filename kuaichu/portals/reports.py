"""New reports from phones and apps: which case a secret stands for, and how many an hour are taken."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from kuaichu.cases.rules import rules as case_rules
from kuaichu.portals import limits
from kuaichu.portals.limits import Limit

HOUR: Final = 3600


def case_id_of(seed: str) -> UUID:
    """A case's id from what only the app or phone knows: knowing the id of a case must not open it."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"case:" + seed.encode(), hashlib.sha256).digest()
    return UUID(bytes=digest[:16], version=5)


def count_report(request: HttpRequest, device: str = "") -> None:
    """Count a new report; raises TooMany. An app that names no device is counted by its address alone."""
    if limits.trusted(request):
        return
    rules = case_rules(settings.DEFAULT_CITY)
    if device:
        limits.take(Limit("reports_device", rules.reports_device_hour, HOUR), request, device)
    limits.take(Limit("reports_address", rules.reports_address_hour, HOUR), request)
