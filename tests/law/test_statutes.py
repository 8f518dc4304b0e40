import json
import time
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.law import instruments as held
from kuaichu.law import statutes
from kuaichu.law.instruments import Event, Instrument, Version, rows
from kuaichu.law.numerals import chinese_numeral
from kuaichu.law.statutes import (
    Citation,
    Standing,
    article,
    articles,
    exists,
    in_force,
    instrument,
    instruments,
    parse,
    passage,
)

DAY = date(2024, 5, 15)


def test_all_thirty_instruments_are_held_complete_and_labelled_by_their_numerals():
    assert len(instruments()) == 30
    total = 0
    for one in instruments().values():
        found = rows(one.newest.file)
        assert len(found) == one.newest.articles
        numbers = [number for number, _ in found]
        assert numbers == list(range(numbers[0], numbers[-1] + 1)), one.key
        assert all(row["label"] == f"第{chinese_numeral(number)}条" for (number, _), row in found.items())
        total += len(found)
    assert total == 2054


def test_no_file_in_the_data_folder_is_forgotten():
    names = {path.name for path in resources.files("kuaichu.law").joinpath("data").iterdir()}
    assert names == {v.file for one in instruments().values() for v in one.versions} | {
        "README.md",
        "instruments.json",
    }


@pytest.mark.parametrize(
    ("text", "citation", "zh"),
    [
        (
            "条52(2)",
            Citation("条", 52, None, 2),
            "《中华人民共和国道路交通安全法实施条例》第五十二条第（二）项",
        ),
        (
            "条52（2）",
            Citation("条", 52, None, 2),
            "《中华人民共和国道路交通安全法实施条例》第五十二条第（二）项",
        ),
        ("条44¶2", Citation("条", 44, 2), "《中华人民共和国道路交通安全法实施条例》第四十四条第二款"),
        (
            "条38¶1(3)",
            Citation("条", 38, 1, 3),
            "《中华人民共和国道路交通安全法实施条例》第三十八条第一款第（三）项",
        ),
        ("法43", Citation("法", 43), "《中华人民共和国道路交通安全法》第四十三条"),
        ("D146 60¶1(2)", Citation("D146", 60, 1, 2), "《道路交通事故处理程序规定》第六十条第一款第（二）项"),
        ("CTALI 21", Citation("CTALI-Reg", 21), "《机动车交通事故责任强制保险条例》第二十一条"),
        ("CC1208", Citation("民法典", 1208), "《中华人民共和国民法典》第一千二百零八条"),
    ],
)
def test_parse_and_print(text, citation, zh):
    assert parse(text) == citation
    assert citation.zh() == zh
    assert parse(str(citation)) == citation
    assert exists(citation, DAY)


@pytest.mark.parametrize("text", ["", "法", "法x", "X12", "条52(2", "条¶2", "法 12 13"])
def test_parse_refuses(text):
    with pytest.raises(ValueError, match="citation"):
        parse(text)


def test_english():
    assert parse("条38¶1(3)").en() == (
        "Implementing Regulation of the Road Traffic Safety Law of the PRC, Article 38, paragraph 1, item (3)"
    )


@pytest.mark.parametrize(
    "text", ["法125", "法43¶2", "法43(5)", "条52(5)", "条38¶4", "条38¶2(1)", "民法典 12", "条44(1)"]
)
def test_places_which_do_not_exist(text):
    assert not exists(parse(text), DAY)


def test_passages():
    assert passage(parse("条38¶3"), DAY).startswith("红灯亮时，右转弯的车辆")
    assert passage(parse("条38¶1(3)"), DAY) == "(三)红灯亮时，禁止车辆通行。"
    assert passage(parse("法43(4)"), DAY).startswith("（四）行经铁路道口")
    assert passage(parse("法43"), DAY) == article(parse("法43"), DAY).text


def test_an_item_number_which_occurs_twice_needs_its_paragraph():
    twice = [
        Citation(one.key, number, None, 1)
        for one in instruments().values()
        for (number, _), row in rows(one.newest.file).items()
        if sum("一" in items for _, items in statutes._paragraphs(row["text"])) > 1
    ]
    assert twice
    for citation in twice:
        assert not exists(citation, date(2025, 1, 1))


