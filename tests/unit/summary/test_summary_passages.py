"""Copied passages side by side."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.summary.passages import side_by_side


def marked(pieces):
    return [piece.text for piece in pieces if piece.same]


def test_equal_runs_are_marked_on_both_sides():
    copy, origin = side_by_side("被告人王某持铁棍殴打李某", "被告人王某手持铁棍, 殴打李某")
    assert "".join(marked(copy)) == "被告人王某持铁棍殴打李某"
    assert marked(origin) == ["被告人王某", "持铁棍, 殴打李某"]


def test_width_space_and_punctuation_are_no_differences():
    copy, origin = side_by_side("（2021）豫 0423", "(2021)豫0423")
    assert "".join(marked(copy)) == "2021）豫 0423"
    assert "".join(marked(origin)) == "2021)豫0423"


def test_single_characters_in_common_are_chance():
    copy, _ = side_by_side("天地玄黄", "天乙玄丁")
    assert marked(copy) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_character_is_lost(copy, origin):
    left, right = side_by_side(copy, origin)
    assert "".join(piece.text for piece in left) == copy
    assert "".join(piece.text for piece in right) == origin
    assert all(piece.text for piece in (*left, *right))
