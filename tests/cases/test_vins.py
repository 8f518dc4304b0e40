import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases.vins import check_digit, maker_of, parse_vin
from kuaichu.people.identifiers import Unusable

VECTORS = json.loads((Path(__file__).parents[1] / "data/vectors/id_vectors.json").read_text("utf-8"))["vin"]
GOOD = [
    "1M8GDM9AXKP042788",
    "11111111111111111",
    "LSVAA49J132047371",
    "LFV2A21K8A3000001",
    "LGXC16DF0A0000001",
    "LNBSCB3F4AW000001",
    *VECTORS["check_digit_ok"],
]


@pytest.mark.parametrize("number", GOOD)
def test_good_numbers(number):
    assert parse_vin(number).warnings == ()


@pytest.mark.parametrize("number", ["LFV2A21K0A3000001", "LNBSCB3F0AW000001"])
def test_a_wrong_check_digit_only_warns(number):
    assert parse_vin(number).warnings == ("check_digit",)


@pytest.mark.parametrize("number", VECTORS["invalid"])
def test_invalid_vectors(number):
    with pytest.raises(Unusable) as refusal:
        parse_vin(number)
    assert refusal.value.code == ("vin_length" if len(number) != 17 else "vin_characters")
    assert str(refusal.value.message)


def test_typing_is_forgiven_and_letters_only_suggested():
    assert parse_vin(" lfv2a21k8-a3000001 ").number == "LFV2A21K8A3000001"
    with pytest.raises(Unusable) as refusal:
        parse_vin("LFV2A21K8A3OOOOO1")
    assert refusal.value.suggestions == ("LFV2A21K8A3000001",)
    with pytest.raises(Unusable) as refusal:
        parse_vin("  ")
    assert refusal.value.code == "vin_empty"


def test_maker_and_year():
    found = parse_vin("LFV2A21K8A3000001")
    assert found.maker == "FAW-Volkswagen"
    assert found.model_years == (1980, 2010)
    assert maker_of("LGXC16DF0A0000001") == "BYD Auto"
    assert maker_of("ZZZ") is None
    assert parse_vin("1M8GDM9AXKP042788").model_years == (1989, 2019)
    years = {"Y": (2000, 2030), "1": (2001, 2031), "9": (2009, 2039), "0": (), "U": ()}
    assert {char: parse_vin("LFV2A21K8" + char + "3000001").model_years for char in years} == years


@given(st.sampled_from(GOOD), st.integers(0, 16), st.sampled_from("0123456789"))
def test_a_changed_digit_is_noticed(number, place, digit):
    if place == 8 or not number[place].isdigit() or number[place] == digit:
        return
    changed = number[:place] + digit + number[place + 1 :]
    assert check_digit(changed) != check_digit(number)
