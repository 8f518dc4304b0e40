"""What holds for every endpoint: problem documents, limits, and the OpenAPI description."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from kuaichu.cases.voices import MOST_BYTES
from kuaichu.kernel.refusals import Invalid, Refusal
from kuaichu.portals.answers import note_attempt, problem
from kuaichu.portals.api.description import finished
from kuaichu.portals.api.repeated import insist_short
from kuaichu.portals.api.tags import tagged
from kuaichu.portals.limits import TooMany

MOST_JSON = 256 * 1024
"""Bytes of a JSON body; photographs have `PHOTO_MAX_BYTES`."""
TITLE = "Kuaichu API"
DESCRIPTION = (
    "Three doors: parties report and settle an accident (`/api/v1`, bearer token of one part), the 110 "
    "call centre reports calls (`/api/v1/calls`), insurers' systems work their own claims "
    "(`/api/insurer/v1`, OAuth 2 client credentials at `/oauth/token`). Amounts are whole fen, times ISO "
    "8601 with offset. Every refusal is an RFC 9457 problem document with a stable `code`, and `fields` "
    "where something entered cannot be used. "
    "POST, PUT and PATCH take an `Idempotency-Key`: the same key and request get the first answer."
)


class Problem(Schema):
    """An RFC 9457 problem document."""

    type: str
    title: str
    status: int
    code: str
    fields: dict[str, str] | None = None

    model_config = {
        "json_schema_extra": {
            "example": {
                "type": "about:blank#invalid",
                "title": "Please correct the marked fields.",
                "status": 422,
                "code": "invalid",
                "fields": {"total_fen": "The total does not equal the sum of the lines."},
            }
        }
    }


class Json(BaseRenderer):
    """JSON, written several times as fast as the standard encoder does."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        """The bytes of a body; what is unknown to the fast encoder goes to the framework's."""
        return msgspec.json.encode(data, enc_hook=NinjaJSONEncoder().default)


class Api(NinjaAPI):
    """The API with its description."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:  # noqa: ARG002 - the library's
        """Where the API hangs; the description names whole paths."""
        return "/api/"

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The view's name: short and stable."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """OpenAPI 3.1 with problem documents and idempotency keys at every operation."""
        described = super().get_openapi_schema(**kwargs)
        return finished(described, Problem.model_json_schema())


api = Api(
    title=TITLE,
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="v1/openapi.json",
    renderer=Json(),
)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A verb's refusal."""
    note_attempt(request, refusal)
    return problem(refusal)


@api.exception_handler(TooMany)
def too_many(_request: HttpRequest, many: TooMany) -> HttpResponse:
    """A caller that asks too often: when it may again, in seconds."""
    told = _("Too many reports from here within an hour. Try again later, or call 122.")
    answer = plain(429, "too_many", told)
    answer["Retry-After"] = str(many.wait)
    return answer


@api.exception_handler(ValidationError)
def not_valid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not have the described form: each field is named."""
    fields: dict[str, str] = {}
    for one in error.errors:
        names = [str(part) for part in one["loc"][1:]]
        named = names[1:] if len(names) > 1 and names[0] in _BODIES else names
        fields[".".join(named) or "body"] = _why(one)
    return problem(Invalid(_("Please correct the marked fields."), fields=fields))


LISTS = {"claim_id"}
"""Parameters that may be given several times."""
_BODIES = {"body", "told"}


def _why(error: dict[str, Any]) -> str:
    kind = str(error["type"])
    if kind == "missing":
        return _("This field is needed.")
    if kind == "extra_forbidden":
        return _("There is no such field.")
    return _("This value cannot be used: %(why)s.") % {"why": kind.replace("_", " ")}


@api.exception_handler(AuthenticationError)
def unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """No token, or none that is valid."""
    answer = plain(401, "not_authenticated", _("Show a valid token: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Mostly a body that is no JSON."""
    return plain(
        error.status_code, "unreadable", _("This request could not be read. Is its body valid JSON?")
    )


def plain(status: int, code: str, title: str) -> HttpResponse:
    """A problem document without fields."""
    body = {"type": f"about:blank#{code}", "title": title, "status": status, "code": code}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _most_bytes(path: str) -> int:
    """How large a body may be at this address: photographs and recordings are raw bytes."""
    if "/photos/" in path:
        return int(settings.PHOTO_MAX_BYTES)
    return MOST_BYTES if "/voices/" in path else MOST_JSON


def _insist_once(request: HttpRequest) -> None:
    """Refuse a parameter that is given twice where one is wanted: which one was meant?"""
    twice = [name for name, given in request.GET.lists() if len(given) > 1 and name not in LISTS]
    if twice:
        text = _("This parameter is given more than once.")
        raise Invalid(_("Please correct the marked fields."), fields=dict.fromkeys(twice, text))


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what is too large before it is read, and say “wrong method” as a problem document too."""

    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        most = _most_bytes(request.path)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > most:
            return plain(
                413, "too_large", _("This request is too large: at most %(most)d bytes.") % {"most": most}
            )
        insist_short(request)
        _insist_once(request)
        if most == MOST_JSON and b"\\u0000" in request.body:
            return plain(400, "unreadable", _("This request holds a character that no text may have."))
        answer = view(request, *args, **kwargs)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = answer.headers.get("Allow", "")
            answer = plain(405, "method", _("This address does not take this method."))
            answer["Allow"] = allowed
        return tagged(request, answer)

    return guard
