"""How readable a page is, in a grade with reasons that an evaluator understands.

Two witnesses are heard: how sure the engine was of what it read, and what the image itself shows (`writing.look`).
A page is unreadable where there is writing of which nearly nothing was read and the image shows why, so that a person
would have trouble too. Handwriting that an engine cannot read on a good image is poor: a person can read it. A page
full of clear writing of which an engine read nothing at all is the engine's fault, and told as such (P211).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipeline.casefile import Grade, Quality
from pipeline.ocr.blank import sure_characters
from pipeline.ocr.ink import Contrast, Ink
from pipeline.ocr.lines import Strip, skew
from pipeline.ocr.writing import Writing, look
from pipeline.problems import Problem, problem

_GOOD, _FAIR = 0.93, 0.85
_SURE = 0.80
"""Score under which a line's text is low-score text."""
_CHARACTERS_PER_INK = 10_000
"""Characters that usually stand on a page for a whole page's worth of clear ink (500 on 5 %)."""
_DOUBT = 0.35
"""Part of those characters under which the image is looked at, however sure the engine was of what it read."""
_READ_AT_LEAST = 0.25
"""Part of the expected characters that must be read with certainty on a page whose image is spoilt."""
_READ_ON_GOOD_IMAGE = 0.08
"""The same where the image shows nothing wrong: an engine may fail at a hand that people read."""
_PASSED_OVER = 0.6
"""Part of the characters seen that must be read, however badly, or some of the page was passed over."""
_FULL = 30
"""Characters from which a page is one of writing, not a picture with a word or two."""
_FEW = 25
"""Characters under which a spoilt page may be a picture, unless it is faint: pictures have dark places."""
_TRACE = 0.0008
"""Share of written-on paper under which a page carries no writing that could be called unreadable."""
_GRAINY_ROWS = 0.2
"""Solidity under which rows may be heavy grain that happens to lie in rows."""
_WEAK_INK = 0.05
"""Share of the clear ink that is dark, under which a scan has lost its strokes (0.1 and more in ordinary scans)."""
_FAINT, _BLURRED, _CLOTTED = 0.30, 0.20, 0.65
"""Darkness and sharpness below which, and solidity above which, writing is spoilt (see `Writing`)."""
_GRAIN = 0.017
"""Unrest of the bare paper above which a scan is called grainy."""
_SKEWED = 0.05
"""Slope of the lines (about 3 degrees) from which a page is called crooked."""
_LOW = 15
"""Height of the lines in pixels under which the scan has too few of them."""

UNREAD = "有成行的字迹, 但识别引擎没有读出文字"
LOST = "几乎没有能辨认的文字"


def confidence(strips: Sequence[Strip]) -> float:
    """Mean score, each strip weighted by the length of its text; 0 where nothing was read."""
    length = sum(len(s.text) for s in strips)
    return sum(len(s.text) * s.score for s in strips) / length if length else 0.0


def judge(ink: Ink, strips: Sequence[Strip], *, contrast: Contrast | None = None) -> Quality:
    """Judge a page that is not blank, of which `strips` were read (all of them, also those with low scores).

    `contrast` is the page reduced by `ink.contrast`; without it only the ink's shares speak for the image. It is
    looked at only where the reading leaves a doubt.
    """
    mean, sure = confidence(strips), sure_characters(strips)
    doubtful = mean < _GOOD or sure < _DOUBT * ink.clear * _CHARACTERS_PER_INK
    seen = look(contrast) if contrast is not None and doubtful else None
    flaws = _flaws(ink, seen, strips)
    unread = _unread(ink, seen, strips, sure, spoilt=bool(flaws))
    grade: Grade
    if unread:
        grade, said = "unreadable", [unread]
    else:
        grade, said = _by_reading(seen, strips, mean)
    if grade == "good":
        return Quality(grade, round(mean, 4))
    if ink.grain > _GRAIN:
        flaws.append("扫描颗粒重")
    if abs(skew(strips)) > _SKEWED:
        flaws.append("页面倾斜")
    return Quality(grade, round(mean, 4), (*flaws, *said))


def problem_of(quality: Quality) -> Problem | None:
    """Give the coded problem of a page of that quality: P211 engine read nothing, P207 unreadable; None for others."""
    if quality.grade != "unreadable":
        return None
    return problem("P211" if UNREAD in quality.reasons else "P207")


def _flaws(ink: Ink, seen: Writing | None, strips: Sequence[Strip]) -> list[str]:
    """What the image shows that would give a person trouble too."""
    if seen is None:
        return ["墨迹浅淡"] if ink.dark < _WEAK_INK * ink.clear else []
    found = []
    if seen.darkness < _FAINT:
        found.append("墨迹浅淡")
    if 0 < seen.sharpness < _BLURRED:
        found.append("字迹模糊")
    if seen.solidity > _CLOTTED:
        found.append("笔画粘连")
    if strips and median(min(s.height, s.length) for s in strips) < _LOW:
        found.append("分辨率低")
    return found


def _unread(ink: Ink, seen: Writing | None, strips: Sequence[Strip], sure: int, *, spoilt: bool) -> str:
    """Why nearly nothing of a page's writing can be said to be read; "" where enough was, or there is too little."""
    found = sum(len(s.text) for s in strips)
    attempted = found if len(strips) >= 5 else 0
    if seen is None:
        by_ink = max(10.0, ink.clear * _CHARACTERS_PER_INK) if spoilt else 0.0
        return LOST if sure < _READ_AT_LEAST * max(by_ink, attempted) else ""
    expected = max(seen.characters, attempted)
    if seen.ink < _TRACE:
        return ""
    if seen.darkness < _FAINT:  # rows so faint show in parts, so that their ink says more than their length
        expected = max(10.0, expected, seen.ink * _CHARACTERS_PER_INK)
    elif expected < _FEW:
        return ""
    if not found and not spoilt:
        return UNREAD if expected >= _FULL else ""
    return LOST if sure < (_READ_AT_LEAST if spoilt else _READ_ON_GOOD_IMAGE) * expected else ""


def _by_reading(seen: Writing | None, strips: Sequence[Strip], mean: float) -> tuple[Grade, list[str]]:
    """Grade a page of which something was read, or which is none of writing, by how sure the reading is."""
    found = sum(len(s.text) for s in strips)
    if not found:
        return "poor", ["没有识别到文字"]
    low = sum(len(s.text) for s in strips if s.score < _SURE) / found
    grade: Grade = "good" if mean >= _GOOD else "fair" if mean >= _FAIR else "poor"
    said = [f"约 {max(0.01, low):.0%} 的文字识别把握低"] if low else ["文字识别把握不高"]
    if seen is not None and _passed_over(seen, found):
        return "poor", [*(said if grade != "good" else ()), "部分字迹没有读出"]
    return grade, said


def _passed_over(seen: Writing, found: int) -> bool:
    """Whether a good part of the writing on the page was not even found, so that a sure reading says little."""
    return seen.characters >= _FULL and seen.solidity >= _GRAINY_ROWS and found < _PASSED_OVER * seen.characters
