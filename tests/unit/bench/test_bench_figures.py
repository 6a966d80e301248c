import datetime as dt

import pytest

from pipeline.bench import figures
from pipeline.bench.accuracy import error_rates, upright_error_rates
from pipeline.bench.jobs import PageCost, Understood, understand_timed
from pipeline.bench.measure import Absent, Measured, Reading


def test_characters_are_counted_as_the_scorer_does(page):
    pages = [
        page(1, "甲乙丙丁"),
        page(2, "一 二\n三。", "mixed"),
        page(3, "看不清", legible=False),
        page(4, "子丑", rotation=90),
    ]
    texts = ["甲乙丙", "一二三.", "什么", "全都不对而且很长"]
    assert error_rates(pages, texts) == {"all": 0.3, "printed": 0.5, "mixed": 0.0, "handwritten": None}
    assert upright_error_rates(pages, texts)["all"] == 0.125


def test_pace_memory_and_accuracy_of_a_reader(measured):
    found = figures.reader_figures(measured())
    assert found["pages"] == 4 and found["pages_failed"] == 0
    assert (found["pages_per_second"], found["seconds_per_page"], found["load_seconds"]) == (2.0, 0.5, 1.0)
    assert found["cpu_seconds_per_page"] == 0.8
    assert found["peak_mb"] == 602 + 603 and found["peak_mb_per_worker"] == 603
    assert found["character_error_rate"]["all"] == 0.0
    assert found["page_kinds"] == {"scanned": 4}


def test_a_page_that_was_lost_or_failed_counts_as_misread(measured, packed, page):
    lost = figures.reader_figures(measured(texts=("法律援助", None, "法律援助", "")))
    assert lost["pages_failed"] == 1 and lost["character_error_rate"]["mixed"] == 1.0
    cost = PageCost(1, 0.1, 0.1, {}, 1.0, 1.0, packed("", "failed"))
    broken = Measured("prescreen", "1", 1, 0.0, 0.1, (Reading(page(1, "字"), 0.1, cost),))
    assert figures.reader_figures(broken)["pages_failed"] == 1


def test_a_peer_has_two_orders_of_lines_and_the_better_one_counts(measured):
    peer = figures.reader_figures(measured("rapid", ("助援律法", "助援律法", "", ""), workers=1))
    assert peer["character_error_rate_upright"]["all"] == 1.0
    assert peer["character_error_rate_upright_in_our_order"]["all"] == 0.0
    assert figures.best_rate(peer) == 0.0
    assert peer["character_error_rate"]["printed"] == 1.0


def test_stages_add_up_to_the_whole(measured):
    stages = figures.stage_figures(measured())
    assert stages["seconds_per_page"] == pytest.approx(
        {"image": 0.1, "detection": 0.3, "recognition": 0.5, "rest": 0.1}
    )
    assert sum(stages["share"].values()) == pytest.approx(1.0)
    assert stages["outside_engine_share"] == pytest.approx(0.2)
    assert stages["inference_seconds_per_page"] == pytest.approx(0.7)
    assert stages["outside_inference_share"] == pytest.approx(0.3)


def test_inference_that_could_not_be_watched_is_not_called_nothing(measured, packed, page):
    cost = PageCost(1, 1.0, 1.0, {"image": 0.2}, 1.0, 1.0, packed("字"))
    stages = figures.stage_figures(Measured("prescreen", "1", 1, 0.0, 1.0, (Reading(page(1, "字"), 1.0, cost),)))
    assert stages["inference_seconds_per_page"] is None and stages["outside_inference_share"] is None


def test_understanding_is_told_by_page_and_as_a_share_of_reading():
    cases = [Understood(3, 0.03, 0.06), Understood(1, 0.01, 0.02)]
    assert figures.understanding_figures(cases, {"cpu_seconds_per_page": 0.5}) == {
        "cases": 2,
        "pages": 4,
        "documents_cpu_seconds_per_page": 0.01,
        "extraction_cpu_seconds_per_page": 0.02,
        "cpu_seconds_per_page": 0.03,
        "share_of_reading": 0.06,
    }
    assert figures.understanding_figures([], {"cpu_seconds_per_page": 0.5}) is None
    assert figures.understanding_figures(cases, {"cpu_seconds_per_page": None})["share_of_reading"] is None


