"""What of a page's reading outlives the run."""

import pytest

from pipeline.batch.reading import Reading, new_reading
from pipeline.batch.work import failed_page
from pipeline.casefile import PageText
from pipeline.config import load_settings
from pipeline.problems import CATALOGUE, PASSING, problem
from pipeline.store.ledger import Ledger
from pipeline.store.pages import pack_page

SHA = "a" * 64


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path / "ledger.db") as opened:
        yield opened


def keep(ledger, packed):
    reading(ledger).keep(SHA, 0, new_reading(packed), 1.0, ())


def reading(ledger, **limits):
    return Reading(ledger, load_settings(None, limits=limits), ("stand-in 1",))


def test_a_read_page_is_known_from_then_on(ledger):
    packed = pack_page(PageText("blank"))
    keep(ledger, packed)
    assert reading(ledger, seconds_per_page=7).known(SHA, 0) == (packed, "")


def test_a_page_that_was_given_up_is_known_under_the_same_limits(ledger):
    packed = pack_page(failed_page(problem("P204", detail="7 秒")))
    assert not new_reading(packed).passing
    keep(ledger, packed)
    assert reading(ledger).known(SHA, 0) == (packed, "P204")
    assert reading(ledger, seconds_per_page=7).known(SHA, 0) is None


@pytest.mark.parametrize("code", sorted(PASSING))
def test_a_problem_of_the_moment_is_asked_again_by_every_run(ledger, code):
    packed = pack_page(failed_page(problem(code, detail="文件不存在")))
    assert new_reading(packed).passing and new_reading(packed).code == code
    keep(ledger, packed)
    assert reading(ledger).known(SHA, 0) is None
    good = pack_page(PageText("blank"))
    keep(ledger, good)
    assert reading(ledger).known(SHA, 0) == (good, "")


def test_problems_of_the_moment_lose_a_file_or_page():
    assert all(CATALOGUE[code].fatal_for != "nothing" for code in PASSING)
