"""An SMS gateway and the phones of a demo: what the city's people would read on their own telephones.

`POST /messages {to, text, key}` delivers once by its key (202, then 200 with the same receipt; the same key
with another message is 409). The inbox `/` and one page a phone, `/phone/<opaque id>`, show the newest first.
`POST /api/messages/query {to, after?}` lists a phone's messages as JSON, newest first, with the links and
codes in them (`GET /api/messages?to=` answers the same). The authenticator: `POST /authenticators {label,
secret_base32}` keeps a key, the page `/authenticators` shows its present code, `POST
/api/authenticators/query {label}` answers it.
"""

from __future__ import annotations

import re
import secrets
import time
import uuid
from html import escape
from typing import Any

from kuaichu.standins import pages, totp
from kuaichu.standins.serving import Refused, Reply, Request, Site, arguments, html, reply, serve, text_of
from kuaichu.standins.store import Row, Store, now

_SCHEMA = """
CREATE TABLE IF NOT EXISTS phones (id TEXT PRIMARY KEY, number TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, receipt TEXT NOT NULL,
    phone TEXT NOT NULL REFERENCES phones (id), text TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_phone ON messages (phone, seq);
CREATE TABLE IF NOT EXISTS authenticators (label TEXT PRIMARY KEY, secret TEXT NOT NULL);
"""
_MOBILE = r"1[3-9]\d{9}"
_CODE = re.compile(r"(?<![A-Za-z0-9./-])\d{4,8}(?![A-Za-z0-9./-])")


