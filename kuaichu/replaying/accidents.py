"""Real accidents read from the open data of Taipei City, and moved to where a city of this installation lies.

How a place is moved: the data's middle (medians of both coordinates) comes to lie on the city's centre, and
every accident keeps its distance and direction from it in metres (a degree of longitude is shorter further
north). Where the data spreads wider than the city, all distances shrink by one factor, so that the geometry
among the accidents stays as it was. Place texts lose their district and are put into simplified characters.
"""

from __future__ import annotations

import csv
import math
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "commands" / "data" / "taipei_2020_january.csv"
PROPERTY_ONLY = 3
FORMATS = ("%Y/%m/%d %H:%M", "%Y/%m/%d-%H:%M")
_SIMPLER = str.maketrans(
    "區與號對門東環復興國華錦萬億廣場橋園樂農榮寧義愛德開陽陰漢將軍權擴濱龍蘭側鄉鎮莊龜會銀雙連線圓車輛處館書業學醫應電錢鐵頭廟廠馬鳳鶴麗點灣內塔縣臺擬舊長樓間階術設計畫慶壽遠燈桿頂羅劍"
    "寶無島嶺貿經總濟強轉鄭關實後達維師賢邊渡凱報踐覽蘇療聖衛陸豐導飛機進過統動時異當監營約紅組綠網緯績續種節簡燒獨環現溫滬漁潤澤淨減測榆樣標歐歷歸殯戶據擊數斷於暉條張彎徑從憲應懷戰層屬"
    "峽幣廳孫宮審專尋單員問圖團報務勝勞協參亞倫傑傳優兒創劃隧騎獅鋼順靜顧風餐體鮮鴻黃齊齡",
    "区与号对门东环复兴国华锦万亿广场桥园乐农荣宁义爱德开阳阴汉将军权扩滨龙兰侧乡镇庄龟会银双连线圆车辆处馆书业学医应电钱铁头庙厂马凤鹤丽点湾内塔县台拟旧长楼间阶术设计画庆寿远灯杆顶罗剑"
    "宝无岛岭贸经总济强转郑关实后达维师贤边渡凯报践览苏疗圣卫陆丰导飞机进过统动时异当监营约红组绿网纬绩续种节简烧独环现温沪渔润泽净减测榆样标欧历归殡户据击数断于晖条张弯径从宪应怀战层属"
    "峡币厅孙宫审专寻单员问图团报务胜劳协参亚伦杰传优儿创划隧骑狮钢顺静顾风餐体鲜鸿黄齐龄",
)


@dataclass(frozen=True, slots=True)
class Accident:
    """One row: `happened_at` is the local time written there, `kind` 1 dead, 2 injured, 3 property damage."""

    row: int
    happened_at: datetime
    kind: int
    place: str
    lon: float
    lat: float

    @property
    def is_night(self) -> bool:
        """Whether it was dark in a Chinese winter."""
        return not 7 <= self.happened_at.hour < 17


@dataclass(frozen=True, slots=True)
class Area:
    """Where a city lies: its centre and its edges in degrees (WGS 84)."""

    lon: float
    lat: float
    west: float
    south: float
    east: float
    north: float


def read(path: Path = SAMPLE) -> Iterator[Accident]:
    """The accidents of a file, as they stand there. 2019 has quotes inside its cells and `Y/M/D-HH:MM`.

    Rows without a readable time or position are left out. Raises ValueError when columns are missing.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        wanted = {"發生時間", "處理別", "肇事地點", "經度", "緯度"}
        if not wanted <= set(rows.fieldnames or ()):
            raise ValueError(f"{path.name} is no file of accidents: columns {sorted(wanted)} are expected")
        for number, row in enumerate(rows, start=1):
            accident = _accident(number, {key: (row[key] or "").strip().strip('"') for key in wanted})
            if accident is not None:
                yield accident


def _accident(number: int, row: dict[str, str]) -> Accident | None:
    moment = _moment(row["發生時間"])
    try:
        lon, lat, kind = float(row["經度"]), float(row["緯度"]), int(row["處理別"])
    except ValueError:
        return None
    if moment is None or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return Accident(number, moment, kind, row["肇事地點"], lon, lat)


def _moment(text: str) -> datetime | None:
    for layout in FORMATS:
        try:
            return datetime.strptime(text, layout)  # noqa: DTZ007 - the file's own local time
        except ValueError:
            continue
    return None


def span(accidents: Iterable[Accident], first: date | None, days: int) -> list[Accident]:
    """Those with property damage only, of `days` days from `first` (default: the earliest), in order."""
    found = sorted((a for a in accidents if a.kind == PROPERTY_ONLY), key=lambda a: (a.happened_at, a.row))
    if not found:
        return []
    start = datetime.combine(first, datetime.min.time()) if first else _midnight(found[0].happened_at)
    return [a for a in found if start <= a.happened_at < start + timedelta(days=days)]


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0)


def moved(accidents: list[Accident], area: Area) -> list[Accident]:
    """The same accidents in the city's area (see the head of this module)."""
    if not accidents:
        return []
    lon0, lat0 = (statistics.median(getattr(a, k) for a in accidents) for k in ("lon", "lat"))
    narrow = math.cos(math.radians(lat0)) / math.cos(math.radians(area.lat))
    east = [(a.lon - lon0) * narrow for a in accidents]
    north = [a.lat - lat0 for a in accidents]
    scale = min(
        1.0,
        _room(east, area.lon - area.west, area.east - area.lon),
        _room(north, area.lat - area.south, area.north - area.lat),
    )
    return [
        Accident(
            a.row, a.happened_at, a.kind, plain_place(a.place), area.lon + dx * scale, area.lat + dy * scale
        )
        for a, dx, dy in zip(accidents, east, north, strict=True)
    ]


def _room(offsets: list[float], below: float, above: float) -> float:
    """The largest factor (with a margin of 2 %) with which all offsets stay inside."""
    lowest, highest = min(offsets), max(offsets)
    return 0.98 * min(
        below / -lowest if lowest < 0 else math.inf, above / highest if highest > 0 else math.inf
    )


def plain_place(text: str) -> str:
    """The place without its district and in simplified characters, at most 200."""
    district, _, rest = text.partition("區")
    return (rest if len(district) <= 3 and len(rest) >= 2 else text).translate(_SIMPLER)[:200]
