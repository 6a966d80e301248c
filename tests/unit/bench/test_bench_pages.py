from pathlib import Path

import pytest

from pipeline.bench.pages import pages_with_truth, spread
from pipeline.intake.open_case import CaseInput, SourceFile


def test_a_sample_is_spread_evenly_and_always_the_same():
    assert spread(range(10), 3) == (1, 5, 8)
    assert spread(range(310), 24) == spread(range(310), 24)
    assert len(set(spread(range(310), 24))) == 24
    assert spread(range(3), 0) == (0, 1, 2) and spread(range(3), 5) == (0, 1, 2) and spread(range(5), 1) == (2,)


@pytest.fixture
def case():
    files = (
        SourceFile("1.pdf", Path("1.pdf"), "0" * 64, "pdf", 2),
        SourceFile("2.jpg", Path("2.jpg"), "1" * 64, "image", 1),
    )
    return CaseInput("A001", files, ())


def test_pages_of_a_truth_are_counted_through_the_files(case):
    truth = {"pages": [{"page": 3, "text": "丙", "written": "mixed", "rotation": 90}, {"page": 1, "text": "甲"}]}
    first, last = pages_with_truth(case, truth)
    assert (first.file.name, first.index, first.written, first.upright) == ("1.pdf", 0, "printed", True)
    assert (last.file.name, last.index, last.written, last.upright) == ("2.jpg", 0, "mixed", False)


def test_a_page_of_the_truth_that_the_files_do_not_have_is_left_out(case):
    assert pages_with_truth(case, {"pages": [{"page": 4, "text": "丁"}, {"page": 0, "text": "零"}]}) == []


@pytest.mark.parametrize(
    "entry", [{"kind": "blank", "text": "背面"}, {"written": "illegible", "text": "字"}, {"text": ""}, {"text": None}]
)
def test_pages_without_legible_text_do_not_count(case, entry):
    assert [page.legible for page in pages_with_truth(case, {"pages": [{"page": 1, **entry}]})] == [False]


def test_pages_that_a_finding_calls_illegible_do_not_count(case):
    truth = {
        "pages": [{"page": n, "text": "字"} for n in (1, 2, 3)],
        "findings": [{"rule": "IMG001", "pages": [2]}, {"rule": "DAT501", "pages": [1]}],
    }
    assert [page.legible for page in pages_with_truth(case, truth)] == [True, False, True]