class Phones:
    """The gateway's desk."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def site(self) -> Site:
        """Its addresses."""
        site = Site("phones")
        site.on("POST", "/messages", self.send)
        site.on("POST", "/api/messages/query", self.query)
        site.on("GET", "/api/messages", self.query_by_address)
        site.on("POST", "/authenticators", self.add_authenticator)
        site.on("POST", "/api/authenticators/query", self.code)
        site.on("GET", "/authenticators", self.authenticators)
        site.on("GET", "/phone/{id}", self.phone)
        site.on("GET", "/", self.inbox)
        return site

    def send(self, request: Request) -> Reply:
        """Deliver a message, once by its key."""
        body = request.body()
        number = text_of(body, "to", longest=11, pattern=_MOBILE)
        text, key = text_of(body, "text", longest=1000), text_of(body, "key", longest=200)
        with self.store.write() as db:
            if known := self._message(key):
                if (known["number"], known["text"]) != (number, text):
                    raise Refused(409, "this key was used for another message")
                return reply({"receipt": known["receipt"], "status": "delivered"})
            identifier = secrets.token_urlsafe(9)
            db.execute("INSERT OR IGNORE INTO phones VALUES (?, ?)", (identifier, number))
            receipt = uuid.uuid4().hex
            db.execute(
                "INSERT INTO messages (key, receipt, phone, text, at) "
                "SELECT ?, ?, id, ?, ? FROM phones WHERE number = ?",
                (key, receipt, text, now(), number),
            )
        return reply({"receipt": receipt, "status": "delivered"}, 202)

    def query(self, request: Request) -> Reply:
        """A phone's messages, newest first; `after` leaves out those up to that `seq`."""
        body = request.body()
        after = body.get("after", 0)
        if not isinstance(after, int):
            raise Refused(422, "'after' must be a number")
        return self._listed(text_of(body, "to", longest=11, pattern=_MOBILE), after)

    def query_by_address(self, request: Request) -> Reply:
        """The same for a number in the address (a demo's convenience: real numbers do not belong there)."""
        number = (request.query.get("to") or [""])[0]
        return self._listed(text_of({"to": number}, "to", longest=11, pattern=_MOBILE), 0)

    def add_authenticator(self, request: Request) -> Reply:
        """Keep a key under a label; the same label again replaces it."""
        body = request.body()
        label = text_of(body, "label", longest=120)
        base32 = text_of(body, "secret_base32", longest=200)
        _key(base32)
        with self.store.write() as db:
            db.execute("INSERT OR REPLACE INTO authenticators VALUES (?, ?)", (label, base32))
        return reply({"label": label}, 201)

    def code(self, request: Request) -> Reply:
        """The present code of a label and the seconds it is good for."""
        label = text_of(request.body(), "label", longest=120)
        row = self.store.row("SELECT secret FROM authenticators WHERE label = ?", label)
        if row is None:
            raise Refused(404, "no authenticator has this label")
        at = time.time()
        return reply({"code": totp.code(_key(row["secret"]), at), "seconds_left": totp.seconds_left(at)})

    def inbox(self, _: Request) -> Reply:
        """All phones, the one with the newest message first."""
        phones = self.store.rows(
            "SELECT p.id, p.number, COUNT(*) n, MAX(m.seq) newest FROM phones p "
            "JOIN messages m ON m.phone = p.id GROUP BY p.id ORDER BY newest DESC LIMIT 40"
        )
        cards = "".join(self._card(phone) for phone in phones)
        empty = '<div class="card soft">还没有短信。 No messages yet.</div>'
        grid = f'<div class="grid">{cards}</div>' if cards else empty
        return html(
            pages.page(
                "演示手机",
                "Phones of the demo: what each person would read on their own telephone",
                pages.heading("手机", "Phones"),
                grid,
                *self._codes(),
            )
        )

    def phone(self, request: Request) -> Reply:
        """One phone."""
        row = self.store.row("SELECT * FROM phones WHERE id = ?", request.named["id"])
        if row is None:
            raise Refused(404, "no such phone")
        bubbles = "".join(map(_bubble, self._messages(row["id"], 200)))
        back = '<p><a href="/">全部手机 All phones</a></p>'
        return html(pages.page(f"手机 {_spaced(row['number'])}", "Messages, newest first", back, bubbles))

    def authenticators(self, _: Request) -> Reply:
        """Every authenticator's present code."""
        return html(pages.page("动态口令", "Authenticator codes (RFC 6238)", *self._codes()))

    def _codes(self) -> tuple[str, str]:
        rows = self.store.rows("SELECT * FROM authenticators ORDER BY label LIMIT 200")
        cards = "".join(
            f'<div class="card"><div>{escape(row["label"])}</div>'
            f'<span class="code">{totp.code(_key(row["secret"]), time.time())}</span> '
            '<span class="soft" data-left></span></div>'
            for row in rows
        )
        empty = '<div class="card soft">没有登记动态口令。 None registered.</div>'
        return (
            pages.heading("动态口令", "Authenticator codes"),
            f'<div class="grid">{cards}</div>' if cards else empty,
        )

    def _card(self, phone: Row) -> str:
        bubbles = "".join(map(_bubble, self._messages(phone["id"], 4)))
        head = f'<a href="/phone/{phone["id"]}"><b>{_spaced(phone["number"])}</b></a>'
        return f'<div class="card">{head} <span class="soft">{phone["n"]} 条 messages</span>{bubbles}</div>'

    def _listed(self, number: str, after: int) -> Reply:
        rows = self.store.rows(
            "SELECT seq, at, text FROM messages m JOIN phones p ON p.id = m.phone "
            "WHERE number = ? AND seq > ? ORDER BY seq DESC LIMIT 200",
            number,
            after,
        )
        extra: list[dict[str, Any]] = [
            {**row, "links": pages.links(row["text"]), "codes": _codes_in(row["text"])} for row in rows
        ]
        return reply(extra)

    def _messages(self, phone: str, most: int) -> list[Row]:
        return self.store.rows(
            "SELECT text, at FROM messages WHERE phone = ? ORDER BY seq DESC LIMIT ?", phone, most
        )

    def _message(self, key: str) -> Row | None:
        return self.store.row(
            "SELECT receipt, text, number FROM messages m JOIN phones p ON p.id = m.phone WHERE key = ?", key
        )


def _bubble(message: Row) -> str:
    text = pages.linked(message["text"])
    return f'<div class="bubble">{text}</div><div class="soft">{pages.clock(message["at"])}</div>'


def _spaced(number: str) -> str:
    return f"{number[:3]} {number[3:7]} {number[7:]}"


def _codes_in(text: str) -> list[str]:
    for link in pages.links(text):
        text = text.replace(link, " ")
    return _CODE.findall(text)


def _key(base32: str) -> bytes:
    try:
        return totp.secret(base32)
    except ValueError as wrong:
        raise Refused(422, f"'secret_base32' is {wrong}") from None


def main() -> None:
    """Run the gateway and its phones."""
    options = arguments(__doc__ or "").parse_args()
    store = Store(options.store, _SCHEMA)
    serve(Phones(store).site(), host=options.host, port=options.port, close=store.close)


if __name__ == "__main__":
    main()
