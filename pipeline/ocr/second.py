"""Second readings: dates and numbers are read twice, and what a red seal covers is read without the red.

A second reading comes from a crop that was cut and cleaned in another way than the first (margins, grey, level paper,
no red), so that the two seldom fail alike. Both are kept; which of them leads is decided here only where red ink lies
over the line, because there the cleaned crop shows what the raw one hides.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.ocr import vote
from pipeline.ocr.colour import Mask, bleached
from pipeline.ocr.engine import Engine, Image, Quad
from pipeline.ocr.lines import Strip, cut, in_reading_order

_NUMBERS = re.compile(
    r"[0-9０-９]{2,}|[0-9０-９一二三四五六七八九十〇○零廿卅]\s*[年月日号]|[〇○零][一二三四五六七八九〇○零]|[年月]\s*[日月]"
)
_STAMPED = 0.01
"""Share of red pixels in a strip from which on the strip counts as touched by a seal or fingerprint."""
_READABLE = 0.75
"""Score that a reading of the bleached page needs to stand in for raw pieces or to be added as a line."""
_WIDER = (1.6, 2.0, 2.5, 3.2)
_LONG, _TOO_LONG = 22, 45
"""Lines longer than the first are read again only for a date in them, lines longer than the other not at all."""


def has_numbers(text: str) -> bool:
    """Whether a date, a case number or another number that may matter stands in the text."""
    return _NUMBERS.search(text) is not None


def read_under_red(engine: Engine, strips: Sequence[Strip], clean: Image, red: Mask, side: int) -> list[Strip]:
    """Add what the page shows once its red ink is bleached out; strips that no red touches come back as they are.

    `clean` (the page without its red ink) and `red` (0 or 255) have the size of the image on which the strips were
    found; `side` as in `Engine.detect`.
    """
    touched = [s for s in strips if red_share(red, s.quad) >= _STAMPED]
    result = [s for s in strips if red_share(red, s.quad) < _STAMPED]
    quads = [q for q in engine.detect(clean, side) if red_share(red, q) >= _STAMPED]
    readings = engine.recognise([cut(clean, q) for q in quads])
    found = [Strip(q, text, score) for q, (text, score) in zip(quads, readings, strict=True) if text.strip()]
    left = list(touched)
    for new in in_reading_order(found):
        pieces = in_reading_order([s for s in left if _inside(s.quad, new.quad) >= 0.5])
        covered = [s for s in left if s not in pieces and _inside(new.quad, s.quad) >= 0.6]
        if pieces:
            left = [s for s in left if s not in pieces]
            result.append(_choose(new, pieces))
        elif not covered and new.score >= _READABLE and all(_inside(new.quad, s.quad) < 0.3 for s in result):
            result.append(replace(new, second="", second_score=0.0))
    again = engine.recognise([_cleaned(clean, s.quad) for s in left])
    for strip, (text, score) in zip(left, again, strict=True):
        result.append(_lead(strip, text, score))
    return result


def _worth_reading_again(text: str) -> bool:
    if len(text) > _TOO_LONG:
        return False
    return vote.whole_date(text) is not None if len(text) > _LONG else has_numbers(text)


def read_dates_by_vote(engine: Engine, strips: Sequence[Strip], image: Image, red: Mask) -> list[Strip]:
    """Read dates that red ink touches, or of which a part is missing, in several ways and let the readings vote.

    `image` is white-balanced, `red` its red ink (0 or 255). Strips without such a date come back as they are.
    """
    wanted = [
        i
        for i, s in enumerate(strips)
        if (vote.looks_like_date(s.text) or vote.looks_like_date(s.second or ""))
        and (vote.whole_date(s.text) is None or red_share(red, s.quad) >= _STAMPED)
    ]
    ways = [_ways(image, red, strips[i].quad, vote.whole_date(strips[i].text) is None) for i in wanted]
    readings = iter(engine.recognise([crop for crops in ways for crop in crops]))
    result = list(strips)
    elected: list[int] = []
    for i, crops in zip(wanted, ways, strict=True):
        strip = strips[i]
        own = [(strip.text, strip.score), (strip.second or "", strip.second_score or 0.0)]
        outcome = vote.elect([*own, *itertools.islice(readings, len(crops))])
        if outcome is not None:
            (text, score), (other, other_score) = outcome
            result[i] = replace(strip, text=text, score=score, second=other, second_score=other_score)
            elected.append(i)
    gone: set[int] = set()
    for n, i in enumerate(elected):
        gone.update(j for j in elected[n + 1 :] if i not in gone and _same_date(result[i], result[j]))
    return [s for i, s in enumerate(result) if i not in gone]


def _same_date(one: Strip, other: Strip) -> bool:
    """Whether two strips are pieces of one line, each read as the whole date with the help of its margins."""
    if vote.whole_date(one.text) != vote.whole_date(other.text):
        return False
    top, bottom = max(one.quad[0, 1], other.quad[0, 1]), min(one.quad[3, 1], other.quad[3, 1])
    apart = max(one.quad[0, 0], other.quad[0, 0]) - min(one.quad[1, 0], other.quad[1, 0])
    height = min(one.height, other.height)
    return bool(bottom - top > 0.5 * height and apart < 2.5 * height)


def _ways(image: Image, red: Mask, quad: Quad, cut_short: bool) -> list[Image]:
    """Cut a strip in ways that fail apart: much and little red left, tight and wide, plain and cleaned.

    `cut_short`: the search may have cut off the year or the day; wider ways are tried as well.
    """
    height = float(np.linalg.norm(quad[3] - quad[0]))
    margin = round(2.5 * height)
    left, top = np.maximum(np.floor(quad.min(axis=0)).astype(int) - margin, 0)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int) + margin
    window, stamp = image[top:bottom, left:right], red[top:bottom, left:right]
    place = quad - np.array([left, top], np.float32)
    pale, strong = bleached(window, stamp, 20, 60), bleached(window, stamp, 70, 60)
    return [
        cut(pale, _grown(place, 0.3, 0.0)),
        _cleaned(pale, _grown(place, 0.75, 0.0)),
        cut(strong, _grown(place, 0.3, 0.0)),
        cut(window, _grown(place, 0.3, 0.0)),
        cut(window, _grown(place, 1.0, 0.05)),
        *(cut(window, _grown(place, along, 0.0)) for along in (_WIDER if cut_short else ())),
    ]


def read_numbers_again(engine: Engine, strips: Sequence[Strip], image: Image) -> list[Strip]:
    """Give every strip with a number, that has none yet, its second reading from a cleaned crop of `image`."""
    wanted = [i for i, s in enumerate(strips) if s.second is None and _worth_reading_again(s.text)]
    readings = engine.recognise([_cleaned(image, strips[i].quad) for i in wanted])
    result = list(strips)
    for i, (text, score) in zip(wanted, readings, strict=True):
        result[i] = replace(result[i], second=text, second_score=score)
    return result


def red_share(red: Mask, quad: Quad) -> float:
    """Share of the upright rectangle around a strip that is red."""
    left, top = np.maximum(quad.min(axis=0), 0).astype(int)
    right, bottom = quad.max(axis=0).astype(int) + 1
    part = red[top:bottom, left:right]
    return float((part > 0).mean()) if part.size else 0.0


def _choose(new: Strip, pieces: Sequence[Strip]) -> Strip:
    """One strip for a line that the bleached page shows whole and the raw page in pieces (or whole as well)."""
    raw = Strip(
        new.quad, " ".join(s.text for s in pieces), sum(s.score * len(s.text) for s in pieces) / _length(pieces)
    )
    if len(pieces) == 1 and not _inside(new.quad, pieces[0].quad) >= 0.6:
        # the raw line was cut short by the seal
        raw = replace(raw, score=min(raw.score, 0.8))
    if len(pieces) > 1 and new.score >= _READABLE:
        return replace(new, second=raw.text, second_score=raw.score)
    return _lead(raw, new.text, new.score, new.quad)


def _length(strips: Sequence[Strip]) -> int:
    return max(1, sum(len(s.text) for s in strips))


def _lead(raw: Strip, text: str, score: float, quad: Quad | None = None) -> Strip:
    """Both readings of a stamped strip; the bleached one leads where it is surer or alone gives a whole date."""
    whole, raw_whole = (vote.whole_date(t) is not None for t in (text, raw.text))
    surer = score > raw.score and whole >= raw_whole
    # the red hid a character at the end, or all that makes it a date
    shows_more = score >= _READABLE and ((whole and not raw_whole) or (raw.text in text and len(text) > len(raw.text)))
    better = surer or shows_more
    if text.strip() and better:
        return replace(
            raw,
            quad=raw.quad if quad is None else quad,
            text=text,
            score=score,
            second=raw.text,
            second_score=raw.score,
        )
    return replace(raw, second=text, second_score=score)


def _inside(inner: Quad, outer: Quad) -> float:
    """Part of the inner strip's rectangle that lies in the outer one's."""
    left, top = np.maximum(inner.min(axis=0), outer.min(axis=0))
    right, bottom = np.minimum(inner.max(axis=0), outer.max(axis=0))
    width, height = inner.max(axis=0) - inner.min(axis=0)
    return float(max(0, right - left) * max(0, bottom - top) / max(1.0, float(width * height)))


def _grown(quad: Quad, along: float, across: float) -> Quad:
    """A strip with a margin, in parts of its height, at both ends and at both sides."""
    right, down = quad[1] - quad[0], quad[3] - quad[0]
    height = float(np.linalg.norm(down))
    step = right / max(1.0, float(np.linalg.norm(right))) * along * height
    drop = down * across
    return np.asarray(quad + np.array([-step - drop, step - drop, step + drop, drop - step]), np.float32)


def _cleaned(image: Image, quad: Quad) -> Image:
    """Cut a strip with a little more around it, grey, its paper made level and its ink black."""
    crop = cut(image, _grown(quad, 0.25, 0.08))
    height = crop.shape[0]
    gray = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    kernel = max(3, round(height / 2) * 2 + 1)
    paper = cv2.GaussianBlur(cv2.dilate(gray, np.ones((9, 9), np.uint8)), (kernel, kernel), 0)
    level = np.clip(gray.astype(np.float32) / np.maximum(paper, 1), 0, 1)
    ink = float(np.percentile(level, 3))
    stretched = np.clip((level - ink) / max(0.3, 0.97 - ink), 0, 1) * 255
    scale = 64 / max(1, gray.shape[0])
    if scale > 1:
        stretched = cv2.resize(stretched, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.repeat(np.clip(stretched, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
