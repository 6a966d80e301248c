"""Comparing the papers of a batch, in one process and cut into jobs."""

import numpy as np
import pytest

from pipeline.batch.compare import (
    align,
    compare_all,
    digest_of,
    in_jobs,
    pack_abstract,
    pairs_to_align,
    printed_clauses,
    printed_of,
    unpack_abstract,
)
from pipeline.bench.reuse import measure_reuse, plant
from pipeline.casefile import Box
from pipeline.detectors.peers import Abstract, ComparedText, PlacedWords
from pipeline.detectors.resemblance import relation, standard_phrases

TALE = (
    "我家里就我和老娘两个人，老娘今年七十多了，腿有毛病，平常靠我种二亩地和给人家看大门过日子，一个月也就千把块钱。"
    "那天晚上喝的是散装白酒，有半斤多，是在村东头小卖部喝的，就着一包花生米，喝完头是晕的，但是路还认得，走路有点晃。"
    "就是心里有气，越想越气，觉得人家看不起我、坏我的事，我去的时候也没有想着要烧死人，就是想吓唬吓唬他，出出这口气。"
)
OTHER = (
    "父母都在老家种地，我跟对象在城里租房子住，去年添了一个闺女，对象在超市上班，我跑外卖，每个月能挣五六千块钱。"
    "没有喝酒，我骑电动车不敢喝，那天送完最后一单快十二点了，看见那个车没有锁，钥匙还插在上面，一时起了贪心就骑走了。"
    "我自己的车电瓶坏了，换一个要一千多，想着先骑几天再说，还没来得及还回去，派出所就给我打电话了，我就自己过去了。"
)


def abstract(name, text, kind="client_interview", lawyer="谢某", lost=(), **rest):
    given = {"client": (f"{name}当事人",), "others": (), "opponents": (), "numbers": (), "charge": "", "documents": ()}
    rows = [text[start : start + 30] for start in range(0, len(text), 30)]
    lines = tuple(
        PlacedWords(1 + place // 20, Box(0.1, 0.04 * (place % 20), 0.9, 0.04 * (place % 20) + 0.03), row)
        for place, row in enumerate(rows)
    )
    texts = (ComparedText("d1", kind, "笔录", 1, 1 + len(rows) // 20, lines, lost),)
    return Abstract(name, "R1", lawyer=lawyer, texts=texts, **(given | rest))


def test_two_files_that_tell_the_same_see_each_other():
    peers = compare_all([abstract("甲", TALE), abstract("乙", OTHER), abstract("丙", TALE)])
    assert [[one.other_case for one in told.resemblances] for told in peers] == [["丙"], [], ["甲"]]
    one, other = peers[0].resemblances[0], peers[2].resemblances[0]
    assert one.share == other.share == 1.0
    assert [p.origin for p in one.passages] == [p.copy for p in other.passages]
    assert {p.case for p in one.passages} == {"丙"}


def test_papers_of_other_sorts_and_of_one_case_are_not_compared():
    twice = abstract("甲", TALE)
    twice = Abstract(**{name: getattr(twice, name) for name in twice.__slots__} | {"texts": twice.texts * 2})
    assert [told.resemblances for told in compare_all([twice, abstract("乙", TALE, "defence_statement")])] == [(), ()]


def test_what_many_lawyers_write_is_print_and_what_one_copies_is_not():
    lawyers = [abstract(str(number), TALE, lawyer=f"律师{number}") for number in range(5)]
    assert all(not told.resemblances for told in compare_all(lawyers))
    copier = [abstract(str(number), TALE) for number in range(5)]
    assert all(told.resemblances for told in compare_all(copier))


def test_a_copy_in_many_files_is_found_in_each():
    peers = compare_all([abstract(f"{number:02d}", TALE + OTHER[number : number + 20]) for number in range(40)])
    assert all(told.resemblances for told in peers)
    assert sum(len(told.resemblances) for told in peers) < 40 * 20


def test_lost_pages_are_named_where_too_little_is_left():
    told, full = compare_all([abstract("甲", "只读出这些", lost=(2,)), abstract("乙", TALE, lost=(3,))])
    assert (told.unread, full.unread) == ((2,), ())


def test_jobs_find_what_one_process_finds():
    abstracts = plant(60).abstracts
    digests = {place: digest_of(one) for place, one in enumerate(abstracts)}
    packed = {place: pack_abstract(one) for place, one in enumerate(abstracts)}
    assert unpack_abstract(packed[7]) == abstracts[7]
    printed = printed_clauses(digests)
    found = {place: [] for place in digests}
    for pairs in in_jobs(pairs_to_align(digests)):
        for place, one in align(packed, pairs, printed_of(printed, digests, pairs)):
            found[place].append(one)
    expected = compare_all(abstracts)
    for place, told in enumerate(expected):
        assert sorted(found[place], key=str) == sorted(told.resemblances, key=str)
    assert len(printed) and np.all(np.diff(printed.astype(object)) > 0)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"client": ("甲某",)}, {"client": ("甲某", "甲菓")}, "同一受援人"),
        ({"client": ("甲某",)}, {"others": ("甲某",)}, "同案"),
        ({"numbers": ("2024豫0421刑初39号",)}, {"numbers": ("2024豫0421刑初39号",)}, "案号"),
        ({"opponents": ("某某公司",)}, {"opponents": ("某某公司",)}, "系列案"),
        ({"charge": TALE}, {"charge": TALE}, "事实相同"),
        ({"charge": TALE}, {"charge": OTHER}, ""),
        ({}, {}, ""),
    ],
)
def test_cases_are_related_for_a_reason(one, other, reason):
    told = relation(abstract("甲", TALE, **one), abstract("乙", TALE, **other))
    assert reason in told if reason else told == ""


def test_standard_phrases_are_no_comments():
    assert all(phrase and "#" not in phrase for phrase in standard_phrases())


def test_planted_copies_are_found_and_nothing_else():
    figures = measure_reuse(100)
    assert (figures.planted, figures.found, figures.false) == (5, 5, 0)


@pytest.mark.slow
def test_a_thousand_texts_cost_hardly_more_each_than_a_hundred():
    """Processor time, the best of three: other processes on the machine must not fail this."""
    few = min(measure_reuse(100).milliseconds_per_text for _ in range(3))
    many = [measure_reuse(1000) for _ in range(3)]
    for figures in many:
        assert (figures.planted, figures.found, figures.false) == (50, 50, 0)
    growth = min(figures.milliseconds_per_text for figures in many) / few
    print(f"100: {few:.2f} ms each; 1000: {growth:.2f} x")
    assert growth <= 1.5
