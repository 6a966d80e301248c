"""Titles: the heading of a page matched against the alias catalogue, through OCR noise, letter-spacing and issuers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.casefile import Box, Page
from pipeline.documents.cues import folded_page
from pipeline.documents.rows import Row, rows_of
from pipeline.documents.types import BLANK, doc_types, shapes, shared_titles
from pipeline.text.normalise import fold

ISSUER = re.compile(
    r"^.{0,24}?(人民法院|人民检察院|检察院|公安局|公安分局|分局|派出所|看守所|国家安全局|监察委员会|法律援助中心|法律援助处|"
    r"法律援助机构|援助中心|司法局|仲裁委员会|仲裁院|仲裁委|律师事务所|法律服务所|调解委员会|人民政府|委员会|司法厅|司法部)"
)
HEAD_SHARE = 0.45  # a title stands in the upper part of a page: letters and stamps may stand above it
LARGEST_TEXT = 0.024
"""Height of running text in large print, in fractions of the page."""
_SENTENCE = re.compile(r"[。；;!?？!]|[，,].*[，,]|[:：].*\w")
_NO_TITLE = re.compile(
    r"^[(]?[\d一二三四五六七八九十]{1,3}[)]?[.,、)]|[(](盖?章|公章|签名|签字|签章|印章|院印)[)]$|(签名|签字|盖章|签章)$|^附[:件表]"
)
"""A numbered heading inside a text, a signer's or a seal's line at the top of a last page: prominent, but no titles."""
_ASIDE = re.compile(r"[(（\[〔【].*?[)）\]〕】]")
_NUMBER = re.compile(r"^[\W_]*(第)?[\d一二三四五六七八九十]{0,5}(页)?[\W_]*$")


SHAPED = 0.9
"""Likeness of a title that nobody listed but that has the shape of its type's titles."""


@dataclass(frozen=True, slots=True)
class Title:
    """A heading that may be a title: the types whose title it is like, best first, each 0..1."""

    text: str
    box: Box
    prominence: float
    """How much it looks like a heading by size, place and centring, 0..1."""
    matches: tuple[tuple[str, float], ...]
    issuer: str = ""

    @property
    def best(self) -> float:
        return self.matches[0][1] if self.matches else 0.0


SHARED = 0.93
"""What a title that several types share is worth to those that bear it less often than the first named."""


@cache
def _aliases() -> tuple[tuple[str, str, float], ...]:
    """Every title with its type and its weight."""
    own = [(_bare(title), key, 1.0) for key, kind in doc_types().items() for title in kind.titles if key != BLANK]
    shared = [
        (_bare(title), key, SHARED if rank else 1.0)
        for title, keys in shared_titles().items()
        for rank, key in enumerate(keys)
    ]
    return tuple((title, key, weight) for title, key, weight in (*own, *shared) if len(title) >= 2)


@cache
def _shared() -> frozenset[str]:
    own = {_bare(title) for kind in doc_types().values() for title in kind.titles}
    return frozenset(_bare(title) for title in shared_titles()) - own


def speaks_for_itself(text: str) -> bool:
    """Whether a title says of what type a paper is: no head noun (通知书, 笔录) that papers of many types bear."""
    bare = _bare(_ASIDE.sub("", text))
    return len(bare) >= 3 and bare not in {_bare(title) for title in shared_titles()}


def _bare(title: str) -> str:
    return re.sub(r"\W", "", fold(title))


@cache
def _by_head() -> dict[str, frozenset[int]]:
    """Places of the aliases in `_aliases` by each of their last two characters."""
    found: dict[str, set[int]] = {}
    for place, (alias, _, _) in enumerate(_aliases()):
        for char in alias[-2:]:
            found.setdefault(char, set()).add(place)
    return {char: frozenset(places) for char, places in found.items()}


def _near(text: str) -> list[tuple[str, str, float]]:
    """The aliases that `text` may be like: `_likeness` wants one of their last two characters in it."""
    heads = _by_head()
    places = frozenset().union(*(heads[char] for char in set(text) if char in heads))
    return [_aliases()[place] for place in sorted(places)]


@lru_cache(maxsize=4096)
def match_title(text: str) -> tuple[tuple[str, float], ...]:
    """Types whose title `text` is like, best first, each with a likeness in 0..1 (0.62 and less left out).

    Likeness is the share of the alias found at one place of the text (OCR may have lost or changed characters), times
    how much of the text the alias explains; text that the alias leaves over in front (an issuer, "关于…的", a stage)
    weighs less than text behind it, since a Chinese title ends in its head noun.
    """
    plain = folded_page(text)
    # What stands in brackets may be the half that decides ("法律援助公函(通知辩护)") or an aside ("讯问笔录(第二次)").
    whole, shorter = re.sub(r"\W", "", plain), re.sub(r"\W", "", _ASIDE.sub("", plain))
    best: dict[str, float] = {}
    for folded in (variant for variant in dict.fromkeys((whole, shorter)) if len(variant) >= 2):
        known_whole = folded != whole and max(best.values(), default=0.0) == 1.0
        for alias, key, weight in _near(folded):
            score = weight * _likeness(folded, alias) * (SHARED if known_whole else 1.0)
            if len(alias) <= 3 and folded != alias and alias in _shared():
                continue  # a bare head noun (笔录, 通知书) shared by many says nothing of 阅卷笔录 or 逮捕通知书
            if score > max(0.62, best.get(key, 0.0)):
                best[key] = score
    if max(best.values(), default=0.0) < 1.0:
        for key, shape in shapes().items():
            if shape.search(whole) or shape.search(shorter):
                best[key] = max(SHAPED, best.get(key, 0.0))
    return tuple(sorted(best.items(), key=lambda item: (-item[1], item[0])))


