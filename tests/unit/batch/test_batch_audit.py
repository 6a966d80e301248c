"""An audit finds nothing in what a run left, and finds each thing that is damaged in it."""

import contextlib
import datetime as dt
import io
import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from inline_engine import InlineEngine
from PIL import Image
from rich.console import Console

from pipeline import cli
from pipeline.batch import placing
from pipeline.batch.audit import audit
from pipeline.batch.audit_report import in_words, show_audit
from pipeline.batch.run import run_batch
from pipeline.batch.work import REAL, failed_page
from pipeline.casefile import Box, Line, PageText, Quality
from pipeline.config import load_settings
from pipeline.problems import CATALOGUE, ExitCode, WorkspaceError, problem
from pipeline.store.pages import pack_page
from pipeline.store.workspace import Workspace

TODAY = dt.date(2024, 6, 1)


def read(file, index, settings, limits):
    """A page that says its name; one that is called so fails, or cannot be made out."""
    if "fails" in file.name:
        return pack_page(failed_page(problem("P205", detail="x")))
    line = Line(f"{file.sha256[:8]} 第{index + 1}页", Box(0.1, 0.1, 0.9, 0.2), 0.99)
    if "poor" in file.name:
        return pack_page(PageText("scanned", 0, (line,), (), Quality("unreadable", 0.1), 100, 140, (problem("P207"),)))
    return pack_page(PageText("scanned", 0, (line,), (), Quality("good", 0.99), 100, 140))


def run(batch, out, **options):
    work = replace(REAL, prepare=lambda settings: "stand-in 1", read=read)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "local_engine", InlineEngine)
        settings = load_settings(None, limits={"pages_per_case": 6})
        return run_batch(batch, out, settings, today=TODAY, work=work, **options)