def test_a_day_before_the_version_held_gives_no_text_and_says_why():
    assert in_force(parse("法43"), date(2024, 1, 1)).standing is Standing.HELD
    for day, law, standing in (
        (date(2021, 4, 28), "法43", Standing.NOT_HELD),
        (date(2019, 1, 1), "法43", Standing.NOT_HELD),
        (date(2003, 1, 1), "法43", Standing.NOT_YET),
        (date(2018, 4, 30), "D146 61", Standing.NOT_YET),
        (date(2018, 5, 1), "D146 61", Standing.HELD),
        (date(2010, 1, 1), "洛阳条例 5", Standing.UNKNOWN),
        (date(2024, 1, 1), "法125", Standing.NO_PLACE),
        (date(2024, 1, 1), "法43(9)", Standing.NO_PLACE),
    ):
        found = in_force(parse(law), day)
        assert found.standing is standing, (law, day)
        assert bool(found.text) == (standing is Standing.HELD)
        assert passage(parse(law), day) == (found.text or None)
        assert (article(parse(law).whole(), day) is None) == (found.version is None or law == "法125")


def test_an_article_of_an_earlier_wording_may_be_cited_though_its_words_are_not_held():
    assert exists(parse("法43"), date(2019, 1, 1))
    assert not exists(parse("法125"), date(2019, 1, 1))
    assert not exists(parse("法43"), date(2003, 1, 1))
    assert not exists(parse("洛阳条例 5"), date(2010, 1, 1))
    assert instrument("法").amended_before(date(2019, 1, 1)) == date(2011, 4, 22)


def test_the_history_of_an_instrument_ends_with_the_version_held():
    """Nothing its head note tells of is later than the day from which the text held is law."""
    for one in instruments().values():
        days = [event.day for event in one.history]
        assert days == sorted(days), one.key
        assert all(day <= one.newest.in_force_from for day in days), one.key
        assert one.first_in_force is None or one.first_in_force <= one.newest.in_force_from


@pytest.fixture
def two_wordings(monkeypatch):
    """The law as if an older wording of it were held as well: Article 43 read otherwise until 2021-04-28."""
    law = instrument("法")
    older = Version("2011-04-22", date(2011, 5, 1), "test", 2, "older.jsonl")
    lines = [
        {"article": n, "suffix": "", "label": "", "chapter": "", "section": "", "text": text}
        for n, text in ((43, "旧的文字。"), (200, "后来删除。"))
    ]
    read = held._read
    text = "\n".join(json.dumps(line) for line in lines)
    monkeypatch.setattr(held, "_read", lambda name: text if name == "older.jsonl" else read(name))
    both = Instrument(
        law.key, law.aliases, law.zh, law.en, law.jurisdiction, law.first_in_force, law.first_in_force_basis,
        law.history, (older, law.newest),
    )  # fmt: skip
    monkeypatch.setattr(statutes, "instrument", lambda key: both if key == "法" else instrument(key))
    yield both
    rows.cache_clear()


def test_each_day_has_the_wording_of_that_day(two_wordings):
    assert passage(parse("法43"), date(2021, 4, 28)) == "旧的文字。"
    assert passage(parse("法43"), date(2021, 4, 29)).startswith("同车道行驶的机动车")
    assert in_force(parse("法43"), date(2011, 4, 30)).standing is Standing.NOT_HELD
    assert exists(parse("法200"), date(2020, 1, 1))
    assert not exists(parse("法200"), date(2022, 1, 1))
    assert not exists(parse("法44"), date(2020, 1, 1))
    assert exists(parse("法200"), date(2011, 1, 1))  # not held: looked up in the next version
    assert [one.article for one in articles("法", date(2020, 1, 1))] == [43, 200]
    assert articles("法", date(2005, 1, 1)) == ()


@pytest.mark.parametrize(
    "days", [[], [date(2021, 1, 1), date(2020, 1, 1)], [date(2021, 1, 1)] * 2, [date(2003, 1, 1)]]
)
def test_versions_out_of_order_are_refused(days):
    versions = tuple(Version("", day, "", 1, "x") for day in days)
    with pytest.raises(ValueError, match="version"):
        Instrument("x", (), "", "", "CN", date(2004, 5, 1), "", (Event(date(2004, 1, 1), ""),), versions)


def test_one_law_loads_quickly():
    rows.cache_clear()
    start = time.process_time()
    assert exists(parse("法43"), DAY)
    assert time.process_time() - start < 0.05


def test_data_is_plain_json_lines():
    raw = resources.files("kuaichu.law").joinpath("data", instruments()["条"].newest.file).read_text("utf-8")
    assert {tuple(json.loads(line)) for line in raw.splitlines()} == {
        ("article", "suffix", "label", "chapter", "section", "text")
    }


@given(st.integers(1, 9999))
def test_numerals_are_reversible(number):
    total = digit = 0
    for sign in chinese_numeral(number):
        if sign in "零一二三四五六七八九":
            digit = "零一二三四五六七八九".index(sign)
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
    assert total + digit == number
