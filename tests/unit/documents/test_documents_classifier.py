"""The layer of the text classifier, and what the trained one says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from pages_builder import pages_of
from spacy.training import Example

from pipeline.documents.classifier import ENOUGH, classify, legible_part, load
from pipeline.documents.grams import gram_rows
from pipeline.problems import EngineError

LETTERS = {"nlp": {"tokenizer": {"segmenter": "char"}}}


def test_each_character_and_pair_counts_once_and_order_matters() -> None:
    nlp = spacy.blank("zh", config=LETTERS)
    once, often = (gram_rows(nlp.make_doc(text), 1 << 20) for text in ("甲乙", "甲乙甲乙甲乙"))
    assert len(once) == 3
    assert set(once) < set(often)
    assert len(often) == 4  # 乙甲 as well
    assert not np.array_equal(once, gram_rows(nlp.make_doc("乙甲"), 1 << 20))
    assert len(gram_rows(nlp.make_doc(""), 64)) == 0


def test_it_learns_and_comes_back_from_disk(tmp_path: Path) -> None:
    nlp = spacy.blank("zh", config=LETTERS)
    layer = {"@architectures": "prescreen.PageGrams.v1", "slots": 256}
    nlp.add_pipe("textcat", config={"threshold": 0.0, "model": layer})
    texts = {"问你叫什么答张三": "talk", "本院认为判决如下": "judgment"}
    lessons = [
        Example.from_dict(nlp.make_doc(text), {"cats": {name: float(name == kind) for name in texts.values()}})
        for text, kind in texts.items()
    ]
    optimizer = nlp.initialize(lambda: lessons)
    for _ in range(60):
        nlp.update(lessons, drop=0.2, sgd=optimizer)
    nlp.to_disk(tmp_path / "model")
    again = load(tmp_path / "model")
    for text, kind in texts.items():
        assert again(text).cats == pytest.approx(nlp(text).cats)
        assert again(text).cats[kind] > 0.5


def test_a_missing_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="page_type"):
        load(tmp_path)


def test_too_little_text_is_not_judged() -> None:
    assert legible_part("甲" * (ENOUGH - 1)) == ""
    pages = pages_of("短", None)
    assert classify(pages) == [{}, {}]


def test_numbers_are_all_alike() -> None:
    assert legible_part("共计人民币12345元" * 5) == legible_part("共计人民币6元" * 5)


def test_running_text_tells_the_type() -> None:
    page = pages_of("""
　　问：你因何事被羁押？
　　答：因涉嫌盗窃罪。
　　问：我是法律援助中心指派为你辩护的律师，你是否同意？
　　答：同意。
""")
    (found,) = classify(page)
    assert max(found, key=lambda kind: found[kind]) == "client_interview"
    assert 0.5 < sum(found.values()) <= 1.001
