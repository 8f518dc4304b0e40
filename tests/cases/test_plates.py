import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases import plates
from kuaichu.cases.plates import KINDS, ORDINARY, KindMismatch, parse_plate, suggestions
from kuaichu.people.identifiers import Unusable


@pytest.mark.parametrize(
    ("text", "kinds", "display"),
    [
        ("鲁M12345", ORDINARY, "鲁M·12345"),
        ("苏JAB123", ORDINARY, "苏J·AB123"),
        ("鲁MA1234", ORDINARY, "鲁M·A1234"),
        ("鲁MD12345", ("52",), "鲁M·D12345"),
        ("川HF12345", ("52",), "川H·F12345"),
        ("鲁MDA2345", ("52",), None),
        ("渝A12345D", ("51",), "渝A·12345D"),
        ("渝A12345F", ("51",), None),
        ("鲁M1234挂", ("15",), "鲁M·1234挂"),
        ("苏J1234学", ("16", "17"), None),
        ("川H1234警", ("23", "24"), "川H·1234警"),
        ("渝X1234应急", ("33",), "渝X·1234应急"),
        ("224578使", ("03", "09"), "224578使"),
        ("使224578", ("03", "09"), None),
        ("渝A1234领", ("04", "10"), "渝A·1234领"),
        ("沪12345领", ("04", "10"), None),
        ("粤Z1234港", ("26",), "粤Z·1234港"),
        ("粤ZA123澳", ("27",), None),
        ("VA12345", ("32",), "VA·12345"),
        ("WJ鲁1234X", ("31",), "WJ鲁·1234X"),
        ("WJ12345", ("31", "32"), None),
        ("鲁M1A234", ORDINARY, None),
        ("鲁16-12345", ("14",), "鲁16·12345"),
    ],
)
def test_every_kind_of_the_table(text, kinds, display):
    found = parse_plate(text)
    if text == "WJ12345":
        assert set(found.kinds) == set(kinds)
    else:
        assert found.kinds == kinds
    assert display is None or found.display == display
    assert parse_plate(text, found.kinds[0]).kinds == (found.kinds[0],)
    assert parse_plate(found.display).normal == found.normal


@pytest.mark.parametrize(
    "text",
    ["鲁M·12345", "鲁m12345", " 鲁M 12345 ", "鲁M-12345", "鲁Ｍ１２３４５", "鲁M•12345", "鲁m・１2345"],
)
def test_typing_is_forgiven(text):
    found = parse_plate(text, "02")
    assert found.normal == "鲁M12345"
    assert found.province == "鲁"
    assert found.warnings == ()
    assert found.text == text


def test_t13_a_large_new_energy_plate_is_not_a_small_one():
    with pytest.raises(KindMismatch) as mismatch:
        parse_plate("渝A12345D", "52")
    assert mismatch.value.kinds == ("51",)
    assert isinstance(mismatch.value, Unusable)
    with pytest.raises(KindMismatch) as mismatch:
        parse_plate("渝AD12345", "51")
    assert mismatch.value.kinds == ("52",)
    with pytest.raises(KindMismatch):
        parse_plate("鲁M12345", "52")
    assert (KINDS["51"], KINDS["52"]) == ("大型新能源汽车", "小型新能源汽车")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "plate_empty"),
        (" · ", "plate_empty"),
        ("台A12345", "plate_province"),
        ("鲁M1234", "plate_form"),
        ("鲁M1234567", "plate_form"),
        ("鲁MZ12345", "plate_form"),
        ("渝A12345Z", "plate_form"),
        ("鲁112345", "plate_form"),
        ("鲁X1234应", "plate_form"),
        ("12345使", "plate_form"),
        ("鲁M1234港", "plate_form"),
        ("ABC", "plate_form"),
        ("鲁M١٢٣٤٥", "plate_form"),
    ],
)
def test_what_is_no_plate(text, code):
    with pytest.raises(Unusable) as refusal:
        parse_plate(text)
    assert refusal.value.code == code
    assert str(refusal.value.message)


