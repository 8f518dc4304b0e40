"""Perceptual hashes of the whole picture and of seven crops, and points that lie alike.

A hash is 64 bits of the low frequencies (DCT of 32×32 grey pixels). Stored are the whole, the middle 90, 80
and 70 %, and four sides without a fifth; asked is with the picture as it is, without a plain border, and both
mirrored, so that a crop meets the stored crop. Every hash of a city is compared at each question, in one
array: 100,000 take about a tenth of a millisecond.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from kuaichu.cases.pictures import FORMATS, MOST_PIXELS, UNREADABLE
from kuaichu.kernel import clock

Pixels = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Marks = tuple[npt.NDArray[np.float32], Pixels]
SIDE = 1000
HASHES = 8
NEAR = 10
"""Bits that may differ: 4 in 10,000 unrelated pairs come that near, and are then compared by points."""
FEATURES = 1200
SHARE = 0.4
"""Of the matched points so many must lie alike; chosen on drawn pictures (docs/howto/evidence.md)."""
FEWEST = 8
PLAIN = 6.0
"""The deviation of grey values below which a row or column belongs to a border."""
_CROPS = (
    (0.0, 0.0, 1.0, 1.0), (0.05, 0.05, 0.95, 0.95), (0.1, 0.1, 0.9, 0.9), (0.15, 0.15, 0.85, 0.85),
    (0.2, 0.0, 1.0, 1.0), (0.0, 0.0, 0.8, 1.0), (0.0, 0.2, 1.0, 1.0), (0.0, 0.0, 1.0, 0.8),
)  # fmt: skip


@dataclass
class _Known:
    """The fingerprints of one city: photographs, and their hashes as one array of `HASHES` rows."""

    until: datetime | None = None
    ids: list[UUID] = field(default_factory=list)
    seen: set[UUID] = field(default_factory=set)
    words: Words = field(default_factory=lambda: np.zeros((HASHES, 0), dtype=np.uint64))


class OpenCv:
    """Compares photographs."""

    def __init__(self) -> None:
        self._cities: dict[str, _Known] = {}
        self._last: tuple[bytes, list[Marks | None]] | None = None

    def hashes(self, data: bytes) -> bytes | None:
        """Eight hashes of 64 bits, big-endian; None for what cannot be decoded."""
        grey = grey_of(data)
        return None if grey is None else np.array(stored(grey), dtype=">u8").tobytes()

    def known_until(self, city: str) -> datetime | None:
        """When fingerprints of this city were last learnt."""
        return self._known(city).until

    def learn(self, city: str, known: Sequence[tuple[UUID, bytes]]) -> None:
        """Remember fingerprints; those known already change nothing."""
        own = self._known(city)
        own.until = clock.now()
        fresh = [(one, raw) for one, raw in known if one not in own.seen and len(raw) == 8 * HASHES]
        if fresh:
            rows = np.frombuffer(b"".join(raw for _, raw in fresh), dtype=">u8").reshape(-1, HASHES)
            own.words = np.concatenate([own.words, rows.T.astype(np.uint64)], axis=1)
            own.ids += [one for one, _ in fresh]
            own.seen.update(one for one, _ in fresh)

    def nearest(self, city: str, data: bytes, most: int) -> list[tuple[UUID, int]]:
        """Remembered photographs within NEAR bits, likest first."""
        grey, own = grey_of(data), self._known(city)
        if grey is None or not own.ids:
            return []
        distance = nearest_of(own.words, np.array(list(asked(grey)), dtype=np.uint64))
        order = np.argsort(distance, kind="stable")[:most]
        return [(own.ids[int(i)], int(distance[i])) for i in order if distance[i] <= NEAR]

    def inliers(self, first: bytes, second: bytes) -> int:
        """Points that fit one homography between both pictures, or between one's mirror and the other.

        0 where they are too few of those that were matched: two pictures of the same kind of car.
        """
        other = marks_of(grey_of(second))
        return max(alike(one, other) for one in self._marks(first))

    def _marks(self, data: bytes) -> list[Marks | None]:
        """The points of a picture and of its mirror; one picture is compared with several in a row."""
        if self._last is None or self._last[0] != data:
            grey = grey_of(data)
            mirrored = None if grey is None else np.ascontiguousarray(grey[:, ::-1])
            self._last = data, [marks_of(grey), marks_of(mirrored)]
        return self._last[1]

    def _known(self, city: str) -> _Known:
        return self._cities.setdefault(city, _Known())


def connect(_config: Mapping[str, str]) -> OpenCv:
    """The comparer; it takes no further keys."""
    return OpenCv()


def grey_of(data: bytes) -> Pixels | None:
    """The upright photograph in grey, its longer side SIDE; None for what cannot be decoded safely."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                image.draft("L", (SIDE, SIDE))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((SIDE, SIDE))
                return np.asarray(upright.convert("L"), dtype=np.uint8)
    except (*UNREADABLE, Image.DecompressionBombWarning, MemoryError):
        return None


