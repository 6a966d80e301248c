"""Blank pages: empty backs, show-through of the other side, separators that carry nothing but a page number.

Statistics of the ink come first; reading the mirror image tells show-through (which is mirrored writing) from faint
but real text. A page of which something was read with a good score is never blank for its faintness alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.ocr.ink import Ink
from pipeline.ocr.lines import Strip

_SURE = 0.80
"""A score that mirrored or invented text hardly ever reaches over several characters."""
_NO_INK = 0.001
"""Share of clear ink under which a page of which nothing was read holds nothing (a single line of print has more)."""
_SHOW_THROUGH_INK = 0.05
"""Share of clear ink above which a page is no show-through."""
_READ = 0.5
"""Part of the characters found that must be sure, if the page is not to be looked at in the mirror."""
_READ_MIRRORED = 0.25
"""Part of what is read in the mirror that must be sure. Show-through is as faint as it is mirrored, and much of it
reads badly even the right way round; writing seen from the wrong side reads as nothing (at most 0.09 on our pages)."""
_PAGE_NUMBER = re.compile(r"[-—–·.\s第共/页]*[0-9OoIl|一二三四五六七八九十〇]{1,5}[-—–·.\s/页]*")


def sure_characters(strips: Sequence[Strip]) -> int:
    """How many characters were read with certainty; lone characters do not count (dust reads as 一 or ●)."""
    return sum(len(s.text.strip()) for s in strips if s.score >= _SURE and len(s.text.strip()) > 1)


def is_blank(ink: Ink, strips: Sequence[Strip], height: int, read_mirrored: Callable[[], Sequence[Strip]]) -> bool:
    """Whether a page of that ink, of which `strips` were read (pixels of a page `height` high), is blank.

    `read_mirrored` reads the page's mirror image; it is called only where the rest leaves doubt.
    """
    written = [s for s in strips if not _is_page_number(s, height)]
    sure = sure_characters(written)
    if sure < 3 and ink.clear < _NO_INK:
        return True
    doubtful = sure < _READ * sum(len(s.text) for s in written) or (ink.clear < 4 * _NO_INK and sure < 12)
    if not doubtful and written:
        return False
    return ink.clear < _SHOW_THROUGH_INK and _reads_better_mirrored(sure, read_mirrored())


def _reads_better_mirrored(sure: int, mirrored: Sequence[Strip]) -> bool:
    """Whether the mirror image reads well on the whole: single characters look the same both ways."""
    there = sure_characters(mirrored)
    return there >= max(6, 3 * sure) and there >= _READ_MIRRORED * sum(len(s.text) for s in mirrored)


def _is_page_number(strip: Strip, height: int) -> bool:
    top, bottom = float(strip.quad[:, 1].min()), float(strip.quad[:, 1].max())
    return (bottom < 0.12 * height or top > 0.88 * height) and _PAGE_NUMBER.fullmatch(strip.text.strip()) is not None
