"""Application of the risk desk."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    """What is noticed about accidents, who looks at it, and by when."""

    name = "kuaichu.desks.risk"
    label = "risk"
    default_auto_field = "django.db.models.BigAutoField"
