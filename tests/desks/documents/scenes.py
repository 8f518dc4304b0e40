"""People, pictures and amounts of the examples of papers: invented."""

from __future__ import annotations

import hashlib
import io
import random
from datetime import timedelta
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from kuaichu.desks.documents.papers import evidence_papers, mediation_papers, money_papers
from kuaichu.desks.documents.papers.case_paper import Amount, Person
from kuaichu.desks.documents.papers.facts import Photo
from tests.desks.documents.samples import MOMENT, PLACE, UNIT

LATER = MOMENT + timedelta(minutes=40)
CHEN = Person(
    name="陈䶮",
    document_no="371602199003070017",
    phone="13805431234",
    plate="鲁M·A1234",
    vehicle="小型轿车",
    insurer="人保财险滨州市分公司",
    policy="PDZA202637160000123456",
    address="滨州市滨城区渤海十八路",
)
OUYANG = Person(
    name="欧阳喆堃",
    document_no="371602198812120024",
    phone="13905436789",
    plate="鲁M·D12345",
    vehicle="小型普通客车",
    insurer="平安产险滨州中心支公司",
    policy="12345000000000000000000001",
    address="滨州市博兴县胜利一路",
)
LI = Person(name="李㛃", document_no="371602198812120040", phone="13905430001")
HEAD: dict[str, Any] = {
    "unit": UNIT,
    "case_number": "BZ20260501-000123",
    "occurred_at": MOMENT,
    "place": PLACE,
    "parties": (CHEN, OUYANG),
    "officers": ("张明远（警号 151234）",),
}
CERTIFICATE = "鲁公交滨城简认〔2026〕第123号道路交通事故认定书"
HURT = money_papers.Injured(
    name="李㛃", document_no="371602198812120040", hospital="滨州市人民医院", condition="左小腿骨折，神志清楚"
)
ACCOUNT = "滨州市人民医院，工商银行滨州分行，1613 0012 0920 0456 789"
FOUND = (
    "2026年5月1日7时52分，陈䶮驾驶鲁M·A1234小型轿车与前方停车等候放行信号的欧阳喆堃驾驶的"
    "鲁M·D12345小型普通客车追尾，造成两车损坏。陈䶮承担全部责任，欧阳喆堃无责任。"
)


@cache
def picture(index: int, size: tuple[int, int] = (1280, 960)) -> bytes:
    """A drawn scene as a JPEG of the size of a viewing copy; noise like that of a camera."""
    grain = random.Random(index).randbytes(size[0] * size[1])
    noise = Image.frombytes("L", size, grain).convert("RGB")
    image = Image.blend(noise, Image.new("RGB", size, (118, 126, 132)), 0.86)
    pen = ImageDraw.Draw(image)
    wide, tall = size
    pen.polygon(
        [(0, tall), (wide * 2 // 5, tall // 3), (wide * 3 // 5, tall // 3), (wide, tall)], fill=(70, 72, 76)
    )
    pen.line([(wide // 2, tall // 3), (wide // 2, tall)], fill=(240, 240, 240), width=10)
    for side, shade in ((-1, (178, 34, 34)), (1, (25, 60, 120))):
        left = wide // 2 + side * (150 + 20 * index) - 110
        pen.rounded_rectangle([left, tall // 2, left + 220, tall // 2 + 170], 26, fill=shade)
        pen.rectangle([left + 60, tall // 2 + 120, left + 160, tall // 2 + 150], fill=(20, 80, 190))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


SHOTS = (
    "现场全景（前方）",
    "现场全景（后方）",
    "碰撞部位",
    "甲方车辆号牌",
    "乙方车辆号牌",
    "路口信号灯和标线",
)


def shots(count: int = 6) -> tuple[Photo, ...]:
    """`count` photographs as facts."""
    return tuple(
        Photo(
            sha256=hashlib.sha256(picture(index % 6)).hexdigest(),
            original_sha256=hashlib.sha256(b"original %d" % index).hexdigest(),
            caption=SHOTS[index % 6],
            source=f"当事人甲 2026-05-01 07:5{3 + index % 6} 现场拍摄",
        )
        for index in range(count)
    )


def items(count: int) -> tuple[evidence_papers.ElectronicItem, ...]:
    return tuple(
        evidence_papers.ElectronicItem(
            name=SHOTS[index % 6] + ".jpg",
            source="当事人甲手机现场拍摄",
            made_at=MOMENT + timedelta(minutes=index),
            received_at=MOMENT + timedelta(minutes=index, seconds=8),
            size=412_345 + index,
            sha256=hashlib.sha256(b"%d" % index).hexdigest(),
            sm3=hashlib.sha256(b"sm3 %d" % index).hexdigest(),
        )
        for index in range(count)
    )


LOSSES = (
    Amount(item="车辆维修费", fen=3_500_00, note="鲁M·D12345，定损单"),
    Amount(item="施救费", fen=300_00, note="拖车发票"),
)
PROMISE = mediation_papers.Promise(
    by="陈䶮", to="欧阳喆堃", fen=3_800_00, how="由承保公司在保险限额内直接支付", until="2026年5月15日"
)
SETTLED: dict[str, Any] = {
    "found": FOUND,
    "losses": LOSSES,
    "shares": ("100%", "0%"),
    "promises": (PROMISE,),
    "others": "双方无其他争议；本次事故的其他损失由各自承担。",
    "mediated_at": LATER,
}
