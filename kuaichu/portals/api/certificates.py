"""Certificates of partners' systems, checked by the proxy and handed on in a header (after RFC 8705).

Off unless `KUAICHU_CLIENT_CERTIFICATE_HEADER` names the header. The proxy must ask for a certificate, verify
it, and set the header itself on every request, so that nobody else can. Three forms are read: RFC 9440
(`:base64:`), PEM with percent escapes (nginx: `$ssl_client_escaped_cert`), and a SHA-256 fingerprint in hex.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kuaichu.kernel.refusals import Invalid

HEX = re.compile(r"[0-9a-f]{64}")
LONGEST = 16 * 1024


def shown(request: HttpRequest) -> str | None:
    """The fingerprint (SHA-256, hex) of the certificate shown; empty for none, None where none is asked for.

    Raises Invalid for a header that cannot be read.
    """
    header = settings.CLIENT_CERTIFICATE_HEADER
    return fingerprint(request.headers.get(header, "")) if header else None


def fingerprint(text: str) -> str:
    """The fingerprint of a certificate in one of the three forms, or in PEM; empty for nothing.

    Raises Invalid for anything else.
    """
    told = text.strip()
    if not told:
        return ""
    plain = told.replace(":", "").lower()
    if HEX.fullmatch(plain):
        return plain
    try:
        return hashlib.sha256(_der(told[:LONGEST])).hexdigest()
    except (ValueError, binascii.Error) as wrong:
        raise Invalid(_("The client certificate cannot be read."), code="certificate_unreadable") from wrong


def _der(told: str) -> bytes:
    if told.startswith(":"):
        found = x509.load_der_x509_certificate(base64.b64decode(told.strip(":"), validate=True))
    else:
        found = x509.load_pem_x509_certificate(unquote(told).encode())
    return found.public_bytes(Encoding.DER)
