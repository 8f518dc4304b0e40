"""Masks: what is shown, and that something is always hidden."""

from hypothesis import given
from hypothesis import strategies as st

from kuaichu.people import masks


def test_masks():
    names = {"陈明": "陈*", "陈小明": "陈*明", "欧阳明": "欧阳*", "欧阳小明": "欧阳*明", "王": "王*", "": ""}
    assert {name: masks.mask_name(name) for name in names} == names
    assert masks.mask_name("陈小明", public=True) == "陈*"
    assert masks.mask_name("John Smith") == "J*"
    assert masks.mask_name("买买提·艾力") == "买*"
    assert masks.mask_id("371602190001010017") == "3716**********0017"
    assert masks.mask_id_tail("371602190001010017") == "*" * 14 + "0017"
    assert masks.mask_phone("13812345678") == "138****5678"
    assert masks.mask_phone("0543-3180000") == "0543-*****00"
    assert masks.mask_plate("鲁M12345") == "鲁M1**45"
    assert masks.mask_vin("1M8GDM9AXKP042788") == "*" * 11 + "042788"


@given(st.text(max_size=20))
def test_masks_hide_something_of_everything(text):
    for mask in (masks.mask_id, masks.mask_id_tail, masks.mask_plate, masks.mask_vin):
        masked = mask(text)
        assert len(masked) == len(text)
        assert not text or masked.count("*") >= min(2, len(text))
