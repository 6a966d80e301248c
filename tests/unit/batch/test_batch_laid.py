import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.batch.laid import PREFIX, YOUNG_SECONDS, Laid, sweep


def folders(place):
    return sorted(path.name for path in place.glob(f"{PREFIX}*"))


def aged(folder):
    before = time.time() - 2 * YOUNG_SECONDS
    os.utime(folder, (before, before))


def test_what_is_laid_can_be_read_until_it_is_dropped(tmp_path):
    with Laid((tmp_path,)) as laid:
        laid.lay("1", b"%PDF-1.7")
        laid.lay("2", memoryview(b"other"))
        path = laid.path("1")
        assert path.read_bytes() == b"%PDF-1.7" and laid.path("2").read_bytes() == b"other"
        laid.drop("1")
        assert "1" not in laid and "2" in laid and not path.exists()
        with pytest.raises(KeyError):
            laid.path("1")
    assert folders(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes as POSIX has them")
def test_nobody_else_may_look(tmp_path):
    with Laid((tmp_path,)) as laid:
        laid.lay("1", b"x")
        assert laid.path("1").parent.stat().st_mode & 0o077 == 0


def test_the_next_place_is_taken_where_the_first_has_no_room(tmp_path, monkeypatch):
    small, large = tmp_path / "small", tmp_path / "large"
    small.mkdir()
    large.mkdir()
    room = {small: 10, large: 10**9}
    monkeypatch.setattr("shutil.disk_usage", lambda place: type("Usage", (), {"free": room[place]}))
    with Laid((small, large)) as laid:
        laid.lay("1", b"x" * 8)
        assert laid.path("1").is_relative_to(large)
        room[large] = 0
        with pytest.raises(OSError, match="no room"):
            laid.lay("2", b"x" * 8)


def test_a_place_that_does_not_exist_is_passed_over(tmp_path):
    with Laid((tmp_path / "nowhere", tmp_path)) as laid:
        laid.lay("1", b"x")
        assert laid.path("1").is_relative_to(tmp_path)


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_holds_is_not(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from pipeline.batch.laid import Laid;"
        "laid = Laid((Path(sys.argv[1]),)); laid.lay('1', b'secret'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, cwd=Path.cwd())
    [left] = tmp_path.glob(f"{PREFIX}*")
    assert any(path.read_bytes() == b"secret" for path in left.iterdir())
    with Laid((tmp_path,)) as laid:
        laid.lay("1", b"mine")
        aged(laid.path("1").parent)
        assert left.exists(), "too young: its process could be about to lock it"
        aged(left)
        sweep(tmp_path)
        assert not left.exists()
        assert laid.path("1").read_bytes() == b"mine"
