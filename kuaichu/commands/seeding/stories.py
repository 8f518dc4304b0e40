"""Stories in every state, so that no screen is empty. Each is told once, even when that was interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from kuaichu.cases import files, outcome, payees
from kuaichu.cases.models import Case, Party
from kuaichu.commands.seeding import keeping, scripts
from kuaichu.commands.seeding.outside import Outside
from kuaichu.commands.seeding.walks import Walk
from kuaichu.desks.claims import filings
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.liability import serving
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.locks import writing
from kuaichu.kernel.models import Delivery
from kuaichu.people import signin
from kuaichu.people.models import Account, Organisation
from kuaichu.queries import losses
from kuaichu.replaying.identities import card_number

PARTS = {"FRONT": "前保险杠", "REAR": "后保险杠"}
# how far each end lies along the road; a story stops when it has reached its own
ROAD = (
    "reporting", "invited", "handed_over", "ready", "proposed", "waiting", "taken", "certified", "claimed",
    "acknowledged", "assessed", "payee", "closed",
)  # fmt: skip


def tell(city: str, kept: keeping.Kept) -> Iterator[str]:
    """Tell what has not been told; the titles, each when it is done."""
    outside = Outside(city)
    try:
        for script in scripts.read(city):
            if script.key in kept.stories:
                continue
            kept.stories.append(script.key)
            keeping.save(kept)
            _tell(Walk(city, script, outside), kept)
            yield script.title
    finally:
        outside.close()
        _try_again_at_once()


def _try_again_at_once() -> None:
    """Stories run through hours in seconds: what could not be delivered meanwhile shall not wait for long."""
    with writing():
        Delivery.objects.exclude(last_error="").update(run_at=clock.now(), attempts=0)


def _tell(walk: Walk, kept: keeping.Kept) -> None:
    ends = walk.script.ends
    walk.report(2 if ends == "reporting" else 6)
    if ends == "reporting":
        return
    if ends == "invited":
        walk.invite()
        return
    walk.complete()
    if ends in ("handed_over", "ready"):
        return
    walk.choose()
    if ends in ("proposed", "waiting"):
        walk.sign("A" if ends == "proposed" else "")
        return
    if ends == "taken":
        walk.take(kept.links["officer2"])
        return
    if walk.script.way == "agree":
        walk.sign("AB")
    else:
        walk.determine(kept.links["officer"])
    _after_the_paper(walk)


def _after_the_paper(walk: Walk) -> None:
    reached = ROAD.index(walk.script.ends)
    if walk.script.way == "officer":
        for label in "AB":
            walk.do(partial(serving.receive, walk.actor(label), walk.case.pk), 20)
    if walk.script.payees or reached > ROAD.index("payee"):
        _name_payees(walk)
    if reached >= ROAD.index("acknowledged"):
        _each_claim(walk, _acknowledge)
    if reached >= ROAD.index("assessed"):
        _each_claim(walk, _assess)
    if walk.script.ends == "closed":
        walk.pause(lambda: walk.status == Case.Status.CLOSED)
        for label, score in zip("AB", walk.script.scores, strict=False):
            walk.do(partial(outcome.rate, walk.actor(label), walk.case.pk, score=score), 60)


def _name_payees(walk: Walk) -> None:
    for label in "AB":
        holder = Party.objects.get(pk=walk.party[label].pk).name or "持卡人"
        account = card_number(walk.roll)
        walk.do(
            partial(payees.name_payee, walk.actor(label), walk.case.pk, holder=holder, account=account), 30
        )


def _each_claim(walk: Walk, step: Callable[[Walk, Claim, Actor], None]) -> None:
    for claim in Claim.objects.filter(case=walk.case).order_by("insurer"):
        adjuster = _adjuster(walk.city, claim.insurer)
        if adjuster is not None:
            step(walk, claim, adjuster)


def _adjuster(city: str, insurer: str) -> Actor | None:
    """Somebody of this insurer who has an account here."""
    account = _first_adjuster(city, insurer)
    return signin.staff(account) if account else None


def _first_adjuster(city: str, insurer: str) -> Account | None:
    home = Organisation.objects.filter(city=city, code=insurer).first()
    found = Account.objects.select_related("organisation").filter(organisation=home).order_by("username")
    return next((account for account in found if "adjuster" in account.roles), None)


def _acknowledge(walk: Walk, claim: Claim, adjuster: Actor) -> None:
    number = f"{claim.insurer[:3]}{walk.roll.randint(10**9, 10**10 - 1)}"
    walk.do(lambda: filings.acknowledge(adjuster, claim.pk, number), 240)


def _assess(walk: Walk, claim: Claim, adjuster: Actor) -> None:
    mine = losses.to_assess(walk.case.pk, claim.insurer)
    may = {vehicle.pk for vehicle in mine}
    for vehicle in mine:
        loss = _loss(walk, _label(walk, vehicle.pk))
        walk.do(partial(filings.assess, adjuster, claim.pk, vehicle.pk, loss, may=may), 420)


def _loss(walk: Walk, label: str) -> filings.Loss:
    zone = walk.script.told(label)[1]
    part = PARTS.get(zone.split("_")[0], "车门")
    total = walk.script.loss_fen
    labour = total * 3 // 10 // 100 * 100
    lines = [
        filings.Line(part=part, kind="part", amount_fen=total - labour),
        filings.Line(part=part, kind="labour", amount_fen=labour),
    ]
    return filings.Loss(lines=lines, total_fen=total, assessor="定损员")


def _label(walk: Walk, vehicle_id: object) -> str:
    return next(label for label, v in files.vehicles(walk.case.pk).items() if v.pk == vehicle_id)
