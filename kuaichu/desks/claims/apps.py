"""Application of the claims desk."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """What each insurer owes, and that it is paid once."""

    name = "kuaichu.desks.claims"
    label = "claims"
    default_auto_field = "django.db.models.BigAutoField"
