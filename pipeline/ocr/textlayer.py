"""Whether the text that a PDF page carries itself can be trusted: it must say what the page shows.

Scanning software puts its own, often poor reading under scans, and broken fonts give characters that mean nothing;
only the page image is evidence. So the longest lines are read and looked for in the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

import numpy as np
from rapidfuzz import fuzz

from pipeline.casefile import Line
from pipeline.ocr.engine import Engine, Image, Quad
from pipeline.ocr.lines import read_quads

Verdict = Literal["digital", "scan", "garbage"]

_SAMPLE = 10
_SURE = 0.9
_TELLING = 4
"""Characters that a strip needs to tell one text from another."""
_SAME = 85
"""Partial similarity (0..100) from which a strip counts as found in the text."""
_FOUND = 0.7
_STRANGE = 0.03
_MISSING = 0.3
_NEAR, _PURE = 10, 0.97
"""A page was drawn, not scanned, if of the pixels within that many steps of the paper's colour this share has it
exactly."""


def judge_layer(engine: Engine, image: Image, quads: Sequence[Quad], lines: Sequence[Line]) -> Verdict:
    """Tell what the text `lines` of a page is worth, on whose image strips were found at `quads`; some are read.

    "digital": the page was drawn from this text; "scan": it says what the page shows, but the page is a scan, so it is
    some other program's reading of it; "garbage": it does not say what the page shows.
    """
    text = _plain("".join(line.text for line in lines))
    if not text or _strange(text) > _STRANGE or _missing(quads, lines, image) > _MISSING:
        return "garbage"
    longest = sorted(quads, key=lambda q: -float(np.linalg.norm(q[1] - q[0])))[:_SAMPLE]
    strips = read_quads(engine, image, longest)
    sure = [s for s in strips if s.score >= _SURE and len(s.text) >= _TELLING]
    found = sum(fuzz.partial_ratio(_plain(s.text), text) >= _SAME for s in sure)
    if not sure or found < _FOUND * len(sure):
        return "garbage"
    return "digital" if _drawn(image) else "scan"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _strange(text: str) -> float:
    """Share of characters that no reader knows: private use, unassigned, control, replacement."""
    return sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in text) / len(text)


def _missing(quads: Sequence[Quad], lines: Sequence[Line], image: Image) -> float:
    """Share of the strips' length over which the text layer has no line: it may hold only a header or a page number."""
    height, width = image.shape[:2]
    boxes = [line.box for line in lines]
    covered = total = 0.0
    for quad in quads:
        x, y = quad.mean(axis=0) / (width, height)
        length = float(np.linalg.norm(quad[1] - quad[0]))
        total += length
        covered += length * any(b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for b in boxes)
    return 1 - covered / total if total else 0.0


def _drawn(image: Image) -> bool:
    """Whether the paper is one colour to the last bit, as only a drawn page's is (a scan's has grain)."""
    step = max(1, max(image.shape[:2]) // 1000)
    sample = image[::step, ::step].reshape(-1, 3)
    packed = sample.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    colours, counts = np.unique(packed, return_counts=True)
    commonest = int(colours[counts.argmax()])
    paper = np.array([commonest >> 16, commonest >> 8 & 255, commonest & 255], np.int16)
    near = (np.abs(sample.astype(np.int16) - paper).max(axis=1) <= _NEAR).sum()
    return bool(near >= 0.3 * len(sample) and counts.max() >= _PURE * near)
