"""A new account is opened: its holder sets the first password and signs in with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kuaichu.kernel.refusals import Invalid
from kuaichu.people import keeping


@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password of the account whose link this is."""
    account, errors = keeping.account_of(token), {}
    if request.method == "POST":
        try:
            if request.POST.get("password", "") != request.POST.get("again", ""):
                told = _("The two are not the same.")
                raise Invalid(told, fields={"again": told})
            keeping.open_account(token, request.POST.get("password", ""))
        except Invalid as refusal:
            errors = {name: str(text) for name, text in refusal.fields.items()}
        else:
            messages.success(request, _("Your account is open. Sign in with your new password."))
            return redirect("account_login")
    context = {"person": account, "errors": errors}
    return render(request, "home/open.html", context, status=422 if errors else 200)
