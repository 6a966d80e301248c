"""Nothing in a shown text acts unseen."""

import pytest

from pipeline.text.visible import one_line, visible


@pytest.mark.parametrize("mark", [chr(c) for c in (0x202A, 0x202E, 0x2066, 0x2069, 0x200E, 0x200F, 0x061C, 0xFEFF)])
def test_marks_of_direction_become_visible(mark):
    assert visible(f"a{mark}b") == "a\ufffdb"


def test_control_characters_and_half_characters_become_visible_and_white_space_stays():
    assert visible("a\x00\x1b\x7f\x85\ud800\uffff\n\tb") == "a" + "\ufffd" * 6 + "\n\tb"


def test_chinese_and_emoji_with_joiners_stay():
    text = "张三「案卷」(二) 👩‍⚖️ 🇨🇳 ñ é"
    assert visible(text) == text


def test_one_line_has_no_line_ends():
    assert one_line(" a\r\n\tb  c\u3000d\n") == "a b c d"
