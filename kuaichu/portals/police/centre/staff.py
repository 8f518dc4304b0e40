"""Staff: accounts by organisation, roles with what they grant, and lists taken over from a spreadsheet."""

from __future__ import annotations

import csv
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people import keeping, rosters
from kuaichu.people.models import Account
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries import staff_list

LARGEST = 4 * 1024 * 1024
SHOWN = 200


@require_safe
@desk("people.keep_accounts")
def staff_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list, searched by words and organisation."""
    words, home = request.GET.get("q", "")[:60], request.GET.get("home", "")[:32]
    number = request.GET.get("page", "1")[:6]
    page = int(number) if number.isascii() and number.isdigit() else 1
    found = staff_list.staff(actor, words=words, home=home, page=page)
    context = surroundings(request, actor, "staff") | {
        "found": found,
        "words": words,
        "home": home,
        "homes": staff_list.homes(actor),
        "grants": staff_list.grants_of(),
    }
    return render(request, "police/centre/staff.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk("people.keep_accounts")
def account_page(request: HttpRequest, actor: Actor, account_id: UUID) -> HttpResponse:
    """One account: its roles, whether it is open, and the link that opens a new one."""
    found = staff_list.person(actor, account_id)
    if found is None:
        raise NotFound(_("There is no such account."))
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            roles, active = request.POST.getlist("roles"), "active" in request.POST
            keeping.change(actor, account_id, roles=roles, active=active)
            messages.success(request, _("Kept. It counts from the next page on."))
            return redirect("police:account", account_id=account_id)
        except Invalid as refusal:
            errors = {name: str(text) for name, text in refusal.fields.items()}
    context = surroundings(request, actor, "staff") | {
        "found": found,
        "grants": staff_list.grants_of(),
        "errors": errors,
        "link": "" if found.opened else _link(found.account),
    }
    return render(request, "police/centre/account.html", context, status=422 if errors else 200)


def _link(account: Account) -> str:
    return settings.BASE_URL.rstrip("/") + reverse("home:open", args=[keeping.opening_token(account)])


@require_http_methods(["GET", "HEAD", "POST"])
@desk("people.keep_accounts")
def import_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Look at a list (`check`), or take it over (`take`, with `some`: without its faulty lines)."""
    context = surroundings(request, actor, "staff") | {"columns": rosters.COLUMNS, "most": rosters.MOST_ROWS}
    if request.method != "POST":
        return render(request, "police/centre/import.html", context)
    try:
        rows = rosters.check(actor.city, rosters.read(_uploaded(request)))
        if "take" in request.POST:
            return _links(keeping.take_over(actor, rows, leave_out_faulty="some" in request.POST))
    except Invalid as refusal:
        errors = {name: str(text) for name, text in refusal.fields.items()}
        return render(request, "police/centre/import.html", context | {"errors": errors}, status=422)
    faulty = [row for row in rows if row.faults]
    context |= {
        "rows": rows,
        "faulty": faulty[:SHOWN],
        "faults": len(faulty),
        "good": len(rows) - len(faulty),
    }
    return render(request, "police/centre/import.html", context)


def _uploaded(request: HttpRequest) -> bytes:
    found = request.FILES.get("file")
    if found is None or found.size is None or found.size > LARGEST:
        told = _("Choose a file (.xlsx or CSV) of at most 4 MB.")
        raise Invalid(told, fields={"file": told})
    return bytes(found.read())


def _links(made: list[Account]) -> HttpResponse:
    """The links that open the new accounts, as a list to hand out."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="accounts.csv"'
    answer.write("\ufeff")
    out = csv.writer(answer)
    out.writerow(["username", "name", "link"])
    out.writerows([account.username, _cell(account.display_name), _link(account)] for account in made)
    return answer


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
