"""The layer of the page classifier, for spaCy: which characters and pairs of characters occur on a page.

spaCy's own bag of words counts n-grams, so a long page of one paper looks unlike a short one of the same; this layer
asks only which occur, each once. Importing the module registers it with spaCy as `prescreen.PageGrams.v1`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.tokens import Doc
from thinc.api import Model, chain, softmax_activation

Floats = NDArray[np.float32]
Layer = Model[Any, Any]
_MIX, _PAIR, _SHIFT = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


def gram_rows(doc: Doc, slots: int) -> NDArray[np.int64]:
    """The rows, of a table of `slots`, that stand for the tokens of a document and their pairs; each row once."""
    single = doc.to_array(ORTH)
    grams = np.concatenate([single, (single[:-1] * _PAIR) ^ single[1:]])
    mixed = (grams ^ (grams >> _SHIFT)) * _MIX
    return np.unique((mixed >> np.uint64(40)).astype(np.int64) % slots)


def _forward(model: Layer, docs: list[Doc], is_train: bool) -> tuple[Floats, Callable[[Floats], list[Doc]]]:
    weights: Any = model.get_param("W")
    drop = model.attrs["dropout_rate"] if is_train else 0.0
    scores = np.zeros((len(docs), weights.shape[1]), np.float32)
    seen: list[tuple[NDArray[np.int64], float]] = []
    for index, doc in enumerate(docs):
        rows = gram_rows(doc, len(weights))
        share = 1 / (max(1, len(rows)) ** 0.5 * (1 - drop))
        if drop:
            rows = rows[np.random.random(len(rows)) >= drop]  # spaCy seeds numpy's global generator
        seen.append((rows, share))
        scores[index] = weights[rows].sum(axis=0) * share

    def backprop(slopes: Floats) -> list[Doc]:
        slope: Any = np.zeros_like(weights)
        for (rows, share), one in zip(seen, slopes, strict=True):
            slope[rows] += one * share
        model.inc_grad("W", slope)
        return []

    return scores, backprop


def _init(model: Layer, X: list[Doc] | None = None, Y: Floats | None = None) -> None:  # noqa: N803 thinc's names
    if Y is not None:
        model.set_dim("nO", Y.shape[1])
    empty: Any = np.zeros((model.attrs["slots"], model.get_dim("nO")), np.float32)
    model.set_param("W", empty)


@spacy.registry.architectures("prescreen.PageGrams.v1")  # type: ignore[untyped-decorator]
def page_grams(slots: int, nO: int | None = None) -> Layer:  # noqa: N803 spaCy's name
    """One linear layer over the grams of a page, then softmax; for spaCy's component `textcat`.

    `slots`: rows of the weight table. The scores of a page are the sum of its rows over the root of their number.
    """
    layer: Layer = Model(
        "page_grams",
        _forward,
        init=_init,
        params={"W": None},
        dims={"nO": nO},
        attrs={"slots": slots, "dropout_rate": 0.0},
    )
    model: Layer = chain(layer, softmax_activation())
    model.set_ref("output_layer", layer)
    model.attrs["multi_label"] = False
    return model
