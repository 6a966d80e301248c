"""What a page's text says about its type beyond the title: the patterns of cues.toml as points for every type."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from opencc import OpenCC

from pipeline.text.normalise import fold

CAP = 4.0
"""No page earns or loses more points than this by cues: many weak hints must not outweigh a plain title."""


@cache
def _patterns() -> dict[str, tuple[tuple[str, re.Pattern[str], float], ...]]:
    text = resources.files("pipeline.documents").joinpath("cues.toml").read_text("utf-8")
    return {
        kind: tuple(
            (span, re.compile(pattern, re.DOTALL), points)
            for span, patterns in spans.items()
            for pattern, points in patterns.items()
        )
        for kind, spans in tomllib.loads(text).items()
    }


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def folded_page(text: str) -> str:
    """The text as cues see it: white space gone, punctuation unified, traditional characters simplified."""
    return str(_simplifier().convert(fold(text)))


def cue_points(folded: str) -> dict[str, float]:
    """Points for every type that has a cue on this page (`folded`: see `folded_page`)."""
    return _sum(folded, {"head": slice(0, 160), "tail": slice(-200, None), "text": slice(None)})


def opening_points(folded: str) -> dict[str, float]:
    """Points for types of which a paper begins here though it carries no title."""
    return _sum(re.sub(r"^[\W\d]{0,6}", "", folded), {"opens": slice(None)})


def _sum(folded: str, spans: dict[str, slice]) -> dict[str, float]:
    points: dict[str, float] = {}
    for kind, patterns in _patterns().items():
        total = sum(value for span, pattern, value in patterns if span in spans and pattern.search(folded[spans[span]]))
        if total:
            points[kind] = max(-CAP, min(CAP, total))
    return points
