"""Addresses of the living style page."""

from django.urls import path

from kuaichu.portals.look import views

app_name = "look"

urlpatterns = [
    path("parts", views.parts_page, name="parts"),
    path("parts/sample/<slug:name>", views.sample_page, name="sample"),
]
