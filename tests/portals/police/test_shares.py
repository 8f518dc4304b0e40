"""What the ruling page says beside the grades: the three shares, contradictions, what to do without proof."""

from __future__ import annotations

import pytest
from django.test import Client

from kuaichu.desks.liability.models import Determination
from kuaichu.queries import contradictions
from kuaichu.queries.proposals import proposal_for
from tests.portals.police import building
from tests.portals.police.test_ruling import CONTRADICTING, HTMX, at, take
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def test_contradictions_and_advice_are_shown_with_who_said_what(town: Town, desk: Client) -> None:
    waiting = take(town, desk, told=CONTRADICTING)
    page = desk.get(at("ruling", waiting), headers={"Accept-Language": "en"})
    shown = page.context["contradictions"]
    assert {said.by for one in shown for said in one.said} == {"A", "B"}
    assert any("no substitute" in text for text in page.context["advice"])
    text = page.content.decode()
    assert "What does not fit together" in text
    assert "certificate of facts" in text
    party = proposal_for(waiting.case.pk)
    assert contradictions.for_party(party, "A")


def test_the_three_shares_stand_beside_each_other(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    typed = building.filled(grade__A="PRIMARY", grade__B="SECONDARY")
    three = desk.post(at("draft", waiting), typed, headers=HTMX).context["three"]
    assert [(x.label, x.clearing, x.civil, x.within) for x in three["rows"]] == [
        ("A", "70%", "70%", "50–100%"), ("B", "30%", "30%", "0–50%"),
    ]  # fmt: skip
    sixty = typed | {"share.A": "60", "share.B": "40"}
    three = desk.post(at("draft", waiting), sixty, headers=HTMX).context["three"]
    assert [(x.clearing, x.civil) for x in three["rows"]] == [("60%", "60%"), ("40%", "40%")]
    refused = desk.post(at("sign", waiting), typed | {"share.A": "40", "share.B": "60"})
    assert set(refused.context["errors"]) == {"shares"}
    desk.post(at("sign", waiting), sixty)
    row = Determination.objects.get(case=waiting.case)
    assert (row.shares, row.clearing_shares) == ({"A": "3/5", "B": "2/5"},) * 2
    assert row.share_rule == {"table": "jiangsu", "basis": "fixed"}
    assert "60%" in desk.get(at("done", waiting)).content.decode()
