"""Addresses of the citizen's pages: short, and without anything that names a person."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from kuaichu.portals.citizen import afterwards, again, agreement, home, join, papers, reasons, start, ways
from kuaichu.portals.citizen.steps import happened, other, phone, photos, review, scene, sketched, vehicle


def _own(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(f"p/<uuid:party_id>{'/' if address else ''}{address}", view, name=name)


app_name = "citizen"
urlpatterns: list[URLPattern] = [
    path("start", start.start, name="start"),
    path("j/<str:token>", join.join, name="join"),
    path("p", start.mine, name="mine"),
    path("again", again.link_again, name="again"),
    _own("", home.home, "home"),
    _own("timeline", home.timeline, "timeline"),
    _own("safety", scene.safety, "safety"),
    _own("consent", scene.consent, "consent"),
    _own("place", scene.place, "place"),
    _own("checks", scene.checks, "checks"),
    _own("vehicle", vehicle.vehicle, "vehicle"),
    _own("owner", vehicle.owner, "owner"),
    _own("owner/register", vehicle.register, "register"),
    _own("driver", vehicle.driver, "driver"),
    _own("phone", phone.phone, "phone"),
    _own("photos", photos.photos, "photos"),
    _own("photos/<uuid:client_id>", photos.upload, "upload"),
    _own("photos/<slug:shot>/<uuid:client_id>", photos.upload, "upload_shot"),
    _own("photo/<uuid:evidence_id>/<slug:size>", photos.picture, "photo"),
    _own("happened", happened.happened, "happened"),
    _own("happened/<str:ask>", happened.question, "question"),
    _own("sketch", sketched.redraw, "sketch"),
    _own("other", other.other, "other"),
    _own("other/code", other.code, "code"),
    _own("other/state", other.state, "other_state"),
    _own("other/refused", other.refused, "refused"),
    _own("seen", review.seen, "seen"),
    _own("review", review.review, "review"),
    _own("ways", ways.ways, "ways"),
    _own("waiting", ways.waiting, "waiting"),
    _own("agreement", agreement.agreement, "agreement"),
    _own("agreement/reasons", reasons.reasons, "reasons"),
    _own("paper/<uuid:paper_id>", papers.paper, "paper"),
    _own("received", papers.received, "received"),
    _own("looks", papers.looks, "looks"),
    _own("payee", afterwards.payee, "payee"),
    _own("rating", afterwards.rating, "rating"),
    _own("withdraw", afterwards.withdraw, "withdraw"),
]
