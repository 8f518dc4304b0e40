"""Application of the accident file."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Floor 2: the accident file."""

    name = "kuaichu.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
