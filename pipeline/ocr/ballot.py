"""The ways in which a date under a seal is cut out and cleaned, so that its readings fail apart."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np

from pipeline.ocr import vote
from pipeline.ocr.colour import Mask, bleached
from pipeline.ocr.crops import STAMPED, cleaned, grown, ink_share
from pipeline.ocr.engine import Image, Quad
from pipeline.ocr.lift import Lifted
from pipeline.ocr.lines import Strip, cut

_LONGEST = 6.0
"""How far, in heights of the strip, the rest of a line is looked for at each of its ends."""
_INK = 0.85
"""Part of the paper's brightness under which a pixel is ink; print under a seal is pale once the seal is gone."""
_GAP = 0.9
"""A gap of so many heights ends a line."""

Way = tuple[str, Image]
"""How a crop was cleaned, and the crop."""
CLEAR = frozenset({"pale", "grey", "palest", "plain", "cleaned"})
"""Ways that leave nothing of a seal on the crop; black seals are never gone altogether."""


class Ballot:
    """One date strip of a page and the crops of it that are read.

    `image` is white-balanced, `red` its red ink (0 or 255), `lifted` the same page without its black seals.
    """

    def __init__(self, image: Image, red: Mask, lifted: Lifted | None, strip: Strip) -> None:
        self._image, self._red, self._lifted, self._strip = image, red, lifted, strip
        self._is_red = ink_share(red, strip.quad) >= STAMPED
        self._is_black = lifted is not None and ink_share(lifted.where, strip.quad) >= STAMPED

    @property
    def own(self) -> list[vote.Vote]:
        """The readings that the strip has already; under a seal they are no better than a guess and do not count."""
        if self._is_red or self._is_black:
            return []
        read = [vote.Vote("plain", self._strip.text, self._strip.score)]
        if self._strip.second:
            read.append(vote.Vote("cleaned", self._strip.second, self._strip.second_score or 0.0))
        return read

    def first(self) -> list[Way]:
        """The ways least like each other; where they agree, no more are needed."""
        if self._is_black:
            return [(name, cleaned(image, grown(self._place, 0.25, 0.08))) for name, image in self._black]
        if self._is_red:
            return [
                ("pale", cut(self._bleached(20, 60), grown(self._place, 0.3, 0.0))),
                ("grey", cleaned(self._bleached(45, 0), grown(self._place, 1.0, 0.08))),
            ]
        return [
            ("plain", cut(self._window, grown(self._place, 0.3, 0.0))),
            ("cleaned", cleaned(self._window, grown(self._place, 1.0, 0.08))),
        ]

    def more(self) -> list[Way]:
        """The ways that are tried where the first ones differ."""
        if self._is_black:
            return [
                (name, cut(image, grown(self._place, along, across)))
                for name, image in self._black
                for along, across in ((0.15, 0.0), (1.0, 0.05))
            ]
        if self._is_red:
            return [
                ("palest", cleaned(self._bleached(8, 60), grown(self._place, 1.0, 0.08))),
                ("grey", cut(self._bleached(45, 0), grown(self._place, 0.15, 0.0))),
                ("strong", cleaned(self._bleached(70, 60), grown(self._place, 0.25, 0.08))),
            ]
        return [
            ("plain", cut(self._window, grown(self._place, 1.0, 0.05))),
            ("cleaned", cleaned(self._window, grown(self._place, 0.25, 0.08))),
        ]

    @property
    def _black(self) -> list[Way]:
        assert self._lifted is not None
        return [
            ("raw", self._window),
            ("mild", self._lifted.mild[self._frame]),
            ("strong", self._lifted.strong[self._frame]),
        ]

    def _bleached(self, part: float, black: int) -> Image:
        return bleached(self._window, self._red[self._frame], part, black)

    @property
    def _window(self) -> Image:
        return self._image[self._frame]

    @cached_property
    def _frame(self) -> tuple[slice, slice]:
        """The part of the page in which all crops of the strip lie."""
        quad, margin = self._strip.quad, round((_LONGEST + 1.5) * self._strip.height)
        left, top = np.maximum(np.floor(quad.min(axis=0)).astype(int) - margin, 0).tolist()
        right, bottom = (np.ceil(quad.max(axis=0)).astype(int) + margin).tolist()
        return slice(top, bottom), slice(left, right)

    @cached_property
    def _place(self) -> Quad:
        """The strip in the frame; with the rest of its line where the date is not whole."""
        rows, columns = self._frame
        place = np.asarray(self._strip.quad - np.array([columns.start, rows.start]), np.float32)
        if vote.whole_date(self._strip.text) is not None:
            return place
        if self._is_black and self._lifted is not None:
            return whole_line(self._lifted.mild[self._frame], place)
        return whole_line(self._bleached(20, 60) if self._is_red else self._window, place)


def whole_line(image: Image, quad: Quad) -> Quad:
    """Lengthen a strip at both ends as far as ink goes on without a wide gap."""
    height = max(4.0, float(np.linalg.norm(quad[3] - quad[0])))
    long = cv2.cvtColor(cut(image, grown(quad, _LONGEST, 0.0)), cv2.COLOR_RGB2GRAY)
    paper = float(np.percentile(long, 80))
    middle = long[round(0.15 * long.shape[0]) : max(1, round(0.85 * long.shape[0]))]
    inked = (middle < _INK * paper).sum(axis=0) >= 2
    reach, gap = round(_LONGEST * height), round(_GAP * height)
    left = _run(inked[:reach][::-1], gap)
    right = _run(inked[long.shape[1] - reach :], gap)
    direction = (quad[1] - quad[0]) / max(1.0, float(np.linalg.norm(quad[1] - quad[0])))
    longer = quad + np.array([-left * direction, right * direction, right * direction, -left * direction])
    return np.asarray(longer, np.float32)


def _run(inked: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], gap: int) -> int:
    """How far ink goes on from the start, no gap being wider than `gap`."""
    end = 0
    for place in np.flatnonzero(inked).tolist():
        if place - end > gap:
            break
        end = place + 1
    return end
