"""All addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from kuaichu.portals.home import leaving

handler400 = "kuaichu.portals.failures.bad_request"
handler403 = "kuaichu.portals.failures.forbidden"
handler404 = "kuaichu.portals.failures.not_found"
handler500 = "kuaichu.portals.failures.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("kuaichu.portals.api.urls")),  # first: asked most often
    path("", include("kuaichu.portals.public.urls")),
    path("", include("kuaichu.portals.citizen.urls")),
    path("field/", include("kuaichu.portals.field.urls")),
    path("police/", include("kuaichu.portals.police.urls")),
    path("insurer/", include("kuaichu.portals.insurer.urls")),
    path("repair/", include("kuaichu.portals.shop.urls")),
    path("live/", include("kuaichu.portals.live")),
    path("", include("kuaichu.portals.home.urls")),
    path("accounts/logout/", leaving.sign_out, name="account_logout"),
    path("accounts/", include("allauth.urls")),
    path("oauth/", include("kuaichu.portals.api.oauth")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("kuaichu.portals.look.urls")),
]
