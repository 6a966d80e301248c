"""Text laid out in layers, and the way back from a piece of it to its place."""

from __future__ import annotations

from papers_builder import papers_of

MARKUP = """
# 法律援助审批表
| 受援人 | 柯玉成 | 案由 | 掩饰、隐瞒犯罪 |
|  |  |  | 所得罪 |
承办人：姚　远　电话：13800001111
　　经审查，申请人经济困难，申请事项属于法律援助范围，建议给予法律援助，由福建南浦律师事务所承办。
"""


def test_cells_are_told_and_letters_set_apart_are_joined() -> None:
    (paper,) = papers_of(("approval_form", MARKUP))
    rows = paper.cells.split("\n")
    assert rows[1] == "受援人\t柯玉成\t案由\t掩饰,隐瞒犯罪"
    assert "姚远" in rows[3].replace("\t", "")
    assert "电话:13800001111" in rows[3].split("\t")
    assert paper.rows.replace("\n", "") == paper.text


def test_a_piece_of_text_has_the_place_it_was_read_at() -> None:
    (paper,) = papers_of(("approval_form", MARKUP))
    start = paper.cells.index("柯玉成")
    span = paper.in_cells(start, start + 3)
    line = next(line for place in paper.places for line in place.row.lines if line.text == "柯玉成")
    assert (span.page, span.quote, span.box) == (1, "柯玉成", line.box)
    at = paper.text.index("南浦律师")
    told = paper.in_text(at, at + 4)
    assert told.quote == "南浦律师"
    assert any(place.row.box.y0 == told.box.y0 for place in paper.places)


def test_what_goes_on_in_the_row_below_a_cell() -> None:
    (paper,) = papers_of(("approval_form", MARKUP))
    start = paper.cells.index("掩饰")
    assert paper.below(start, start + 7) == "所得罪"
    start = paper.cells.index("柯玉成")
    assert paper.below(start, start + 3) == ""


def test_trust_falls_with_score_and_handwriting() -> None:
    (clean,) = papers_of(("cover", "# 案卷\n受援人：柯玉成"))
    (worn,) = papers_of(("cover", "# 案卷\n受援人：柯玉成"), score=0.7, hand=0.9)
    assert clean.in_text(0, 2).trust > 0.9 > 0.2 > worn.in_text(0, 2).trust > 0
