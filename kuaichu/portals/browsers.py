"""In which app a page is shown: pages inside chat and payment apps cannot do all that a browser can.

What the phone really can is found out on the phone (`camera-stream.js`); this only says in advance what is
likely, and how to get to the phone's own browser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class InApp:
    """An app that shows pages by itself; `code` is kept with photographs, `way_out` says how to leave it."""

    code: str
    name: Promise | str
    way_out: Promise


_MENU: Final = _("Tap the menu at the top right, then “open in browser”.")
_COPY: Final = _("Copy the address of this page and open it in your phone's browser.")
# order matters: WeCom names WeChat, DingTalk's iPhone app names nothing but itself, QQ's browser is a browser
_APPS: Final[tuple[tuple[re.Pattern[str], InApp], ...]] = tuple(
    (re.compile(pattern), app)
    for pattern, app in (
        (r"wxwork", InApp("wecom", _("WeCom"), _MENU)),
        (r"miniProgram", InApp("wechat-mini", _("a WeChat mini program"), _COPY)),
        (r"MicroMessenger", InApp("wechat", _("WeChat"), _MENU)),
        (r"AlipayClient|AliApp\(AP/", InApp("alipay", _("Alipay"), _MENU)),
        (r"DingTalk", InApp("dingtalk", _("DingTalk"), _MENU)),
        (r"\bLark/|Feishu", InApp("feishu", _("Feishu"), _MENU)),
        (r"(?<!M)QQ/\d", InApp("qq", "QQ", _MENU)),
        (r"\bWeibo\b|__weibo__", InApp("weibo", _("Weibo"), _MENU)),
        (r"aweme|BytedanceWebview|NewsArticle", InApp("douyin", _("Douyin or Toutiao"), _MENU)),
        (r"AliApp\(TB/", InApp("taobao", _("Taobao"), _COPY)),
        (r"baiduboxapp", InApp("baidu", _("the Baidu app"), _MENU)),
        (r"UnionPay|com\.unionpay", InApp("unionpay", _("UnionPay"), _COPY)),
        (r"xhsdiscover|XiaoHongShu", InApp("xiaohongshu", _("Xiaohongshu"), _COPY)),
    )
)
_OTHER: Final = InApp("webview", _("another app"), _COPY)
_ANDROID_VIEW: Final = re.compile(r"Android .*; wv\)")
_APPLE_VIEW: Final = re.compile(
    r"\((?:iPhone|iPad)[^)]*\) AppleWebKit/[\d.]+ \(KHTML, like Gecko\)(?!.*Safari/)"
)


def in_app(user_agent: str) -> InApp | None:
    """The app that shows this page, or None in a browser of its own."""
    for pattern, app in _APPS:
        if pattern.search(user_agent):
            return app
    if _ANDROID_VIEW.search(user_agent) or _APPLE_VIEW.search(user_agent):
        return _OTHER
    return None
