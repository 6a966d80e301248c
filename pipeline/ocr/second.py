"""Second readings: dates and numbers are read twice, and what a red seal covers is read without the red.

A second reading comes from a crop that was cut and cleaned in another way than the first (margins, grey, level paper,
no red), so that the two seldom fail alike. Both are kept; which of them leads is decided here only where red ink lies
over the line, because there the cleaned crop shows what the raw one hides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.ocr import vote
from pipeline.ocr.ballot import CLEAR, Ballot
from pipeline.ocr.colour import Mask
from pipeline.ocr.crops import STAMPED, cleaned, grown, ink_share
from pipeline.ocr.engine import Engine, Image, Quad
from pipeline.ocr.lift import Lifted
from pipeline.ocr.lines import Strip, cut, in_reading_order
from pipeline.ocr.regions import detect_in, regions_around

_ARABIC, _CHINESE = "0-9０-９", "〇○零一二三四五六七八九十廿卅"
_NUMBERS = re.compile(
    # dates, whole or what is left of one; 三年 or 第二十 is a number that says nothing
    rf"[{_ARABIC}{_CHINESE}]{{2,}}\s*年|[{_ARABIC}{_CHINESE}]\s*[月日]|[年月]\s*[日月]|(?:19|20)[0-9]{{2}}|二[〇○零]"
    rf"|[{_ARABIC}]\s*[.．/-]\s*[{_ARABIC}]{{1,2}}\s*[.．/-]\s*[{_ARABIC}]"
    # case numbers, identity numbers, times, amounts
    rf"|[{_ARABIC}]\s*号|[{_ARABIC}]{{14,}}|[{_ARABIC}]\s*[时点:：]\s*[{_ARABIC}]{{2}}|[{_ARABIC}]\s*万?元"
)
_READABLE = 0.75
"""Score that a reading of the bleached page needs to stand in for raw pieces or to be added as a line."""
_MARGIN = 0.25, 0.08
"""Along and across a strip, in parts of its height: a second reading sees a little more than the first."""
_LONG, _TOO_LONG = 22, 45
"""Lines longer than the first are read again only for a date in them, lines longer than the other not at all."""


def has_numbers(text: str) -> bool:
    """Whether a date, case number, identity number, time or amount stands in the text; page numbers do not count."""
    return _NUMBERS.search(text) is not None


def read_under_red(engine: Engine, strips: Sequence[Strip], clean: Image, red: Mask, side: int) -> list[Strip]:
    """Add what the page shows once its red ink is bleached out; strips that no red touches come back as they are.

    `clean` (the page without its red ink) and `red` (0 or 255) have the size of the image on which the strips were
    found; `side` as in `Engine.detect`. Serves for black seals as well, with the page from which they were lifted.
    Searched is only what lies around the ink.
    """
    touched = [s for s in strips if ink_share(red, s.quad) >= STAMPED]
    result = [s for s in strips if ink_share(red, s.quad) < STAMPED]
    regions = regions_around(red, [s.quad for s in strips], side)
    quads = [q for q in detect_in(engine, clean, regions, side) if ink_share(red, q) >= STAMPED]
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
    again = engine.recognise([cleaned(clean, grown(s.quad, *_MARGIN)) for s in left])
    for strip, (text, score) in zip(left, again, strict=True):
        result.append(_lead(strip, text, score))
    return result


def _worth_reading_again(text: str) -> bool:
    if len(text) > _TOO_LONG:
        return False
    return vote.whole_date(text) is not None if len(text) > _LONG else has_numbers(text)


def read_dates_by_vote(
    engine: Engine, strips: Sequence[Strip], image: Image, red: Mask, lifted: Lifted | None = None
) -> list[Strip]:
    """Read dates that a seal touches, or of which a part is missing, in several ways and let the readings vote.

    `image` is white-balanced, `red` its red ink (0 or 255), `lifted` the same page without its black seals. Strips
    without such a date come back as they are. Two or three ways are tried first, the others only where those differ.
    """
    wanted = [i for i, s in enumerate(strips) if _needs_votes(s, red, lifted)]
    ballots = [Ballot(image, red, lifted, strips[i]) for i in wanted]
    votes = _read_all(engine, [ballot.first() for ballot in ballots])
    open_ones = [n for n, cast in enumerate(votes) if not vote.settled(cast)]
    for n, more in zip(open_ones, _read_all(engine, [ballots[n].more() for n in open_ones]), strict=True):
        votes[n] += more
    result = list(strips)
    elected: list[int] = []
    for i, ballot, cast in zip(wanted, ballots, votes, strict=True):
        outcome = vote.elect([*cast, *ballot.own])
        if outcome is not None:
            (text, score), (other, other_score) = outcome
            result[i] = replace(strips[i], text=text, score=score, second=other, second_score=other_score)
            elected.append(i)
    gone: set[int] = set()
    for n, i in enumerate(elected):
        gone.update(j for j in elected[n + 1 :] if i not in gone and _same_date(result[i], result[j]))
    return [s for i, s in enumerate(result) if i not in gone]


def _needs_votes(strip: Strip, red: Mask, lifted: Lifted | None) -> bool:
    if not (vote.looks_like_date(strip.text) or vote.looks_like_date(strip.second or "")):
        return False
    if vote.whole_date(strip.text) is None or ink_share(red, strip.quad) >= STAMPED:
        return True
    return lifted is not None and ink_share(lifted.where, strip.quad) >= STAMPED


def _read_all(engine: Engine, ways: Sequence[Sequence[tuple[str, Image]]]) -> list[list[vote.Vote]]:
    """Read the crops of several places in one call."""
    readings = iter(engine.recognise([crop for crops in ways for _, crop in crops]))
    return [
        [vote.Vote(way, *reading, way in CLEAR) for (way, _), reading in zip(crops, readings, strict=False)]
        for crops in ways
    ]


def _same_date(one: Strip, other: Strip) -> bool:
    """Whether two strips are pieces of one line, each read as the whole date with the help of its margins."""
    if vote.whole_date(one.text) != vote.whole_date(other.text):
        return False
    top, bottom = max(one.quad[0, 1], other.quad[0, 1]), min(one.quad[3, 1], other.quad[3, 1])
    apart = max(one.quad[0, 0], other.quad[0, 0]) - min(one.quad[1, 0], other.quad[1, 0])
    height = min(one.height, other.height)
    return bool(bottom - top > 0.5 * height and apart < 2.5 * height)


def read_numbers_again(engine: Engine, strips: Sequence[Strip], image: Image) -> list[Strip]:
    """Give every strip with a number, that has none yet, its second reading from a cleaned crop of `image`."""
    wanted = [i for i, s in enumerate(strips) if s.second is None and _worth_reading_again(s.text)]
    readings = engine.recognise([cleaned(image, grown(strips[i].quad, *_MARGIN)) for i in wanted])
    result = list(strips)
    for i, (text, score) in zip(wanted, readings, strict=True):
        result[i] = replace(result[i], second=text, second_score=score)
    return result


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
