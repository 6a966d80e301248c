"""Whether a name was written by hand or printed, by comparison with the print of its own page.

A measure of handwriting alone misleads: worn print scores like a hand, a neat hand like print. What tells is the
difference from the page's own print: a hand writes wider and higher than the form's type and bends its strokes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from pipeline.casefile import Box, Line
from pipeline.extraction.letters import width

_BODY = 10
"""Characters from which a line is running text."""
_USUAL = (1.22, 1.2, 0.3)
"""Half way between print and writing: width and height against the page's print, bend above the page's print."""
_WEIGHTS = (9.0, 2.0, 6.0)
_WELL_READ, _DOUBT = 0.97, 5.0
"""Print is read with hardly any doubt; what is read with doubt is rather writing."""
_MORE = 0.25
SURE = 0.7
"""From here on it is writing, and below the rest of it print; between them nobody can say."""


def written(name: str, box: Box, line: Line, lines: Sequence[Line], pitch: float) -> float:
    """Weigh from 0 (printed) to 1 (by hand) how a name at `box`, part of `line`, compares with the page's print.

    `lines`: all lines of the page; `pitch`: width of its printed characters. Digital text is print.
    """
    if line.score is None:
        return 0.0
    found = traits(name, box, line, lines, pitch)
    points = sum(weight * (value - half) for weight, value, half in zip(_WEIGHTS, found, _USUAL, strict=True))
    points += _DOUBT * max(0.0, _WELL_READ - line.score)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, points))))


def traits(name: str, box: Box, line: Line, lines: Sequence[Line], pitch: float) -> tuple[float, float, float]:
    """Measure a name against the print of its page: how much wider, how much higher, how much more bent.

    On worn pages the print itself looks bent; there the bend says nothing and is counted less.
    """
    body = [one for one in lines if len(one.text) >= _BODY]
    usual = median([one.box.height for one in body]) if body else line.box.height
    bends = [one.hand for one in body if one.hand is not None]
    em = box.width / max(1.0, sum(width(char) for char in name))
    wider = min(2.0, em / pitch) if pitch else _USUAL[0]
    worn = median(bends) if bends else 0.0
    bent = _USUAL[2] if line.hand is None else worn * _USUAL[2] + (1 - worn) * max(0.0, line.hand - worn)
    return wider, line.box.height / max(1e-6, usual), bent


def bends_more(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line bends clearly more than the print of its page."""
    bends = [one.hand for one in lines if len(one.text) >= _BODY and one.hand is not None]
    return line.hand is not None and bool(bends) and line.hand - median(bends) > _MORE
