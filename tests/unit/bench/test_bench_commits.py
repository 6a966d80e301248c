"""The ledger's pace beside its peers': for real, on a few pages, and its arithmetic."""

import pytest

from pipeline.bench import commits
from pipeline.bench.commits import Turn, commit_figures, keep_in_turn
from pipeline.casefile import Box, Line, PageText, Quality
from pipeline.store.pages import pack_page

LINE = Line("指派通知书", Box(0.1, 0.1, 0.9, 0.2), 0.99)
CONTENT = pack_page(PageText("scanned", 0, (LINE,), (), Quality("good", 0.99)))


def test_paces_are_medians_and_closing_counts():
    assert Turn("ledger", (0.25, 0.25), closing=0.5).pace == 2.0
    turns = [
        *(Turn("ledger", (second,) * 4) for second in (0.01, 0.02, 0.5)),
        Turn("ledger_watched", (0.04,) * 4, looks=3),
        Turn("sqlite_full", (0.1,) * 4),
        Turn("files", (0.2,) * 4),
    ]
    found = commit_figures(turns)
    ledger = found["keepers"][0]
    assert (ledger["commits"], ledger["commits_per_second"], ledger["slowest_ms"]) == (12, 50.0, 500.0)
    assert found["keepers"][1]["looks"] == 3
    assert found["ratios"] == {"ledger_over_sqlite_full": 5.0, "ledger_over_files": 10.0, "watched_over_alone": 0.5}


@pytest.mark.parametrize("keeper", ["ledger", "sqlite_full", "files"])
def test_every_page_is_kept(tmp_path, keeper):
    turn = keep_in_turn(keeper, tmp_path, [CONTENT], 100)
    assert len(turn.seconds) == 100 and turn.pace > 0
    assert any(tmp_path.iterdir())


def test_the_ledger_settles_each_page_it_keeps(tmp_path):
    keep_in_turn("ledger", tmp_path, [CONTENT], 100)
    with commits.Ledger(tmp_path / "ledger.db", read_only=True) as ledger:
        assert [row.pages_read for row in ledger.cases()] == [80, 20]
        assert {row.state for row in ledger.pages()} == {"read"}


@pytest.mark.slow
def test_somebody_looks_meanwhile(tmp_path):
    assert keep_in_turn("ledger_watched", tmp_path, [CONTENT], 2000).looks >= 1
