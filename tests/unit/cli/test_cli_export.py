"""`prescreen export` over a real run folder."""

import io
import json
import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from web_runs import PLAIN_ID, make_run

from pipeline.cli import main
from pipeline.problems import ExitCode
from pipeline.summary.opinion import own_template


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("export"))


@pytest.mark.parametrize(("form", "head"), [("opinion", b"PK"), ("pdf", b"%PDF"), ("json", b"{")])
def test_a_file_of_a_case_is_written(run, tmp_path, form, head, capsys):
    target = tmp_path / "out"
    assert main(["export", str(run), PLAIN_ID, "--as", form, "--out", str(target)]) == ExitCode.OK
    assert target.read_bytes().startswith(head)
    assert str(target) in capsys.readouterr().out


def test_the_ledger_of_a_batch_is_written(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["export", str(run), "--as", "ledger"]) == ExitCode.OK
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "RUN.xlsx").read_bytes()))
    assert book["案卷"].max_row == 4


def test_the_json_is_that_of_the_run(run, tmp_path):
    target = tmp_path / "out.json"
    main(["export", str(run), PLAIN_ID, "--as", "json", "--out", str(target)])
    assert json.loads(target.read_bytes()) == json.loads((run / "cases" / f"{PLAIN_ID}.json").read_bytes())


def test_nothing_is_written_over(run, tmp_path, capsys):
    target = tmp_path / "out"
    target.write_text("mine")
    assert main(["export", str(run), PLAIN_ID, "--out", str(target)]) == ExitCode.USAGE
    assert target.read_text() == "mine" and "已存在" in capsys.readouterr().err


def test_the_template_is_written_for_editing(tmp_path):
    target = tmp_path / "t.docx"
    assert main(["export", "--template", str(target)]) == ExitCode.OK
    assert target.read_bytes() == own_template()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ([], ExitCode.USAGE),
        (["{run}"], ExitCode.USAGE),
        (["{run}", PLAIN_ID, "--as", "ledger"], ExitCode.USAGE),
        (["{run}", PLAIN_ID, "--as", "fax"], ExitCode.USAGE),
        (["{run}", "没有"], ExitCode.INPUT),
        (["{tmp}", PLAIN_ID], ExitCode.INPUT),
        (["{run}", PLAIN_ID, "--out", "{tmp}/no/such/folder.docx"], ExitCode.WORKSPACE),
    ],
)
def test_what_cannot_be_done_is_told(run, tmp_path, more, code, capsys):
    arguments = [each.replace("{run}", str(run)).replace("{tmp}", str(tmp_path)) for each in more]
    assert main(["export", *arguments]) == code
    told = capsys.readouterr().err
    assert "错误" in told and "Traceback" not in told


def test_pages_are_drawn_from_where_the_files_lie_now(tmp_path):
    import pikepdf

    run = make_run(tmp_path / "there", {"甲": ["# 指派通知书"]}, broken=False)
    (tmp_path / "there" / "批次").rename(tmp_path / "here")
    for name, more in (("without", []), ("with", ["--batch", str(tmp_path / "here")])):
        target = tmp_path / f"{name}.pdf"
        assert main(["export", str(run), "甲", "--as", "pdf", "--out", str(target), *more]) == ExitCode.OK
        with pikepdf.open(target) as document:
            assert ("/XObject" in document.pages[0].Resources) == bool(more)