def phash(grey: npt.NDArray[np.uint8]) -> int:
    """64 bits: which of the 8×8 lowest frequencies lie above their median."""
    small = cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA)
    low = cv2.dct(small.astype(np.float32))[:8, :8]
    return int.from_bytes(np.packbits(low > np.median(low)).tobytes(), "big")


def stored(grey: Pixels) -> list[int]:
    """The hashes of the whole picture and its crops."""
    height, width = grey.shape
    return [
        phash(grey[round(top * height) : round(bottom * height), round(left * width) : round(right * width)])
        for left, top, right, bottom in _CROPS
    ]


def asked(grey: Pixels) -> Iterator[int]:
    """The hashes a photograph asks with."""
    for one in (grey, _trimmed(grey)):
        yield phash(one)
        yield phash(np.ascontiguousarray(one[:, ::-1]))


def nearest_of(words: Words, probes: Words) -> npt.NDArray[np.uint8]:
    """For each column of `words` the fewest bits in which one of its hashes differs from one of `probes`."""
    best = np.full(words.shape[1], 64, dtype=np.uint8)
    for probe in probes:
        np.minimum(best, np.bitwise_count(words ^ probe).min(axis=0), out=best)
    return best


def _trimmed(grey: Pixels) -> Pixels:
    """Without plain borders, at most a third from each side."""
    rows, columns = _inner(grey.std(axis=1)), _inner(grey.std(axis=0))
    return grey[rows, columns]


def _inner(deviation: npt.NDArray[np.floating]) -> slice:
    busy = np.flatnonzero(deviation > PLAIN)
    third = len(deviation) // 3
    if not len(busy):
        return slice(None)
    return slice(min(int(busy[0]), third), max(int(busy[-1]) + 1, len(deviation) - third))


def marks_of(grey: Pixels | None) -> Marks | None:
    """Places and descriptors of a picture's points; None where there are too few."""
    if grey is None:
        return None
    points, marks = cv2.ORB_create(nfeatures=FEATURES).detectAndCompute(grey, None)  # type: ignore[attr-defined]
    if marks is None or len(marks) < FEWEST:
        return None
    return np.array([point.pt for point in points], dtype=np.float32), marks


def alike(one: Marks | None, two: Marks | None) -> int:
    """How many points lie alike, 0 where they are less than SHARE of those matched."""
    if one is None or two is None:
        return 0
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(one[1], two[1])
    if len(pairs) < FEWEST:
        return 0
    source, target = one[0][[pair.queryIdx for pair in pairs]], two[0][[pair.trainIdx for pair in pairs]]
    _, mask = cv2.findHomography(source, target, cv2.RANSAC, 5.0)
    fitting = 0 if mask is None else int(mask.sum())
    return fitting if fitting >= SHARE * len(pairs) else 0
