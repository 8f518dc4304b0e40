"""Addresses of the citizen's pages: short, and without anything that names a person."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from kuaichu.portals.citizen import (
    afterwards,
    again,
    agreement,
    arrived,
    home,
    injury,
    join,
    papers,
    reasons,
    receipts,
    rights,
    start,
    ways,
)
from kuaichu.portals.citizen.contest import fasting, objecting, recusing, slipping, wanted
from kuaichu.portals.citizen.offline import rehearsal, shell
from kuaichu.portals.citizen.repair.repair import repair
from kuaichu.portals.citizen.risk import noticed
from kuaichu.portals.citizen.roads import absent, clear, others, struck
from kuaichu.portals.citizen.steps import (
    behalf,
    happened,
    other,
    phone,
    photos,
    review,
    scene,
    sending,
    sketched,
    vehicle,
)
from kuaichu.portals.citizen.together import earlier, hands, paper_form, voice


def _own(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(f"p/<uuid:party_id>{'/' if address else ''}{address}", view, name=name)


app_name = "citizen"
urlpatterns: list[URLPattern] = [
    path("sw.js", shell.worker, name="worker"),
    path("start", start.start, name="start"),
    path("try", rehearsal.rehearse, name="try"),
    path("try/end", rehearsal.ended, name="try_end"),
    path("j/<str:token>", join.join, name="join"),
    path("p", start.mine, name="mine"),
    path("again", again.link_again, name="again"),
    path("form", paper_form.paper_form, name="form"),
    path("form.pdf", paper_form.paper_file, name="form_file"),
    _own("", home.home, "home"),
    _own("timeline", home.timeline, "timeline"),
    _own("offline", shell.waits, "offline"),
    _own("safety", scene.safety, "safety"),
    _own("consent", scene.consent, "consent"),
    _own("place", scene.place, "place"),
    _own("checks", scene.checks, "checks"),
    _own("vehicle", vehicle.vehicle, "vehicle"),
    _own("vehicle/read", vehicle.plate_read, "plate_read"),
    _own("owner", vehicle.owner, "owner"),
    _own("owner/register", vehicle.register, "register"),
    _own("driver", vehicle.driver, "driver"),
    _own("phone", phone.phone, "phone"),
    _own("photos", photos.photos, "photos"),
    _own("photos/<uuid:client_id>", photos.upload, "upload"),
    _own("photos/<slug:shot>/<uuid:client_id>", photos.upload, "upload_shot"),
    _own("uploads", sending.uploads, "sending"),
    _own("uploads/<uuid:upload_id>", sending.upload, "sending_one"),
    _own("arrived", arrived.arrived, "arrived"),
    _own("photo/<uuid:evidence_id>/<slug:size>", photos.picture, "photo"),
    _own("receipt", receipts.receipt, "receipt"),
    _own("receipt/live", receipts.receipt_live, "receipt_live"),
    _own("receipt/line", receipts.receipt_line, "receipt_line"),
    _own("receipt/file", receipts.receipt_file, "receipt_file"),
    _own("happened", happened.happened, "happened"),
    _own("happened/<str:ask>", happened.question, "question"),
    _own("clear", clear.clear, "clear"),
    _own("clear/live", clear.clear_live, "clear_live"),
    _own("clear/line", clear.clear_line, "clear_line"),
    _own("struck", struck.struck, "struck"),
    _own("others", others.others, "others"),
    _own("others/<slug:label>", others.one, "others_one"),
    _own("others/<slug:label>/code", others.code, "others_code"),
    _own("others/<slug:label>/state", others.state, "others_state"),
    _own("others/<slug:label>/absent", absent.absent, "absent"),
    _own("others/<slug:label>/note", absent.note, "note"),
    _own("others/<slug:label>/left", absent.left, "left"),
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
    _own("hand", hands.hand, "hand"),
    _own("helper", behalf.helper, "helper"),
    _own("voices", voice.all_voices, "voices"),
    _own("voices/<uuid:client_id>", voice.voice, "voice"),
    _own("vehicle/forget", earlier.forget, "forget"),
    _own("agreement/reasons", reasons.reasons, "reasons"),
    _own("paper/<uuid:paper_id>", papers.paper, "paper"),
    _own("paper/<uuid:paper_id>/<str:style>.pdf", papers.paper_copy, "paper_copy"),
    _own("received", papers.received, "received"),
    _own("paper/<uuid:paper_id>/received", papers.paper_received, "paper_received"),
    _own("service", papers.service, "service"),
    _own("looks", papers.looks, "looks"),
    _own("wanted", wanted.wanted, "wanted"),
    _own("objection", objecting.objection, "objection"),
    _own("slip", slipping.slip, "slip"),
    _own("review-by-higher", objecting.review, "review_ask"),
    _own("fast", fasting.fast, "fast"),
    _own("other-officer", recusing.recusal, "recusal"),
    _own("payee", afterwards.payee, "payee"),
    _own("repair", repair, "repair"),
    _own("rating", afterwards.rating, "rating"),
    _own("injury", injury.injury, "injury"),
    _own("rights", rights.rights, "rights"),
    _own("noticed", noticed.noticed, "noticed"),
    _own("rights/copy", rights.copy, "copy"),
    _own("rights/bundle", rights.bundle, "bundle"),
    _own("withdraw", afterwards.withdraw, "withdraw"),
]
