"""Application of the centre's own desk."""

from django.apps import AppConfig


class CentreConfig(AppConfig):
    """Seats, shifts, what waits, the lot, interests, deadlines that were called out."""

    name = "kuaichu.desks.centre"
    label = "centre"
    default_auto_field = "django.db.models.BigAutoField"
