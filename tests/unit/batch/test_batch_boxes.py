"""`prescreen show --boxes` on run folders as a run leaves them, with real files and real workers."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pipeline.batch.boxes import draw_boxes
from pipeline.batch.origin import find_source, noted_batch
from pipeline.batch.outputs import Outputs
from pipeline.casefile import Box, Line, Page, PageText, People, Profile, Quality, SourceRecord
from pipeline.casefile import CaseFile as Case
from pipeline.cli import main
from pipeline.config import load_settings
from pipeline.intake.discover import CaseSource
from pipeline.problems import ExitCode, InputError, WorkspaceError
from pipeline.store.ledger import Ledger, Reader
from pipeline.store.pages import pack_page
from pipeline.store.workspace import Workspace
from pipeline.summary.contract import case_json, dump

READER = Reader("page", "1", "rapid", "{}")


@pytest.fixture
def batch(tmp_path) -> Path:
    """A batch of one case: a scan that lies on its side, dark at its left end, and an upright page."""
    folder = tmp_path / "批次" / "A001"
    folder.mkdir(parents=True)
    image = Image.new("RGB", (1200, 800), "white")
    image.paste((0, 0, 0), (0, 0, 200, 800))
    image.save(folder / "1.png")
    Image.new("RGB", (800, 1200), "white").save(folder / "2.png")
    return folder.parent


@pytest.fixture
def run(tmp_path, batch) -> Path:
    """What a run of it left: the case's JSON, and the ledger with two readers' results of the first page."""
    workspace = Workspace(tmp_path / "RUN")
    workspace.create()
    sha = {name: hashlib.sha256((batch / "A001" / name).read_bytes()).hexdigest() for name in ("1.png", "2.png")}
    line = Line("审批 意见", Box(0.1, 0.1, 0.5, 0.15), 0.9)
    first = PageText("scanned", 90, (line,), (), Quality("good", 0.9), 800, 1200)
    pages = tuple(Page(n, name, 1, first if n == 1 else PageText("failed")) for n, name in enumerate(sha, 1))
    sources = tuple(SourceRecord(name, digest, 1) for name, digest in sha.items())
    case = Case("A001", sources, pages, (), Profile("criminal", "trial", "notice", "R1"), People())
    workspace.write(workspace.cases / "A001.json", dump(case_json(case, ())))
    with Ledger(workspace.ledger) as ledger:
        ledger.set_meta(batch=noted_batch(batch, as_case=False))
        ledger.note_reader(READER)
        ledger.keep_result(sha["1.png"], 0, READER, pack_page(first), seconds=1)
        other = replace(first, lines=(replace(line, text="另一次"),))
        ledger.keep_result(sha["1.png"], 0, replace(READER, version="2"), pack_page(other), seconds=1)
    workspace.clear_scratch()
    return workspace.root


@pytest.fixture
def settings():
    return load_settings(None, run={"workers": 1})


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_pages_are_drawn_upright_and_the_next_run_removes_them(run, batch, settings):
    before = _files(run)
    drawn = draw_boxes(run, "A001", settings)
    assert (drawn.pictures, drawn.pages) == (1, 2), "the page that failed has no picture"
    assert _files(run) - before - {".lock"} == {"debug/A001/boxes.html", "debug/A001/0001.jpg"}
    picture = Image.open(run / "debug" / "A001" / "0001.jpg")
    assert picture.width < picture.height, "turned by the reading's rotation"
    assert picture.getpixel((picture.width // 2, 20))[0] < 60 < picture.getpixel((picture.width // 2, 900))[0]
    told = drawn.path.read_text("utf-8")
    assert "审批 意见" in told and "另一次" not in told, "the run's own reader, not the newest"
    assert str(batch) not in told
    workspace = Workspace(run)
    with Ledger(workspace.ledger) as ledger:
        Outputs(workspace, ledger, "批次", (), ()).remove_stale()
    assert not (run / "debug" / "A001").exists()


@pytest.mark.slow
def test_a_file_that_changed_is_not_drawn(run, batch, settings, capsys):
    Image.new("RGB", (900, 900), "white").save(batch / "A001" / "1.png")
    with pytest.raises(InputError, match="与运行时不同"):
        draw_boxes(run, "A001", settings)
    assert not (run / "debug").exists() and not (run / ".work").exists()


@pytest.mark.slow
def test_the_command_finds_a_batch_that_has_moved(run, batch, capsys):
    moved = batch.rename(batch.with_name("别处"))
    assert main(["show", str(run), "A001", "--boxes"]) == ExitCode.INPUT
    assert "批次不在原处" in (said := capsys.readouterr()).err and "--batch" in said.err
    assert main(["show", str(run), "A001", "--boxes", "--batch", str(moved)]) == ExitCode.OK
    said = capsys.readouterr().out
    assert "2 页中有 1 页没有图像" in said and "boxes.html" in said and "疑点" not in said


def test_without_a_place_that_was_noted_the_user_is_asked(run):
    with Ledger(run / "ledger.db") as ledger:
        ledger.set_meta(batch="")
        with pytest.raises(InputError, match="没有记下批次的位置"):
            find_source(ledger, "A001", None)


def test_a_case_that_is_not_in_the_batch_is_named(run, batch):
    with Ledger(run / "ledger.db") as ledger:
        assert find_source(ledger, "A001", None) == CaseSource("A001", batch.resolve() / "A001")
        with pytest.raises(InputError, match="批次里没有案卷 B"):
            find_source(ledger, "B", batch)


def test_a_folder_that_was_given_as_one_case_is_found_again(run, batch):
    with Ledger(run / "ledger.db") as ledger:
        ledger.set_meta(batch=noted_batch(batch / "A001", as_case=True))
        assert find_source(ledger, "A001", None).path.resolve() == (batch / "A001").resolve()


def test_a_path_that_is_no_unicode_can_be_noted(run):
    with Ledger(run / "ledger.db") as ledger:
        ledger.set_meta(batch=noted_batch(Path("\udcb0\udcb8"), as_case=False))
        with pytest.raises(InputError, match="不在原处"):
            find_source(ledger, "A001", None)


def test_a_case_that_failed_has_nothing_to_draw(run, settings):
    path = run / "cases" / "A001.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"pages": []}), "utf-8")
    with pytest.raises(InputError, match="没有页面可画"):
        draw_boxes(run, "A001", settings)


def test_a_run_under_way_is_not_disturbed(run, settings):
    with Workspace(run).locked(), pytest.raises(WorkspaceError, match="正被另一个 prescreen 使用"):
        draw_boxes(run, "A001", settings)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["A002", "--boxes"], ExitCode.INPUT, "没有案卷 A002"),
        (["A002", "--facts"], ExitCode.INPUT, "没有案卷 A002"),
        (["A001", "--batch", "x"], ExitCode.USAGE, "--batch 只与 --boxes 同用"),
    ],
)
def test_a_wrong_wish_is_explained(run, capsys, arguments, code, told):
    assert main(["show", str(run), *arguments]) == code
    assert told in capsys.readouterr().err
