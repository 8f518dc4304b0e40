"""The front door of reporting, and the cases this browser holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.cases import intake
from kuaichu.cases.models import Case, Party
from kuaichu.kernel import clock
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import Invalid, NotAllowed
from kuaichu.people import roles
from kuaichu.portals import sessions
from kuaichu.portals.citizen.holding import NOBODY
from kuaichu.portals.limits import TooMany
from kuaichu.portals.reports import case_id_of, count_report
from kuaichu.queries.open_now import kinds, opening

SALT = "kuaichu.start"
HOURS = 24
SHORT_READ = timedelta(minutes=10)
SHORTEST_SECRET = 22
"""128 bits in base64url."""


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show what to expect and the rights of a party; open the case when asked to.

    The hidden number makes a double tap one case. It is signed by us: a made-up one opens nothing of others.
    A phone that keeps drafts sends `draft` and `secret` instead, see `_open_draft`.
    """
    if request.method == "POST":
        if "draft" in request.POST:
            return _open_draft(request)
        case_id = _case_id(request.POST.get("number", ""))
        if case_id is not None:
            visitor = roles.visitor(settings.DEFAULT_CITY)
            source = "paper" if "paper" in request.POST else "web"
            _case, party = intake.open_case(
                visitor, source=source, client_id=case_id, tapped_at=_shown(request.POST["number"])
            )
            response = redirect("citizen:helper" if "helping" in request.POST else "citizen:safety", party.pk)
            sessions.remember(response, request, party)
            return response
    number = signing.dumps(new_id().hex, salt=SALT)
    context = {
        "paper": "paper" in request.GET,
        "number": number,
        "again": request.method == "POST",
        "parts": sessions.own_parts(request)[:1],
        "opening": opening(settings.DEFAULT_CITY, clock.now()),
        "kinds": kinds(settings.DEFAULT_CITY, clock.now()),
    }
    return render(request, "citizen/start.html", context, status=422 if context["again"] else 200)


def _case_id(number: str) -> UUID | None:
    try:
        return UUID(signing.loads(number, salt=SALT, max_age=HOURS * 3600))
    except (signing.BadSignature, ValueError):
        return None


def _shown(number: str) -> datetime | None:
    """When the page with this number was shown, which is the first tap; None for one that lay open long."""
    at = datetime.fromtimestamp(signing.b62_decode(number.rsplit(":", 2)[1]), UTC)
    return at if clock.now() - at < SHORT_READ else None


def _open_draft(request: HttpRequest) -> HttpResponse:
    """Open the case of a report begun on a phone, maybe without network; sent again, it is the same case.

    The phone chose the party's id (`draft`), which stands in its addresses, and keeps a `secret`, from which
    the case's id follows. Who knows both holds the part until its phone is proven; from then on only the
    browser that proved it does. Answers JSON; 403 when the pair does not open it, 429 when too many.
    """
    draft, secret = _draft_of(request)
    case_id = case_id_of(secret)
    try:
        if find_one(Case, pk=case_id) is None:
            count_report(request)
    except TooMany as many:
        text = _("Too many new reports from this network. It is tried again by itself.")
        return JsonResponse(
            {"title": text, "status": 429}, status=429, headers={"Retry-After": str(many.wait)}
        )
    known = Party.objects.select_related("case").filter(pk=draft).first()
    if known is not None and known.case_id != case_id:
        raise NotAllowed(_("This report belongs to another phone."), code="other_secret")
    if known is None:
        tapped_at = _moment(request.POST.get("tapped_at", ""))
        visitor = roles.visitor(settings.DEFAULT_CITY)
        try:
            opened, known = intake.open_case(visitor, client_id=case_id, party_id=draft, tapped_at=tapped_at)
        except IntegrityError as error:  # somebody else's secret, at the same moment
            raise NotAllowed(_("This report belongs to another phone."), code="other_secret") from error
        known.case = opened
    return _opened(request, known, draft)


def _opened(request: HttpRequest, party: Party, draft: UUID) -> HttpResponse:
    if party.pk != draft:
        raise NotAllowed(_("This report belongs to another phone."), code="other_draft")
    answer = JsonResponse({"next": reverse("citizen:safety", args=[party.pk]), "number": party.case.number})
    if all(part.pk != party.pk for part in sessions.own_parts(request)):
        if party.phone_proven_at:
            raise NotAllowed(_("Open the link in your message again."), code="prove_phone")
        sessions.remember(answer, request, party)
    return answer


def _draft_of(request: HttpRequest) -> tuple[UUID, str]:
    """The draft's id and secret; raises Invalid for what no page of ours sends."""
    secret = request.POST.get("secret", "")
    try:
        draft = UUID(request.POST["draft"])
    except ValueError:
        draft = NOBODY
    if draft == NOBODY or not SHORTEST_SECRET <= len(secret) <= 100:
        raise Invalid(_("This report cannot be read."), code="bad_draft")
    return draft, secret


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The cases of this browser, newest first; its script adds what only this phone knows."""
    return render(request, "citizen/mine.html", {"parts": sessions.own_parts(request)})
