"""The vehicle and driver register over HTTP: `POST /vehicles/query` and `POST /drivers/query`.

Personal numbers travel in bodies only, never in addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kuaichu.connectors import OtherSide

Record = dict[str, Any]


class HttpRegister:
    """Asks the register."""

    def __init__(self, side: OtherSide) -> None:
        self._side = side

    def vehicle(self, plate: str, kind: str | None = None) -> Record | None:
        """The record of a plate (of a plate-kind code, GA/T 16.7), None when unknown. Raises Upstream."""
        body = {"plate": plate, "kind": kind} if kind else {"plate": plate}
        return self._record("/vehicles/query", body)

    def driver(self, id_no: str) -> Record | None:
        """The licence record of an identity number, None when there is none. Raises Upstream."""
        return self._record("/drivers/query", {"id_no": id_no})

    def close(self) -> None:
        """Give the connections back."""
        self._side.close()

    def _record(self, path: str, body: Record) -> Record | None:
        answer = self._side.call("POST", path, body, missing_ok=True)
        if answer is not None and not isinstance(answer, dict):
            raise self._side.broken()
        return answer


def connect(config: Mapping[str, str]) -> HttpRegister:
    """The register at `config["base_url"]`; further keys: see `OtherSide`."""
    return HttpRegister(
        OtherSide(
            config,
            unreachable=_("The vehicle and driver register does not answer. Please try again."),
            refused=_("The vehicle and driver register did not accept the question."),
        )
    )
