"""What an insurer's system must do, each as one check with its failure in words."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from kuaichu.conformance.relay import STEPS, Call, Relay, until
from kuaichu.conformance.standing import Standing, standing
from kuaichu.desks.notify.messages import sign

OLD = 3600
SAYS = {"acknowledgement": "acceptance", "assessments": "assessment", "approval": "approval"}


@dataclass(frozen=True)
class Result:
    """One check: what is wanted, and what was wrong (empty: it passed)."""

    wanted: str
    wrong: str = ""


@dataclass
class Trial:
    """One insurer under test; `arrive(seed)` makes a case arrive and gives its claim's case id."""

    relay: Relay
    insurer: str
    secret: str
    arrive: Callable[[str], str]
    patience: float
    pause: float = 3.0


def run(trial: Trial) -> Iterator[Result]:
    """All checks in their order; each is told as soon as it is known."""
    yield from _signatures(trial)
    yield from _first_case(trial)
    yield _lost_message(trial)
    yield _understood(trial)


def _message(kind: str = "conformance.ping") -> bytes:
    told = {"type": kind, "timestamp": datetime.now(UTC).isoformat(), "data": {"claim_id": str(uuid4())}}
    return json.dumps(told).encode()


def _signed(secret: str, body: bytes, *, age: int = 0, message_id: str = "") -> dict[str, str]:
    identifier, stamp = message_id or f"conformance-{uuid4()}", str(int(time.time()) - age)
    return {
        "content-type": "application/json", "webhook-id": identifier, "webhook-timestamp": stamp,
        "webhook-signature": sign(secret, identifier, stamp, body.decode()),
    }  # fmt: skip


def _signatures(trial: Trial) -> Iterator[Result]:
    """Genuine messages are taken, all others refused."""
    body, other = _message(), "whsec_" + "A" * 43 + "="
    good, deliver = _signed(trial.secret, body), trial.relay.deliver
    yield _taken("A genuine message is taken, also of a type not known", deliver(good, body))
    two = {**good, "webhook-id": (fresh := f"conformance-{uuid4()}")}
    both = [sign(one, fresh, good["webhook-timestamp"], body.decode()) for one in (other, trial.secret)]
    two["webhook-signature"] = " ".join(both)
    yield _taken("A message with two signatures is taken (a secret is being replaced)", deliver(two, body))
    unsigned = {name: value for name, value in good.items() if name != "webhook-signature"}
    for what, headers, sent in (
        ("without a signature", unsigned, body),
        ("signed with another secret", _signed(other, body), body),
        ("whose body was changed after it was signed", good, _message("claim.paid")),
        ("that is an hour old", _signed(trial.secret, body, age=OLD), body),
    ):
        status = deliver(headers, sent)
        wanted = f"A message {what} is refused with 4xx"
        wrong = "" if 400 <= status < 500 else f"it was answered with {status or 'nothing'}"
        yield Result(wanted, wrong and f"{wrong}: anybody could tell your system anything")


def _taken(wanted: str, status: int) -> Result:
    return Result(wanted, "" if 200 <= status < 300 else f"it was answered with {status or 'nothing'}")


def _first_case(trial: Trial) -> Iterator[Result]:
    """A claim from its message to its payout, every first answer lost; then the same message once more."""
    trial.relay.lose = set(STEPS)
    case_id, insurer = trial.arrive("1"), trial.insurer
    until(lambda: standing(case_id, insurer).done, trial.patience)
    until(lambda: not any(_repeated(step, trial.relay.calls).wrong for step in STEPS), trial.pause)
    found = standing(case_id, insurer)
    yield from _worked(found)
    for step in STEPS:
        asked = step != "approval" or found.must_approve or any(c.step == step for c in trial.relay.calls)
        yield _repeated(step, trial.relay.calls) if asked else Result("No approval was asked for")
    yield _again(trial, case_id, found)


def _worked(found: Standing) -> Iterator[Result]:
    missing = ", ".join(found.not_assessed)
    yield Result(
        "A claim is accepted under an own report number", "" if found.report else "it was not accepted"
    )
    yield Result(
        "Every vehicle of `assess` is assessed", f"no loss was entered for car {missing}" if missing else ""
    )
    wrong = "" if found.approved or not found.must_approve else "it waits for the approval still"
    wrong = wrong or ("" if found.calculated else "there is no calculation: assessments are missing")
    yield Result("The calculation is approved where the city asks for it", wrong)


def _repeated(step: str, calls: list[Call]) -> Result:
    """The lost answer was asked for again: the same address, key and body."""
    wanted = f"A lost answer to the {SAYS[step]} is asked for again under the same Idempotency-Key"
    lost = next((one for one in calls if one.step == step and one.status == 0), None)
    if lost is None:
        return Result(wanted, "no such call was made")
    where = calls.index(lost)
    again = [one for one in calls[where + 1 :] if (one.method, one.path) == (lost.method, lost.path)]
    if not again:
        return Result(wanted, "the call was not made again: nobody knows whether it was done")
    if not lost.key:
        return Result(wanted, "the call bears no Idempotency-Key")
    if again[0].key != lost.key:
        return Result(wanted, "the call was made again under another key: it could be done twice")
    return Result(wanted, "" if again[0].body == lost.body else "the call was made again with another body")


def _again(trial: Trial, case_id: str, before: Standing) -> Result:
    """The message that told of the claim comes once more, under its id."""
    wanted = "The same message again changes nothing"
    first = next((m for m in trial.relay.messages if before.claim_id.encode() in m.body), None)
    if first is None:
        return Result(wanted, "the city told nothing of this claim")
    seen = len(trial.relay.calls)
    identifier = next(v for n, v in first.headers.items() if n.lower() == "webhook-id")
    status = trial.relay.deliver(_signed(trial.secret, first.body, message_id=identifier), first.body)
    if not 200 <= status < 300:
        return Result(wanted, f"it was answered with {status or 'nothing'}: the city would tell it for ever")
    time.sleep(trial.pause)
    bodies = {(c.path, c.body) for c in trial.relay.calls[:seen] if c.step}
    fresh = [c for c in trial.relay.calls[seen:] if c.step and (c.path, c.body) not in bodies]
    if fresh:
        return Result(
            wanted, f"the {SAYS[fresh[0].step]} was sent again with another content: {_shown(fresh[0])}"
        )
    after = standing(case_id, trial.insurer)
    return Result(wanted, "" if after.versions == before.versions else "an assessment has a new version")


def _shown(call: Call) -> str:
    return call.body.decode(errors="replace")[:160]


def _lost_message(trial: Trial) -> Result:
    """A message that never arrives is found in the feed."""
    wanted = "An event whose message was lost is found in the feed"
    trial.relay.swallow, trial.relay.lose = True, set()
    try:
        case_id = trial.arrive("2")
        found = until(lambda: standing(case_id, trial.insurer).report, trial.patience)
    finally:
        trial.relay.swallow = False
    wrong = "the claim was not accepted: read GET /events from your last number, at least every few seconds"
    return Result(wanted, "" if found else wrong)


def _understood(trial: Trial) -> Result:
    """No call of the insurer's system was wrong in form."""
    bad = [c for c in trial.relay.calls if c.status in (400, 403, 404, 405, 412, 413, 422)]
    told = sorted({f"{c.method} {c.path.split('?')[0]} got {c.status}" for c in bad})
    return Result("Every call is understood by the city", "; ".join(told[:5]))
