"""A real HTTP server for the look's pages, without a database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from tests.portals.look import serving


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        return


@pytest.fixture(scope="session")
def _serve() -> Iterator[str]:
    from django.conf import settings

    mine = Path(__file__).parent / "templates"
    templates = [one | {"DIRS": [*one.get("DIRS", []), mine]} for one in settings.TEMPLATES]
    own = override_settings(
        ROOT_URLCONF="tests.portals.look.serving",
        TEMPLATES=templates,
        ALLOWED_HOSTS=["127.0.0.1"],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        SECURE_SSL_REDIRECT=False,
    )
    with own:
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def site(_serve: str) -> Callable[[str], str]:
    """The address of a path on the look's own server, whose ends start afresh."""
    serving.DESK.__init__()  # type: ignore[misc]
    return lambda path: _serve + path
