"""Application of the liability desk."""

from django.apps import AppConfig


class LiabilityConfig(AppConfig):
    """Who bears which share of fault, and who says so."""

    name = "kuaichu.desks.liability"
    label = "liability"
    default_auto_field = "django.db.models.BigAutoField"
