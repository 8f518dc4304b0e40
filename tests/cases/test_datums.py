import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases.places.datums import (
    Datum,
    Position,
    bd09_to_gcj02,
    distance_m,
    from_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_gcj02,
)

VECTORS = json.loads((Path(__file__).parents[1] / "data/vectors/gcj02.json").read_text("utf-8"))
lats, lons = st.floats(18, 53), st.floats(74, 135)


@pytest.mark.parametrize("vector", VECTORS["wgs_to_gcj"])
def test_published_wgs_gcj_pairs(vector):
    assert wgs84_to_gcj02(*vector["wgs"]) == pytest.approx(vector["gcj"], abs=VECTORS["tolerance_deg"])
    exact = VECTORS["gcj_to_wgs_exact_tolerance_deg"]
    assert gcj02_to_wgs84(*vector["gcj"]) == pytest.approx(vector["wgs"], abs=exact)
    assert gcj02_to_wgs84(*vector["gcj"]) == pytest.approx(vector["wgs"], abs=1e-6)


@pytest.mark.parametrize("vector", VECTORS["bd_to_wgs"])
def test_published_bd_pairs(vector):
    """These two values were computed with π where Baidu's formula has π·3000/180: putting π there reproduces
    them to the last digit. They are up to 42 m off, so the formula follows the other libraries instead."""
    assert distance_m(to_wgs84(*vector["bd"], Datum.BD09), Position(*vector["wgs"])) < 50


def test_beijing_railway_station_in_both_chinese_datums():
    assert gcj02_to_bd09(39.90245, 116.42703) == pytest.approx((39.90851, 116.43351), abs=1e-5)
    assert bd09_to_gcj02(39.90851, 116.43351) == pytest.approx((39.90245, 116.42703), abs=1e-5)


@pytest.mark.parametrize("vector", VECTORS["outside_china_unchanged"])
def test_outside_china_nothing_changes(vector):
    assert wgs84_to_gcj02(*vector["wgs"]) == tuple(vector["wgs"])
    assert gcj02_to_wgs84(*vector["wgs"]) == tuple(vector["wgs"])


def test_distance():
    known = VECTORS["distance_m"]
    assert distance_m(Position(*known["a"]), Position(*known["b"])) == pytest.approx(
        known["metres"], rel=0.005
    )
    assert distance_m(Position(31, 121), Position(31, 121)) == 0


@given(lats, lons)
def test_there_and_back_within_a_millimetre(lat, lon):
    here = Position(lat, lon)
    assert distance_m(here, gcj02_to_wgs84(*wgs84_to_gcj02(*here))) < 0.001
    assert distance_m(here, bd09_to_gcj02(*gcj02_to_bd09(*here))) < 0.001
    for datum in Datum:
        assert distance_m(here, to_wgs84(*from_wgs84(*here, datum), datum)) < 0.002


@given(lats, lons)
def test_the_shift_is_never_more_than_a_kilometre(lat, lon):
    assert 20 < distance_m(Position(lat, lon), wgs84_to_gcj02(lat, lon)) < 1000


def test_nonsense_is_refused():
    for lat, lon in ((91, 0), (0, 181), (float("nan"), 0)):
        for convert in (to_wgs84, from_wgs84):
            with pytest.raises(ValueError):
                convert(lat, lon, Datum.GCJ02)
