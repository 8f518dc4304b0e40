"""The policy register over HTTP: `POST /policies/query`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kuaichu.connectors import OtherSide

Policy = dict[str, Any]
_FIELDS = frozenset({"cover", "insurer", "insurer_name", "number", "starts", "ends"})


class HttpPolicies:
    """Asks the policy register."""

    def __init__(self, side: OtherSide) -> None:
        self._side = side

    def policies(self, plate: str, vin: str | None, on: date) -> list[Policy]:
        """The policies in force for a plate on a Shanghai day; empty when uninsured. Raises Upstream.

        Each has `cover` (CTALI, TPL or MOD), `insurer` (code), `insurer_name`, `number`, `starts` and `ends`
        (ISO days, both included), `limit_fen` and `deductible_fen` (whole fen or None).
        """
        body = {"plate": plate, "on": on.isoformat()} | ({"vin": vin} if vin else {})
        answer = self._side.call("POST", "/policies/query", body)
        if not isinstance(answer, list) or not all(
            isinstance(p, dict) and p.keys() >= _FIELDS for p in answer
        ):
            raise self._side.broken()
        return answer

    def close(self) -> None:
        """Give the connections back."""
        self._side.close()


def connect(config: Mapping[str, str]) -> HttpPolicies:
    """The policy register at `config["base_url"]`; further keys: see `OtherSide`."""
    return HttpPolicies(
        OtherSide(
            config,
            unreachable=_("The policy register does not answer. Please try again."),
            refused=_("The policy register did not accept the question."),
        )
    )
