"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "insurer"
urlpatterns: list[URLPattern] = []
