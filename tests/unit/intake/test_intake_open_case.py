from __future__ import annotations

import hashlib
import os
import pickle
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from intake_samples import (
    gbk_zip,
    image_bytes,
    page_picture,
    text_at,
    without_trailer,
    write_pdf,
    write_scan,
    write_zip,
)

from pipeline.config import Limits
from pipeline.intake.discover import CaseSource, discover
from pipeline.intake.open_case import CaseInput, open_case
from pipeline.intake.page import PageError, load_page

PAGES = [page_picture(310, 438, mark) for mark in range(5)]


def _png(mark: int) -> bytes:
    return image_bytes(PAGES[mark], "PNG")


def _open(path: Path, limits: Limits) -> CaseInput:
    return open_case(CaseSource("c", path), path.parent / "work", limits)


def _codes(case: CaseInput) -> list[str]:
    return [problem.code for problem in case.problems]


def test_a_pdf(tmp_path: Path, limits: Limits) -> None:
    path = write_pdf(tmp_path / "A001.pdf", [b""] * 4)
    case = _open(path, limits)
    [file] = case.files
    assert (case.case_id, case.problems) == ("c", ())
    assert (file.name, file.kind, file.pages, file.path) == ("A001.pdf", "pdf", 4, path)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert not (tmp_path / "work").exists()


