"""What comparing across files costs and finds: invented interviews with copies planted among them (`bench --reuse`).

Every twentieth text is a copy of an earlier one: names and figures changed, sentences added, some moved, characters
misread. Beside them stand what must not be flagged: records of co-defendants, records that share some answers, a
printed passage that a third of all files have. Nothing here is of a real case; the same count gives the same texts.
"""

from __future__ import annotations

import random
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pipeline.batch.compare import compare_all
from pipeline.casefile import Box
from pipeline.detectors.peers import Abstract, ComparedText, PlacedWords

LINE = 34
"""Characters of a line."""
TWO_THIRDS = 2 / 3
LEAST_TEXTS = 20
"""Texts of which one is a copy."""
SEED = 20220523
MISREAD = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"


@dataclass(frozen=True, slots=True)
class Planted:
    """Invented texts and the pairs among them (indices) that are copies."""

    abstracts: tuple[Abstract, ...]
    pairs: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ReuseFigures:
    """What was measured over `texts` texts: processor seconds, planted pairs, found ones, false ones."""

    texts: int
    seconds: float
    planted: int
    found: int
    false: int

    @property
    def milliseconds_per_text(self) -> float:
        return 1000 * self.seconds / self.texts


def measure_reuse(count: int) -> ReuseFigures:
    """Invent `count` texts, compare them, count what was found."""
    planted = plant(count)
    began = time.process_time()
    peers = compare_all(planted.abstracts)
    seconds = time.process_time() - began
    index = {abstract.case_id: place for place, abstract in enumerate(planted.abstracts)}
    found = {
        (min(place, index[one.other_case]), max(place, index[one.other_case]))
        for place, told in enumerate(peers)
        for one in told.resemblances
        if not one.related and max(one.share, one.other_share) >= TWO_THIRDS
    }
    both = {pair for pair in planted.pairs if pair in found}
    return ReuseFigures(count, seconds, len(planted.pairs), len(both), len(found - planted.pairs))


def plant(count: int) -> Planted:
    """Invent `count` interviews, of which one in twenty copies another."""
    dice = random.Random(SEED)
    answers: list[list[str]] = []
    abstracts: list[Abstract] = []
    pairs: set[tuple[int, int]] = set()
    copied: set[int] = set()
    for number in range(count):
        lawyer, others = f"律师{dice.randrange(max(8, count // 6)):04d}", ""
        charge = "".join(_answer(dice, topic) for topic in ("cause", "after", "injury"))
        told = [_answer(dice, topic) for topic in _words()["topics"]]
        free = [place for place in range(number) if place not in copied]
        if number % LEAST_TEXTS == 19:
            origin = dice.choice(free)
            pairs.add((origin, number))
            copied |= {origin, number}
            told = _copy(dice, answers[origin])
        elif number % LEAST_TEXTS == 9:  # a co-defendant: the same facts, lawfully
            origin = dice.choice(free)
            copied |= {origin, number}
            told, others = _copy(dice, answers[origin]), f"受援人{origin:05d}"
        elif number % LEAST_TEXTS == 4:  # the same person was asked the same in part: some answers agree
            told[:3] = answers[dice.choice(free)][:3]
        answers.append(told)
        dressed = [f"答：{one}。" for one in told]
        if number % 3 == 0:
            dressed.insert(0, _words()["printed"].replace("\n", ""))
        abstracts.append(_abstract(number, lawyer, others, charge, "".join(dressed)))
    return Planted(tuple(abstracts), frozenset(pairs))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("pipeline.bench").joinpath("reuse_texts.toml").read_text("utf-8"))


def _answer(dice: random.Random, topic: str) -> str:
    """An answer of four or five clauses, each of another of the topic's answers: nobody tells a story twice alike."""
    words = _words()
    told = [str(one).split("，") for one in words["topics"][topic]]
    clauses = [dice.choice([one[place] for one in told if place < len(one)]) for place in range(max(map(len, told)))]
    text = "，".join(clauses).replace("{n}", str(dice.randrange(2, 98)))
    for mark, names in (("{p}", "places"), ("{w}", "persons"), ("{t}", "things")):
        while mark in text:
            text = text.replace(mark, dice.choice(words[names]), 1)
    return text


def _copy(dice: random.Random, told: list[str]) -> list[str]:
    """A copy as people make it: an answer or two of its own, two that change places, figures and characters changed."""
    kept = [_misread(dice, answer) for answer in told]
    topics = list(_words()["topics"])
    for _ in range(dice.randrange(0, 3)):
        place = dice.randrange(len(kept))
        kept[place] = _answer(dice, topics[place % len(topics)])
    one, other = dice.sample(range(len(kept)), 2)
    kept[one], kept[other] = kept[other], kept[one]
    return kept


def _misread(dice: random.Random, text: str) -> str:
    share = dice.choice((0.0, 0.02, 0.05))
    return "".join(
        str(dice.randrange(1, 9)) if char.isdigit() else dice.choice(MISREAD) if dice.random() < share else char
        for char in text
    )


def _abstract(number: int, lawyer: str, others: str, charge: str, text: str) -> Abstract:
    return Abstract(
        case_id=f"案卷{number:05d}",
        regime="R1",
        client=(f"受援人{number:05d}",),
        others=(others,) if others else (),
        opponents=(),
        lawyer=lawyer,
        numbers=(),
        charge=charge,
        documents=(),
        texts=(ComparedText("d1", "client_interview", "会见笔录", 1, 2, tuple(_lines(text))),),
    )


def _lines(text: str) -> Iterator[PlacedWords]:
    for start in range(0, len(text), LINE):
        row = start // LINE
        top = 0.05 + 0.03 * (row % 30)
        yield PlacedWords(1 + row // 30, Box(0.1, top, 0.9, top + 0.02), text[start : start + LINE])
