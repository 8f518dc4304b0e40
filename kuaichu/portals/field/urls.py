"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from kuaichu.portals.field import card, deciding, duty, parts, photos, printing, scene, tasks

TASK = "tasks/<uuid:task_id>"

app_name = "field"
urlpatterns: list[URLPattern] = [
    path("", tasks.listed, name="tasks"),
    path("now", tasks.listed_fragment, name="tasks_fragment"),
    path("duty", duty.duty, name="duty"),
    path("position", duty.position, name="position"),
    path("card", card.card, name="card"),
    path("card/code", card.code, name="card_code"),
    path("stop", tasks.stop, name="stop"),
    path(TASK, tasks.task, name="task"),
    path(f"{TASK}/now", tasks.task_fragment, name="task_fragment"),
    path(f"{TASK}/accept", tasks.accept, name="accept"),
    path(f"{TASK}/decline", tasks.decline, name="decline"),
    path(f"{TASK}/arrive", tasks.arrive, name="arrive"),
    path(f"{TASK}/cleared", tasks.cleared, name="cleared"),
    path(f"{TASK}/give-back", tasks.give_back, name="give_back"),
    path(f"{TASK}/finish", tasks.finish, name="finish"),
    path(f"{TASK}/decide", deciding.decide, name="decide"),
    path(f"{TASK}/parties", parts.add, name="add"),
    path(f"{TASK}/parties/<slug:label>/help", parts.assist, name="help"),
    path(f"{TASK}/parties/<slug:label>/alone", parts.leave, name="alone"),
    path(f"{TASK}/parties/<slug:label>/link", parts.link, name="link"),
    path(f"{TASK}/parties/<slug:label>/call", parts.call, name="call"),
    path(f"{TASK}/parties/<slug:label>/phone", parts.phone, name="phone"),
    path(f"{TASK}/photos", photos.send, name="photos"),
    path(f"{TASK}/photos/<slug:shot>/<uuid:client_id>", photos.upload, name="upload"),
    path(f"{TASK}/photo/<uuid:evidence_id>/<slug:size>", photos.photo, name="photo"),
    path(f"{TASK}/papers", printing.papers, name="papers"),
    path(f"{TASK}/papers/<uuid:paper_id>.pdf", printing.paper, name="paper"),
    path(f"{TASK}/papers/<uuid:paper_id>/slip", printing.slip, name="slip"),
    path(f"{TASK}/scene", scene.scene, name="scene"),
    path(f"{TASK}/scene/hand-over", scene.hand_over, name="hand_over"),
    path(f"{TASK}/scene/<slug:item>", scene.note, name="note"),
    path(f"{TASK}/scene/<slug:item>/<uuid:client_id>", photos.upload_item, name="upload_item"),
]
