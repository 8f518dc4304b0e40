import json
import time
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.law import statutes
from kuaichu.law.numerals import chinese_numeral
from kuaichu.law.statutes import Citation, article, exists, instruments, parse, passage

DAY = date(2024, 5, 15)


def test_all_thirty_instruments_are_held_complete_and_labelled_by_their_numerals():
    assert len(instruments()) == 30
    total = 0
    for one in instruments().values():
        rows = statutes._articles(one.file)
        assert len(rows) == one.articles
        numbers = [number for number, _ in rows]
        assert numbers == list(range(numbers[0], numbers[-1] + 1)), one.key
        assert all(row["label"] == f"第{chinese_numeral(number)}条" for (number, _), row in rows.items())
        total += len(rows)
    assert total == 2054


def test_no_file_in_the_data_folder_is_forgotten():
    names = {path.name for path in resources.files("kuaichu.law").joinpath("data").iterdir()}
    assert names == {one.file for one in instruments().values()} | {"README.md", "instruments.json"}


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
        for number, _ in statutes._articles(one.file)
        if sum(
            "一" in items
            for _, items in statutes._paragraphs(statutes._articles(one.file)[number, ""]["text"])
        )
        > 1
    ]
    assert twice
    for citation in twice:
        assert not exists(citation, date(2025, 1, 1))


def test_versions_are_honest():
    assert article(parse("法43"), date(2024, 1, 1)).version_note == ""
    older = article(parse("法43"), date(2019, 1, 1))
    assert "2021-04-29" in older.version_note
    assert "2019-01-01" in older.version_note
    assert article(parse("法43"), date(2003, 1, 1)) is None
    assert article(parse("D146 61"), date(2018, 4, 30)) is None
    assert article(parse("D146 61"), date(2018, 5, 1)).version_note == ""
    assert article(parse("洛阳条例 5"), date(2010, 1, 1)) is None
    assert "not known" in statutes.version_note("洛阳条例", date(2010, 1, 1))


def test_one_law_loads_quickly():
    statutes._articles.cache_clear()
    start = time.process_time()
    assert exists(parse("法43"), DAY)
    assert time.process_time() - start < 0.05


def test_data_is_plain_json_lines():
    raw = resources.files("kuaichu.law").joinpath("data", instruments()["条"].file).read_text("utf-8")
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
