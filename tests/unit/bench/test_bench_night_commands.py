"""`bench --engine`, `bench --ledger` and `capacity`: what they refuse, and each once for real over a few pages."""

import json
import zipfile
from pathlib import Path

import pikepdf
import pytest

from pipeline.cli import main
from pipeline.problems import ExitCode

SAMPLES = Path(__file__).parents[3] / "sample_scans" / "cases"


def machine():
    return {"cpu": "X", "cores_used": 2, "cores": 2, "system": "S", "python": "3.11", "load_before": 0.1}


def run(workers, times, share=0.99):
    return {
        "workers": workers,
        "pages_per_second": 2.0 * times,
        "times_one_worker": times,
        "coordinator_cpu_seconds_per_page": 0.004,
        "peak_mb_per_worker": 900,
        "start_seconds": 4.0,
        "processor_share": share,
    }


@pytest.fixture
def measured(tmp_path):
    """What an earlier `bench --engine --json` wrote."""

    def write(share=0.99):
        figures = {
            "machine": machine(),
            "sample": {"cases": 2, "pages": 48, "pages_per_case": 24.0},
            "bare": {"processor_share": 0.99},
            "runs": [run(1, 1.0, share), run(2, 1.8, share)],
            "run_bytes_per_page": 24_000,
        }
        path = tmp_path / "engine.json"
        path.write_text(json.dumps(figures), "utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bench", "--engine", "--ledger"], "一次只能测一项"),
        (["bench", "--ledger", "--at", "nowhere"], "没有这个文件夹"),
        (["bench", "--engine", "--json", "nowhere/x.json"], "没有这个文件夹"),
        (["capacity", "--json", "nowhere/x.json"], "没有这个文件夹"),
        (["capacity", "--from", "nowhere.json"], "文件读不了"),
        (["capacity", "--hours", "30"], "--hours"),
    ],
)
def test_a_wrong_command_line_is_explained_before_anything_is_measured(capsys, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == ExitCode.USAGE
    captured = capsys.readouterr()
    assert told in captured.err and captured.out == ""


@pytest.mark.parametrize("content", ["{}", '{"reuse": []}', "[1]", "no JSON"])
def test_other_files_hold_no_figures(capsys, tmp_path, content):
    path = tmp_path / "other.json"
    path.write_text(content, "utf-8")
    assert main(["capacity", "--from", str(path)]) == ExitCode.USAGE
    assert "prescreen bench --engine --json" in capsys.readouterr().err


def test_a_night_is_computed_from_what_was_measured(capsys, tmp_path, measured):
    written = tmp_path / "capacity.json"
    assert main(["capacity", "--from", str(measured()), "--json", str(written)]) == ExitCode.OK
    told = capsys.readouterr().out
    table = [line.split("\t") for line in told.splitlines() if "\t" in line]
    assert ["2", "3.60", "实测", "1.4 %", "2,267", "1", "3", "45", "3", "1"] in table
    assert [row[2] for row in table if row[0] in ("4", "64") and row[1] != "—"] == ["推算", "推算"]
    assert all(row[1:3] == ["—", "未实测"] for row in table[-4:])  # no figure for a GPU
    assert "GPU: 未实测" in told and "90.0 %" in told and "注意" not in told
    saved = json.loads(written.read_text("utf-8"))
    assert [row["count"] for row in saved["cores"]] == [1, 2, 4, 8, 16, 32, 64]
    assert {row["pages_per_second"] for row in saved["gpus"]} == {None}


def test_what_is_given_is_used_and_called_so(capsys, measured):
    given = ["--hours", "10", "--pages-per-file", "100", "--gpu-pages-per-second", "5"]
    assert main(["capacity", "--from", str(measured()), *given]) == ExitCode.OK
    told = capsys.readouterr().out
    assert "一夜 10 小时, 每个案卷 100 页" in told
    assert "2\t10.00\t给定, 非本机实测\t4.0 %\t3,599" in told


def test_a_busy_machine_is_told(capsys, measured):
    assert main(["capacity", "--from", str(measured(share=0.6))]) == ExitCode.OK
    assert "测量时机器不空闲" in capsys.readouterr().out


@pytest.fixture(scope="module")
def two_cases(tmp_path_factory):
    """Two small cases without truth, one of them in an archive."""
    folder = tmp_path_factory.mktemp("cases")
    for name, first in (("甲", 0), ("乙", 2)):
        with pikepdf.open(SAMPLES / "s01.pdf") as pdf, pikepdf.new() as short:
            short.pages.extend([pdf.pages[first], pdf.pages[first + 1]])
            short.save(folder / f"{name}.pdf")
    with zipfile.ZipFile(folder / "乙.zip", "w") as archive:
        archive.write(folder / "乙.pdf", "卷.pdf")
    (folder / "乙.pdf").unlink()
    return folder


@pytest.mark.slow
def test_the_engine_is_measured_beside_a_bare_loop(two_cases, tmp_path, capsys):
    written = tmp_path / "engine.json"
    before = sorted(two_cases.iterdir())
    arguments = ["--engine", "--pages", "0", "--repeats", "2", "--workers", "2", "--json", str(written)]
    assert main(["bench", str(two_cases), *arguments]) == ExitCode.OK
    figures = json.loads(written.read_text("utf-8"))
    assert figures["sample"] == {"cases": 2, "pages": 4, "pages_per_case": 2.0}
    assert [one["workers"] for one in figures["runs"]] == [1, 2]
    assert all(one["pages"] == 4 and one["worker_cpu_seconds_per_page"] > 0 for one in figures["runs"])
    assert all(0 < one["coordinator_cpu_seconds_per_page"] < 1 for one in figures["runs"])
    assert figures["jobs_failed"] == 0
    bare, engine = figures["stages"]["bare"], figures["stages"]["one_worker"]
    assert bare.keys() == engine.keys() >= {"inspect", "read", "screen", "render"}  # the very same jobs
    assert len(figures["overhead"]["of_walls_by_round"]) == len(figures["overhead"]["idle_by_round"]) == 2
    assert figures["run_bytes_per_page"] > 1000
    told = capsys.readouterr().out
    assert "单进程循环 (对照)" in told and "结论: 2 个进程的页/秒" in told
    assert main(["capacity", "--from", str(written)]) == ExitCode.OK
    assert sorted(two_cases.iterdir()) == before and [path.name for path in tmp_path.iterdir()] == ["engine.json"]


@pytest.mark.slow
def test_the_ledger_is_measured_where_the_user_says(two_cases, tmp_path, capsys):
    where = tmp_path / "disk"
    where.mkdir()
    arguments = ["--ledger", "--pages", "2", "--commits", "300", "--at", str(where)]
    assert main(["bench", str(two_cases), *arguments]) == ExitCode.OK
    told = capsys.readouterr().out
    assert str(where) in told and "prescreen 账本\t300\t" in told and "结论: 账本每秒页数 =" in told
    assert list(where.iterdir()) == []
