"""Application of what follows from what."""

from django.apps import AppConfig


class ProcessConfig(AppConfig):
    """Floor 4b: writes across desks."""

    name = "kuaichu.process"
    label = "process"

    def ready(self) -> None:
        """Put the wiring in force."""
        from kuaichu.kernel.wirings import install  # noqa: PLC0415 - models must be loaded first
        from kuaichu.process.wiring import WIRING  # noqa: PLC0415

        install(WIRING)