def test_ordinary_serials_have_at_most_two_letters():
    for kind in (None, "02"):
        with pytest.raises(Unusable) as refusal:
            parse_plate("鲁MABC12", kind)
        assert refusal.value.code == "plate_form"
    assert parse_plate("鲁MABC12", "06").kinds == ("06",)
    assert parse_plate("鲁M1AB23", "02").normal == "鲁M1AB23"


def test_i_and_o_are_read_as_digits_with_a_warning():
    found = parse_plate("鲁MI2O45")
    assert found.normal == "鲁M12045"
    assert found.warnings == ("io_replaced",)
    assert parse_plate("渝AOI345D").normal == "渝A01345D"


def test_other_confusions_are_only_suggested():
    assert parse_plate("鲁M8B234").normal == "鲁M8B234"
    assert "鲁MBB234" in suggestions("鲁M8B234")
    with pytest.raises(Unusable) as refusal:
        parse_plate("鲁0A1234")
    assert set(refusal.value.suggestions) == {"鲁DA1234", "鲁QA1234"}
    with pytest.raises(Unusable) as refusal:
        parse_plate("渝A1234BD")
    assert refusal.value.suggestions == ("渝A12348D",)
    assert suggestions("渝A1234BD", "52") == ()


def test_no_fake_and_temporary_plates():
    assert parse_plate("", "41").kinds == ("41",)
    assert parse_plate("", "42").normal == ""
    assert parse_plate("鲁M12345", "43").normal == "鲁M12345"
    temporary = parse_plate("鲁M·临A1234", "22")
    assert temporary.warnings == ("unchecked",)
    with pytest.raises(Unusable) as refusal:
        parse_plate("", "22")
    assert refusal.value.code == "plate_empty"
    with pytest.raises(Unusable) as refusal:
        parse_plate("鲁M12345", "50")
    assert refusal.value.code == "plate_kind"


def test_unknown_prefixes_warn():
    assert parse_plate("鲁Z12345").warnings == ("prefix_unknown",)
    assert parse_plate("冀A12345").warnings == ()
    assert plates.issuing_areas()["鲁M"] == "滨州市"
    assert {prefix[0] for prefix in plates.issuing_areas()} <= set(plates.PROVINCES)


def test_the_code_list_is_complete():
    expected = {*(f"{n:02d}" for n in range(1, 28)), "31", "32", "33", "41", "42", "43", "51", "52", "99"}
    assert set(KINDS) == expected
    assert len(plates.PROVINCES) == 31


letters = st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ")


@given(st.sampled_from(plates.PROVINCES), letters, st.text("0123456789", min_size=5, max_size=5))
def test_reading_what_is_displayed_gives_the_same_plate(province, letter, digits):
    first = parse_plate(province + letter + digits)
    assert parse_plate(first.display.lower()).normal == first.normal
    assert all(len(other) == len(first.normal) for other in suggestions(first.normal))


@given(st.text(max_size=12), st.none() | st.sampled_from(sorted(KINDS)))
def test_no_text_breaks_the_parser(text, kind):
    try:
        found = parse_plate(text, kind)
    except Unusable:
        return
    assert found.kinds
    assert set(found.kinds) <= set(KINDS)


@pytest.mark.parametrize(
    ("text", "normal"),
    [("盐城 012345", "盐城012345"), ("滨州·A1234", "滨州A1234"), ("ｙｃ－０１２３４５", "YC012345")],
)
def test_local_plates_of_e_bikes_are_kept_unchecked(text: str, normal: str) -> None:
    plate = plates.parse_rider_plate(text)
    assert (plate.normal, plate.kinds, plate.warnings) == (normal, (), ("unchecked",))


def test_a_city_may_say_what_its_e_bike_plates_look_like() -> None:
    own = (r"盐城[0-9]{6}",)
    assert plates.parse_rider_plate("盐城 012345", own).warnings == ()
    for wrong in ("滨州012345", "盐城01234", "no", "苏J", "<script>123"):
        with pytest.raises(Unusable):
            plates.parse_rider_plate(wrong, own)
    for wrong in ("no", "", "abc12", "1234567890123", "<b>123"):
        with pytest.raises(Unusable):
            plates.parse_rider_plate(wrong)
