"""pyHanko as sealing needs it: signing at a given time, through a held key, without touching the metadata."""

from __future__ import annotations

import hashlib
import io
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import tsp, x509
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.sign import signers
from pyhanko.sign.general import SigningError, as_signing_certificate_v2
from pyhanko.sign.timestamps import TimeStamper as HankoTimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kuaichu.desks.documents.ports import SealIdentity, TimeStamper
from kuaichu.desks.documents.signatures import envelope

DIGEST = "sha256"


@lru_cache(maxsize=256)
def certificate(der: bytes) -> x509.Certificate:
    """A certificate, read once."""
    return x509.Certificate.load(der)


_FILL = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID,
    y_align=AxisAlignment.ALIGN_MID,
    margins=Margins.uniform(0),
    inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
)


def stamp(image: bytes | None) -> StaticStampStyle:
    """Image only: pyHanko's text stamp would use a font that is not embedded."""
    return _stamp(image, threading.get_ident())


@lru_cache(maxsize=64)
def _stamp(image: bytes | None, _thread: int) -> StaticStampStyle:
    """One for each thread: it knows the paper that is being written."""
    picture = Image.open(io.BytesIO(image)) if image else Image.new("LA", (1, 1), (255, 0))
    picture.load()
    return StaticStampStyle(
        background=_Image(picture),
        background_layout=_FILL,
        border_width=0,
        background_opacity=1.0,
    )


class _Image(PdfImage):  # type: ignore[misc]
    """An image compressed once, not for every paper."""

    def __init__(self, picture: Image.Image) -> None:
        super().__init__(picture)
        alpha = picture.getchannel("A") if "A" in picture.mode else None
        plain = picture.convert("L" if picture.mode in ("L", "LA") else "RGB")
        self._parts = [(part, zlib.compress(part.tobytes(), 9)) for part in (plain, alpha) if part]
        self._written: tuple[Any, Any] = (None, None)

    @property
    def image_ref(self) -> Any:
        """Its object in the paper that is being written, made once a paper."""
        writer, known = self._written
        if writer is not self.writer:
            known = None
            for part, data in reversed(self._parts):
                known = self.writer.add_object(_image_stream(part, data, mask=known))
            self._written = (self.writer, known)
        return known


def _image_stream(part: Image.Image, data: bytes, *, mask: Any) -> generic.StreamObject:
    values = {
        "/Type": generic.NameObject("/XObject"),
        "/Subtype": generic.NameObject("/Image"),
        "/Width": generic.NumberObject(part.width),
        "/Height": generic.NumberObject(part.height),
        "/ColorSpace": generic.NameObject("/DeviceGray" if part.mode == "L" else "/DeviceRGB"),
        "/BitsPerComponent": generic.NumberObject(8),
        "/Filter": generic.NameObject("/FlateDecode"),
    }
    if mask is not None:
        values["/SMask"] = mask
    return generic.StreamObject(
        {generic.pdf_name(name): value for name, value in values.items()}, encoded_data=data
    )


class Writer(IncrementalPdfFileWriter):  # type: ignore[misc]
    """Leaves the metadata alone: pyHanko would rewrite the XMP packet and break its PDF/A declarations."""

    def _update_meta(self) -> None:
        return


class PdfSigner(signers.PdfSigner):  # type: ignore[misc]
    """Signs at the given time instead of the machine's."""

    now: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        """pyHanko's own session, at `now`."""
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.now
        return session


class Signer(signers.Signer):  # type: ignore[misc]
    """Signs through the identity: a key held open or a seal server, never reloaded per signature."""

    def __init__(self, identity: SealIdentity) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([certificate(der) for der in identity.chain])
        super().__init__(
            signing_cert=certificate(identity.certificate), cert_registry=store, embed_roots=True
        )
        self._identity = identity

    async def async_sign(  # noqa: PLR0917 - the library's
        self,
        data_digest: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
        use_pades: bool = False,
        timestamper: Any = None,
        signed_attr_settings: Any = None,  # noqa: ARG002
        is_pdf_sig: bool = True,
        encap_content_info: Any = None,
    ) -> bytes:
        """The CMS of a PAdES signature: certificate and digest signed, the time beside (EN 319 142-1)."""
        if not (use_pades and is_pdf_sig) or encap_content_info is not None:
            raise SigningError("papers are signed as PAdES only")
        known = _known(self._identity.certificate)
        attributes = envelope.signed_attributes(envelope.DATA, data_digest, known.attribute)
        value = await self.async_sign_raw(attributes, digest_algorithm, dry_run)
        unsigned = []
        if timestamper is not None:
            token = await timestamper.async_timestamp(hashlib.sha256(value).digest(), DIGEST)
            unsigned.append(envelope.attribute(envelope.TIME_STAMP_TOKEN, token.dump()))
        algorithm = self.get_signature_mechanism_for_digest(DIGEST).dump()
        return envelope.content_info(
            1,
            envelope.der(envelope.SEQUENCE, envelope.DATA),
            {self._identity.certificate, *self._identity.chain},
            envelope.signer_info(known.sid, attributes, algorithm, value, unsigned),
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature value; SHA-256 only, else SigningError."""
        if digest_algorithm != DIGEST:
            raise SigningError("only SHA-256 is agreed with seal systems")
        return _DRY if dry_run else self._identity.sign(data)


_DRY = bytes(512)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a certificate adds to every signature: its name in it, and the signed attribute that names it."""

    sid: bytes
    attribute: bytes


@lru_cache(maxsize=256)
def _known(der: bytes) -> _Known:
    own = certificate(der)
    certified = as_signing_certificate_v2(own, DIGEST)
    return _Known(
        envelope.der(envelope.SEQUENCE, own.issuer.dump(), envelope.integer(own.serial_number)),
        envelope.attribute(envelope.SIGNING_CERTIFICATE_V2, certified.dump()),
    )


class _Rfc3161(HankoTimeStamper):  # type: ignore[misc]
    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        super().__init__(include_nonce=True)
        self._answer = answer

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._answer(req.dump()))


@lru_cache(maxsize=16)
def timestamper_of(port: TimeStamper) -> HankoTimeStamper:
    """Kept per authority: its first answer tells the size and the certificates of the later ones."""
    return _Rfc3161(port.answer)
