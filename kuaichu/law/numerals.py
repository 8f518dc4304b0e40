"""Chinese numerals for article, paragraph and item numbers."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def chinese_numeral(number: int) -> str:
    """Write 1 to 9999 as statutes number articles: 52 五十二, 110 一百一十, 1208 一千二百零八.

    Raises ValueError outside that range.
    """
    if not 1 <= number <= 9999:
        raise ValueError(f"no statute numeral for {number}")
    text, gap = "", False
    for place, digit in reversed(list(enumerate(map(int, reversed(str(number)))))):
        if digit == 0:
            gap = True
            continue
        text += (_DIGITS[0] if gap and text else "") + _DIGITS[digit] + _UNITS[place]
        gap = False
    return text[1:] if 10 <= number <= 19 else text
