"""What the demonstration prints when it is ready: one link per role, and where the stand-ins are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from django.conf import settings

from kuaichu.portals.home import tokens

if TYPE_CHECKING:
    from kuaichu.commands.seeding.keeping import Kept

ROLES = {
    "officer": "Determination officer 责任认定民警",
    "officer2": "Second officer 责任认定民警（第二人）",
    "adjuster_huaihai": "Adjuster 定损员",
    "adjuster_taihu": "Adjuster 定损员",
    "adjuster_lixiahe": "Adjuster 定损员",
    "dispatcher": "Dispatcher, 110 calls 调度员",
    "patrol": "Patrol officer (phone) 巡逻交警（手机）",
    "auxiliary": "Auxiliary police (phone) 辅警（手机）",
    "station": "Police station officer (phone) 派出所民警（手机）",
    "specialist": "Insurers' specialist (phone) 警保联动专员（手机）",
    "persuader": "Village persuader (phone) 劝导员（手机）",
    "supervisor": "Supervisor 督导",
    "administrator": "Administrator 管理员",
}
WIDTH = 58
STAND_INS = {
    "phones": "SMS inbox and authenticator 短信收件箱、动态口令",
    "register": "Vehicle and driver register 车辆驾驶人登记",
    "policies": "Policy register 保单登记",
    "huaihai": "Claim system of an insurer 淮海财产保险理赔系统",
    "taihu": "Claim system of an insurer 太湖财产保险理赔系统",
    "rail": "Payout rail 赔款支付通道",
    "police-supervision": "Witness of the public log 公开日志见证：公安监管",
    "insurers-association": "Witness of the public log 公开日志见证：保险行业协会",
    "court": "Witness of the public log 公开日志见证：法院",
}


def show(ports: dict[str, int], kept: Kept, seconds: float) -> None:
    """Print the table; addresses stand in full, so that a terminal can open them. Needs no database."""
    base = settings.BASE_URL
    print(f"\nKuaichu 快处快赔 is ready after {seconds:.1f} s 已就绪\n")
    _row("Citizens 市民（手机宽度打开）", f"{base}/")
    for key, title in ROLES.items():
        if key in kept.links:
            _row(f"{title} {kept.names.get(key, '')}", f"{base}/enter/{tokens.make(kept.links[key])}")
    print()
    for name, title in STAND_INS.items():
        _row(title, f"http://127.0.0.1:{ports[name]}/")
    codes = f"http://127.0.0.1:{ports['phones']}/authenticators"
    _row("Second factors of all accounts 各账号动态口令", codes)
    print("\nPlates ending in 8 are insured by Lixiahe: assess and approve by hand.")
    print("尾号8的车由里下河承保，可人工定损核赔。")
    print("\nReal accidents on the running system 真实事故回放:  .venv/bin/kuaichu replay --cases 20")
    print("Ctrl-C stops; nothing is lost. 按 Ctrl-C 停止，数据保留。", flush=True)


def _row(title: str, address: str) -> None:
    wide = sum(2 if east_asian_width(ch) in "WF" else 1 for ch in title)
    print(f"  {title}{' ' * max(1, WIDTH - wide)}{address}")
