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
    path("signed", done.signed_page, name="signed"),
    path("calls", calls.calls_page, name="calls"),
    path("calls/list", calls.calls_fragment, name="calls_fragment"),
    path("rights", rights.rights_page, name="rights"),
    path("rights/<uuid:request_id>", rights.answer, name="rights_answer"),
    path("field", field.field_page, name="field"),
    path("field/now", field.field_fragment, name="field_fragment"),
    path(f"{CASE}/scene", field.scene_page, name="scene"),
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
