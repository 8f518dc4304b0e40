"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from kuaichu.portals.police import (
    api,
    calls,
    done,
    evidence,
    field,
    proposing,
    queue,
    rights,
    ruling,
    signing,
    wall,
)
from kuaichu.portals.police.bench import afterwards, endings, opinion, removals
from kuaichu.portals.police.centre import deadlines, errands, seat, shifts, staff
from kuaichu.portals.police.oversight.attempts import attempts_page
from kuaichu.portals.police.oversight.bundle import bundle_page
from kuaichu.portals.police.oversight.opinions import opinions_page
from kuaichu.portals.police.oversight.papers import revoke_page
from kuaichu.portals.police.paperwork import asking
from kuaichu.portals.police.risk import inquiries
from kuaichu.portals.police.second import look, seconds
from kuaichu.portals.police.service import pages as service

CASE = "cases/<uuid:case_id>"

app_name = "police"
urlpatterns: list[URLPattern] = [
    path("", queue.queue_page, name="queue"),
    path("queue", queue.queue_fragment, name="queue_fragment"),
    path("take", queue.take, name="take"),
    path(CASE, ruling.ruling_page, name="ruling"),
    path(f"{CASE}/draft", ruling.keep_draft, name="draft"),
    path(f"{CASE}/adopt", ruling.adopt, name="adopt"),
    path(f"{CASE}/cite", ruling.cite, name="cite"),
    path(f"{CASE}/facts", ruling.found_facts, name="facts"),
    path(f"{CASE}/reasons", proposing.reasons, name="reasons"),
    path(f"{CASE}/law", ruling.law, name="law"),
    path(f"{CASE}/sign", signing.sign, name="sign"),
    path(f"{CASE}/give-back", signing.give_back, name="give_back"),
    path(f"{CASE}/hand-over", signing.hand_over, name="hand_over"),
    path(f"{CASE}/voices/<uuid:recording_id>", done.voice_file, name="voice"),
    path(f"{CASE}/photos/<uuid:evidence_id>/<str:size>.jpg", done.photo_file, name="photo"),
    path(f"{CASE}/evidence/<uuid:evidence_id>", evidence.evidence_page, name="evidence"),
    path(f"{CASE}/evidence/<uuid:evidence_id>/areas", evidence.correct_areas, name="areas"),
    path(f"{CASE}/evidence/<uuid:evidence_id>/original", evidence.original, name="original"),
    path(f"{CASE}/evidence/<uuid:evidence_id>/shared.jpg", evidence.shared, name="shared"),
    path(f"{CASE}/like/<uuid:likeness_id>.jpg", evidence.like, name="like"),
    path(f"{CASE}/done", done.done_page, name="done"),
    path(f"{CASE}/paper.pdf", done.paper_file, name="paper"),
    path(f"{CASE}/other", endings.endings_page, name="endings"),
    path(f"{CASE}/end", endings.end, name="end"),
    path(f"{CASE}/opinion", opinion.opine, name="opine"),
    path(f"{CASE}/papers", asking.papers_page, name="paperwork"),
    path(f"{CASE}/papers/order", asking.order, name="order_paper"),
    path(f"{CASE}/papers/<uuid:paper_id>.pdf", asking.file, name="paper_file"),
    path(f"{CASE}/after", afterwards.after_page, name="after"),
    path(f"{CASE}/correct", afterwards.correct, name="correct"),
    path(f"{CASE}/recuse", afterwards.recuse, name="recuse"),
    path("removals", removals.removals_page, name="removals"),
    path("removals/<uuid:removal_id>/file", removals.removal_file, name="removal_file"),
    path("removals/<uuid:removal_id>/receipt", removals.receive, name="removal_receipt"),
    path("second", seconds.seconds_page, name="seconds"),
    path("second/take", seconds.take_second, name="take_second"),
    path("second/<uuid:recheck_id>", look.look_page, name="second"),
    path("second/<uuid:recheck_id>/settle", look.settle, name="settle_second"),
    path("second/<uuid:recheck_id>/leave", seconds.leave, name="leave_second"),
    path("signed", done.signed_page, name="signed"),
    path("calls", calls.calls_page, name="calls"),
    path("calls/list", calls.calls_fragment, name="calls_fragment"),
    path("attempts", attempts_page, name="attempts"),
    path("opinions", opinions_page, name="opinions"),
    path("papers", revoke_page, name="revoke"),
    path("bundle", bundle_page, name="bundle"),
    path("service", service.service_page, name="service"),
    path("service/<uuid:service_id>", service.note_page, name="service_note"),
    path("service/<uuid:service_id>/paper.pdf", service.print_file, name="service_file"),
    path("risk", inquiries.risk_page, name="risk"),
    path("risk/<uuid:inquiry_id>", inquiries.inquiry_page, name="inquiry"),
    path("rights", rights.rights_page, name="rights"),
    path("rights/<uuid:request_id>", rights.answer, name="rights_answer"),
    path("field", field.field_page, name="field"),
    path("field/now", field.field_fragment, name="field_fragment"),
    path(f"{CASE}/scene", field.scene_page, name="scene"),
    path("post", seat.post_page, name="post"),
    path("post/sit", seat.sit, name="sit"),
    path("post/leave", seat.leave, name="leave"),
    path("post/pause", seat.pause, name="pause"),
    path("post/interests", seat.declare, name="declare"),
    path("post/interests/<uuid:interest_id>", seat.retract, name="retract"),
    path("errands", errands.errands_page, name="errands"),
    path("errands/<uuid:errand_id>", errands.errand_page, name="errand"),
    path("errands/<uuid:errand_id>/work", errands.work, name="errand_work"),
    path("deadlines", deadlines.deadlines_page, name="deadlines"),
    path("deadlines/<uuid:alarm_id>", deadlines.answer, name="alarm"),
    path("staff", staff.staff_page, name="staff"),
    path("staff/import", staff.import_page, name="import"),
    path("staff/<uuid:account_id>", staff.account_page, name="account"),
    path("shifts", shifts.shifts_page, name="shifts"),
    path("shifts/<uuid:shift_id>", shifts.cancel, name="shift"),
    path("lock", seat.lock, name="lock"),
    path("wall", wall.wall_page, name="wall"),
    path("wall/now", wall.wall_fragment, name="wall_fragment"),
    path("api/queue", api.api_queue, name="api_queue"),
    path("api/take", api.api_take, name="api_take"),
    path("api/law", api.api_law, name="api_law"),
    path(f"api/{CASE}", api.api_case, name="api_case"),
    path(f"api/{CASE}/proposal", api.api_proposal, name="api_proposal"),
    path(f"api/{CASE}/draft", api.api_draft, name="api_draft"),
    path(f"api/{CASE}/determine", api.api_determine, name="api_determine"),
    path(f"api/{CASE}/give-back", api.api_give_back, name="api_give_back"),
    path(f"api/{CASE}/hand-over", api.api_hand_over, name="api_hand_over"),
]
