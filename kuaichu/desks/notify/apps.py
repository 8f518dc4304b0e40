"""Application of the notify desk."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Telling people and partners' systems what has happened."""

    name = "kuaichu.desks.notify"
    label = "notify"
    default_auto_field = "django.db.models.BigAutoField"
