"""Pages of the training corpus's whole files: what they may bring, and the truth that goes with them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from pipeline.documents.types import doc_types
from sample_scans.generator.corpus_files import case_file
from sample_scans.generator.corpus_wordings import second_set


def test_a_file_is_the_same_for_the_same_seed() -> None:
    assert case_file(5) == case_file(5)
    assert case_file(5) != case_file(6)


def test_papers_follow_one_another_and_have_known_types() -> None:
    for seed in range(8):
        pages = case_file(seed)
        assert {page.kind for page in pages} <= set(doc_types())
        assert all(after.document - before.document in (0, 1) for before, after in pairwise(pages))
        assert all(0 <= line.x0 < line.x1 <= 1.001 and 0 <= line.y0 < line.y1 for page in pages for line in page.lines)
        assert all(page.blank == (not page.lines) for page in pages if page.kind == "blank_page")


def test_files_differ_in_what_people_do_to_them() -> None:
    files = [case_file(seed) for seed in range(40)]
    kinds = Counter(kind for pages in files for kind in {page.kind for page in pages})
    assert 10 < kinds["file_catalogue"] < 40  # some have none
    assert any(page.blank for pages in files for page in pages)
    assert any(after.document == before.document for pages in files for before, after in pairwise(pages))


def test_the_second_wordings_hold_papers_that_are_of_no_type() -> None:
    assert len(second_set()["other"]) >= 15
    assert set(second_set()) <= set(doc_types())
