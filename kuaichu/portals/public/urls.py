"""Addresses. What papers print is `HTTPS://HOST/V/<BASE32>` in capitals, so `/V/` answers like `/v/`."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from kuaichu.portals.public import figures, front, identity, library, offline, receipt, records, verify
from kuaichu.portals.public.calculator import page as calculator

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("follow", front.follow, name="follow"),
    path("calculator", calculator.calculator, name="calculator"),
    path("figures", figures.figures, name="figures"),
    path("library", library.index, name="library"),
    path("library/about/<slug:name>", library.topic, name="library-topic"),
    path("library/<str:code>/<int:number>.svg", library.sketch, name="library-sketch"),
    path("library/<str:code>/<int:number>-small.svg", library.thumb, name="library-thumb"),
    path("library/<slug:code>", library.rule, name="library-rule"),
    path("id/<str:token>", identity.identity, name="identity"),
    path("receipt", receipt.receipt, name="receipt"),
    re_path(r"^[rR]/(?P<text>[A-Za-z2-7]{80,900})/?$", receipt.scanned, name="receipt-scanned"),
    path("v/", verify.verify, name="verify"),
    re_path(r"^V/?$", verify.capitals, name="capitals"),
    path("v/file", verify.file, name="file"),
    path("v/offline", offline.offline, name="offline"),
    path("v/keys.json", records.keys, name="keys"),
    path("v/root.crt", records.root, name="root"),
    path("v/log/checkpoint", records.checkpoint, name="checkpoint"),
    path("v/log/leaves", records.leaves, name="leaves"),
    path("v/log/day", records.day, name="day"),
    path("v/log/lots", records.lots, name="lots"),
    path("v/log/witnesses", records.witnesses, name="witnesses"),
    path("v/log/proof", records.proof, name="proof"),
    re_path(r"^[vV]/(?P<body>[A-Za-z0-9=]{8,900})/?$", verify.scanned, name="scanned"),
]
