"""The second factor: a code counts once, wherever it is entered, and officers must have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from kuaichu.kernel.prepared import Prepared
from kuaichu.kernel.refusals import Invalid

if TYPE_CHECKING:
    from django.http import HttpRequest

STEP_SECONDS = 30
_FACTORS = Prepared(
    lambda account: Authenticator.objects.filter(
        user_id=account, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ).values_list("pk")[:1],
    UUID,
)


def _window() -> int:
    """Seconds for which one code fits: its own step and the tolerated ones (RFC 6238, 5.2)."""
    return STEP_SECONDS * (2 * int(settings.MFA_TOTP_TOLERANCE) + 1)


class _Once:
    """Refuses a code that was accepted before, for as long as its digits would still fit the clock."""

    def clean_code(self) -> str:
        """The code; a validation error when it is wrong, worn out by too many tries, or was used before."""
        code: str = super().clean_code()  # type: ignore[misc]
        plain = "".join(ch for ch in code if ch.isalnum())
        if not cache.add(f"factor.used.{self.user.pk}.{plain}", 1, timeout=_window()):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


class SignInForm(_Once, AuthenticateForm):  # type: ignore[misc]
    """The code asked for when signing in."""


class ProveAgainForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    """The code asked for again, before something weighty."""


def prove(request: HttpRequest, code: str) -> None:
    """Prove the second factor of the signed-in account by a code and note it in the session.

    Raises Invalid at field `code` when it is empty, wrong, was used before, or after too many tries.
    """
    form: Any = ProveAgainForm(user=request.user, data={"code": code.strip()})
    if not code.strip():
        text = _("Enter the six digits your authenticator shows.")
    elif form.is_valid():
        form.save()
        return
    else:
        text = str(form.errors["code"][0])
    raise Invalid(text, code="second_factor", fields={"code": text})


def enrolled(account_id: Any) -> bool:
    """Whether the account has an authenticator application or a security key."""
    return _FACTORS.row(UUID(str(account_id))) is not None


def has_codes(account_id: Any) -> bool:
    """Whether the account can answer with digits (else a security key must be touched)."""
    return bool(Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.TOTP).exists())
