"""Qualifications by day, recusal by identity, partners by client."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from oauth2_provider.models import Application

from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import signin
from kuaichu.people.models import Account, Client, Organisation, Qualification

pytestmark = pytest.mark.django_db


def test_a_qualification_counts_from_its_first_to_its_last_day() -> None:
    who = Account.objects.create(username="o")
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    Qualification.objects.create(account=who, kind="summary", number="1", valid_from=first, valid_until=last)
    days = {
        day: signin.qualified(str(who.pk), day)
        for day in (first, last, first - timedelta(1), last + timedelta(1))
    }
    assert list(days.values()) == [True, True, False, False]
    assert not signin.qualified(str(who.pk), first, kind="senior")
    assert not signin.qualified(str(uuid4()), first)


def test_a_partner_is_its_organisation() -> None:
    unit = Organisation.objects.create(city="yancheng", kind="insurer", code="HUAIHAI", name="淮海")
    app = Application.objects.create(
        name="x", client_type="confidential", authorization_grant_type="client-credentials"
    )
    with pytest.raises(NotAllowed):
        signin.partner(app.pk)
    Client.objects.create(application=app, organisation=unit)
    actor = signin.partner(app.pk)
    assert (actor.insurer, actor.city, actor.may("claims.assess"), actor.may("cases.invite")) == (
        "HUAIHAI", "yancheng", True, False,
    )  # fmt: skip
    Organisation.objects.update(active=False)
    with pytest.raises(NotAllowed):
        signin.partner(app.pk)
