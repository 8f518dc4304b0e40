"""Addresses of the insurer's desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from kuaichu.portals.insurer import claim, delay, media, worklist

ONE = "claims/<uuid:claim_id>"
app_name = "insurer"
urlpatterns: list[URLPattern] = [
    path("", worklist.page, name="worklist"),
    path("rows", worklist.rows, name="rows"),
    path("find", worklist.find, name="find"),
    path(ONE, claim.page, name="claim"),
    path(f"{ONE}/live", claim.live, name="claim-live"),
    path(f"{ONE}/acknowledgement", claim.acknowledge, name="acknowledge"),
    path(f"{ONE}/assessments/<uuid:vehicle_id>", claim.assess, name="assess"),
    path(f"{ONE}/delay", delay.explain, name="delay"),
    path(f"{ONE}/release", delay.release, name="release"),
    path(f"{ONE}/approval", claim.approve, name="approve"),
    path(f"{ONE}/photos/<uuid:evidence_id>", media.photo, name="photo"),
    path(f"{ONE}/photos/<uuid:evidence_id>/<str:size>", media.photo, name="photo-size"),
    path(f"{ONE}/papers/<uuid:paper_id>", media.paper, name="paper"),
    path(f"{ONE}/papers/<uuid:paper_id>/facts", media.facts, name="facts"),
]
