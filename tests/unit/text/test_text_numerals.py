import pytest

from pipeline.text.numerals import number_value, positional_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十七", 17),
        ("四十", 40),
        ("廿九", 29),
        ("卅", 30),
        ("一百零五", 105),
        ("二千零二十四", 2024),
        ("三万六千", 36000),
        ("贰拾叁", 23),
        ("两百", 200),
        ("１２", 12),
        ("60", 60),
        ("二〇", 20),
        ("零", 0),
    ],
)
def test_numerals_are_read(text, value):
    assert number_value(text) == value


@pytest.mark.parametrize("text", ["", "十百", "三三十", "万", "年", "十廿", "一千千"])
def test_what_is_no_numeral_has_no_value(text):
    assert number_value(text) is None


def test_positional_reading_takes_every_zero():
    assert {positional_value(f"二{zero}二四") for zero in "〇零○◯0０"} == {2024}
    assert positional_value("二十四") is None
    assert positional_value("") is None
