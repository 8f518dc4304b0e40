"""A recognised time-stamp authority over HTTP (RFC 3161 §3.4) through pyHanko's client."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from asn1crypto import pem, tsp
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from requests import RequestException

from kuaichu.desks.documents.ports import TimeStampUnavailable


def connect(config: Mapping[str, str]) -> HttpTimeStamper:
    """`url`; `anchors`: PEM or DER files of the authority's roots, separated by `:`; `timeout` (seconds, 4);
    `user` and `password` for basic authentication; `name` as papers call the authority."""
    files = [Path(file) for file in config.get("anchors", "").split(":") if file]
    anchors = tuple(der for file in files for der in _certificates(file.read_bytes()))
    login = (config["user"], config.get("password", "")) if config.get("user") else None
    return HttpTimeStamper(
        config["url"], anchors, float(config.get("timeout", "4")), login, config.get("name", "http")
    )


class HttpTimeStamper:
    """Asks one authority; never retries by itself, because a paper in the making waits for it."""

    def __init__(
        self,
        url: str,
        anchors: tuple[bytes, ...],
        timeout: float = 4.0,
        login: tuple[str, str] | None = None,
        name: str = "http",
    ) -> None:
        self.name = name
        self.anchors = anchors
        self._client = HTTPTimeStamper(url, timeout=timeout, auth=login)

    def answer(self, request: bytes) -> bytes:
        """DER TimeStampReq to DER TimeStampResp. Raises `TimeStampUnavailable`."""
        asked = tsp.TimeStampReq.load(request)
        try:
            return bytes(_finish(self._client, asked).dump())
        except (RequestException, TimestampRequestError, OSError, ValueError) as error:
            raise TimeStampUnavailable(self.name) from error


def _finish(client: HTTPTimeStamper, asked: tsp.TimeStampReq) -> tsp.TimeStampResp:
    """The caller may be inside an event loop of its own (signing is), so the call gets its own thread."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, client.async_request_tsa_response(asked)).result()


def _certificates(data: bytes) -> list[bytes]:
    if not pem.detect(data):
        return [data]
    return [der for _, _, der in pem.unarmor(data, multiple=True)]
