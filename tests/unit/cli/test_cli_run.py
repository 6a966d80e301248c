"""The command as a user runs it: real files, real OCR, real processes."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def page(number):
    """A page that any OCR engine reads; packages' fonts hold no Chinese, and none is needed here."""
    image = Image.new("RGB", (900, 1270), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(34)
    for line in range(8):
        draw.text((90, 120 + 90 * line), f"Page {number} line {line} of the record 2024-06-{line + 10}", "black", font)
    return image


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("批次")
    page(1).save(folder / "A001.pdf", save_all=True, append_images=[page(2)])
    page(3).save(tmp_path_factory.getbasetemp() / "p.png")
    with zipfile.ZipFile(folder / "A002.zip", "w") as archive:
        archive.write(tmp_path_factory.getbasetemp() / "p.png", "页/1.png")
    (folder / "notes.txt").write_text("x")
    return folder


def prescreen(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        **options,
    )


def results(run):
    return {p.name: p.read_bytes() for folder in ("cases", "cases_html", "assets") for p in (run / folder).iterdir()}


@pytest.fixture(scope="module")
def first(batch, tmp_path_factory):
    run = tmp_path_factory.mktemp("first") / "RUN"
    return run, prescreen("run", batch, "--out", run, "--workers", 2, "--date", "2024-06-30")


def test_a_run_reads_tells_and_names_the_page_to_open(first):
    run, done = first
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[-1] == f"请用浏览器打开: {run / 'summary.html'}"
    assert lines[-2].startswith("3 页需识别, 0 页取自上次结果")
    assert any(line.startswith("已跳过\tnotes.txt") for line in lines)
    case = json.loads((run / "cases" / "A001.json").read_text("utf-8"))
    assert case["status"] == "screened" and len(case["pages"]) == 2
    assert "line 3 of the record" in case["pages"][1]["text"]


def test_a_second_run_reads_nothing_and_changes_no_byte(first, batch):
    run, _ = first
    before = results(run)
    done = prescreen("run", batch, "--out", run, "--workers", 2)
    assert done.returncode == 0
    assert "0 页需识别, 3 页取自上次结果" in done.stdout
    assert results(run) == before


def test_one_worker_gives_the_same_bytes(first, batch, tmp_path):
    run, _ = first
    done = prescreen("run", batch, "--out", tmp_path / "ONE", "--workers", 1, "--date", "2024-06-30", "--quiet")
    assert done.returncode == 0
    assert results(tmp_path / "ONE") == results(run)


def test_status_and_show_tell_of_the_run(first):
    run, _ = first
    status = prescreen("status", run)
    assert status.returncode == 0
    assert "2 / 2 个已完成" in status.stdout and "沿用已识别的 3 页" in status.stdout
    show = prescreen("show", run, "A001")
    assert show.returncode == 0 and show.stdout.startswith("案卷\tA001\t已初筛")
    missing = prescreen("show", run, "A01")
    assert missing.returncode == 3 and "A001" in missing.stderr


def test_boxes_are_drawn_from_the_batch_until_the_next_run(first, batch):
    run, _ = first
    facts = prescreen("show", run, "A002", "--facts")
    assert facts.returncode == 0 and any(line.startswith("文书\td1\t1\t") for line in facts.stdout.splitlines())
    shown = prescreen("show", run, "A002", "--boxes")
    made = run / "debug" / "A002"
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.splitlines() == [f"请用浏览器打开: {made / 'boxes.html'}"]
    assert {path.name for path in made.iterdir()} == {"boxes.html", "0001.jpg"}, "a page out of an archive"
    told = (made / "boxes.html").read_text("utf-8")
    assert "line 3 of the record" in told and "得分 0.9" in told, "lines with their scores, from the ledger"
    assert not (run / ".work").exists()
    assert prescreen("run", batch, "--out", run).returncode == 0
    assert not made.exists()


def test_a_bad_file_makes_the_run_incomplete(batch, tmp_path):
    (tmp_path / "batch").mkdir()
    page(1).save(tmp_path / "batch" / "good.png")
    (tmp_path / "batch" / "bad.pdf").write_bytes(b"")
    done = prescreen("run", tmp_path / "batch", "--out", tmp_path / "RUN")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert json.loads((tmp_path / "RUN" / "cases" / "bad.json").read_text("utf-8"))["status"] == "failed"


def test_missing_weights_are_an_engine_error(batch, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(f"[ocr]\nmodels = {json.dumps(str(tmp_path / 'nowhere'))}\n", "utf-8")
    done = prescreen("run", batch, "--out", tmp_path / "RUN", "--config", own)
    assert done.returncode == 4
    assert "缺少识别模型文件" in done.stderr and "建议: " in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT as POSIX has it")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_its_code_and_can_go_on(tmp_path, stop):
    (tmp_path / "batch").mkdir()
    for number in range(8):
        page(number).save(tmp_path / "batch" / f"{number}.png")
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", str(tmp_path / "batch"), "--out", str(tmp_path / "RUN")],
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    cases = tmp_path / "RUN" / "cases"
    deadline = time.monotonic() + 120
    while not (cases.is_dir() and any(cases.iterdir())) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, stop)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors.decode()
    assert "已中断" in errors.decode("utf-8") and b"Traceback" not in errors
    if stop == signal.SIGTERM:
        return
    done = prescreen("run", tmp_path / "batch", "--out", tmp_path / "RUN")
    assert done.returncode == 0
    read = int(done.stdout.split(" 页需识别")[0].rsplit("\n", 1)[1])
    assert 0 < read < 8
