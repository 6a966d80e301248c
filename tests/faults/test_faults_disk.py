"""The disk of the run folder is full, for real: the run ends as documented, loses nothing, and goes on with room."""

import datetime as dt
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fault_work import picture, readings, stand_in
from kill_storm import Run
from PIL import Image
from test_faults_batch import case, outputs

from pipeline import cli
from pipeline.batch.audit import audit
from pipeline.batch.events import PageDone
from pipeline.batch.run import run_batch
from pipeline.config import load_settings
from pipeline.problems import ExitCode, WorkspaceError

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="small disks are made on Linux")]


@pytest.fixture
def disk(tmp_path):
    """Make a small disk and say how large: `disk(8)`; `disk(64)` makes it larger."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = []

    def make(megabytes):
        options = f"remount,size={megabytes}m" if mounted else f"size={megabytes}m"
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("only root may mount a small disk")
        mounted.append(place)
        return place

    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a small disk")
    yield make
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Write until nothing is left of the disk but `leave` bytes."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as stream:
        for size in (1 << 16, 1 << 12, 1):
            while size > 1 or leave == 0:
                if shutil.disk_usage(place).free <= leave:
                    return filler
                try:
                    stream.write(bytes(size))
                except OSError:
                    break
    return filler


def large_page(content, pictures, beside=()):
    """A case's page that takes much room and packs badly."""
    return np.random.default_rng(1).bytes(3_000_000)


def test_a_disk_that_is_full_when_pages_are_kept(disk, add_case, batch, control, run, tmp_path):
    for number in range(6):
        add_case(f"案{number}", "1 slow", "2 slow")
    place, fillers = disk(8), []

    def then_fill(event):
        if isinstance(event, PageDone) and not fillers:
            fillers.append(fill(place))

    settings = load_settings(None, run={"workers": 2})
    options = {"today": dt.date(2024, 6, 1), "work": stand_in(control)}
    with pytest.raises(WorkspaceError, match="磁盘空间不足") as caught:
        run_batch(batch, place / "RUN", settings, on_event=then_fill, **options)
    assert caught.value.exit_code == ExitCode.WORKSPACE and "磁盘空间" in caught.value.advice
    assert not (place / "RUN" / ".work").exists()
    fillers[0].unlink()
    halted = audit(place / "RUN")
    assert (halted.standing, halted.discrepancies) == ("interrupted", ())
    known = halted.sums.read
    assert known >= 1
    result = run_batch(batch, place / "RUN", settings, **options)
    assert (result.exit_code, result.pages_reused) == (ExitCode.OK, known)
    assert audit(place / "RUN").clean
    assert sum(readings(control).values()) <= 12 + 2
    run("WHOLE")
    assert outputs(place / "RUN") == outputs(tmp_path / "WHOLE")


def test_a_disk_that_is_full_when_outputs_are_written(disk, add_case, batch, control):
    for number in range(3):
        add_case(f"案{number}", "1", "2")
    place = disk(16)
    filler = fill(place, leave=5_000_000)
    work = replace(stand_in(control), render=large_page)
    settings = load_settings(None, run={"workers": 2})
    options = {"today": dt.date(2024, 6, 1), "work": work}
    with pytest.raises(WorkspaceError, match=r"写不了 .*\(磁盘空间不足\)"):
        run_batch(batch, place / "RUN", settings, **options)
    written = list((place / "RUN" / "cases_html").iterdir())
    assert len(written) == 1 and written[0].stat().st_size == 3_000_000, "whole files or nothing"
    filler.unlink()
    result = run_batch(batch, place / "RUN", settings, **options)
    assert result.exit_code == ExitCode.OK and result.pages_read == 6 - result.pages_reused
    assert audit(place / "RUN").clean
    assert set(readings(control).values()) == {1}


def test_an_archive_without_room_costs_only_itself(disk, add_case, batch, control, run):
    add_case("甲", "1", "2")
    with zipfile.ZipFile(batch / "乙.zip", "w") as archive:
        for page in range(3):
            noise = np.random.default_rng(page).integers(0, 255, (2200, 2200, 3), np.uint8)
            with archive.open(f"{page}.bmp", "w") as stream:
                Image.fromarray(noise).save(stream, "BMP")
    place = disk(90)  # the archive needs 44 MB, the run keeps 64 MB for itself
    result, _ = run(str(place / "RUN"))
    assert result.exit_code == ExitCode.INCOMPLETE
    told = case(place / "RUN", "乙")
    assert told["status"] == "failed" and [error["code"] for error in told["errors"]] == ["F132"]
    assert "腾出空间" in told["errors"][0]["advice"]
    assert case(place / "RUN", "甲")["status"] == "screened"
    found = audit(place / "RUN")
    assert found.clean and found.refused == {"F132": 1}
    disk(300)
    result, _ = run(str(place / "RUN"))
    assert (result.exit_code, result.pages_reused, result.pages_read) == (ExitCode.OK, 2, 3)
    assert audit(place / "RUN").clean


def test_a_limit_on_files_is_a_full_disk(batch, tmp_path):
    """Where no disk can be mounted: the system refuses what lies beyond a size (EFBIG)."""
    import resource

    for number in range(40):
        picture(batch / f"案{number // 8}" / f"{number}.png", number)
    run = Run(batch, tmp_path / "RUN", tmp_path / "control", 2, "stand-in")
    limit = 200_000
    refused = subprocess.run(
        run.command,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert refused.returncode == ExitCode.WORKSPACE, refused.stderr.decode()
    assert "磁盘" in refused.stderr.decode() and "Traceback" not in refused.stderr.decode()
    assert audit(tmp_path / "RUN").standing == "interrupted"
    assert audit(tmp_path / "RUN").discrepancies == ()
    assert run.to_the_end() == ExitCode.OK
    assert audit(tmp_path / "RUN").clean
    assert run.reads()[0] <= 40 + 2


def test_a_run_folder_that_cannot_be_written_is_refused_before_anything_is_read(disk, add_case, batch, control, capsys):
    add_case("甲", "1")
    place = disk(4)
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    try:
        assert cli.main(["run", str(batch), "--out", str(place / "RUN")]) == ExitCode.WORKSPACE
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
    assert "磁盘只读" in capsys.readouterr().err
    assert list(place.iterdir()) == [] and readings(control) == {}


def test_the_room_for_an_archive_is_asked_before_anything_is_written(tmp_path, monkeypatch):
    from pipeline.intake.archive import unpack

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.jpg", b"\xff\xd8\xff" + bytes(1000))
    monkeypatch.setattr("shutil.disk_usage", lambda path: shutil._ntuple_diskusage(100, 100, 0))
    members, problems = unpack(tmp_path / "a.zip", "a.zip", tmp_path / "work", load_settings().limits)
    assert members == [] and [problem.code for problem in problems] == ["F132"]
    assert list((tmp_path / "work").iterdir()) == []
