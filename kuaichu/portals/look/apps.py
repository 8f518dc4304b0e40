"""Django app of the look."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Holds templates, static files and template tags; it has no models."""

    name = "kuaichu.portals.look"
    label = "look"
    verbose_name = "Kuaichu look"
