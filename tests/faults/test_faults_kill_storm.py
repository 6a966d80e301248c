"""A short storm of SIGKILLs (kill_storm.py is the long one, with real OCR): nothing may come of it."""

import sys

import pytest
from fault_work import picture
from kill_storm import plan, storm

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed there says nothing of it"),
]


def test_nothing_comes_of_random_kills(tmp_path):
    for number in range(30):
        picture(tmp_path / "batch" / f"案{number // 5}" / f"{number}.png", number)
    figures = storm(tmp_path / "batch", tmp_path, kills=10, seed=5, reader="stand-in", interval=(0.1, 1.0))
    assert figures.ok, f"\n{figures}"
    assert figures.pages == 30 and figures.kills == 10
    assert figures.worker_kills >= 2 and figures.coordinator_kills >= 2


def test_kills_are_spread_over_the_run():
    import random

    kills = plan(50, 200, 0.3, 4.0, random.Random(1))
    assert kills == plan(50, 200, 0.3, 4.0, random.Random(1)) != plan(50, 200, 0.3, 4.0, random.Random(2))
    assert [kill.after for kill in kills] == sorted(kill.after for kill in kills)
    assert kills[0].after < 40 and kills[-1].after > 160
    assert 10 < sum(kill.coordinator for kill in kills) < 30
