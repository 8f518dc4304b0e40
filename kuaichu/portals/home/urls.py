"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from kuaichu.portals.home import desk, opening

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("desk", desk.desk, name="desk"),
    path("open/<str:token>", opening.open_account, name="open"),
    path("enter/<str:token>", desk.enter, name="enter"),
]
