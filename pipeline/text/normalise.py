"""Folds text so that titles and labels match through OCR noise: width, white space, brackets, quotes, dashes.

`fold` is for comparing, never for showing. `fold_with_places` also says where each folded character stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_VARIANTS = {
    **dict.fromkeys("〔[【〖｛{〈<《⟨「『﹝", "("),
    **dict.fromkeys("〕]】〗｝}〉>》⟩」』﹞", ")"),
    **dict.fromkeys("“”„‟〝〞＂‘’‚‛`´'", '"'),
    **dict.fromkeys("－–—―‐‑‒−ー─━﹣", "-"),
    **dict.fromkeys("～〜∼", "~"),
    **dict.fromkeys("·•・‧∙⋅●", "·"),
    **dict.fromkeys("○◯⚪⭕", "〇"),
    **dict.fromkeys("：﹕︰∶", ":"),
    **dict.fromkeys("，、﹐﹑､", ","),
    **dict.fromkeys("。｡．", "."),
    **dict.fromkeys("；﹔", ";"),
    "×": "x",
    "_": "",
    "﹏": "",
}
_LATIN_GAP = re.compile(r"(?<=[A-Za-z0-9,.;:])\s+(?=[A-Za-z0-9])")
_ANY_GAP = re.compile(r"\s+")
_LARGEST_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Match:
    """The candidate nearest to a text, the edit distance between their folded forms, whether another is as near."""

    candidate: str
    errors: int
    tied: bool


@dataclass(frozen=True, slots=True)
class Located:
    """Where a phrase stands in a text (offsets into the text given, end exclusive) and with how many errors."""

    phrase: str
    start: int
    end: int
    errors: int


def fold(text: str) -> str:
    """Fold to NFKC without white space, invisible characters and fill-in lines, with one form for each punctuation."""
    return "".join(_folded(char) for char in text)


def fold_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold, and give for every folded character the offset in `text` of the one it came from."""
    folded: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        to = _folded(char)
        folded.append(to)
        places.extend([index] * len(to))
    return "".join(folded), tuple(places)


def strip_spaces(text: str) -> str:
    """Close up letter-spaced text (会 见 笔 录); a space stays only between Latin words and figures."""
    kept = _LATIN_GAP.sub("\0", text.strip())
    return _ANY_GAP.sub("", kept).replace("\0", " ")


def content(text: str) -> str:
    """Keep letters, digits and Chinese characters only, folded: what is left to compare when marks do not count."""
    return "".join(char for char in fold(text) if char.isalnum())


def closest(text: str, candidates: Iterable[str], *, max_errors: int) -> Match | None:
    """Find the candidate with the smallest edit distance to `text`, both folded; the first of equals.

    None where even that has more than `max_errors` errors, or errors in more than a third of the candidate's
    characters (so that a short title does not match another short one).
    """
    wanted = fold(text)
    best: Match | None = None
    for candidate in candidates:
        folded = fold(candidate)
        allowed = min(max_errors, int(len(folded) * _LARGEST_SHARE))
        errors = Levenshtein.distance(wanted, folded, score_cutoff=allowed)
        if errors > allowed or (best is not None and errors > best.errors):
            continue
        if best is None or errors < best.errors:
            best = Match(candidate, errors, tied=False)
        elif fold(best.candidate) != folded:
            best = Match(best.candidate, errors, tied=True)
    return best


def locate(text: str, phrases: Iterable[str], *, max_errors: int) -> Located | None:
    """Find the phrase that occurs in `text` with the fewest errors, both folded; of equals the longest, then the first.

    The same limits hold as for `closest`.
    """
    folded, places = fold_with_places(text)
    best: Located | None = None
    for phrase in phrases:
        wanted = fold(phrase)
        if not wanted:
            continue
        found = _locate_one(folded, wanted, min(max_errors, int(len(wanted) * _LARGEST_SHARE)))
        if found is None:
            continue
        start, end, errors = found
        here = Located(phrase, places[start], places[end - 1] + 1, errors)
        if best is None or (errors, -len(wanted)) < (best.errors, -len(fold(best.phrase))):
            best = here
    return best


def _folded(char: str) -> str:
    if char in _VARIANTS:
        return _VARIANTS[char]
    return "".join(
        _VARIANTS.get(part, part)
        for part in unicodedata.normalize("NFKC", char)
        if not part.isspace() and unicodedata.category(part) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )


def _locate_one(text: str, wanted: str, allowed: int) -> tuple[int, int, int] | None:
    at = text.find(wanted)
    if at >= 0:
        return at, at + len(wanted), 0
    if not allowed or len(text) < len(wanted) - allowed:
        return None
    around = fuzz.partial_ratio_alignment(wanted, text)
    if around is None:
        return None
    first, last = (around.dest_start, around.dest_end) if len(wanted) <= len(text) else (0, len(text))
    best: tuple[int, int, int] | None = None
    for start in range(max(0, first - allowed), min(len(text), first + allowed) + 1):
        for end in range(max(start + 1, last - allowed), min(len(text), last + allowed) + 1):
            errors = Levenshtein.distance(wanted, text[start:end], score_cutoff=allowed)
            off = abs(end - start - len(wanted))
            if errors <= allowed and (best is None or (errors, off) < (best[2], abs(best[1] - best[0] - len(wanted)))):
                best = start, end, errors
    return best
