"""Application of what follows from what."""

from django.apps import AppConfig


class ProcessConfig(AppConfig):
    """Floor 4b: writes across desks."""

    name = "kuaichu.process"
    label = "process"

    def ready(self) -> None:
        """Put the wiring in force."""
        from kuaichu.kernel.wirings import install
        from kuaichu.process.wiring import WIRING

        install(WIRING)