def _likeness(text: str, alias: str) -> float:
    if len(alias) > len(text) + 2:
        return 0.0
    if text == alias:
        return 1.0
    if len(alias) == 2 or len(text) < 3:
        # Two characters are not enough for a fuzzy match: 传票, 借条, 所函.
        found = 1.0 if alias in text else 0.0
        start, end = text.find(alias), text.find(alias) + len(alias)
    else:
        place = fuzz.partial_ratio_alignment(alias, text, score_cutoff=66)
        if place is None:
            return 0.0
        start, end = place.dest_start, place.dest_end
        found = fuzz.ratio(alias, text[start:end]) / 100
        if found < (0.99 if len(alias) == 3 and text[start:end][-1:] != alias[-1] else 0.66):
            return 0.0
        if Levenshtein.distance(alias, text[start:end]) > (1 if len(alias) <= 5 else 2 if len(alias) <= 9 else 3):
            return 0.0
        if not set(alias[-2:]) & set(text[start : end + 1][-3:]):
            return 0.0  # another head noun: 会见…公函 is no 会见…笔录 however much of the rest agrees
    before, after = start, len(text) - end
    if not after and found == 1.0 and len(alias) >= 3:
        before = min(before, 5)  # a long description before the exact head noun says little against it
    spare = 0.35 * before + 1.3 * after
    return found * len(alias) / (len(alias) + spare) if found else 0.0


def headings(page: Page) -> tuple[Row, ...]:
    """The rows of the page's head that could be part of a title, top down."""
    rows = [row for row in rows_of(page.lines) if row.box.centre[1] < HEAD_SHARE]
    kept = []
    for row in rows:
        text = row.text.strip()
        if _NUMBER.match(text) or len(fold(text)) < 2:
            continue
        kept.append(row)
    return tuple(kept[:7])


def _usual_height(page: Page) -> float:
    """Height of the page's running text; where hardly more than a heading was read, no more than text ever has."""
    heights = sorted(line.box.height for line in page.lines)
    return min(heights[len(heights) // 2], LARGEST_TEXT)


def titles_of(page: Page) -> tuple[Title, ...]:
    """Every heading of the page that matches a known title, the most convincing first."""
    rows = headings(page)
    if not rows:
        return ()
    usual = _usual_height(page)
    found: list[Title] = []
    for index, row in enumerate(rows):
        found.extend(_as_title(row.text, row, usual, index))
        if index + 1 < len(rows):
            below = rows[index + 1]
            close = below.box.y0 - row.box.y1 < 1.6 * max(row.height, below.height)
            if close and min(row.height, below.height) > 1.1 * usual:
                joined = Row((*row.lines, *below.lines))
                found.extend(_as_title(row.text + below.text, joined, usual, index))
    return tuple(sorted(found, key=lambda title: -title.best * title.prominence))


def _as_title(text: str, row: Row, usual: float, index: int) -> list[Title]:
    folded = fold(text)
    if len(folded) > 34 or _SENTENCE.search(text) or row.gap > 0.2 or _NO_TITLE.search(folded):
        return []
    issuer = ISSUER.match(folded)
    if issuer and folded[issuer.end() :] in ("", "律师"):
        return []
    core = folded[issuer.end() :] if issuer and len(folded) > issuer.end() + 1 else folded
    matches = match_title(core) or match_title(folded)
    if not matches:
        return []
    return [Title(text, row.box, _prominence(row, usual, index), matches, issuer[0] if issuer else "")]


def _prominence(row: Row, usual: float, index: int) -> float:
    size = min(1.0, max(0.0, (row.height / usual - 0.95) / 0.5)) if usual else 0.0
    centred = max(0.0, 1 - abs(row.box.centre[0] - 0.5) / 0.16)
    high = max(0.0, 1 - row.box.y0 / HEAD_SHARE)
    early = max(0.0, 1 - index / 5)
    return 0.35 * size + 0.3 * centred + 0.2 * high + 0.15 * early


_NO_HEADING = re.compile(r"(年.{1,4}月.{0,4}日?|[,，:：、。;；])\W*$|^\W*(此致|附)|[)）]?第?\d+号$")
"""A date, the end of a paragraph, a number: prominent on a page with little else, but no heading."""


def heading_like(page: Page) -> Row | None:
    """The most prominent heading, known or not: an unknown one still says that a new paper begins."""
    rows = [
        row
        for row in headings(page)
        if len(fold(row.text)) <= 26 and not _SENTENCE.search(row.text) and not _NO_HEADING.search(row.text.strip())
    ]
    if not rows:
        return None
    usual = _usual_height(page)
    best = max(enumerate(rows), key=lambda item: _prominence(item[1], usual, item[0]))[1]
    centred = abs(best.box.centre[0] - 0.5) < 0.14 and best.gap < 0.12 and best.box.width < 0.6
    prominent = best.height > 1.22 * usual or (best is rows[0] and best.height > 1.05 * usual and best.box.x0 > 0.25)
    return best if centred and prominent and best.box.y0 < 0.3 else None