def test_a_folder_of_images_in_natural_order(tmp_path: Path, limits: Limits) -> None:
    folder = tmp_path / "案卷"
    for name, mark in (("10.png", 2), ("2.png", 1), ("1.png", 0), ("附件/2.png", 4), ("附件/1.png", 3)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(_png(mark))
    case = _open(folder, limits)
    assert [file.name for file in case.files] == ["1.png", "2.png", "10.png", "附件/1.png", "附件/2.png"]
    assert case.problems == ()
    for mark, file in enumerate(case.files):
        assert np.array_equal(load_page(file, 0, 2200, limits).pixels, np.asarray(PAGES[mark]))


def test_a_folder_of_pdfs_and_a_tiff(tmp_path: Path, limits: Limits) -> None:
    folder = tmp_path / "卷"
    folder.mkdir()
    write_pdf(folder / "1-手续.pdf", [b""] * 2)
    write_pdf(folder / "10-结案.pdf")
    PAGES[0].copy().save(folder / "2-证据.tiff", save_all=True, append_images=[page.copy() for page in PAGES[1:3]])
    case = _open(folder, limits)
    assert [(f.name, f.kind, f.pages) for f in case.files] == [
        ("1-手续.pdf", "pdf", 2), ("2-证据.tiff", "image", 3), ("10-结案.pdf", "pdf", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("top", ["", "法律援助案卷/"])
def test_a_zip_with_gbk_names(tmp_path: Path, limits: Limits, top: str) -> None:
    path = tmp_path / "卷.zip"
    path.write_bytes(gbk_zip({f"{top}第{n}页.png": _png(n % 5) for n in (10, 1, 3)}))
    case = _open(path, limits)
    assert [file.name for file in case.files] == [f"{top}第{n}页.png" for n in (1, 3, 10)]
    assert case.files[0].sha256 == hashlib.sha256(_png(1)).hexdigest()
    assert np.array_equal(load_page(case.files[1], 0, 2200, limits).pixels, np.asarray(PAGES[3]))
    assert all(file.path.is_relative_to(tmp_path / "work") for file in case.files)
    assert _open(path, limits) == case


def test_one_page_image(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "单页.bmp").write_bytes(image_bytes(PAGES[0], "BMP"))
    case = _open(tmp_path / "单页.bmp", limits)
    assert [(f.name, f.pages) for f in case.files] == [("单页.bmp", 1)]


def test_content_leads_where_the_extension_is_wrong(tmp_path: Path, limits: Limits) -> None:
    folder = tmp_path / "卷"
    folder.mkdir()
    write_pdf(tmp_path / "x.pdf").rename(folder / "1.jpg")
    (folder / "2.pdf").write_bytes(_png(2))
    write_pdf(tmp_path / "x.pdf").rename(tmp_path / "卷2.zip")
    case = _open(folder, limits)
    assert [(f.name, f.kind) for f in case.files] == [("1.jpg", "pdf"), ("2.pdf", "image")]
    assert np.array_equal(load_page(case.files[1], 0, 2200, limits).pixels, np.asarray(PAGES[2]))
    assert [f.kind for f in _open(tmp_path / "卷2.zip", limits).files] == ["pdf"]


def test_one_bad_file_loses_nothing_else(tmp_path: Path, limits: Limits) -> None:
    folder = tmp_path / "卷"
    folder.mkdir()
    write_pdf(folder / "1.pdf")
    (folder / "2.pdf").write_bytes(b"")
    (folder / "3.pdf").write_text("不是 PDF" * 99, "utf-8")
    (folder / "4.pdf").write_bytes(write_pdf(tmp_path / "x.pdf").read_bytes()[:60])
    with pikepdf.open(write_pdf(tmp_path / "y.pdf")) as document:
        document.save(folder / "5.pdf", encryption=pikepdf.Encryption(user="x", owner="x"))
    (folder / "6.jpg").write_bytes(b"\xff\xd8\xff\xe0broken")
    (folder / "7.jpg").write_bytes(b"")
    (folder / "8.png").write_bytes(_png(0))
    (folder / "9.zip").write_bytes(b"PK\x03\x04")
    (folder / "笔录.docx").write_bytes(b"PK\x03\x04")
    (folder / "说明.txt").write_text("x", "utf-8")
    case = _open(folder, limits)
    assert [file.name for file in case.files] == ["1.pdf", "6.jpg", "7.jpg", "8.png"]
    assert {(p.code, p.file) for p in case.problems} == {
        ("F103", "2.pdf"), ("F104", "3.pdf"), ("F102", "4.pdf"), ("F101", "5.pdf"), ("F118", "卷"), ("F119", "卷"),
        ("F122", "卷"),
    }  # fmt: skip
    codes = []
    for file in case.files:
        try:
            load_page(file, 0, 500, limits)
        except PageError as error:
            codes.append((file.name, error.problem.code))
    assert codes == [("6.jpg", "P208"), ("7.jpg", "F103")]  # they keep their places in the case


def test_every_problem_speaks_chinese(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    [problem] = _open(tmp_path / "a.pdf", limits).problems
    for text in (problem.message, problem.advice):
        assert any("\u4e00" <= char <= "\u9fff" for char in text)


def test_a_folder_without_pages(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "卷").mkdir()
    assert _codes(_open(tmp_path / "卷", limits)) == ["F117"]


def test_a_case_that_has_gone(tmp_path: Path, limits: Limits) -> None:
    case = _open(tmp_path / "gone.pdf", limits)
    assert case.files == () and _codes(case) == ["F113"]
    assert "不存在" in case.problems[0].message


def test_a_case_with_too_many_pages_keeps_the_first(tmp_path: Path, limits: Limits) -> None:
    folder = tmp_path / "卷"
    folder.mkdir()
    for number in range(1, 4):
        write_pdf(folder / f"{number}.pdf", [b""] * 4)
    case = _open(folder, limits.model_copy(update={"pages_per_case": 10}))
    assert [file.name for file in case.files] == ["1.pdf", "2.pdf"] and _codes(case) == ["F111"]


def test_a_mended_copy_keeps_name_and_hash_of_the_original(tmp_path: Path, limits: Limits) -> None:
    whole = write_scan(tmp_path / "whole.pdf", PAGES[:2]).read_bytes()
    path = tmp_path / "卷.pdf"
    path.write_bytes(without_trailer(whole))
    case = _open(path, limits)
    [file] = case.files
    assert file.name == "卷.pdf" and file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert file.path == tmp_path / "work" / f"{file.sha256}.pdf" and _codes(case) == ["F112"]
    assert load_page(file, 1, 400, limits).pixels.std() > 5
    assert not list((tmp_path / "work").glob("*.part"))


def test_what_goes_between_processes_can_be_pickled(tmp_path: Path, limits: Limits) -> None:
    case = _open(write_pdf(tmp_path / "a.pdf", [text_at(100, 700, "Hello")]), limits)
    assert pickle.loads(pickle.dumps(case)) == case
    page = load_page(case.files[0], 0, 400, limits)
    again = pickle.loads(pickle.dumps(page))
    assert np.array_equal(again.pixels, page.pixels) and again.digital == page.digital


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, limits: Limits) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    path.chmod(0)
    assert _codes(_open(path, limits)) == ["F113"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there can names be any bytes")
def test_names_that_are_no_utf8(tmp_path: Path, limits: Limits) -> None:
    folder = tmp_path / "卷"
    folder.mkdir()
    write_pdf(tmp_path / "x.pdf", [text_at(100, 700, "Hello")]).rename(folder / os.fsdecode("起诉书.pdf".encode("gbk")))
    (folder / os.fsdecode("照片.png".encode("gbk"))).write_bytes(_png(0))
    case = _open(folder, limits)
    assert [file.name for file in case.files] == ["照片.png", "起诉书.pdf"] and case.problems == ()
    assert load_page(case.files[1], 0, 400, limits).digital[0].text == "Hello"
    assert load_page(case.files[0], 0, 400, limits).pixels.shape == (400, 283, 3)


def test_discovered_cases_open(tmp_path: Path, limits: Limits) -> None:
    write_pdf(tmp_path / "A1.pdf")
    write_zip(tmp_path / "A2.zip", {"1.png": _png(0), "2.png": _png(1)})
    (tmp_path / "A3").mkdir()
    (tmp_path / "A3" / "1.png").write_bytes(_png(0))
    opened = [open_case(source, tmp_path / "work", limits) for source in discover(tmp_path).cases]
    assert [(case.case_id, sum(file.pages for file in case.files)) for case in opened] == [
        ("A1", 1), ("A2", 2), ("A3", 1),
    ]  # fmt: skip
