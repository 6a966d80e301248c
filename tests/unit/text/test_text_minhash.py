import random

import numpy as np

from pipeline.text.minhash import CHAIN, PARTNERS, band_hashes, candidate_pairs, clause_hashes, clauses

NONE = np.empty(0, np.uint64)
CHARS = [chr(code) for code in range(0x4E00, 0x4E00 + 1500)]


def invented(seed, length=600):
    dice = random.Random(seed)
    return "".join(dice.choice(CHARS) for _ in range(length))


def buckets(texts):
    return [band_hashes(text) for text in texts]


def test_a_copy_inside_another_text_is_a_candidate():
    passage = invented(1, 400)
    texts = [invented(2), invented(3) + passage + invented(4), invented(5), passage + invented(6, 150)]
    assert candidate_pairs(buckets(texts), NONE) == ((1, 3),)


def test_a_copy_with_misread_characters_is_a_candidate():
    dice = random.Random(7)
    passage = invented(8)
    misread = "".join(dice.choice(CHARS) if dice.random() < 0.08 else char for char in passage)
    assert candidate_pairs(buckets([passage, invented(9), misread]), NONE) == ((0, 2),)


def test_strangers_are_no_candidates():
    assert candidate_pairs(buckets([invented(seed) for seed in range(60)]), NONE) == ()
    assert candidate_pairs([], NONE) == ()
    assert candidate_pairs(buckets(["短", ""]), NONE) == ()


def test_printed_buckets_make_no_pairs():
    printed = invented(1)
    texts = [printed + invented(seed, 200) for seed in range(2, 12)]
    assert candidate_pairs(buckets(texts), NONE) != ()
    keys, times = np.unique(np.concatenate(buckets(texts)), return_counts=True)
    assert candidate_pairs(buckets(texts), keys[times >= 3]) == ()


def test_pairs_grow_with_the_texts_and_not_with_their_square():
    texts = buckets([invented(1)] * 300)
    pairs = candidate_pairs(texts, NONE)
    assert len(pairs) <= 300 * PARTNERS
    assert {text for pair in pairs for text in pair} == set(range(300))  # each has a partner all the same
    assert max(other - one for one, other in pairs) <= CHAIN


def test_marks_width_and_white_space_do_not_count():
    text = invented(1, 200)
    assert (band_hashes(text) == band_hashes("  ".join(f"{char}，" for char in text))).all()


def test_clauses_are_told_apart_but_for_their_figures():
    text = "我叫王某某在家务农，住院12天花费3000元，是的。"
    assert [text[start:end] for start, end, _ in clauses(text)] == ["我叫王某某在家务农", "住院12天花费3000元"]
    assert set(clause_hashes(text)) & set(clause_hashes("住院7天花费八百元")) != set()
    assert len(clause_hashes("")) == 0


def test_hashes_are_the_same_on_every_machine():
    assert band_hashes("甲乙丙丁戊己庚辛壬癸" * 6)[:2].tolist() == [37891853092315058, 189184785716077122]
