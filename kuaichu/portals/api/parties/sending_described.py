"""The description of uploads in pieces for machines: tus is spoken in headers, which are named here."""

from __future__ import annotations

from typing import Any, Final

_PLACE: Final = "/api/v1/cases/{case_id}/uploads"
_TAG: Final = ["Uploads in pieces (tus 1.0)"]
_SECURITY: Final[list[dict[str, list[str]]]] = [{"PartyToken": []}]


_OTHER_VERSION = {"description": "Another version of tus, or none; `Tus-Version` says which this is"}


def described(problem: dict[str, Any]) -> dict[str, Any]:
    """Paths of the description; `problem` is the answer of every refusal."""
    one = {
        "patch": _patch(problem),
        "get": _operation(
            "upload_state",
            "See an upload",
            "How far it is; once whole, the photograph with the hashes the server computed. HEAD says the "
            "same in headers, as tus clients ask it.",
            [_path("case_id"), _path("upload_id")],
            {
                "200": {"description": "Offset and length; id, sha256, sm3 once it is whole"},
                "default": problem,
            },
        ),
        "delete": _operation(
            "upload_end",
            "Give up an upload",
            "Forget what is half sent. A photograph that arrived is evidence and stays (403).",
            [_path("case_id"), _path("upload_id"), _VERSION],
            {"204": {"description": "Forgotten"}, "default": problem},
        ),
    }
    return {_PLACE: {"post": _post(problem)}, _PLACE + "/{upload_id}": one}


def _post(problem: dict[str, Any]) -> dict[str, Any]:
    metadata = (
        "`key base64` pairs, separated by commas: client_id (sent again it finds the same upload), shot, "
        "sha256, source, captured_at, position (longitude,latitude[,metres]), device, quality"
    )
    return _operation(
        "upload_begin",
        "Begin an upload",
        "Any tus 1.0 client can do this (creation, creation-with-upload, checksum, expiration, termination).",
        [
            _path("case_id"),
            _VERSION,
            _header("Upload-Length", "bytes of the whole file"),
            _header("Upload-Metadata", metadata),
        ],
        {
            "201": {"description": "`Location` is where the pieces go, `Upload-Offset` how much is there"},
            "default": problem,
        },
    )


def _patch(problem: dict[str, Any]) -> dict[str, Any]:
    answered = (
        "`Upload-Offset` is where it goes on. After the last piece `X-Content-SHA256` and `X-Content-SM3` "
        "are the hashes of exactly the bytes that were kept, `X-Evidence-Id` the photograph's id"
    )
    made = _operation(
        "upload_piece",
        "Send a piece",
        "The bytes from `Upload-Offset` on. 409 when the file ends elsewhere (ask by HEAD), 460 when "
        "`Upload-Checksum` differs, 410 after its time, 422 when it is whole and no photograph.",
        [
            _path("case_id"), _path("upload_id"), _VERSION,
            _header("Upload-Offset", "where these bytes begin"),
            _header("Upload-Checksum", "algorithm (sha1, sha256, md5) and base64 of its sum", required=False),
        ],
        {"204": {"description": answered}, "default": problem},
    )  # fmt: skip
    content = {"application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return made | {"requestBody": {"required": True, "content": content}}


def _operation(
    name: str, summary: str, description: str, parameters: list[dict[str, Any]], responses: dict[str, Any]
) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "description": description,
        "tags": _TAG,
        "security": _SECURITY,
        "parameters": parameters,
        "responses": {"412": _OTHER_VERSION, **responses},
    }


def _header(name: str, description: str, *, required: bool = True) -> dict[str, Any]:
    schema = {"type": "string"}
    return {"in": "header", "name": name, "required": required, "schema": schema, "description": description}


def _path(name: str) -> dict[str, Any]:
    return {"in": "path", "name": name, "required": True, "schema": {"type": "string", "format": "uuid"}}


_VERSION: Final = _header("Tus-Resumable", "1.0.0")
