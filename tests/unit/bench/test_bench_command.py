"""The command: what it refuses, and a real measurement of two pages beside a real peer."""

import json
import os
import shutil
from pathlib import Path

import pikepdf
import pytest

from pipeline import cli_bench
from pipeline.batch import work
from pipeline.batch.engine import Job
from pipeline.batch.local import LocalEngine
from pipeline.bench.jobs import read_page_timed
from pipeline.cli import main
from pipeline.config import load_settings
from pipeline.intake.open_case import SourceFile
from pipeline.problems import ExitCode, UsageError

SAMPLES = Path(__file__).parents[3] / "sample_scans" / "cases"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--peers", "rapid,abbyy"], "--peers 的值不对: abbyy"),
        (["--plot", "memory.svg"], "请同时给出 --growth"),
        (["--json", "nowhere/figures.json"], "没有这个文件夹"),
        (["--pages", "many"], "--pages 的值不对"),
    ],
)
def test_a_wrong_command_line_is_explained_before_anything_is_measured(capsys, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    assert main(["bench", *arguments]) == ExitCode.USAGE
    captured = capsys.readouterr()
    assert told in captured.err and captured.out == ""


def test_peers_are_chosen_by_name():
    assert cli_bench.chosen_peers("tesseract, rapid") == ("rapid", "tesseract")
    assert cli_bench.chosen_peers("none") == () == cli_bench.chosen_peers("")
    with pytest.raises(UsageError):
        cli_bench.chosen_peers("none,rapid")


def test_the_samples_are_measured_where_no_folder_is_given():
    assert cli_bench.default_folder() == SAMPLES


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_truth_is_refused(capsys, tmp_path, there):
    folder = tmp_path / "cases"
    if there:
        folder.mkdir()
        (folder / "A001.pdf").write_bytes(b"%PDF-1.7\n")
    assert main(["bench", str(folder), "--peers", "none"]) == ExitCode.INPUT
    assert ("标准答案" if there else "读不了") in capsys.readouterr().err


@pytest.fixture(scope="module")
def two_pages(tmp_path_factory):
    """The first two pages of an invented case with its truth."""
    folder = tmp_path_factory.mktemp("cases")
    with pikepdf.open(SAMPLES / "s01.pdf") as pdf:
        del pdf.pages[2:]
        pdf.save(folder / "s01.pdf")
    shutil.copy(SAMPLES / "s01.truth.json", folder)
    return folder


@pytest.mark.slow
def test_a_real_measurement(two_pages, tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("PATH", str(tmp_path))  # a tesseract that is installed is not found
    written, plot = tmp_path / "figures.json", tmp_path / "memory.svg"
    before = sorted(two_pages.iterdir())
    arguments = ["--workers", "1", "--peers", "rapid,tesseract", "--json", str(written)]
    arguments += ["--growth", "--growth-pages", "10", "--plot", str(plot)]
    assert main(["bench", str(two_pages), *arguments]) == ExitCode.OK
    figures = json.loads(written.read_text("utf-8"))
    own, rapid, tesseract = figures["readers"]
    assert (own["pages"], own["pages_failed"], rapid["pages"], rapid["pages_failed"]) == (2, 0, 2, 0)
    assert tesseract["absent"] == "没有安装 tesseract"
    for reader in (own, rapid):
        assert reader["character_error_rate"]["all"] < 0.15
        assert reader["cpu_seconds_per_page"] > 0 and 100 < reader["peak_mb"] < 8000
        assert reader["pages_per_second"] == pytest.approx(1 / reader["seconds_per_page"], rel=0.01)
    assert figures["verdict"]["ratios"].keys() == {"rapid"}
    stages = figures["stages"]
    assert all(seconds > 0 for seconds in stages["seconds_per_page"].values())
    assert 0 < stages["inference_seconds_per_page"] < stages["worker_seconds_per_page"]
    understanding = figures["understanding"]
    assert (understanding["cases"], understanding["pages"]) == (1, 2)
    assert 0 < understanding["share_of_reading"] <= 0.15
    growth = figures["growth"]
    assert [row["pages"] for row in growth["by_pages"]] == [10] and len(growth["by_workers"]) == 1
    assert growth["memory"][0]["series"][-1][0] == 10
    assert plot.read_text("utf-8").startswith("<svg")
    assert "结论" in capfd.readouterr().out
    assert sorted(two_pages.iterdir()) == before
    assert {path.name for path in tmp_path.iterdir()} == {"figures.json", "memory.svg"}


@pytest.mark.slow
def test_what_is_measured_is_what_a_batch_does(two_pages):
    """The measured reading is the batch's with a stopwatch: the same bytes."""
    settings = load_settings(None)
    file = SourceFile("s01.pdf", two_pages / "s01.pdf", "0" * 64, "pdf", 2)
    given = (file, 1, settings.ocr, settings.limits)
    with LocalEngine(1, threads=1, memory_mb=settings.limits.memory_mb) as engine:
        engine.start(Job(work.read, given, 300.0))
        plain = engine.wait().value
        engine.start(Job(read_page_timed, given, 300.0))
        cost = engine.wait().value
    assert cost.packed == plain
    assert {"image", "detection", "recognition", "inference"} <= cost.stages.keys()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows finds its libraries by PATH")
def test_paddle_is_measured_with_the_weights_that_are_here(two_pages, tmp_path):
    written = tmp_path / "figures.json"
    assert main(["bench", str(two_pages), "--pages", "1", "--peers", "paddle", "--json", str(written)]) == ExitCode.OK
    _, paddle = json.loads(written.read_text("utf-8"))["readers"]
    assert paddle["absent"] is None and paddle["character_error_rate"]["all"] < 0.15
