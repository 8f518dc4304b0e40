"""Who may have what waits, by what the other desks know: qualification, own rulings, other units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from kuaichu.cases.models import Case
from kuaichu.desks.centre.items import REQUESTS
from kuaichu.desks.centre.models import Item, Seat
from kuaichu.desks.liability.bench.issuing import suits
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.people.models import Qualification
from kuaichu.process import relisting

Status = Determination.Status


def unfit(item: Item, pool: Mapping[UUID, Seat]) -> Mapping[UUID, str]:
    """Which of these seated people may not have the item, by what the other desks know."""
    fit = qualified(pool)
    found = {account: "unqualified" for account in pool if account not in fit}
    if item.kind in relisting.KINDS:
        return found | relisting.unfit(item, {a: s for a, s in pool.items() if a in fit})
    if item.kind not in REQUESTS:
        return found
    row = Determination.objects.select_related("case").filter(pk=item.subject_id).first()
    if row is None or row.status != Status.WAITING or row.case.status != Case.Status.READY:
        return dict.fromkeys(pool, "not_waiting")
    for account, seat in pool.items():
        if account in fit and not suits(row, _as_officer(seat)):
            found[account] = "not_suited"
    return found


def qualified(accounts: Iterable[UUID]) -> set[UUID]:
    """Which of these accounts hold a qualification for the summary procedure valid today (D146 Art. 5)."""
    today, kind = clock.today(), Qualification.Kind.SUMMARY
    rows = Qualification.objects.filter(
        account_id__in=list(accounts), kind=kind, valid_from__lte=today, valid_until__gte=today
    )
    return set(rows.values_list("account_id", flat=True))


def _as_officer(seat: Seat) -> Actor:
    """Who sits there, as far as it decides what suits; with no power at all."""
    home = seat.account.organisation_id
    return Actor("staff", str(seat.account_id), seat.city, frozenset(), organisation_id=home)
