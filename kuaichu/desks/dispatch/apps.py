"""Application of the dispatch desk."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """People on duty, tasks at the scene, records of scenes."""

    name = "kuaichu.desks.dispatch"
    label = "dispatch"
    default_auto_field = "django.db.models.BigAutoField"
