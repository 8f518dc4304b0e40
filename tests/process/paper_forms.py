"""What is typed into the forms of papers that officers ask for."""

from __future__ import annotations

INJURED = {
    "injured": "李㛃", "injured_no": "", "hospital": "市第一医院", "condition": "左小腿骨折",
    "cost": "18,000.00", "account": "市第一人民医院 工商银行 1613001209204567890",
}  # fmt: skip
TOLD: dict[str, dict[str, str]] = {
    "acceptance_record": {"casualties": "无", "opinion": "予以受理。"},
    "rights_notice": {},
    "clear_instruction": {},
    "hand_over_form": {"to": "事故处理中队", "reasons": "一方受伤\n需要检验", "done_so_far": "已固定证据。"},
    "mediation_agreement": {
        "found": "追尾，甲全责。", "losses": "车辆维修费 3500\n施救费：300.50 元",
        "promises": "甲→乙 3800.50",
        "how": "转账", "until": "2026年12月31日",
    },
    "mediation_end": {"began_at": "2026-05-01T08:30", "reason": "未达成协议。"},
    "mediation_record": {
        "began_at": "2026-05-01T08:30", "ended_at": "2026-05-01T09:30", "where": "调解室",
        "present": "甲\n乙",
        "told": "电话通知", "course": "各方陈述", "result": "达成一致。",
    },
    "power_of_attorney": {
        "party": "A", "agent": "陈望", "agent_no": "371602196501010011", "agent_phone": "13605430000",
        "relation": "父亲", "matters": "代为参加调解", "until": "处理完毕",
    },
    "evidence_list": {},
    "extraction_record": {
        "party": "A", "began_at": "2026-05-01T08:30", "ended_at": "2026-05-01T09:30", "where": "处理中心",
        "reason": "车载记录仪无法拆卸。", "method": "写保护读取", "course": "复制\n校验",
    },
    "certified_copy": {"party": "A", "purpose": "申请复核"},
    "photo_sheet": {},
    "rescue_cost_notice": {"party": "A", "advance": "pay", **INJURED},
    "rescue_fund_notice": {"fund": "救助基金管理中心", "ground": "fled", **INJURED},
    "tow_order": {
        "party": "B", "provider": "安顺救援", "provider_phone": "13800000000", "condition": "不能行驶",
        "to": "修理厂",
        "asked_by": "车主", "work": "拖车一次", "price": "300", "price_basis": "公示标准",
    },
}  # fmt: skip
