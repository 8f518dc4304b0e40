from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from kuaichu.standins import invented, plates

DAY = date(2026, 11, 22)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
PLATES = st.builds(
    lambda head, letter, digits: f"{head}{letter}{digits}",
    st.sampled_from(["苏J", "鲁M", "川H", "渝A", "鲁F", "京A", "新B"]),
    st.sampled_from(LETTERS),
    st.from_regex(r"[1-9][0-9]{3}", fullmatch=True),
)


@given(PLATES)
def test_records_are_stable_and_their_numbers_valid(plate):
    record = invented.vehicle(plate, None, DAY)
    assert record == invented.vehicle(plate, None, DAY)
    assert re.fullmatch("L[A-HJ-NPR-Z0-9]{7}[0-9X][A-HJ-NPR-Y][A-HJ-NPR-Z0-9][0-9]{6}", record["vin"])
    assert invented.vin_check(record["vin"]) == record["vin"][8]
    owner = record["owner"]["id_no"]
    assert ric.calc_check_digit(owner) == owner[17]
    assert ric.get_birth_date(owner) == invented.birth_of(owner)
    assert 19 <= DAY.year - invented.birth_of(owner).year <= 67
    driver = invented.driver(owner, DAY)
    assert driver is not None
    assert driver["name"] == record["owner"]["name"]
    assert date.fromisoformat(driver["first_issued"]) <= DAY


@given(st.from_regex(r"[1-9][0-9]{3}", fullmatch=True))
def test_yancheng_plates_live_in_yancheng(serial):
    assert invented.id_number(f"苏JA{serial}", DAY).startswith("3209")


def test_shares_are_about_three_in_a_hundred():
    n = 3000
    cars = [invented.vehicle(f"苏JA{i:04d}", None, DAY) for i in range(n)]
    expired = sum(car["inspection_until"] < DAY.isoformat() for car in cars)
    assert 0.02 < expired / n < 0.04
    assert all((car["status"] == "正常") == (car["inspection_until"] >= DAY.isoformat()) for car in cars)
    licences = [invented.driver(car["owner"]["id_no"], DAY) for car in cars]
    overdue = sum(one["valid_until"] < DAY.isoformat() for one in licences)
    assert 0.02 < overdue / n < 0.04


def test_published_check_vectors():
    for good in ("11010519491231002X", "440524188001010014", "371602190001010017", "320902190003150028"):
        assert invented.id_check(good[:17]) == good[17]
    assert invented.id_valid("320902190003150028")
    assert not invented.id_valid("510802190002290010")  # 1900 was no leap year
    assert not invented.id_valid("110105194912310021")
    assert not invented.id_valid("440524188001010014")  # before 1900
    for good in ("1M8GDM9AXKP042788", "LSVAA49J132047371", "LFV2A21K8A3000001"):
        assert invented.vin_check(good) == good[8]


@pytest.mark.parametrize(
    ("plate", "kind"),
    [
        ("鲁M12345", "02"),
        ("鲁MD12345", "52"),
        ("渝A12345D", "51"),
        ("鲁M1234挂", "15"),
        ("苏J1234学", "16"),
        ("川H1234警", "23"),
        ("渝X1234应急", "33"),
        ("苏JI2345", None),
        ("苏J1234", None),
        ("XJ12345", None),
    ],
)
def test_kinds_follow_the_shape(plate, kind):
    assert plates.kind_of(plate) == kind
