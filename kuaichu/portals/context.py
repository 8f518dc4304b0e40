"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from kuaichu.kernel.city import city


def everywhere(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """The city's name in the reader's language, and whether this is a demo."""
    profile = city(settings.DEFAULT_CITY).profile
    english = (translation.get_language() or "").startswith("en")
    return {
        "city_name": profile.name_en if english else profile.name,
        "city_profile": profile,
        "hotline": profile.hotline,
        "demo": settings.DEMO,
        "lang": translation.get_language(),
    }
