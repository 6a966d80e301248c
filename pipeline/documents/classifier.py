"""The trained text classifier: what a page's running text says of its type where titles cannot tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.casefile import Page
from pipeline.documents.cues import folded_page
from pipeline.problems import EngineError

MODEL = Path(__file__).parents[2] / "models" / "page_type"
ENOUGH = 40
"""Characters a page must hold for the classifier to be asked."""
READ = 700
"""Characters of a page, from its top, that the classifier reads (in training too)."""


@cache
def _model() -> Any:
    if not (MODEL / "meta.json").exists():
        raise EngineError(
            "缺少页面分类模型 models/page_type", "请重新安装 prescreen, 或运行 python -m models.training.page_type"
        )
    import spacy  # slow to import, and needed only where pages are read

    return spacy.load(MODEL)


def classify(page: Page) -> dict[str, float]:
    """Probability by type for a page's text; empty for a page with too little text.

    Raises `EngineError` where the trained model is missing.
    """
    text = folded_page(page.content.text)
    if len(text) < ENOUGH:
        return {}
    return {kind: score for kind, score in _model()(text[:READ]).cats.items() if score > 0.02}
