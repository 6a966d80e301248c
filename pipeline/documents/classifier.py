"""The trained text classifier: what a page's running text says of its type where titles cannot tell.

A spaCy pipeline (models/page_type): every character is a token, and one linear layer weighs which characters and pairs
of characters occur (grams.py). `python -m models.training.page_type` makes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.casefile import Page
from pipeline.documents.cues import folded_page
from pipeline.problems import EngineError

MODEL = Path(__file__).parents[2] / "models" / "page_type"
ENOUGH = 25
"""Characters a page must hold for the classifier to be asked."""
READ = 900
"""Characters of a page, from its top, that the classifier reads (in training too)."""
_LEAST = 0.001
_DIGITS = re.compile(r"\d+")


def legible_part(folded: str) -> str:
    """What the classifier reads of a folded page: its beginning, with any number as 0; "" where there is too little."""
    return _DIGITS.sub("0", folded[:READ]) if len(folded) >= ENOUGH else ""


@cache
def load(path: Path = MODEL) -> Any:
    """The trained spaCy pipeline. Raises `EngineError` where it is missing."""
    if not (path / "meta.json").exists():
        raise EngineError(
            "缺少页面分类模型 models/page_type", "请重新安装 prescreen, 或运行 python -m models.training.page_type"
        )
    import spacy  # slow to import, and needed only where pages are read

    from pipeline.documents import grams  # noqa: F401 the pipeline names the layer that is registered there

    return spacy.load(path)


def classify(pages: Sequence[Page], model: Any = None) -> list[dict[str, float]]:
    """Probability by type for every page's text; empty for a page with too little text.

    `model`: a pipeline as `load` gives it, the trained one where None. Raises `EngineError` where that is missing.
    """
    texts = [legible_part(folded_page(page.content.text)) for page in pages]
    asked = [text for text in texts if text]
    found = iter((model or load()).pipe(asked)) if asked else iter(())
    return [_likely(next(found).cats) if text else {} for text in texts]


def _likely(scores: dict[str, float]) -> dict[str, float]:
    return {kind: float(score) for kind, score in scores.items() if score > _LEAST}
