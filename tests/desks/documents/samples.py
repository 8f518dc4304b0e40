"""Facts of papers for the tests: invented people, the longest texts that occur."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from kuaichu.desks.documents import qr
from kuaichu.desks.documents.papers.agreement import (
    Agreement,
    AgreementParty,
    Compensation,
    Form,
    Situation,
    Zone,
)
from kuaichu.desks.documents.papers.facts import CHINA, PARTY_CODES, Grade
from kuaichu.desks.documents.papers.summary_certificate import (
    CertificateParty,
    Closing,
    Mode,
    SummaryCertificate,
)
from kuaichu.desks.documents.rendering import Assets
from kuaichu.desks.liability.facts import AccidentFacts, VehicleFacts
from kuaichu.desks.liability.sketch import draw
from kuaichu.desks.liability.vocabulary import Movement, UserKind
from kuaichu.desks.liability.vocabulary import Zone as DrawnZone

MOMENT = datetime(2026, 5, 1, 8, 30, tzinfo=CHINA)
UNIT = "滨州市公安局交通警察支队滨城区大队"
PLACE = "滨州市滨城区渤海十八路与黄河八路交叉口北侧约35米处由北向南第二条机动车道内"
DRAWN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 110">'
    b'<path d="M20 80 C60 10 80 20 90 70 S140 20 150 60 180 90 200 40 230 70 280 30" fill="none"'
    b' stroke="#112" stroke-width="5" stroke-linecap="round"/></svg>'
)
DRAWN_HASH = hashlib.sha256(DRAWN).hexdigest()
SKETCH = draw(
    AccidentFacts(
        (
            VehicleFacts(
                "A", UserKind.MV, Movement.LEFT_TURN, DrawnZone.FRONT_RIGHT, {"other_came_from": "opposite"}
            ),
            VehicleFacts("B", UserKind.MV, Movement.STRAIGHT, DrawnZone.FRONT_LEFT),
        ),
        MOMENT.date(),
        {"control": "signals"},
    )
)

NARRATIVE = (
    "2026年5月1日7时52分，在滨州市滨城区渤海十八路与黄河八路交叉口北侧约35米处由北向南机动车道内，陈䶮驾驶鲁M·A1234小型轿车"
    "沿渤海十八路由北向南行驶，因未与前车保持足以采取紧急制动措施的安全距离，与前方同车道内因等候放行信号停车的欧阳喆堃驾驶的"
    "鲁M·D12345小型普通客车发生追尾碰撞，造成两车不同程度损坏、无人员受伤的道路交通事故。事故发生后，双方当事人在确保安全的"
    "原则下拍照固定证据并自行撤离现场，现场照片六张、行车记录仪视频一段均经双方确认。"
)
RULES = (
    "《中华人民共和国道路交通安全法》第四十三条",
    "《中华人民共和国道路交通安全法实施条例》第四十四条第二款",
    "《山东省实施〈中华人民共和国道路交通安全法〉办法》第三十九条第一款第（三）项",
)

CERTIFICATE_PARTIES = (
    CertificateParty(
        name="陈䶮",
        document_no="371602199003070017",
        phone="13805431234",
        traffic_mode="驾驶小型汽车",
        vehicle="小型轿车",
        plate="鲁M·A1234",
        contact_zone="车头、右前角",
        insurer="中国人民财产保险股份有限公司滨州市分公司",
        policy="PDZA202637160000123456789012345",
        grade=Grade.FULL,
        citations=RULES,
        drawing=DRAWN_HASH,
        signed_at=MOMENT,
    ),
    CertificateParty(
        name="欧阳喆堃",
        document_no="371602198812120024",
        phone="13905436789",
        traffic_mode="驾驶小型汽车",
        vehicle="小型普通客车",
        plate="鲁M·D12345",
        contact_zone="车尾",
        insurer="中国平安财产保险股份有限公司滨州中心支公司",
        policy="12345000000000000000000001",
        grade=Grade.NONE,
    ),
    CertificateParty(
        name="王𬭚",
        document_no="371602198812120032",
        phone="13905430000",
        traffic_mode="驾驶电动自行车",
        contact_zone="左侧",
        grade=Grade.NONE,
    ),
    CertificateParty(
        name="李㛃",
        document_no="371602198812120040",
        phone="13905430001",
        traffic_mode="步行",
        grade=Grade.NONE,
        refusal="经告知，当事人于2026年5月1日拒绝签名。",
    ),
)


def certificate(count: int = 2, /, **changes) -> SummaryCertificate:
    """A certificate with long texts; `changes` replace fields."""
    facts = {
        "paper_id": "01970000-0000-7000-8000-000000000007",
        "number": "鲁公交滨城简认〔2026〕第123号",
        "issued_at": MOMENT + timedelta(minutes=40),
        "unit": UNIT,
        "review_body": "滨州市公安局交通警察支队",
        "mode": Mode.ONLINE,
        "occurred_at": MOMENT,
        "place": PLACE,
        "weather": "晴",
        "accident_form": "追尾碰撞",
        "parties": CERTIFICATE_PARTIES[:count],
        "narrative": NARRATIVE,
        "officer": "张明远",
        "badge": "151234",
        "mediation": (
            "陈䶮赔偿欧阳喆堃车辆维修费，由承保公司在交强险和商业第三者责任险限额内"
            "按定损金额支付；其他损失各自承担。"
        ),
        "closing": Closing.MEDIATED,
    }
    return SummaryCertificate(**(facts | changes))


def agreement(count: int = 2, /, **changes) -> Agreement:
    """An agreement with long texts; `changes` replace fields."""
    proof = {"drawing": DRAWN_HASH, "signed_at": MOMENT, "sms_proved_at": MOMENT, "notices_read_at": MOMENT}
    first = AgreementParty(
        name="陈䶮",
        document_no="371602199003070017",
        phone="13805431234",
        grade=Grade.FULL,
        zones=(Zone.FRONT, Zone.FRONT_RIGHT),
        situations=(Situation.REAR_ENDED_LEADER,),
        plate="鲁M·A1234",
        vehicle="小型轿车",
        insurer="中国人民财产保险股份有限公司滨州市分公司",
        policy="PDZA202637160000123456789012345",
        policy_period="2025-09-01至2026-08-31",
        claim_no="RDZA2026371600001234567",
        **proof,
    )
    other = AgreementParty(
        name="欧阳喆堃",
        document_no="371602198812120024",
        phone="13905436789",
        grade=Grade.NONE,
        zones=(Zone.REAR,),
        situations=(),
        plate="鲁M·D12345",
        vehicle="小型普通客车",
        insurer="中国平安财产保险股份有限公司滨州中心支公司",
        policy="12345000000000000000000001",
        policy_period="2025-10-01至2026-09-30",
        **proof,
    )
    facts = {
        "paper_id": "01970000-0000-7000-8000-000000000008",
        "number": "鲁公交滨协〔2026〕第98号",
        "issued_at": MOMENT,
        "occurred_at": MOMENT,
        "place": PLACE,
        "weather": "晴",
        "form": Form.REAR_END,
        "parties": (first, *[other] * (count - 1)),
        "compensation": Compensation.INSURANCE,
        "description": (
            "陈䶮驾车由北向南行驶，未与前车保持安全距离，与因等候放行信号停车的欧阳喆堃所驾车辆追尾，"
            "两车轻微受损，无人受伤。"
        ),
        "terms": "陈䶮一方承担欧阳喆堃车辆的全部维修费，由承保公司按定损金额支付。",
    }
    return Agreement(**(facts | changes))


def assets(facts, qr_text: str = "", **changes) -> Assets:
    """What belongs beside the facts: QR, code, the drawn signatures of those who signed."""
    drawings = {code: DRAWN for code, party in zip(PARTY_CODES, facts.parties, strict=False) if party.drawing}
    given = {
        "qr": qr.svg(qr_text, quiet=0) if qr_text else "",
        "code": "7K3M-9QXR-04WD",
        "check_at": "kc.binzhou.example/v",
        "drawings": drawings,
    }
    return Assets(**(given | changes))
