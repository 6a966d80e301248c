"""How readable a page is, in a grade with reasons that an evaluator understands."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.casefile import Grade, Quality
from pipeline.ocr.blank import sure_characters
from pipeline.ocr.ink import Ink
from pipeline.ocr.lines import Strip

_GOOD, _FAIR = 0.93, 0.85
_CHARACTERS_PER_INK = 10_000
"""Characters that usually stand on a page for a whole page's worth of clear ink (500 on 5 %)."""
_READ_AT_LEAST = 0.25
"""Part of the expected characters that must be read with certainty on a page of weak ink."""
_WEAK_INK = 0.05
"""Share of the clear ink that is dark, under which a scan has lost its strokes (0.1 and more in ordinary scans)."""
_GRAIN = 0.017
"""Unrest of the bare paper above which a scan is called grainy."""


def confidence(strips: Sequence[Strip]) -> float:
    """Mean score, each strip weighted by the length of its text; 0 where nothing was read."""
    length = sum(len(s.text) for s in strips)
    return sum(len(s.text) * s.score for s in strips) / length if length else 0.0


def judge(ink: Ink, strips: Sequence[Strip]) -> Quality:
    """Judge a page that is not blank, of which `strips` were read (all of them, also those with low scores).

    Unreadable: the ink is there, but nearly nothing of it could be read with certainty.
    """
    mean = confidence(strips)
    sure = sure_characters(strips)
    expected = max(10.0, ink.clear * _CHARACTERS_PER_INK)
    weak = ink.dark < _WEAK_INK * ink.clear
    found = sum(len(s.text) for s in strips)
    reasons = []
    if weak:
        reasons.append("墨迹浅淡")
    if ink.grain > _GRAIN:
        reasons.append("扫描颗粒重")
    grade: Grade
    if (weak and sure < _READ_AT_LEAST * expected) or (len(strips) >= 5 and sure < _READ_AT_LEAST * found):
        grade = "unreadable"
        reasons.append("几乎没有能辨认的文字")
    elif not strips:
        grade = "poor"
        reasons.append("没有识别到文字")
    elif mean < _FAIR:
        grade = "poor"
        reasons.append("多数文字识别把握低")
    elif mean < _GOOD:
        grade = "fair"
        reasons.append("部分文字识别把握低")
    else:
        grade = "good"
    return Quality(grade, round(mean, 4), tuple(reasons) if grade != "good" else ())
