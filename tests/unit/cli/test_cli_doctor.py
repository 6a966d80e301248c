import importlib.metadata
import json

import pytest

from pipeline import cli_doctor
from pipeline.batch.engine import Done, Job, Raised
from pipeline.cli import main
from pipeline.cli_doctor import Check, judge_engine, look_at_folder, look_at_machine, look_at_packages
from pipeline.config import load_settings
from pipeline.ocr.selftest import SelfTest
from pipeline.problems import EngineError, ExitCode

JOB = Job(print, (), 1.0)


def answer(ok, read="法律援助"):
    return Done(JOB, ("weights-1", SelfTest(ok, "法律援助\n自检", read, 0.5)))


def test_an_engine_that_reads_is_good():
    check = judge_engine("rapid", answer(True))
    assert check.state == "good" and "weights-1" in check.what


def test_an_engine_that_misreads_says_what_it_read_and_what_stands_there():
    check = judge_engine("rapid", answer(False, "法津援助"))
    assert check.state == "bad" and "法津援助" in check.what and "法律援助 / 自检" in check.advice


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (Done(JOB, fault="died"), "被终止"),
        (Done(JOB, fault="timeout"), "超过时限"),
        (Done(JOB, fault="memory"), "内存不足"),
        (Done(JOB, fault="raised", raised=Raised("ImportError", "ocr/rapid.py:9")), "ImportError (ocr/rapid.py:9)"),
        (Done(JOB, fault="raised", raised=EngineError("缺少识别模型文件", "请重新安装")), "缺少识别模型文件"),
    ],
)
def test_an_engine_that_breaks_is_a_line_with_advice(done, told):
    check = judge_engine("rapid", done)
    assert check.state == "bad" and told in check.what and check.advice


def test_missing_packages_come_with_the_command_that_mends_it(monkeypatch):
    real = importlib.metadata.version

    def version(name):
        if name in ("pikepdf", "openvino"):
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    found = {check.what.split(" (")[0]: check for check in look_at_packages()}
    assert found["没有 pikepdf"].state == "bad" and "pip install pikepdf" in found["没有 pikepdf"].advice
    assert found["没有 openvino"].state == "warning"
    assert sum(check.state == "good" for check in found.values()) == len(cli_doctor.PACKAGES) - 2


def test_a_folder_is_tried_and_left_as_it_was(tmp_path, monkeypatch):
    [check] = look_at_folder(tmp_path / "new" / "RUN", named=True)
    assert check.state == "good" and list(tmp_path.iterdir()) == []
    monkeypatch.setattr(cli_doctor, "FREE_BYTES", 10**18)
    [check] = look_at_folder(tmp_path, named=True)
    assert check.state == "warning" and "清理" in check.advice
    (tmp_path / "file").write_text("x")
    [check] = look_at_folder(tmp_path / "file", named=True)
    assert check.state == "bad" and "写不了" in check.what


def test_cores_and_workers_are_told():
    text = " ".join(check.what for check in look_at_machine(load_settings(None, run={"workers": 3})))
    assert "Python 3." in text and "3 个识别进程" in text


@pytest.mark.parametrize(
    ("engine", "broken", "code", "told"),
    [
        ("rapid", (), ExitCode.OK, "可以运行: 引擎 rapid"),
        ("rapid", ("paddle",), ExitCode.OK, "不影响运行"),
        ("rapid", ("rapid",), ExitCode.ENGINE, "可改用 --ocr paddle"),
        ("paddle", ("paddle", "rapid"), ExitCode.ENGINE, "不能运行: 引擎 paddle 不可用\n"),
    ],
)
def test_the_exit_code_says_whether_a_run_would_work(monkeypatch, capsys, tmp_path, engine, broken, code, told):
    def tried(settings, memory_mb):
        return Done(JOB, fault="died") if settings.engine in broken else answer(True)

    monkeypatch.setattr(cli_doctor, "try_engine", tried)
    own = tmp_path / "own.toml"
    own.write_text(f"[ocr]\nengine = {json.dumps(engine)}\n", "utf-8")
    assert main(["doctor", "--config", str(own), "--out", str(tmp_path)]) == code
    assert told in capsys.readouterr().out


def test_without_the_trained_models_no_run_would_work(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(cli_doctor, "try_engine", lambda settings, memory_mb: answer(True))
    monkeypatch.setattr(cli_doctor, "look_at_models", lambda settings: Check("bad", "缺少模型", "请重新安装"))
    assert main(["doctor", "--out", str(tmp_path)]) == ExitCode.ENGINE
    out = capsys.readouterr().out
    assert "[缺失] 缺少模型" in out and "不能运行: 训练模型" in out


@pytest.mark.slow
def test_both_engines_really_read_the_built_in_picture(capsys):
    assert main(["doctor"]) == ExitCode.OK
    out = capsys.readouterr().out
    assert out.count("一字不差") == 2 and "[缺失]" not in out


@pytest.mark.slow
def test_missing_weights_are_found_out(capsys, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(f"[ocr]\nmodels = {json.dumps(str(tmp_path / 'nowhere'))}\n", "utf-8")
    assert main(["doctor", "--config", str(own)]) == ExitCode.ENGINE
    out = capsys.readouterr().out
    assert out.count("缺少识别模型文件") == 2 and "不能运行" in out