def test_understanding_is_measured_on_what_was_read(packed):
    told = understand_timed((packed("法律援助申请表"), packed("会见笔录"), b"damaged"), dt.date(2024, 6, 1))
    assert told.pages == 2
    assert told.documents_seconds > 0 and told.extraction_seconds > 0


@pytest.mark.parametrize(("rate", "no_worse"), [(0.0209, True), (0.021, True), (0.0211, False)])
def test_the_verdict_allows_a_tenth_of_a_point(rate, no_worse):
    own = reader("prescreen", 4.0, 0.5, rate)
    peers = [
        reader("rapid", 0.5, 3.0, 0.02),
        reader("tesseract", 0.25, 6.0, 0.08),
        {"reader": "paddle", "absent": "没有"},
    ]
    found = figures.verdict(own, peers)
    assert found["ratios"] == {"rapid": 8.0, "tesseract": 16.0}
    assert found["cpu_ratios"] == {"rapid": 6.0, "tesseract": 12.0}
    assert found["best_peer_character_error_rate_upright"] == 0.02
    assert found["no_worse_than_best_peer"] is no_worse


def test_without_peers_there_is_no_verdict():
    found = figures.verdict(reader("prescreen", 4.0, 0.5, 0.01), [{"reader": "rapid", "absent": "没有安装"}])
    assert found["ratios"] == {} and found["no_worse_than_best_peer"] is None


def reader(name, pace, cpu, rate):
    rates = {"all": rate}
    return {
        "reader": name,
        "absent": None,
        "pages_per_second": pace,
        "cpu_seconds_per_page": cpu,
        "character_error_rate_upright": rates,
        "character_error_rate_upright_in_our_order": rates,
    }


def test_an_absent_peer_says_why():
    assert figures.reader_figures(Absent("tesseract", "没有安装 tesseract"))["absent"] == "没有安装 tesseract"


def test_cost_by_pages_includes_loading(measured):
    rows = figures.growth_by_pages(measured(seconds=4.0, load_seconds=2.0), (1, 2, 4, 10))
    assert rows == [
        {"pages": 1, "seconds": 3.0, "seconds_per_page": 3.0, "cpu_seconds_per_page": 0.8},
        {"pages": 2, "seconds": 4.0, "seconds_per_page": 2.0, "cpu_seconds_per_page": 0.8},
        {"pages": 4, "seconds": 6.0, "seconds_per_page": 1.5, "cpu_seconds_per_page": 0.8},
    ]


def test_pace_by_workers_is_told_against_the_first(measured):
    rows = figures.growth_by_workers([measured(workers=1, seconds=4.0), measured(workers=2, seconds=2.5)])
    assert [row["times_one_worker"] for row in rows] == [1.0, 1.6]
    assert [row["peak_mb"] for row in rows] == [603, 602 + 603]


def test_steps_of_pages_and_workers():
    assert figures.page_steps(1000) == (10, 30, 100, 300, 1000)
    assert figures.page_steps(500) == (10, 30, 100, 300, 500)
    assert figures.page_steps(10) == (10,)
    assert figures.worker_steps(1) == (1,)
    assert figures.worker_steps(2) == (1, 2)
    assert figures.worker_steps(12) == (1, 2, 4, 8, 12)


def series(page, held):
    readings = tuple(
        Reading(page(1, "字"), float(n), PageCost(7, 1.0, 1.0, {}, mb, mb, b"")) for n, mb in enumerate(held, 1)
    )
    return figures.memory_series(Measured("prescreen", "1", 1, 0.0, float(len(held)), readings))


def test_memory_is_sampled_every_ten_pages_and_at_the_end(page):
    [worker] = series(page, [400.0 + n for n in range(1, 26)])
    assert worker["series"] == [[10, 410.0], [20, 420.0], [25, 425.0]] and worker["pages"] == 25


@pytest.mark.parametrize(
    ("held", "growth"),
    [
        ([300.0] * 10 + [700.0] * 40, 0.0),
        ([300.0 + 10 * n for n in range(50)], 300.0),
        ([500.0] * 9, None),
    ],
)
def test_memory_that_grows_is_told_from_memory_that_gets_warm(page, held, growth):
    assert series(page, held)[0]["growth_mb"] == growth
