"""The page of a bundle: opens from the folder without network or script, and says what is what."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.kernel import clock

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccd;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}code{font-size:.8em}img{max-width:20rem;height:auto}"
)


def index_page(found: dict[str, bytes], number: str, view: str, now: datetime) -> str:
    """The HTML of the page. Everything of the files is escaped."""
    papers, evidence = _read(found, "papers/list.json"), _read(found, "evidence/list.json")
    entries, lines = _read(found, "journal.json"), _read(found, "timeline.json")
    rules = _read(found, "engine/rules.json")
    made = now.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M:%S %z")
    parts = [
        f"<h1>{escape(_('Case'))} {escape(number)}</h1>",
        f"<p>{escape(_('Made'))} {made} · {escape(_('view'))} <code>{escape(view)}</code></p>",
        f"<p>{escape(_how())}</p><pre>kuaichu rerun-bundle bundle.zip</pre>",
        _section(_("What happened"), _rows([(x["at"], x["what"], x["who"]) for x in lines])),
        _section(_("Papers"), "".join(map(_paper, papers))),
        _section(_("Evidence"), "".join(map(_photo, evidence))),
        _section(_("The engine's proposal"), _engine(rules)),
        _section(_("Journal"), f"<p>{len(entries)} · <a href='journal.json'>journal.json</a></p>"),
        _section(_("All files"), _rows([_file(name, found[name]) for name in sorted(found)], raw=True)),
    ]
    head = f"<meta charset='utf-8'><title>{escape(number)}</title><style>{_STYLE}</style>"
    return f"<!doctype html><html lang='zh'><head>{head}</head><body>{''.join(parts)}</body></html>"


def _how() -> str:
    return _(
        "Everything here can be checked without the installation that made it: the hashes, the signed "
        "manifest, the chain of the journal, the proofs of the public log, and the engine's answer, by "
        "asking it again."
    )


def _read(found: dict[str, bytes], name: str) -> Any:
    return json.loads(found.get(name, b"[]"))


def _section(title: str, body: str) -> str:
    return f"<h2>{escape(title)}</h2>{body}"


def _rows(rows: list[tuple[str, ...]], *, raw: bool = False) -> str:
    shown = ((cell if raw else escape(str(cell)) for cell in row) for row in rows)
    return (
        "<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in shown) + "</table>"
    )


def _file(name: str, data: bytes) -> tuple[str, ...]:
    link = f"<a href='{escape(name)}'>{escape(name)}</a>"
    return link, str(len(data)), f"<code>{hashlib.sha256(data).hexdigest()}</code>"


def _paper(paper: dict[str, Any]) -> str:
    links = " ".join(
        f"<a href='papers/{escape(paper['code'])}-{count}.pdf'>PDF {count}</a>"
        for count in range(1, len(paper["versions"]) + 1)
    )
    words = f"{escape(paper['number'])} · {escape(paper['status'])} {escape(paper['ended_why'])}"
    return f"<p><b>{words}</b> {links} <a href='papers/{escape(paper['code'])}.facts.json'>JSON</a></p>"


def _photo(row: dict[str, Any]) -> str:
    name = escape(row["file"])
    seen = f"<img src='{name}' alt=''>" if name.endswith((".jpg", ".png", ".webp")) else ""
    link = f"<a href='{name}'>{name}</a>" if name else escape(_("not in this view; its hash is"))
    words = f"{escape(row.get('shot', ''))} {escape(row['party'])} {escape(str(row['received_at']))}"
    return f"<p>{words}<br>{link} <code>SHA-256 {escape(row['sha256'])}</code><br>{seen}</p>"


def _engine(rules: dict[str, Any]) -> str:
    laws = _rows([(one["citation"], one["text"]) for one in rules.get("law", [])])
    told = (str(rules.get("engine", "")), str(rules.get("proposal_sha256", "")))
    sums: list[tuple[str, ...]] = [(_("Engine"), told[0]), ("SHA-256", told[1])]
    return _rows(sums) + "<p><a href='engine/proposal.json'>proposal.json</a></p>" + laws
