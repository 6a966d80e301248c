"""Changed entries of a catalogue as facts: what stands there now, and what confirms it."""

from __future__ import annotations

import pytest

from pipeline.casefile import Alteration, Box, Document, Line, Mark, MarkKind, Page, PageText
from pipeline.extraction.alterations import alterations_of

LISTING = Document("d2", "file_catalogue", "卷内目录", 2, 2, 0.99)


def line(text: str, x0: float, y0: float, x1: float) -> Line:
    return Line(text, Box(x0, y0, x1, y0 + 0.02), 0.95)


def mark(kind: MarkKind, x0: float, y0: float, x1: float, y1: float, text: str = "") -> Mark:
    return Mark(kind, Box(x0, y0, x1, y1), "blue", text)


def found(lines: tuple[Line, ...], *marks: Mark) -> tuple[Alteration, ...]:
    pages = [Page(n, "a.pdf", n, PageText("scanned")) for n in (1, 2)]
    pages[1] = Page(2, "a.pdf", 2, PageText("scanned", 0, lines, marks))
    return alterations_of(LISTING, pages)


def test_an_entry_struck_through_with_its_correction_behind() -> None:
    old, new, page = line("起诉书", 0.2, 0.3, 0.28), line("起诉意见书", 0.3, 0.298, 0.42), line("7", 0.7, 0.3, 0.72)
    (one,) = found((old, new, page), mark("struck", 0.195, 0.303, 0.285, 0.317, "起诉书"))
    assert (one.document, one.page, one.kind, one.confirmed) == ("d2", 2, "struck", False)
    assert one.text == "起诉意见书"


def test_an_entry_only_struck_through_says_what_it_was() -> None:
    (one,) = found((line("起诉", 0.2, 0.3, 0.28),), mark("struck", 0.195, 0.303, 0.285, 0.317, "起诉书"))
    assert one.text == "起诉书"


@pytest.mark.parametrize("kind", ["fingerprint", "name_seal"])
def test_a_thumb_or_name_seal_behind_the_correction_confirms_it(kind: MarkKind) -> None:
    old, new = line("12", 0.66, 0.3, 0.69), line("13", 0.7, 0.298, 0.73)
    (one,) = found((old, new), mark("struck", 0.66, 0.303, 0.69, 0.317), mark(kind, 0.74, 0.29, 0.78, 0.33))
    assert one.confirmed


def test_a_thumb_on_the_correction_confirms_it() -> None:
    (one,) = found(
        (line("13", 0.66, 0.3, 0.69),),
        mark("overwritten", 0.66, 0.3, 0.69, 0.32),
        mark("fingerprint", 0.67, 0.28, 0.71, 0.34),
    )
    assert (one.kind, one.confirmed, one.text) == ("overwritten", True, "13")


def test_a_thumb_on_another_row_confirms_nothing() -> None:
    (one,) = found(
        (line("13", 0.66, 0.3, 0.69),),
        mark("struck", 0.66, 0.3, 0.69, 0.32),
        mark("fingerprint", 0.67, 0.38, 0.71, 0.44),
    )
    assert not one.confirmed


def test_an_official_seal_confirms_nothing() -> None:
    (one,) = found(
        (line("13", 0.66, 0.3, 0.69),), mark("struck", 0.66, 0.3, 0.69, 0.32), mark("seal", 0.6, 0.22, 0.8, 0.4)
    )
    assert not one.confirmed


def test_changes_stand_in_the_order_of_the_page() -> None:
    marks = mark("whitened", 0.2, 0.5, 0.4, 0.52), mark("struck", 0.2, 0.3, 0.4, 0.32), mark("ink", 0.2, 0.4, 0.4, 0.42)
    assert [one.kind for one in found((), *marks)] == ["struck", "whitened"]
