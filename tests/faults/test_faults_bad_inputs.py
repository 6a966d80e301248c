"""The kept bad files, each between two good pages, read by the real engine in real workers (bad_inputs.py)."""

from pathlib import Path

import pytest
from bad_inputs import GOOD, Outcome, examine

RESOURCES = Path(__file__).parents[1] / "resources" / "intake"


@pytest.mark.slow
def test_no_bad_file_takes_a_good_page_with_it(tmp_path, capsys):
    code = examine(RESOURCES, tmp_path / "mixed", 2, "real")
    told = capsys.readouterr().out
    assert code == 0, told
    assert f"{2 * len(list(RESOURCES.iterdir()))}" in told


def test_a_file_without_an_outcome_is_seen():
    assert Outcome("a.pdf", "partial", len(GOOD), 0, {"F102": 1}, 0.0).ok
    assert Outcome("a.pdf", "screened", len(GOOD), 3, {}, 0.0).ok
    assert not Outcome("a.pdf", "screened", len(GOOD), 0, {}, 0.0).ok
    assert not Outcome("a.pdf", "partial", len(GOOD) - 1, 3, {"F102": 1}, 0.0).ok
