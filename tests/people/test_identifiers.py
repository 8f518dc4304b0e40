"""Identifiers: the standard's examples and published vectors.

One deliberate difference: python-stdnum calls a resident number invalid when its division code is unknown, or
unknown in the year of birth. Here that only warns (`division_unknown`), since people keep the number of a
retired district. The vectors that say InvalidComponent for that reason are listed in `ONLY_A_WARNING`.
"""

import contextlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.people import identifiers as ids
from kuaichu.people import phone_numbers
from kuaichu.people.identifiers import IdKind, Unusable, parse_credit_code, parse_resident_id

VECTORS = json.loads((Path(__file__).parents[1] / "data/vectors/id_vectors.json").read_text("utf-8"))
RESIDENT, CREDIT = VECTORS["resident_id"], VECTORS["credit_code"]
TODAY = date(2025, 6, 1)
ONLY_A_WARNING = {
    "990426199112010074",
    "110111198012010078",
    "110201199312010077",
}


def code_of(parse, text, **more):
    with pytest.raises(Unusable) as refusal:
        parse(text, **more)
    assert isinstance(refusal.value, ValueError)
    assert str(refusal.value.message)
    assert text not in str(refusal.value) or not text
    return refusal.value.code


def resident(text):
    return parse_resident_id(text, today=TODAY)


@pytest.mark.parametrize("vector", RESIDENT["valid"])
def test_valid_vectors(vector):
    assert resident(vector["input"]).number == vector["compact"]


@pytest.mark.parametrize("vector", RESIDENT["invalid"])
def test_invalid_vectors(vector):
    if vector["input"] in ONLY_A_WARNING:
        assert resident(vector["input"]).warnings == ("division_unknown",)
        return
    expected = {
        "InvalidFormat": "id_characters",
        "InvalidComponent": "id_date",
        "InvalidChecksum": "id_checksum",
    }
    assert code_of(parse_resident_id, vector["input"], today=TODAY) == expected[vector["error"]]


@pytest.mark.parametrize("vector", RESIDENT["birth_date"])
def test_birth_date_vectors(vector):
    assert resident(vector["input"]).birth.isoformat() == vector["birth"]


@pytest.mark.parametrize("vector", RESIDENT["birth_place_by_year"])
def test_birth_place_vectors(vector):
    found = resident(vector["input"])
    if "error" in vector:
        assert vector["input"] in ONLY_A_WARNING
        assert found.warnings == ("division_unknown",)
    else:
        assert found.warnings == ()
        assert ids.division_name(found.number) == vector["province"] + vector["county"]


@pytest.mark.parametrize("vector", RESIDENT["id_validator_samples"]["valid"])
def test_samples_of_every_kind(vector):
    kinds = {
        "mainland 18": IdKind.RESIDENT,
        "mainland 15": IdKind.RESIDENT_15,
        "HK/Macau residence permit": IdKind.HONG_KONG,
        "Taiwan residence permit": IdKind.TAIWAN,
    }
    found = resident(vector["input"])
    assert found.kind is kinds[vector["kind"]]
    assert found.read_only is (found.kind is IdKind.RESIDENT_15)


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "440524188001010014",
        "371602190001010017",
        "320902190003150028",
        "500103190001010036",
        "370602190006300047",
        "810000190001010018",
        "830000190001010011",
    ],
)
def test_dossier_numbers(number):
    found = resident(number)
    assert found.number == number
    assert ("born_long_ago" in found.warnings) is (
        number == "440524188001010014"
    )  # the standard's own example


def test_dossier_numbers_that_are_wrong():
    assert code_of(parse_resident_id, "510802190002290010", today=TODAY) == "id_date"
    assert (
        code_of(parse_resident_id, "510802190002290010".replace("0229", "0228"), today=TODAY) == "id_checksum"
    )
    assert code_of(parse_resident_id, "110105194912310021", today=TODAY) == "id_checksum"
    assert code_of(parse_resident_id, "", today=TODAY) == "id_empty"
    assert code_of(parse_resident_id, "1101051949", today=TODAY) == "id_length"


def test_birth_in_the_future_depends_on_the_day_given():
    number = "44011320141005001X"
    assert parse_resident_id(number, today=date(2014, 10, 5)).birth == date(2014, 10, 5)
    assert code_of(parse_resident_id, number, today=date(2014, 10, 4)) == "id_future"


def test_typing_is_forgiven():
    assert resident(" 110105 19491231 002x ").number == "11010519491231002X"
    assert resident("１１０１０５１９４９１２３１００２Ｘ").number == "11010519491231002X"
    assert code_of(parse_resident_id, "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", today=TODAY) == "id_characters"


def test_sex_and_old_numbers():
    assert not resident("371602190001010017").female
    assert resident("320902190003150028").female
    old = resident("610104620927690")
    assert old.birth == date(1962, 9, 27)
    assert old.female
    assert old.warnings == ("old_number",)


def test_a_number_does_not_show_in_the_repr():
    assert "1949" not in repr(resident("11010519491231002X"))


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(place, step):
    good = "371602199001010019"
    good = good[:17] + ids.ric.calc_check_digit(good)
    bad = f"{good[:place]}{(int(good[place]) + step) % 10}{good[place + 1 :]}"
    with pytest.raises(Unusable):
        resident(bad)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2010, 5, 15), date(2024, 5, 14), 13),
        (date(2010, 5, 15), date(2024, 5, 15), 14),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2008, 2, 29), date(2023, 2, 28), 14),
        (date(2008, 2, 29), date(2023, 3, 1), 15),
    ],
)
def test_age(birth, day, age):
    assert ids.age_on(birth, day) == age


def test_passports_and_residence_cards():
    assert ids.parse_passport("e 1234-5678").number == "E12345678"
    assert code_of(ids.parse_passport, "E123") == "passport_form"
    assert ids.parse_residence_card("can320585010104").number == "CAN320585010104"
    assert ids.parse_residence_card("990426199112010074").warnings == ()
    assert ids.parse_residence_card("990426199112010075").warnings == ("card_checksum",)
    assert code_of(ids.parse_residence_card, "11010519491231002X") == "residence_card_form"


@pytest.mark.parametrize(
    "code",
    [
        *(vector["compact"] for vector in CREDIT["valid"]),
        *CREDIT["numbers_found_online_valid"],
        "91350100M000100Y43",
        "11371600004400000B",
        "91371600MA00000016",
        "91500000MA0000002E",
        "12320900466000000J",
    ],
)
def test_credit_codes(code):
    assert parse_credit_code(code) == code


def test_credit_code_typing_and_mistakes():
    assert parse_credit_code("91 110000 600037341l") == "91110000600037341L"
    assert code_of(parse_credit_code, "91350100M000100Y44") == "credit_checksum"
    codes = {"InvalidLength": "credit_length", "InvalidChecksum": "credit_checksum"}
    for vector in CREDIT["invalid"]:
        expected = codes.get(vector["error"], "credit_characters")
        if (
            vector["input"][0] == "A"
        ):  # the standard has an authority A, so here the check character refuses it
            expected = "credit_checksum"
        assert code_of(parse_credit_code, vector["input"]) == expected


@given(st.text(max_size=30))
def test_no_text_breaks_a_parser(text):
    for parse in (
        resident,
        ids.parse_passport,
        ids.parse_residence_card,
        phone_numbers.parse_phone,
        parse_credit_code,
    ):
        with contextlib.suppress(Unusable):
            assert parse(text)
