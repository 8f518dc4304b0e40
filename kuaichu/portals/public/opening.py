"""What is open now: the city's own gates, asked about an ordinary accident at this hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kuaichu.cases.eligibility import screen
from kuaichu.cases.gates import Procedure
from kuaichu.cases.screening import rules
from kuaichu.cases.screening_facts import ScreeningFacts
from kuaichu.kernel.clock import CHINA


@dataclass(frozen=True, slots=True)
class Opening:
    """Which of the quick ways are open at this hour; `hours` are pairs of HH:MM, empty when always."""

    agree: bool
    officer: bool
    hours: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> bool:
        """Whether everything is open."""
        return self.agree and self.officer


def opening(city: str, moment: datetime) -> Opening:
    """What a city's rules leave open at an aware moment, other conditions aside."""
    own = rules(city)
    found = screen(ScreeningFacts(local_time=moment.astimezone(CHINA).time()), own)
    shut = {lane for hit in found.hits for lane, verdict in hit.verdicts.items() if verdict == "N"}
    return Opening(Procedure.SELF not in shut, Procedure.ONLINE not in shut, own.hours)
