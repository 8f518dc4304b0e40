"""Chinese words of papers for the codes of the file (national accident form, GA/T 16 family)."""

from __future__ import annotations

from typing import Final

WEATHERS: Final = {
    "1": "晴", "2": "阴", "3": "雨", "4": "雪", "5": "雾", "6": "大风", "7": "沙尘", "8": "冰雹", "9": "其他",
}  # fmt: skip

FORMS: Final = {
    "1": "追尾碰撞",
    "2": "正面碰撞",
    "3": "侧面碰撞（同向）",
    "4": "侧面碰撞（对向）",
    "5": "侧面碰撞（直角）",
    "6": "侧面碰撞（角度不确定）",
    "7": "同向刮擦",
    "8": "对向刮擦",
    "9": "其他角度碰撞",
}

ZONES: Final = {
    "FRONT": "车头",
    "FRONT_LEFT": "左前角",
    "FRONT_RIGHT": "右前角",
    "LEFT": "车身左侧",
    "RIGHT": "车身右侧",
    "REAR": "车尾",
    "REAR_LEFT": "左后角",
    "REAR_RIGHT": "右后角",
}

# The engine's tick boxes (the Chinese words of the form) to the paper's.
SITUATIONS: Final = {
    "停车": "STOPPING",
    "倒车": "REVERSING",
    "逆行": "WRONG_WAY",
    "溜车": "ROLLING",
    "开关车门": "DOOR",
    "违反交通信号灯": "SIGNAL",
    "变更车道与其他车辆刮擦": "LANE_CHANGE",
    "未保持安全车距与前车追尾": "REAR_ENDED_LEADER",
    "未按规定让行": "PRIORITY",
    "其他": "OTHER",
}
