"""Phone numbers: mobiles and landlines as people type them."""

import pytest

from kuaichu.people import phone_numbers
from kuaichu.people.identifiers import Unusable


def code_of(parse, text, **more):
    with pytest.raises(Unusable) as refusal:
        parse(text, **more)
    assert isinstance(refusal.value, ValueError)
    assert str(refusal.value.message)
    assert text not in str(refusal.value) or not text
    return refusal.value.code


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "+86 138-1234-5678",
        "008613812345678",
        "8613812345678",
        "１３８１２３４５６７８",
    ],
)
def test_mobiles(text):
    assert phone_numbers.parse_mobile(text).number == "13812345678"
    assert phone_numbers.parse_phone(text).mobile


@pytest.mark.parametrize("text", ["12812345678", "1381234567", "138123456789", "0543-3180000", "abc"])
def test_no_mobiles(text):
    assert code_of(phone_numbers.parse_mobile, text) == "mobile_form"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0543-3180000", "0543-3180000"),
        ("05433180000", "0543-3180000"),
        ("010 62345678", "010-62345678"),
        ("(021)62345678", "021-62345678"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_other_phones(text, number):
    assert phone_numbers.parse_phone(text).number == number
    assert not phone_numbers.parse_phone(text).mobile


def test_no_phones():
    assert code_of(phone_numbers.parse_phone, " ") == "phone_empty"
    assert code_of(phone_numbers.parse_phone, "3180000") == "phone_form"
    assert code_of(phone_numbers.parse_phone, "110") == "phone_form"
