"""Application of people and organisations."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Floor 1: who is who, and who may do what."""

    name = "kuaichu.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
