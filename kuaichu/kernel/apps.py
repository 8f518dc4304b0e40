"""Application of the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Floor 0: knows no accident."""

    name = "kuaichu.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
