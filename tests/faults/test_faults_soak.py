"""Twenty seconds of the soak (soak.py runs for as long as one likes): rounds with faults, and nothing grows."""

import sys

import pytest
from soak import MEASURES, Soak, soak

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed there says nothing of it"),
]


def test_nothing_grows_while_things_go_wrong(tmp_path):
    found = soak(tmp_path / "soak", 20, reader="stand-in", seed=3, calm=0.5)
    assert len(found.rounds) >= 2, (tmp_path / "soak" / "control" / "log.txt").read_text("utf-8")
    bad = [row for row in found.table() if not row[2] and row[0].split(":")[0] not in MEASURES]
    assert bad == [], f"\n{found}"
    if len(found.rounds) >= 8:
        assert found.ok, f"\n{found}"
    assert found.acts.get("kill") and sum(found.acts.values()) > 8


def test_growth_is_seen():
    steady = [dict.fromkeys(MEASURES, 1000.0) for _ in range(12)]
    leaking = [each | {"handles": 1000.0 + 3 * number} for number, each in enumerate(steady)]
    assert not any(Soak(steady).grows(name) for name in MEASURES)
    assert [name for name in MEASURES if Soak(leaking).grows(name)] == ["handles"]
