"""One example of every kind of paper: invented people, typical texts."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from kuaichu.desks.documents import qr
from kuaichu.desks.documents.papers import (
    determination_papers,
    evidence_papers,
    first_papers,
    mediation_papers,
    money_papers,
    notices,
)
from kuaichu.desks.documents.papers.case_paper import Amount, Person
from kuaichu.desks.documents.papers.facts import PARTY_CODES, Grade, Paper, photos_of
from kuaichu.desks.documents.papers.general_certificate import GeneralCertificate
from kuaichu.desks.documents.rendering import Assets
from tests.desks.documents import samples
from tests.desks.documents.samples import DRAWN, MOMENT
from tests.desks.documents.scenes import (
    ACCOUNT,
    CERTIFICATE,
    CHEN,
    FOUND,
    HEAD,
    HURT,
    LATER,
    LI,
    OUYANG,
    SETTLED,
    items,
    picture,
    shots,
)

FACTS: dict[type[Paper], dict[str, Any]] = {
    first_papers.AcceptanceRecord: {
        "report_mode": "电话报警（122）", "reported_at": MOMENT, "reporter": "欧阳喆堃",
        "reporter_phone": "13905436789", "casualties": "无人员伤亡", "summary": FOUND.split("陈䶮承担")[0],
        "opinion": "属于本单位管辖的道路交通事故，予以受理，适用简易程序。",
    },
    first_papers.RightsNotice: {
        "office": "滨州市滨城区黄河八路571号事故处理中心", "phone": "0543-3360122",
        "supervision_phone": "0543-3360110",
    },
    first_papers.ClearInstruction: {"told_at": MOMENT, "fixed": "现场照片6张（证据回执第1号）"},
    first_papers.HandOverForm: {
        "handed_at": LATER, "to": "滨州市公安局交通警察支队滨城区大队事故处理中队",
        "reasons": ("一方当事人在处理过程中报告受伤",),
        "done_so_far": "已固定现场照片6张，双方陈述各1份；未作出认定。",
        "items": (
            first_papers.HandedItem(name="现场照片（电子数据）", count=6, note="证据回执第1号"),
            first_papers.HandedItem(name="当事人陈述", count=2),
        ),
    },
    determination_papers.Supplement: {
        "regarding": CERTIFICATE,
        "paragraphs": ((
            "原认定书载明的“身份尚未查明的当事人乙”，经查为李㛃，"
            "公民身份号码371602198812120040。"
        ),),
    },
    determination_papers.ReviewApplication: {
        "officers": (), "applicant": CHEN, "regarding": CERTIFICATE, "served_at": LATER,
        "request": "请求撤销原认定，重新认定双方同等责任。",
        "reasons": (
            "对方车辆在放行信号亮起后突然倒车，"
            "行车记录仪视频第12秒可以看到倒车灯亮起，原认定没有审查该视频。"
        ),
        "evidence": "行车记录仪视频1段（SHA-256见证据回执第1号）。", "to": "滨州市公安局交通警察支队",
        "applied_at": LATER + timedelta(days=1),
    },
    determination_papers.ReviewAcceptance: {
        "unit": "滨州市公安局交通警察支队", "applicant": "陈䶮", "regarding": CERTIFICATE,
        "received_at": LATER,
        "decide_by": LATER + timedelta(days=30),
        "paragraphs": (
            (
                "你提出的复核申请，本单位已经收到。"
                "根据《道路交通事故处理程序规定》第七十三条的规定，收到之日即为受理之日。"
            ),
            "本单位将自受理之日起三十日内进行审查，作出复核结论；必要时召集各方当事人到场，听取意见。",
        ),
    },
    determination_papers.ProofOfService: {
        "served": CERTIFICATE, "recipient": CHEN, "manner": "电子送达（短信链接，经本人同意）",
        "sent_at": LATER,
        "received_at": LATER + timedelta(minutes=3), "proof": "短信送达回执；受送达人在页面点击“已收到”。",
    },
    mediation_papers.MediationAgreement: SETTLED,
    mediation_papers.PeoplesMediation: SETTLED | {
        "unit": "滨州市滨城区道路交通事故人民调解委员会", "officers": ("王秀兰",),
        "dispute": "车辆维修费的数额和支付期限。",
    },
    mediation_papers.MediationEnd: {
        "began_at": MOMENT, "ended_at": LATER, "regarding": CERTIFICATE,
        "reason": "因双方对车辆贬值损失的赔偿不能达成一致，未达成协议。",
    },
    mediation_papers.MediationRecord: {
        "began_at": MOMENT, "ended_at": LATER, "where": "滨城区事故处理中心第二调解室",
        "present": ("陈䶮（当事人）", "欧阳喆堃（当事人）", "孙立（人保财险滨州市分公司）"),
        "told": "2026年4月27日电话通知各方，均确认按期参加。",
        "course": (
            "交通警察告知各方权利义务。", "欧阳喆堃：请求赔偿维修费3500元、施救费300元。",
            "陈䶮：同意按定损金额赔偿。",
            "孙立：在保险限额内按定损金额支付。",
        ),
        "result": "各方达成一致，制作调解书。",
    },
    mediation_papers.PowerOfAttorney: {
        "officers": (), "principal": CHEN, "agent": Person(name="陈望", document_no="371602196501010011",
        phone="13605430000"),
        "relation": "父亲", "matters": ("代为陈述、提交和领取材料。", "代为参加损害赔偿调解。"),
        "special": ("代为签订调解协议。",),
        "until": "至本起事故处理完毕之日止",
    },
    evidence_papers.EvidenceList: {
        "holder": "陈䶮", "items": items(6), "receipt": "证据回执第1号",
        "no_signature": "数据由当事人从本人已验证的手机在线上传，未到场签名。",
    },
    evidence_papers.ExtractionRecord: {
        "holder": "欧阳喆堃", "items": items(1), "began_at": MOMENT, "ended_at": LATER,
        "where": "滨城区事故处理中心",
        "reason": "行车记录仪为车辆内置，无法扣押原始存储介质。",
        "method": "读卡器写保护复制，SHA-256和SM3校验。",
        "course": ("核对持有人身份；", "写保护读取存储卡，复制视频1段；",
        "计算并核对完整性校验值，由持有人当场确认。"),
    },
    evidence_papers.CertifiedCopy: {
        "applicant": "陈䶮", "purpose": "申请复核", "photos": shots(4),
        "masked": "他人证件号码、电话和无关车辆号牌",
        "copied": (
            evidence_papers.CopiedText(name="当事人陈述",
            lines=("欧阳*堃：我停车等信号灯，后面的车撞上来。电话139****6789。",)),
        ),
    },
    evidence_papers.PhotoSheet: {"regarding": CERTIFICATE, "photos": shots(6)},
    money_papers.RescueCostNotice: {
        "parties": (CHEN, LI), "insurer": "人保财险滨州市分公司", "vehicle": CHEN, "injured": HURT,
        "cost_fen": 18_000_00,
        "account": ACCOUNT,
    },
    money_papers.RescueFundNotice: {
        "parties": (CHEN, LI), "fund": "滨州市道路交通事故社会救助基金管理中心", "injured": HURT,
        "ground": "抢救费用超过交强险责任限额", "cost_fen": 25_600_00, "account": ACCOUNT,
    },
    money_papers.CarePass: {
        "officers": (), "parties": (CHEN, LI), "injured": HURT, "insurer": "人保财险滨州市分公司",
        "ceiling_fen": 18_000_00,
        "basis": CERTIFICATE, "until": "2026年6月1日",
    },
    money_papers.KnockForKnock: {
        "officers": (), "losses": (1_800_00, 1_500_00), "duties": ("同等责任", "同等责任"),
    },
    money_papers.LossSheet: {
        "officers": (), "insurer": "平安产险滨州中心支公司", "claim_no": "RDZA2026371600001234567",
        "vehicle": OUYANG,
        "zone": "车尾", "salvage_fen": 20_00, "total_fen": 3_480_00, "assessor": "孙立",
        "shop": "滨州通达汽车维修有限公司",
        "lines": (
            Amount(item="后保险杠（换件）", fen=1_260_00, note="原厂件"), Amount(item="左尾灯（换件）",
            fen=840_00),
            Amount(item="后围板钣金", fen=600_00, note="工时"), Amount(item="喷漆", fen=700_00, note="工时"),
            Amount(item="辅料", fen=100_00),
        ),
        "assessed_at": LATER,
    },
    money_papers.TowOrder: {
        "officers": (), "provider": "滨州安顺道路救援有限公司", "provider_phone": "0543-3212122",
        "vehicle": CHEN,
        "ordered_at": MOMENT, "work": ("平板拖车一次", "现场清扫"), "price_fen": 300_00,
        "price_basis": "滨州市公示的救援收费标准，二类车10公里以内",
        "to": "滨州通达汽车维修有限公司（车主指定）", "asked_by": "车主", "condition": "左前轮变形，不能行驶",
    },
    money_papers.RepairOrder: {
        "officers": (), "provider": "滨州通达汽车维修有限公司", "provider_phone": "0543-3218888",
        "vehicle": OUYANG,
        "ordered_at": LATER, "work": ("更换后保险杠", "更换左尾灯", "后围板钣金、喷漆"),
        "price_fen": 3_480_00,
        "price_basis": "按定损单", "loss_sheet": "RDZA2026371600001234567-1", "ready_by": "2026年5月6日",
        "old_parts": "交还车主",
    },
}  # fmt: skip
for _kind in (notices.FactsCertificate, notices.RejectionNotice, notices.ReviewConclusion):
    FACTS[_kind] = {
        "parties": tuple(
            notices.NoticeParty(name=p.name, document_no=p.document_no, plate=p.plate) for p in (CHEN, OUYANG)
        ),
        "paragraphs": ("双方均称在绿灯时进入路口，路口无监控，现有证据无法查清。", "特此证明。"),
        "notices": (notices.FACTS_NOTICE,),
    }


FACTS[GeneralCertificate] = FACTS[notices.FactsCertificate] | {
    "officers": ("张明远（警号 151234）", "刘洋（警号 151301）"),
    "grades": (Grade.FULL, Grade.NONE),
    "paragraphs": (
        "一、基本情况：晴，追尾碰撞。甲方驾驶小型轿车；乙方驾驶小型普通客车。",
        "二、事故发生经过：" + FOUND.split("陈䶮承担")[0],
        "三、证据及事故形成原因分析：现场照片等电子证据6件、各方当事人陈述。陈䶮未与前车保持安全距离。",
        "四、当事人的过错及责任：根据" + samples.RULES[0] + "，陈䶮负全部责任，欧阳喆堃无责任。",
    ),
}


def example(kind: type[Paper], **changes: Any) -> Paper:
    """The example of this kind; `changes` replace fields."""
    if kind is samples.SummaryCertificate:
        return samples.certificate(**changes)
    if kind is samples.Agreement:
        return samples.agreement(**changes)
    given = {
        "paper_id": "01970000-0000-7000-8000-0000000000aa",
        "number": "鲁公交滨城〔2026〕第98号",
        "issued_at": LATER,
        **HEAD,
        **FACTS[kind],
        **changes,
    }
    return kind(**given)


def assets(facts: Paper, qr_text: str = "HTTPS://KC.BINZHOU.EXAMPLE/V/" + "AB2" * 80) -> Assets:
    """What belongs beside the facts: QR, code, drawings of those who signed, photographs."""
    parties = getattr(facts, "parties", ())
    drawn = {c: DRAWN for c, p in zip(PARTY_CODES, parties, strict=False) if getattr(p, "drawing", "")}
    known = {hashlib.sha256(picture(index)).hexdigest(): picture(index) for index in range(6)}
    return Assets(
        qr=qr.svg(qr_text, quiet=0),
        code="7K3M-9QXR-04WD",
        check_at="kc.binzhou.example/v",
        drawings=drawn,
        photos={one.sha256: known[one.sha256] for one in photos_of(facts)},
    )
