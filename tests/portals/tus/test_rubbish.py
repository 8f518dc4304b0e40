"""Whatever is sent to the uploads' addresses, it is never a breakdown."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuaichu.cases.models import Upload
from tests.portals.tus.conftest import Sender, told

pytestmark = pytest.mark.django_db
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255, blacklist_characters="\x7f"), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["POST", "PATCH", "HEAD", "DELETE", "GET", "PUT"]),
    names=st.dictionaries(
        st.sampled_from(
            ["upload_offset", "upload_length", "upload_metadata", "upload_checksum", "type",
             "x_http_method_override", "tus_resumable", "upload_defer_length"]
        ),
        HEADER, max_size=5,
    ),
    body=st.binary(max_size=40),
    metadata=st.dictionaries(
        st.sampled_from(["client_id", "shot", "sha256", "source", "captured_at", "position", "device", "x"]),
        st.text(max_size=30), max_size=4,
    ),
)  # fmt: skip
def test_rubbish_is_never_a_breakdown(
    sender: Sender, method: str, names: dict[str, str], body: bytes, metadata: dict[str, str]
) -> None:
    address = (
        sender.begin(40, shot="front")["Location"]
        if not Upload.objects.exists()
        else f"{sender.collection}/{Upload.objects.first().pk}"
    )
    if metadata:
        safe = {key: value for key, value in metadata.items() if value.isprintable() or key != "x"}
        names = {"upload_metadata": told(**safe), "upload_length": "40"} | names
    for path in (sender.collection, address):
        answer = sender.ask(method, path, body, **names)
        assert answer.status_code < 500, (method, path, names)
        assert answer["Tus-Resumable"] == "1.0.0"
