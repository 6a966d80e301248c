import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import cli
from pipeline.cli import app, main
from pipeline.config import load_settings
from pipeline.problems import ExitCode

ROOT = Path(__file__).parents[3]
COMMANDS = ("run", "status", "show", "rules", "evaluate", "bench", "config", "doctor")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_has_examples(command):
    result = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "120"})
    assert result.exit_code == 0
    assert "示例" in result.output and "prescreen" in result.output


def test_help_lists_every_command_and_exit_code(capsys):
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in COMMANDS)
    assert "退出码" in told and all(str(int(code)) in told for code in ExitCode)
    assert "选项" in told and "命令" in told


def test_no_arguments_show_the_help(capsys):
    assert main([]) == ExitCode.USAGE
    assert "prescreen run" in capsys.readouterr().out


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("prescreen ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run"], "缺少 BATCH"),
        (["run", "x"], "缺少 --out RUN"),
        (["run", "x", "--out", "y", "--bogus"], "没有这个选项: --bogus"),
        (["run", "x", "--out", "y", "--workers", "many"], "--workers 的值不对"),
        (["run", "x", "--out", "y", "--date", "昨天"], "--date 的值不对"),
        (["run", "x", "--out", "y", "--ocr", "tesseract"], "设置 ocr.engine 不对"),
        (["run", "x", "--out", "y", "--pack", "mars"], "没有名为 mars 的规则包"),
        (["run", "x", "--out", "y", "--config", "nowhere.toml"], "设置文件读不了"),
        (["nosuch"], "命令写法不对"),
        (["rules", "XYZ999"], "没有规则 XYZ999"),
        (["rules", "--pack", "mars"], "没有名为 mars 的规则包"),
    ],
)
def test_a_wrong_command_line_is_explained(capsys, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == ExitCode.USAGE
    captured = capsys.readouterr()
    assert told in captured.err and "建议: " in captured.err and "Traceback" not in captured.err
    assert list(tmp_path.iterdir()) == []


def test_a_batch_that_is_not_there(capsys, tmp_path):
    assert main(["run", str(tmp_path / "nowhere"), "--out", str(tmp_path / "RUN")]) == ExitCode.INPUT
    assert "批次读不了" in capsys.readouterr().err
    assert not (tmp_path / "RUN").exists()


def test_a_folder_without_cases(capsys, tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "RUN")]) == ExitCode.INPUT
    assert "没有案卷" in capsys.readouterr().err


def test_a_run_folder_that_cannot_be_written(capsys, tmp_path):
    (tmp_path / "batch").mkdir()
    (tmp_path / "batch" / "a.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "RUN").write_text("a file")
    assert main(["run", str(tmp_path / "batch"), "--out", str(tmp_path / "RUN")]) == ExitCode.WORKSPACE
    assert "错误: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["status", "{}"], ExitCode.WORKSPACE, "不是运行文件夹"),
        (["show", "{}", "A001"], ExitCode.INPUT, "不是运行文件夹"),
        (["evaluate", "{}", "{}"], ExitCode.INPUT, "没有运行结果"),
    ],
)
def test_another_folder_is_no_run_folder(capsys, tmp_path, arguments, code, told):
    assert main([part.format(tmp_path) for part in arguments]) == code
    assert told in capsys.readouterr().err


def test_the_settings_printed_are_the_settings_in_force(capsys, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[run]\nworkers = 3\n[ocr]\nmodels = "C:\\\\模型\\\\大"\n', "utf-8")
    assert main(["config", "--config", str(own)]) == 0
    printed = capsys.readouterr().out
    settings = load_settings(own)
    assert tomllib.loads(printed) == settings.model_dump()
    again = tmp_path / "again.toml"
    again.write_text(printed, "utf-8")
    assert load_settings(again) == settings


def test_rules_are_listed_with_their_pack(capsys):
    assert main(["rules"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[0][0] == "规则"
    listed = {line[0]: line for line in lines[1:]}
    assert listed["DAT501"][2:] == ["高", "6", "是"]
    assert main(["rules", "--pack", "national"]) == 0


def test_a_pack_file_is_checked_and_shown(capsys, tmp_path):
    path = tmp_path / "某市.toml"
    path.write_text('title = "某市"\nextends = "henan"\ndisable = ["DOC102"]\n[severities]\nFRM302 = "high"\n', "utf-8")
    assert main(["rules", "--pack", str(path)]) == 0
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in capsys.readouterr().out.splitlines()}
    assert rows["规则"][-1] == "某市 启用"
    assert (rows["DOC102"][-1], rows["FRM302"][1]) == ("否", "高")
    path.write_text('title = "某市"\nextends = "henan"\ndisabel = ["DOC102"]\n', "utf-8")
    assert main(["rules", "--pack", str(path)]) == 2
    assert "是不是 disable?" in capsys.readouterr().err


def test_a_rule_is_documented_in_full(capsys):
    assert main(["rules", "dat501"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("## DAT501 ") and "通报第 6 项" in told
    assert all(f"**{heading}**" in told for heading in ("检查内容", "依据", "判定", "合法例外"))
    assert told.strip() in (Path(__file__).parents[3] / "docs" / "rules.md").read_text("utf-8")


def test_an_interruption_has_its_own_code(capsys, monkeypatch, tmp_path):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.batch.run.run_batch", interrupted)
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "RUN")]) == ExitCode.INTERRUPTED
    assert "再次运行" in capsys.readouterr().err


def test_a_programming_error_is_not_hidden(monkeypatch, tmp_path):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("pipeline.batch.run.run_batch", broken)
    with pytest.raises(ZeroDivisionError):
        main(["run", str(tmp_path), "--out", str(tmp_path / "RUN")])


def test_help_loads_nothing_heavy():
    script = (
        "import sys\nfrom pipeline.cli import main\nmain(['--help'])\n"
        "heavy = {'cv2', 'numpy', 'openvino', 'onnxruntime', 'paddle', 'spacy', 'pydantic', 'pypdfium2', 'rapidocr'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["nosuch"], 2), (["status", "nowhere"], 5)])
def test_the_module_is_the_command(arguments, code, tmp_path):
    done = subprocess.run([sys.executable, "-m", "pipeline", *arguments], cwd=tmp_path, capture_output=True, timeout=60)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_exit_codes_in_the_help_are_all_there_are():
    assert {int(code) for code in ExitCode} == {
        int(line.split("`")[1]) for line in cli.texts.EXIT_CODES.splitlines() if line.startswith("- `")
    }
