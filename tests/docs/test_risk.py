"""The figures of `docs/risk.md` are those of a fresh run."""

from __future__ import annotations

from kuaichu.commands.checking.check_risk import inserted
from kuaichu.desks.risk.rules import RiskRules
from kuaichu.desks.risk.town import Plan
from kuaichu.desks.risk.trial import try_out
from tests.shape.house import ROOT


def test_the_page_tells_what_the_command_prints() -> None:
    page = (ROOT / "docs/risk.md").read_text("utf-8")
    assert inserted(page, try_out(Plan(), RiskRules())) == page
