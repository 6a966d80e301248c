"""Folds text so that titles and labels match through OCR noise: width, white space, brackets, quotes, dashes.

`fold` is for comparing, never for showing. `fold_with_places` also says where each folded character stood.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

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


def fold(text: str) -> str:
    """Fold to NFKC without white space, invisible characters and fill-in lines, with one form for each punctuation."""
    return "".join(map(_folded, text))


def fold_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold, and give for every folded character the offset in `text` of the one it came from."""
    folded: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        to = _folded(char)
        folded.append(to)
        places.extend([index] * len(to))
    return "".join(folded), tuple(places)


def content(text: str) -> str:
    """Keep letters, digits and Chinese characters only, folded: what is left to compare when marks do not count."""
    return "".join(char for char in fold(text) if char.isalnum())


@lru_cache(maxsize=32768)
def _folded(char: str) -> str:
    if char in _VARIANTS:
        return _VARIANTS[char]
    return "".join(
        _VARIANTS.get(part, part)
        for part in unicodedata.normalize("NFKC", char)
        if not part.isspace() and unicodedata.category(part) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