def picture(path, seed):
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).integers(0, 255, (140, 100, 3), np.uint8)
    Image.fromarray(noise).save(path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run folder with every fate that a page or file may have, and its batch."""
    place = tmp_path_factory.mktemp("audit")
    names = ["甲/1", "甲/2", "甲/3 fails", "甲/4 poor", "乙/1", "乙/2"]
    for seed, name in enumerate(names):
        picture(place / "batch" / f"{name}.png", seed)
    (place / "batch" / "甲" / "words.pdf").write_bytes("这是文字, 不是 PDF".encode() * 40)
    frames = [Image.new("L", (60, 80), shade) for shade in range(0, 250, 50)]
    frames[0].save(place / "batch" / "甲" / "5 too many.tif", save_all=True, append_images=frames[1:])
    (place / "batch" / "丙.pdf").write_bytes(b"")
    run(place / "batch", place / "RUN")
    return place


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of the run folder, to be damaged."""
    return Path(shutil.copytree(whole / "RUN", tmp_path / "RUN"))


def change(folder, *statements):
    with contextlib.closing(sqlite3.connect(folder / "ledger.db")) as database:
        for statement in statements:
            assert database.execute(statement).rowcount > 0, "nothing was damaged"
        database.commit()


def found(folder):
    return [(each.kind, each.case_id) for each in audit(folder).discrepancies]


def tree(folder):
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def test_what_a_run_leaves_agrees_with_itself(folder):
    before = tree(folder)
    result = audit(folder)
    assert result.discrepancies == ()
    assert result.clean and result.exit_code == ExitCode.OK and result.standing == "finished"
    assert result.sums.read == 4
    assert result.sums.unreadable == {"P205": 1, "P207": 1}
    assert result.sums.skipped == {"F111": 5}
    assert result.sums.waiting == 0 and result.sums.total == 11
    assert (result.files, result.refused) == (6, {"F103": 1, "F104": 1, "F111": 1})
    assert result.cases == {"screened": 1, "partial": 1, "failed": 1}
    assert (result.unused, result.again) == (0, 0)
    assert tree(folder) == before, "an audit writes nothing and leaves nothing behind"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DELETE FROM pages WHERE case_id = '乙' AND page = 2", "pages of a file"),
        ("DELETE FROM pages WHERE case_id = '乙' AND page = 1", "numbering"),
        ("INSERT INTO pages SELECT '乙', 3, file, 1, file_sha256, state, code FROM pages WHERE case_id = '乙' LIMIT 1",
         "pages of a file"),
        ("UPDATE pages SET state = 'waiting' WHERE case_id = '乙' AND page = 2", "waiting"),
        ("UPDATE pages SET code = 'P201' WHERE case_id = '乙' AND page = 2", "state"),
        ("UPDATE pages SET state = 'unreadable' WHERE case_id = '乙' AND page = 2", "state"),
        ("UPDATE pages SET state = 'unreadable', code = 'P204' WHERE case_id = '乙' AND page = 2", "unreadable"),
        ("UPDATE files SET pages = 9 WHERE case_id = '乙' AND position = 1", "pages of a file"),
        ("UPDATE files SET pages = 9 WHERE case_id = '乙' AND position = 1", "sources"),
        ("DELETE FROM files WHERE case_id = '乙' AND position = 2", "sources"),
        ("UPDATE cases SET pages = 7 WHERE case_id = '乙'", "sum of a case"),
        ("UPDATE cases SET unreadable = 1 WHERE case_id = '乙'", "sum of a case"),
        ("UPDATE cases SET status = 'partial' WHERE case_id = '乙'", "case"),
        ("DELETE FROM results WHERE file_sha256 IN (SELECT file_sha256 FROM pages WHERE case_id = '乙' AND page = 2)",
         "reading"),
        ("UPDATE results SET content = x'00' WHERE file_sha256 IN"
         " (SELECT file_sha256 FROM pages WHERE case_id = '乙' AND page = 2)", "reading"),
        ("DELETE FROM outputs WHERE path = 'cases/乙.json'", "missing output"),
        ("UPDATE outputs SET sha256 = 'x' WHERE path = 'cases_html/乙.html'", "changed output"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_ledger_is_found(folder, statement, kind):
    change(folder, statement)
    told = found(folder)
    assert (kind, "乙") in told
    assert {case_id for _, case_id in told} == {"乙"}
    assert audit(folder).exit_code == ExitCode.INCOMPLETE


def test_a_loss_that_the_case_says_nothing_of_is_found(folder):
    change(folder, "UPDATE pages SET code = 'P201' WHERE state = 'unreadable' AND code = 'P205'")
    change(folder, "UPDATE files SET code = 'F102' WHERE code = 'F104'")
    assert found(folder) == [("error", "甲"), ("error", "甲")]


def test_outputs_that_are_gone_or_changed_are_found(folder):
    (folder / "cases" / "乙.json").unlink()
    (folder / "cases_html" / "甲.html").write_text("anders", "utf-8")
    asset = next(iter((folder / "assets").iterdir()))
    asset.unlink()
    told = found(folder)
    assert told.count(("missing output", "乙")) == 2  # of the case, and of the folder's files
    assert ("changed output", "甲") in told
    assert any(each.message.startswith(f"缺少 assets/{asset.name}") for each in audit(folder).discrepancies)


@pytest.mark.parametrize("content", ["{", "[]", '{"case_id": "乙"}', "null"])
def test_a_case_that_was_damaged_is_found(folder, content):
    (folder / "cases" / "乙.json").write_text(content, "utf-8")
    assert ("case", "乙") in found(folder)


def test_a_case_that_tells_of_other_pages_is_found(folder):
    path = folder / "cases" / "乙.json"
    case = json.loads(path.read_text("utf-8"))
    case["pages"].pop()
    path.write_text(json.dumps(case), "utf-8")
    assert ("pages of a case", "乙") in found(folder)


def test_a_damaged_database_is_found(folder):
    path = folder / "ledger.db"
    content = bytearray(path.read_bytes())
    # swap the order of two cells in the last full page: the file opens, but its tree is out of order
    with contextlib.closing(sqlite3.connect(path)) as database:
        size = database.execute("PRAGMA page_size").fetchone()[0]
        root = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'results'").fetchone()[0]
    at = (root - 1) * size + 8
    if content[(root - 1) * size] in (2, 5):
        at += 4
    content[at : at + 4] = content[at + 2 : at + 4] + content[at : at + 2]
    path.write_bytes(content)
    result = audit(folder)
    assert {each.kind for each in result.discrepancies} == {"database"}
    assert "备份" in result.discrepancies[0].advice and not result.clean


def test_kept_readings_of_earlier_batches_are_told_and_held_against_nobody(whole, tmp_path):
    batch = Path(shutil.copytree(whole / "batch", tmp_path / "batch"))
    folder = Path(shutil.copytree(whole / "RUN", tmp_path / "RUN"))
    shutil.rmtree(batch / "乙")
    run(batch, folder)
    result = audit(folder)
    assert result.clean and result.unused == 2 and result.sums.total == 9


def test_an_interrupted_run_is_told_as_such(whole, tmp_path):
    def stop(event):
        if type(event).__name__ == "CaseDone":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(whole / "batch", tmp_path / "RUN", on_event=stop)
    result = audit(tmp_path / "RUN")
    assert (result.standing, result.discrepancies, result.clean) == ("interrupted", (), False)
    assert result.exit_code == ExitCode.INCOMPLETE
    assert result.cases["waiting"] + result.cases.get("reading", 0) >= 1
    run(whole / "batch", tmp_path / "RUN")
    assert audit(tmp_path / "RUN").clean


def test_an_end_that_was_not_reached_is_no_end(folder):
    """All cases are written, but they were not compared any more: only the run's own word tells."""
    change(folder, "UPDATE meta SET value = 'interrupted' WHERE key = 'ending'")
    result = audit(folder)
    assert (result.standing, result.discrepancies, result.clean) == ("interrupted", (), False)


def test_a_run_under_way_is_told_as_such_and_not_disturbed(folder):
    with Workspace(folder).locked():
        result = audit(folder)
        assert (result.standing, result.clean, result.discrepancies) == ("running", False, ())


def test_what_is_no_run_folder_is_refused(tmp_path):
    with pytest.raises(WorkspaceError, match="不是运行文件夹"):
        audit(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_of_an_earlier_version_is_sent_through_a_run(folder):
    change_version = contextlib.closing(sqlite3.connect(folder / "ledger.db"))
    with change_version as database:
        database.execute("PRAGMA user_version = 1")
    with pytest.raises(WorkspaceError, match="旧版") as caught:
        audit(folder)
    assert "prescreen run" in caught.value.advice


def shown(folder, **options):
    console = Console(file=io.StringIO(), width=120, force_terminal=options.pop("terminal", False))
    code = show_audit(console, folder, **options)
    return code, console.file.getvalue()


def test_the_sums_are_printed(folder):
    code, text = shown(folder)
    lines = text.splitlines()
    assert code == ExitCode.OK
    assert lines[:5] == [
        "已识别\t4",
        "无法辨认: P205 识别引擎出错\t1",
        "无法辨认: P207 页面质量过差, 难以辨认\t1",
        "未读: F111 页数过多, 超出上限\t5",
        "合计\t11",
    ]
    assert "案卷: 共 3 个" in lines[5] and lines[-1].startswith("核对无误")
    assert "合计" in shown(folder, terminal=True)[1]


def test_every_discrepancy_is_printed_with_what_to_do(folder):
    (folder / "cases" / "乙.json").unlink()
    code, text = shown(folder)
    assert code == ExitCode.INCOMPLETE
    assert "不符: 案卷 乙: 缺少 cases/乙.json\n      请再次执行同一条 prescreen run 命令" in text
    assert text.splitlines()[-1] == "共 2 处不符"


def test_json_says_the_same(folder):
    code, text = shown(folder, as_json=True)
    told = json.loads(text)
    assert (code, told["clean"], told["pages"]) == (ExitCode.OK, True, 11)
    assert told["sums"]["unreadable"] == {"P205": 1, "P207": 1}
    (folder / "cases" / "乙.json").unlink()
    told = json.loads(shown(folder, as_json=True)[1])
    assert {each["kind"] for each in told["discrepancies"]} == {"missing output"} and not told["clean"]


def test_the_command_ends_with_the_code(folder, capsys):
    assert cli.main(["audit", str(folder)]) == 0
    (folder / "cases" / "乙.json").unlink()
    assert cli.main(["audit", str(folder)]) == 1
    assert cli.main(["audit", str(folder / "cases")]) == 5
    assert "不是运行文件夹" in capsys.readouterr().err


def test_codes_are_told_without_their_particulars():
    for code in CATALOGUE:
        words = in_words(code)
        assert words and "{" not in words and "()" not in words and words == words.strip(" :,")
