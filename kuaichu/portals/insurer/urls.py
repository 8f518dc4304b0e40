"""Addresses of the insurer's desk."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from kuaichu.portals.insurer import claim, deciding, delay, media, repairing, worklist
from kuaichu.portals.insurer.money import book, stop
from kuaichu.portals.look.days import Day

register_converter(Day, "day")
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
    path(f"{ONE}/refusal", deciding.refuse, name="refuse"),
    path(f"{ONE}/step-in", deciding.step_in, name="step_in"),
    path(f"{ONE}/estimates/<uuid:estimate_id>", repairing.answer, name="estimate"),
    path(f"{ONE}/liens", deciding.note_lien, name="lien"),
    path("money", book.page, name="money"),
    path("money/statements/<day:day>", book.statement, name="statement"),
    path("money/demands/<uuid:recovery_id>/received", book.receive, name="recovered"),
    path("money/demands/<uuid:recovery_id>/written-off", book.write_off, name="written_off"),
    path("money/items/<uuid:item_id>/dispute", book.dispute, name="clearing_dispute"),
    path("money/items/<uuid:item_id>/answer", book.answer, name="clearing_answer"),
    path("payout-stop", stop.page, name="stop"),
    path("payout-stop/now", stop.stop, name="stop_now"),
    path("payout-stop/resume", stop.resume, name="stop_resume"),
    path(f"{ONE}/photos/<uuid:evidence_id>", media.photo, name="photo"),
    path(f"{ONE}/photos/<uuid:evidence_id>/<str:size>", media.photo, name="photo-size"),
    path(f"{ONE}/papers/<uuid:paper_id>", media.paper, name="paper"),
    path(f"{ONE}/papers/<uuid:paper_id>/facts", media.facts, name="facts"),
]
