"""Entries struck through, written over and painted out, and those that only look so."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from drawn_table import BORDERS, LEFT, PAPER, PITCH, TOP, Table, drawn

from pipeline.ocr.alterations import Altered, altered_entries, entries_of
from pipeline.ocr.listing import Box, Listing, level


def listing_of(page: Table) -> Listing:
    table = level(page.image, page.strips)
    assert table is not None
    return table


def altered(page: Table, pressed: Sequence[Box] = (), sealed: Sequence[Box] = ()) -> list[Altered]:
    table = listing_of(page)
    entries = entries_of(table, table.boxes, [strip.score for strip in page.strips])
    return altered_entries(table, entries, page.image, pressed, sealed)


def told(page: Table) -> list[tuple[str, int]]:
    return [(one.kind, one.row) for one in altered(page)]


@pytest.mark.parametrize("pen", [1, 2, 3])
@pytest.mark.parametrize("issuer", [False, True])
def test_a_table_in_order_has_none_whatever_the_pen(pen: int, issuer: bool) -> None:
    assert told(drawn(14, pen=pen, issuer=issuer)) == []


def test_strokes_through_one_entry_are_one_change() -> None:
    page = drawn(12)
    page.strike(4, "title", down=-4, pen=2)
    page.strike(4, "title", down=4, pen=2, start=0.1)
    page.strike(4, "pages", start=-0.3, end=1.4)
    assert told(page) == [("struck", 4), ("struck", 4)]


@pytest.mark.parametrize("issuer", [False, True])
def test_characters_written_over_others(issuer: bool) -> None:
    page = drawn(12, issuer=issuer)
    page.strips = [s for s in page.strips if not _at(s.quad[0], page.places[5, "title"])]
    page.read(page.places[5, "title"], "法侓援助", 0.8)
    page.write_over(5, "title")
    assert told(page) == [("overwritten", 5)]


def _at(corner: Sequence[float], place: tuple[int, int, int, int]) -> bool:
    return abs(corner[0] - place[0]) < 10 and abs(corner[1] - place[1]) < 20


def test_a_number_written_over_another() -> None:
    page = drawn(12)
    x, y = LEFT["pages"], TOP + 6 * PITCH + 10
    for text in ("43", "86"):
        cv2.putText(page.image, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (40, 50, 130), 4, cv2.LINE_AA)
    assert told(page) == [("overwritten", 6)]


def test_an_entry_in_bold_print_reads_well_and_is_none() -> None:
    page = drawn(12)
    page.rule(13)
    page.write(12, "number", "13", pen=1)
    page.write(12, "title", "第二部分", pen=3)
    page.write(12, "pages", "30")
    assert told(page) == []


def test_paint_that_hides_the_rule_beside_an_entry() -> None:
    page = drawn(12)
    left, top, right, bottom = page.places[7, "title"]
    cv2.rectangle(page.image, (BORDERS[2] - 6, top - 8), (right + 6, bottom + 8), PAPER, -1)
    page.character(left + 2, (top + bottom) // 2, 5)
    page.character(left + 34, (top + bottom) // 2, 6)
    assert told(page) == [("whitened", 7)]


def test_paint_that_is_whiter_than_the_paper() -> None:
    page = drawn(12, ruled=False)
    left, top, right, bottom = page.places[3, "pages"]
    cv2.rectangle(page.image, (left - 8, top - 4), (right + 60, bottom + 4), (255, 255, 255), -1)
    cv2.putText(page.image, "14", (left, bottom - 3), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (45, 45, 48), 2, cv2.LINE_AA)
    assert told(page) == [("whitened", 3)]


def test_worn_rules_are_no_paint() -> None:
    page = drawn(14, ruled=False)
    page.rule(14, gaps=[(row, 2) for row in range(0, 14, 2)])
    assert told(page) == []


def test_an_entry_below_a_fingerprint_was_changed_somehow() -> None:
    page = drawn(12)
    table = listing_of(page)
    entry = next(e for e in entries_of(table, table.boxes, [0.99] * len(table.boxes)) if (e.row, e.column) == (5, 1))
    pressed = [(entry.box[2] - 10, entry.box[1] - 8, entry.box[2] + 20, entry.box[3] + 8)]
    assert [(one.kind, one.row) for one in altered(page, pressed)] == [("whitened", 5)]


def test_the_fingerprint_on_a_correction_is_no_second_change() -> None:
    page = drawn(12)
    page.strike(5, "title")
    (change,) = altered(page)
    pressed = [(change.box[2] - 5, change.box[1], change.box[2] + 25, change.box[3])]
    assert [(one.kind, one.row) for one in altered(page, pressed)] == [("struck", 5)]


def test_the_ring_of_a_black_seal_across_rows_is_no_stroke() -> None:
    page = drawn(14)
    cv2.circle(page.image, (500, TOP + 7 * PITCH), 118, (60, 60, 60), 6, cv2.LINE_AA)
    table = listing_of(page)
    left, top = 500 - 121, TOP + 7 * PITCH - 121
    corners = [(left, top), (left + 242, top), (left + 242, top + 242), (left, top + 242)]
    seal = table.around(np.array(corners, np.float32))
    assert [one for one in altered(page, sealed=[seal]) if one.kind == "struck"] == []
