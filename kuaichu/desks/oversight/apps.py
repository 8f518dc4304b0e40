"""Application of the oversight desk."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Rights of those whose data the city keeps, and who watches over them."""

    name = "kuaichu.desks.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
