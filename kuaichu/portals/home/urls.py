"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from kuaichu.portals.home import desk

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("desk", desk.desk, name="desk"),
    path("enter/<str:token>", desk.enter, name="enter"),
]
