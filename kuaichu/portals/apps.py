"""Application of all portals (templates and addresses; no rows)."""

from django.apps import AppConfig


class PortalsConfig(AppConfig):
    """Floor 5."""

    name = "kuaichu.portals"
    label = "portals"
