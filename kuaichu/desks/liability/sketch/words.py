"""The words of a sketch in both languages: they go on paper too, so they live beside the drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..vocabulary import Control, Movement, RoadForm, Zone

Lang = Literal["zh", "en"]
M, Z, F, K = Movement, Zone, RoadForm, Control
_PARTIES = "甲乙丙丁戊己庚辛壬癸"


def lang_of(code: str) -> Lang:
    """The language of a code such as `zh-hans`; English for any other."""
    return "zh" if code.lower().startswith("zh") else "en"


def name_of(label: str, lang: Lang) -> str:
    """What a road user is called: A is 甲 in Chinese; other labels stay as they are."""
    place = ord(label) - ord("A") if len(label) == 1 else -1
    return _PARTIES[place] if lang == "zh" and 0 <= place < len(_PARTIES) else label


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one language; `{…}` are filled in by `legend`."""

    movements: Mapping[str, str]
    zones: Mapping[str, str]
    forms: Mapping[str, str]
    controls: Mapping[str, str]
    signals: Mapping[str, str]
    officer: str
    title: str
    contact: str
    contact_unknown: str
    unknown_movement: str
    walking: str
    unknown_zone: str
    touched: str
    scale: str
    guessed: str
    form_guessed: str
    lines_unknown: str
    apart: str
    comma: str
    stop: str


_ZH = Words(
    movements={
        M.STRAIGHT: "直行",
        M.LEFT_TURN: "左转弯",
        M.RIGHT_TURN: "右转弯",
        M.U_TURN: "掉头",
        M.REVERSING: "倒车",
        M.ROLLING: "溜车",
        M.LANE_CHANGE_LEFT: "向左变更车道",
        M.LANE_CHANGE_RIGHT: "向右变更车道",
        M.OVERTAKING: "超车",
        M.MERGING: "汇入",
        M.LEAVING_KERB: "从路边起步",
        M.ENTERING_BAY: "驶入泊位",
        M.LEAVING_BAY: "驶出泊位",
        M.ENTERING_ROAD: "从路外驶入道路",
        M.CROSSING_ROAD: "横过道路",
        M.DOOR_OPENING: "停车开门",
        M.STOPPED_QUEUE: "排队等候",
        M.STOPPED_SIGNAL: "等候信号",
        M.BROKEN_DOWN: "发生故障",
        M.PARKED_LEGAL: "依法停放",
        M.PARKED_ILLEGAL: "违法停放",
    },
    zones={
        Z.FRONT: "车头",
        Z.FRONT_LEFT: "左前角",
        Z.FRONT_RIGHT: "右前角",
        Z.LEFT: "车身左侧",
        Z.RIGHT: "车身右侧",
        Z.REAR: "车尾",
        Z.REAR_LEFT: "左后角",
        Z.REAR_RIGHT: "右后角",
    },
    forms={
        F.STRAIGHT: "路段",
        F.CROSS: "十字路口",
        F.TEE: "丁字路口",
        F.ROUNDABOUT: "环形路口",
        F.CAR_PARK: "停车场通道",
        F.EXIT: "出入口",
        F.SLIP_ROAD: "匝道汇入处",
        F.NARROW: "窄路",
        F.SLOPE: "坡道",
    },
    controls={
        K.SIGNALS: "信号灯控制",
        K.ARROWS: "箭头信号灯控制",
        K.SIGNS: "有让行标志",
        K.MARKINGS: "有让行标线",
        K.NONE: "无控制",
        K.OFFICER: "交警指挥",
    },
    signals={"red": "红", "yellow": "黄", "green": "绿"},
    officer="警",
    title="事故示意图",
    contact="{a}的{p}与{b}的{q}接触",
    contact_unknown="{a}与{b}接触，碰撞部位未全部查明",
    unknown_movement="行驶状态不明",
    walking="步行",
    unknown_zone="碰撞部位不明",
    touched="碰撞部位：{zone}",
    scale="示意图，不按比例；车道数和距离不代表实况",
    guessed="{who}的来向未陈述，系推定",
    form_guessed="路口形状系推定",
    lines_unknown="灰色虚线处标线情况未知",
    apart="{who}的位置不明",
    comma="，",
    stop="。",
)
_EN = Words(
    movements={
        M.STRAIGHT: "straight on",
        M.LEFT_TURN: "turning left",
        M.RIGHT_TURN: "turning right",
        M.U_TURN: "U-turn",
        M.REVERSING: "reversing",
        M.ROLLING: "rolling",
        M.LANE_CHANGE_LEFT: "changing lanes to the left",
        M.LANE_CHANGE_RIGHT: "changing lanes to the right",
        M.OVERTAKING: "overtaking",
        M.MERGING: "merging",
        M.LEAVING_KERB: "pulling out from the kerb",
        M.ENTERING_BAY: "entering a bay",
        M.LEAVING_BAY: "leaving a bay",
        M.ENTERING_ROAD: "coming onto the road",
        M.CROSSING_ROAD: "crossing the road",
        M.DOOR_OPENING: "opening a door",
        M.STOPPED_QUEUE: "waiting in a queue",
        M.STOPPED_SIGNAL: "waiting at a signal",
        M.BROKEN_DOWN: "broken down",
        M.PARKED_LEGAL: "parked lawfully",
        M.PARKED_ILLEGAL: "parked illegally",
    },
    zones={
        Z.FRONT: "front",
        Z.FRONT_LEFT: "front left corner",
        Z.FRONT_RIGHT: "front right corner",
        Z.LEFT: "left side",
        Z.RIGHT: "right side",
        Z.REAR: "rear",
        Z.REAR_LEFT: "rear left corner",
        Z.REAR_RIGHT: "rear right corner",
    },
    forms={
        F.STRAIGHT: "road",
        F.CROSS: "crossroads",
        F.TEE: "T-junction",
        F.ROUNDABOUT: "roundabout",
        F.CAR_PARK: "aisle of a car park",
        F.EXIT: "exit onto a road",
        F.SLIP_ROAD: "slip road",
        F.NARROW: "narrow road",
        F.SLOPE: "slope",
    },
    controls={
        K.SIGNALS: "signal lights",
        K.ARROWS: "arrow signals",
        K.SIGNS: "yield signs",
        K.MARKINGS: "yield lines",
        K.NONE: "uncontrolled",
        K.OFFICER: "directed by an officer",
    },
    signals={"red": "red", "yellow": "yellow", "green": "green"},
    officer="P",
    title="Sketch of the accident",
    contact="{p} of {a} against {q} of {b}",
    contact_unknown="{a} and {b} touched, not all zones are known",
    unknown_movement="movement not known",
    walking="on foot",
    unknown_zone="zone not known",
    touched="touched at the {zone}",
    scale="Not to scale; number of lanes and distances are not stated",
    guessed="Where {who} came from was not stated and is assumed",
    form_guessed="The form of the junction is assumed",
    lines_unknown="Grey dashes: lines not known",
    apart="Where {who} stood is not known",
    comma=", ",
    stop=". ",
)
WORDS: Mapping[Lang, Words] = {"zh": _ZH, "en": _EN}
"""The words by language."""
