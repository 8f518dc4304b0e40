"""Application of the documents desk."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Papers anyone can trust."""

    name = "kuaichu.desks.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
