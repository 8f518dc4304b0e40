"""Role × address × method: a table of who may come in by which door, held against every door of staff.

`OPENS` names for each address the verbs of which one opens it; what a role may stands in `people/roles.py`.
Everybody else is refused (403), who is not signed in is sent to the sign-in, a method a door does not have is
405. What a door then finds (404, 409, 422) is another matter: whoever gets that far has come in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from typing import Any, Final
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from kuaichu.people.field_roles import FIELD_ROLES
from kuaichu.people.models import Qualification
from kuaichu.people.posts import fitting
from kuaichu.people.roles import ROLES
from kuaichu.people.rosters import ASSIGNABLE
from tests.portals.police import building

pytestmark = pytest.mark.django_db
NOBODYS: Final = UUID("00000000-0000-7000-8000-000000000000")
QUEUE: Final = "liability.take cases.invite documents.revoke"
RULES: Final = "liability.determine liability.prepare"
SIGNS: Final = "liability.determine"
SECOND: Final = "liability.recheck liability.review liability.approve"
ERRANDS: Final = "centre.work_mediation centre.work_injury centre.work_rescue"
EVERY: Final = "centre.sit"  # all staff
AT_POST: Final = "at a post"
FORMS: Final = {
    "police:sign",
    "police:give_back",
    "police:hand_over",
    "police:order_paper",
}  # their GET leads back to the page
GET: Final = ("GET",)
POST: Final = ("POST",)
BOTH: Final = ("GET", "POST")

OPENS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "police:queue": (QUEUE, GET), "police:queue_fragment": (QUEUE, GET),
    "police:take": ("liability.take", POST),
    "police:law": (RULES, GET), "police:reasons": (RULES, GET), "police:signed": (RULES, GET),
    "police:draft": ("liability.draft", POST), "police:adopt": ("liability.draft", POST),
    "police:cite": ("liability.draft", POST), "police:facts": ("liability.draft", POST),
    "police:sign": (RULES, POST), "police:give_back": ("liability.give_back", POST),
    "police:hand_over": ("liability.hand_over", POST), "police:areas": ("cases.redact", POST),
    "police:original": (SIGNS, POST), "police:paper": (SIGNS, GET),
    "police:endings": ("liability.ask_evidence", GET), "police:after": ("liability.correct", GET),
    "police:seconds": (SECOND, GET), "police:take_second": (SECOND, POST), "police:second": (SECOND, GET),
    "police:leave_second": (SECOND, POST),
    "police:errands": (ERRANDS, GET), "police:errand": (ERRANDS, GET),
    "police:removals": ("liability.transfer", GET), "police:removal_file": ("liability.transfer", POST),
    "police:removal_receipt": ("liability.transfer", POST),
    "police:calls": ("cases.invite", BOTH), "police:calls_fragment": ("cases.invite", GET),
    "police:attempts": ("oversight.answer", GET), "police:opinions": ("oversight.answer", GET),
    "police:service": ("documents.note_service", GET), "police:service_file": ("documents.note_service", GET),
    "police:service_note": ("documents.note_service", BOTH), "police:bundle": ("documents.bundle", BOTH),
    "police:paper_file": (f"{RULES} {SECOND}", GET), "police:paperwork": ("documents.order", GET),
    "police:order_paper": ("documents.order", POST),
    "police:risk": ("risk.clear", GET), "police:inquiry": ("risk.clear", BOTH),
    "police:revoke": ("documents.revoke", BOTH), "police:rights": ("oversight.answer", GET),
    "police:rights_answer": ("oversight.answer", POST),
    "police:field_fragment": (QUEUE, GET), "police:scene": (QUEUE, GET),
    "police:post": (EVERY, GET), "police:sit": (EVERY, POST), "police:leave": (EVERY, POST),
    "police:pause": (AT_POST, POST), "police:declare": (EVERY, POST), "police:retract": (EVERY, POST),
    "police:deadlines": (QUEUE, GET), "police:alarm": ("centre.answer_alarm", POST),
    "police:staff": ("people.keep_accounts", GET), "police:import": ("people.keep_accounts", BOTH),
    "police:account": ("people.keep_accounts", BOTH), "police:shifts": ("centre.plan_shift", BOTH),
    "police:shift": ("centre.plan_shift", POST), "police:wall": (QUEUE, GET),
    "police:wall_fragment": (QUEUE, GET),
    "police:api_queue": ("liability.take", GET), "police:api_take": ("liability.take", POST),
    "police:api_law": (SIGNS, GET), "police:api_case": (SIGNS, GET),
    "police:api_proposal": ("liability.draft", POST), "police:api_draft": ("liability.draft", ("PUT",)),
    "police:api_determine": (SIGNS, POST), "police:api_give_back": ("liability.give_back", POST),
    "police:api_hand_over": ("liability.hand_over", POST),
    "field:tasks": ("dispatch.accept", GET), "field:tasks_fragment": ("dispatch.accept", GET),
    "field:duty": ("dispatch.accept", BOTH), "field:stop": ("dispatch.accept", BOTH),
    "field:card": ("dispatch.accept", GET), "field:task": ("dispatch.accept", GET),
    "insurer:worklist": ("claims.assess", GET), "insurer:rows": ("claims.assess", GET),
    "insurer:find": ("claims.assess", POST), "insurer:claim": ("claims.assess", GET),
    "live:work": (EVERY, GET), "home:desk": (EVERY, GET),
}  # fmt: skip
# doors whose own tests say who comes in: they need a case, a task or a claim of one's own to tell at all
OWN_TESTS: Final = (
    "police:ruling", "police:voice", "police:photo", "police:evidence", "police:shared", "police:like",
    "police:done", "police:end", "police:opine", "police:correct", "police:recuse", "police:settle_second",
    "police:errand_work",
    "police:field", "police:lock", "field:*", "insurer:*", "live:case", "home:enter", "home:open",
)  # fmt: skip
HOMES: Final = {
    "adjuster": "insurer",
    "specialist": "insurer",
    "persuader": "village",
    "station_officer": "station",
}
STAFF: Final = ("police", "field", "insurer", "live", "home")


def _doors(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _doors(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield space + entry.name


def address(name: str) -> str:
    """An address of nobody's case."""
    for keys in ({}, {"case_id"}, {"interest_id"}, {"alarm_id"}, {"account_id"}, {"shift_id"}, {"request_id"},
                 {"recheck_id"}, {"removal_id"}, {"errand_id"}, {"service_id"}, {"inquiry_id"},
                 {"task_id"}, {"claim_id"},
                 {"case_id", "evidence_id"}, {"case_id", "paper_id"}):  # fmt: skip
        with suppress(NoReverseMatch):
            return reverse(name, kwargs=dict.fromkeys(keys, NOBODYS))
    raise AssertionError(name)


