"""Addresses for repair shops."""

from __future__ import annotations

from django.urls import URLPattern, path

from kuaichu.portals.shop import draft

app_name = "shop"
urlpatterns: list[URLPattern] = [path("<str:token>", draft.draft, name="draft")]
