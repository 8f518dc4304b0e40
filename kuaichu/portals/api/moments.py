"""A moment as the description says: ISO 8601 with its offset, never a number of seconds."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator

DAY = re.compile(r"\d{4}-\d{2}-\d{2}[T ]")


def _written_out(told: Any) -> Any:
    """What was told, unless it is a number, which the library would read as seconds since 1970."""
    if isinstance(told, int | float) or (isinstance(told, str) and not DAY.match(told)):
        raise ValueError("a moment is ISO 8601 with its offset")
    return told


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out)]