def client_of(role: str) -> Client:
    unit = building.unit(f"U-{role}", kind=HOMES.get(role, "police"))
    account = building.account(role, role, organisation=unit)
    if role in ("specialist", "persuader"):
        Qualification.objects.create(
            account=account, kind="field", number="F", valid_from="2020-01-01", valid_until="2099-12-31"
        )
    return building.signed_in(account)


def came_in(answer: Any) -> bool:
    """Whether the door opened; what was found behind it does not matter."""
    if answer.status_code == 302:
        return "/accounts/" not in answer.url
    return answer.status_code not in (401, 403)


def expected(role: str, verbs: str) -> bool:
    held = ROLES[role] | ROLES["staff"] | ({AT_POST} if fitting([role]) else set())
    return verbs in held or any(verb in held for verb in verbs.split())


def test_the_table_knows_every_door_of_the_staff() -> None:
    names = {name for name in _doors(get_resolver()) if name.partition(":")[0] in STAFF}
    own = {name for name in names if any(fnmatchcase(name, row) for row in OWN_TESTS)}
    assert names - own - set(OPENS) == set()
    assert set(OPENS) - names == set()


@pytest.mark.parametrize("role", sorted(ASSIGNABLE))
def test_role_by_door_by_method(role: str) -> None:
    client = client_of(role)
    wrong = []
    for name, (verbs, methods) in OPENS.items():
        path, may = address(name), expected(role, verbs)
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = getattr(client, method.lower())(path)
            if method not in methods:
                fits = answer.status_code == (302 if method == "GET" and name in FORMS else 405)
            else:
                fits = came_in(answer) == may
            if not fits:
                wrong.append((name, method, answer.status_code, "open" if may else "closed"))
        if name == "police:leave":
            client.post(reverse("police:sit"), {"post": _post_of(role)})
    assert not wrong


def _post_of(role: str) -> str:
    return next((post.code for post in fitting([role])), "")


def test_visitors_are_sent_to_the_sign_in(client: Client) -> None:
    for name, (_verbs, methods) in OPENS.items():
        for method in methods:
            answer = getattr(client, method.lower())(address(name))
            assert not came_in(answer), (name, method, answer.status_code)


def test_field_roles_are_all_in_the_table() -> None:
    assert set(FIELD_ROLES) <= ASSIGNABLE
