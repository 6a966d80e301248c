"""A file that is replaced while it is being worked on: old and new bytes are never mixed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from intake_samples import image_bytes, page_picture, write_pdf, write_scan, write_zip

from pipeline.config import Limits
from pipeline.intake import open_case as opening
from pipeline.intake.discover import CaseSource
from pipeline.intake.open_case import CaseInput, SourceFile, open_case
from pipeline.intake.page import PageError, load_page
from pipeline.intake.stamp import sha256_of, stamp_of

PAGES = [page_picture(310, 438, mark) for mark in range(3)]


def _open(path: Path, limits: Limits) -> CaseInput:
    return open_case(CaseSource("c", path), path.parent / "work", limits)


def _png(mark: int) -> bytes:
    return image_bytes(PAGES[mark], "PNG")


@pytest.fixture
def scan(tmp_path: Path, limits: Limits) -> SourceFile:
    (tmp_path / "1.png").write_bytes(_png(0))
    [file] = _open(tmp_path / "1.png", limits).files
    return file


def _code(file: SourceFile, limits: Limits) -> str:
    with pytest.raises(PageError) as caught:
        load_page(file, 0, 400, limits)
    return caught.value.problem.code


def test_a_file_that_stays_is_read(scan: SourceFile, limits: Limits) -> None:
    assert scan.stamp == stamp_of(scan.path)
    assert load_page(scan, 0, 400, limits).pixels.shape == (400, 283, 3)


def test_a_file_touched_or_copied_back_is_the_same(scan: SourceFile, limits: Limits, tmp_path: Path) -> None:
    os.utime(scan.path, (1, 1))
    load_page(scan, 0, 400, limits)
    shutil.copy(scan.path, tmp_path / "copy")
    (tmp_path / "copy").replace(scan.path)
    load_page(scan, 0, 400, limits)


def test_a_file_replaced_by_another_is_told_and_not_read(scan: SourceFile, limits: Limits, tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(_png(1))
    (tmp_path / "new").replace(scan.path)
    assert _code(scan, limits) == "F121"


@pytest.mark.skipif(os.name == "nt", reason="Windows tells no time of change")
def test_another_content_of_the_same_size_and_date_is_told(scan: SourceFile, limits: Limits) -> None:
    facts = scan.path.stat()
    content = bytearray(scan.path.read_bytes())
    content[-20] ^= 1
    scan.path.write_bytes(content)
    os.utime(scan.path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert scan.path.stat().st_size == facts.st_size and scan.path.stat().st_mtime_ns == facts.st_mtime_ns
    assert _code(scan, limits) == "F121"


def test_a_file_that_is_gone_is_told_and_may_come_back(scan: SourceFile, limits: Limits, tmp_path: Path) -> None:
    scan.path.replace(tmp_path / "away")
    assert _code(scan, limits) == "F113"
    (tmp_path / "away").replace(scan.path)
    assert load_page(scan, 0, 400, limits).pixels.std() > 0


def test_a_pdf_overwritten_between_two_pages_is_told(tmp_path: Path, limits: Limits) -> None:
    path = write_scan(tmp_path / "a.pdf", PAGES[:2])
    [file] = _open(path, limits).files
    first = load_page(file, 0, 400, limits).pixels
    content = write_scan(tmp_path / "b.pdf", PAGES[1:]).read_bytes()
    with path.open("r+b") as stream:  # in place: the open file sees the new bytes
        stream.truncate()
        stream.write(content)
    with pytest.raises(PageError) as caught:
        load_page(file, 1, 400, limits)
    assert caught.value.problem.code == "F121"
    [file] = _open(path, limits).files
    assert not np.array_equal(load_page(file, 0, 400, limits).pixels, first)


def test_a_page_is_not_taken_when_its_file_changes_while_it_is_read(
    tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pdf(tmp_path / "a.pdf", [b""])
    [file] = _open(path, limits).files
    from pipeline.intake.pdf import PdfFile

    read = PdfFile.page

    def page(self: PdfFile, index: int, pixels: int) -> object:
        with path.open("ab") as stream:
            stream.write(b"more")
        return read(self, index, pixels)

    monkeypatch.setattr(PdfFile, "page", page)
    assert _code(file, limits) == "F121"


def _growing(monkeypatch: pytest.MonkeyPatch, path: Path, name: str, times: int) -> list[int]:
    """Have the file grow each of the first `times` times that this function of open_case looks at it."""
    look: Callable[..., object] = getattr(opening, name)
    looks: list[int] = []

    def growing(*given: object) -> object:
        looks.append(len(looks))
        try:
            return look(*given)
        finally:
            if len(looks) <= times:
                with path.open("ab") as stream:
                    stream.write(b"\0" * 16)

    monkeypatch.setattr(opening, name, growing)
    return looks


@pytest.mark.parametrize(("times", "codes"), [(1, []), (2, ["F121"])])
def test_a_file_that_grows_while_it_is_opened_is_opened_again(
    tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch, times: int, codes: list[str]
) -> None:
    path = write_pdf(tmp_path / "a.pdf", [b""])
    looks = _growing(monkeypatch, path, "prepare_pdf", times)
    found = _open(path, limits)
    assert [one.code for one in found.problems] == codes
    assert len(looks) == 2
    assert [file.sha256 for file in found.files] == [sha256_of(path)] * (not codes)


@pytest.mark.parametrize(("times", "codes"), [(1, []), (2, ["F121"])])
def test_a_zip_that_grows_while_it_is_unpacked_is_unpacked_again(
    tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch, times: int, codes: list[str]
) -> None:
    path = write_zip(tmp_path / "a.zip", {"1.png": _png(0)})
    _growing(monkeypatch, path, "unpack", times)
    found = _open(path, limits)
    assert [one.code for one in found.problems] == codes
    assert len(found.files) == (not codes)


def test_a_copy_of_our_own_is_not_asked(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(tmp_path / "a.zip", {"1.png": _png(0)})
    [file] = _open(path, limits).files
    assert file.stamp is None and file.path.parent == tmp_path / "work"
    path.unlink()
    assert load_page(file, 0, 400, limits).pixels.std() > 0
