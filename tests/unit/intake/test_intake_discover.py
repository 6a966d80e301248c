from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from intake_samples import image_bytes, page_picture, write_pdf, write_zip

from pipeline.intake.discover import discover
from pipeline.problems import ExitCode, InputError

JPEG = image_bytes(page_picture(60, 80))


def _ids(batch: Path, **options: bool) -> list[str]:
    return [case.case_id for case in discover(batch, **options).cases]


def test_every_form_of_the_contract_in_natural_order(tmp_path: Path) -> None:
    write_pdf(tmp_path / "A10.pdf")
    write_pdf(tmp_path / "A2.PDF")
    (tmp_path / "A1.jpg").write_bytes(JPEG)
    (tmp_path / "A3" / "下级" / "更下").mkdir(parents=True)
    (tmp_path / "A3" / "下级" / "更下" / "1.tif").write_bytes(image_bytes(page_picture(60, 80), "TIFF"))
    write_zip(tmp_path / "A4.zip", {"1.jpg": JPEG})
    found = discover(tmp_path)
    assert [(case.case_id, case.path.name) for case in found.cases] == [
        ("A1", "A1.jpg"), ("A2", "A2.PDF"), ("A3", "A3"), ("A4", "A4.zip"), ("A10", "A10.pdf"),
    ]  # fmt: skip
    assert found.skipped == ()


def test_what_is_no_case_is_named_with_its_reason(tmp_path: Path) -> None:
    write_pdf(tmp_path / "A1.pdf")
    for name in ("A1.truth.json", "说明.txt", "登记.xlsx", "旧卷.rar", ".DS_Store", "~$登记.docx", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "空文件夹").mkdir()
    (tmp_path / "上次结果").mkdir()
    (tmp_path / "上次结果" / "ledger.db").write_bytes(b"x")
    (tmp_path / "上次结果" / "1.jpg").write_bytes(JPEG)
    found = discover(tmp_path)
    assert [case.case_id for case in found.cases] == ["A1"]
    reasons = {item.name: item.reason_zh for item in found.skipped}
    names = "A1.truth.json 说明.txt 登记.xlsx 旧卷.rar .DS_Store ~$登记.docx Thumbs.db 空文件夹 上次结果"
    assert set(reasons) == set(names.split())
    assert "压缩" in reasons["旧卷.rar"]
    assert "隐藏" in reasons[".DS_Store"] and "隐藏" in reasons["~$登记.docx"]
    assert (
        "没有" in reasons["空文件夹"] and "运行结果" in reasons["上次结果"] and "标准答案" in reasons["A1.truth.json"]
    )


def test_same_names_are_told_apart(tmp_path: Path) -> None:
    write_pdf(tmp_path / "B.pdf")
    write_zip(tmp_path / "B.zip", {"1.jpg": JPEG})
    (tmp_path / "B").mkdir()
    (tmp_path / "B" / "1.jpg").write_bytes(JPEG)
    cases = discover(tmp_path).cases
    assert [case.case_id for case in cases] == ["B", "B~2", "B~3"]
    assert {case.path.name for case in cases} == {"B", "B.pdf", "B.zip"}
    assert discover(tmp_path).cases == cases


def test_content_decides_where_the_name_says_nothing(tmp_path: Path) -> None:
    write_pdf(tmp_path / "whole.pdf").rename(tmp_path / "卷宗2021.08")
    (tmp_path / "照片").write_bytes(JPEG)
    (tmp_path / "notes").write_bytes(b"just words")
    (tmp_path / "fake.pdf").write_bytes(b"just words")
    (tmp_path / "%PDF.txt").write_bytes(b"%PDF-1.4 in a text")
    found = discover(tmp_path)
    assert [case.case_id for case in found.cases] == ["fake", "卷宗2021.08", "照片"]
    assert [item.name for item in found.skipped] == ["%PDF.txt", "notes"]


def test_a_file_instead_of_a_folder_is_a_batch_of_one(tmp_path: Path) -> None:
    assert _ids(write_pdf(tmp_path / "A001.pdf")) == ["A001"]
    assert _ids(write_zip(tmp_path / "卷.zip", {"1.jpg": JPEG}), as_case=True) == ["卷"]


def test_a_folder_can_itself_be_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "案卷.2021"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(JPEG)
    (folder / "2.jpg").write_bytes(JPEG)
    assert _ids(folder) == ["1", "2"]
    assert _ids(folder, as_case=True) == ["案卷.2021"]
    monkeypatch.chdir(folder)
    assert _ids(Path(), as_case=True) == ["案卷.2021"]


def test_what_cannot_be_a_batch_raises(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("x", "utf-8")
    for path in (tmp_path / "没有", tmp_path / "说明.txt", tmp_path / "a\0b"):
        with pytest.raises(InputError) as caught:
            discover(path)
        assert caught.value.exit_code is ExitCode.INPUT
        assert caught.value.advice


def test_an_empty_folder_gives_no_case(tmp_path: Path) -> None:
    assert discover(tmp_path).cases == ()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there, pipes do not exist")
def test_links_and_pipes_do_not_hang(tmp_path: Path) -> None:
    case = tmp_path / "A1"
    case.mkdir()
    (case / "1.jpg").write_bytes(JPEG)
    (case / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.pdf").symlink_to(tmp_path / "self.pdf")
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    found = discover(tmp_path)
    assert [item.case_id for item in found.cases] == ["A1"]
    assert {item.name for item in found.skipped} == {"self.pdf", "gone.pdf", "pipe.pdf"}


@pytest.mark.skipif(sys.platform != "linux", reason="only there can names be any bytes")
def test_names_that_are_no_utf8_become_cases_with_readable_ids(tmp_path: Path) -> None:
    write_pdf(tmp_path / "x.pdf").rename(tmp_path / os.fsdecode("卷宗.pdf".encode("gbk")))
    assert _ids(tmp_path) == ["卷宗"]
