"""The look of the stand-ins' pages: Chinese first, English below, latest first, refreshed by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from html import escape

_SHANGHAI = timezone(timedelta(hours=8))
_LINK = re.compile(r"https?://[^\s<>\"'，。；：、！？）】」』]+")

_STYLE = """
:root{--ink:#16202c;--soft:#5b6876;--line:#dfe5ec;--paper:#f3f6f9;--card:#fff;--accent:#0b5cad;
--ok:#0d6b3c;--okbg:#e2f5ea;--warn:#8a4b00;--warnbg:#fff1dc;--bad:#a3161b;--badbg:#fde8e8}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#a7b3c1;--line:#2c3947;--paper:#0f161e;
--card:#18222d;--accent:#7db7f5;--ok:#7fdcaa;--okbg:#12351f;--warn:#f5c27a;--warnbg:#3a2a10;--bad:#ff9c9c;
--badbg:#411618}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.6 "Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
header{background:var(--card);border-bottom:1px solid var(--line);padding:20px 24px}
h1{font-size:22px;line-height:1.3;margin:0}h2{font-size:17px;margin:28px 0 10px}
[lang=en]{color:var(--soft);font-size:14px;font-weight:400}
main{max-width:1080px;margin:0 auto;padding:8px 24px 48px}
a{color:var(--accent);overflow-wrap:anywhere}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 18px;margin:10px 0}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:14px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:14px;background:var(--card)}
th,td{text-align:left;padding:8px 12px;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:600;white-space:nowrap}td.n,.code{font-variant-numeric:tabular-nums}
td.n{text-align:right;white-space:nowrap}.soft{color:var(--soft);font-size:13px}
.pill{display:inline-block;border-radius:999px;padding:1px 10px;font-size:13px;background:var(--line)}
.pill.ok{background:var(--okbg);color:var(--ok)}.pill.warn{background:var(--warnbg);color:var(--warn)}
.pill.bad{background:var(--badbg);color:var(--bad)}
.bubble{background:var(--paper);border-radius:4px 14px 14px 14px;padding:10px 14px;margin:8px 0;
white-space:pre-wrap;overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:12px}.figure{min-width:150px}.figure b{font-size:22px;display:block}
.code{font-size:30px;letter-spacing:.12em;font-weight:700}
"""

_REFRESH = """
async function again(){try{const r=await fetch(location.href,{cache:'no-store'});if(r.ok){
const d=new DOMParser().parseFromString(await r.text(),'text/html').querySelector('main');
const m=document.querySelector('main');
if(d&&d.innerHTML!==window.seen){if(window.seen!==undefined)m.innerHTML=d.innerHTML;window.seen=d.innerHTML;tick()}
}}catch(e){}setTimeout(again,2000)}
function tick(){const s=30-Math.floor(Date.now()/1000)%30;
document.querySelectorAll('[data-left]').forEach(e=>{e.textContent=s+' 秒'})}
setInterval(tick,1000);tick();again()
"""


def page(title: str, english: str, *parts: str) -> str:
    """A whole page; `parts` are pieces of markup which the functions below made."""
    body = "\n".join(parts)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head>"
        f'<body><header><h1>{escape(title)}</h1><div lang="en">{escape(english)}</div></header>'
        f"<main>{body}</main><script>{_REFRESH}</script></body></html>"
    )


def heading(title: str, english: str) -> str:
    """A section's heading in both languages."""
    return f'<h2>{escape(title)} <span lang="en">{escape(english)}</span></h2>'


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, empty: str) -> str:
    """A table of cells which are already markup; `empty` is what to say when there are none."""
    body = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows)
    if not body:
        return f'<div class="card soft">{escape(empty)}</div>'
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    return f'<div class="card scroll"><table><tr>{head}</tr>{body}</table></div>'


def figures(values: Iterable[tuple[str, str]]) -> str:
    """A row of figures: (caption, value)."""
    cards = (
        f'<div class="card figure"><b class="n">{escape(v)}</b><span class="soft">{escape(c)}</span></div>'
        for c, v in values
    )
    return f'<div class="figures">{"".join(cards)}</div>'


def pill(text: str, tone: str = "") -> str:
    """A status; tone `ok`, `warn`, `bad` or none."""
    return f'<span class="pill {tone}">{escape(text)}</span>'


def linked(text: str) -> str:
    """Escaped text whose web addresses can be tapped."""
    pieces, end = [], 0
    for match in _LINK.finditer(text):
        pieces.append(escape(text[end : match.start()]))
        address = escape(match.group())
        pieces.append(f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>')
        end = match.end()
    return "".join(pieces) + escape(text[end:])


def links(text: str) -> list[str]:
    """The web addresses in a text."""
    return _LINK.findall(text)


def clock(instant: str | None) -> str:
    """An ISO instant as Shanghai date and time; empty for None."""
    if not instant:
        return ""
    return datetime.fromisoformat(instant).astimezone(_SHANGHAI).strftime("%m-%d %H:%M:%S")


def yuan(fen: int) -> str:
    """Whole fen as ￥1,234.56."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}￥{fen // 100:,}.{fen % 100:02d}"


def hidden(text: str, keep: int = 4) -> str:
    """A personal number with all but its last characters hidden."""
    return "*" * max(0, len(text) - keep) + text[-keep:]


def _cell(cell: str) -> str:
    return f'<td class="n">{cell}</td>' if cell.lstrip("-").startswith("￥") else f"<td>{cell}</td>"
