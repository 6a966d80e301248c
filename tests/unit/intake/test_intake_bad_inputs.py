"""Every bad file ends in pages or in a coded problem, quickly, and takes nothing else with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from intake_samples import (
    add_page,
    image_bytes,
    mark_encrypted,
    page_picture,
    png_claiming,
    raw_pdf,
    text_at,
    without_trailer,
    write_pdf,
    write_scan,
    write_zip,
)

from pipeline.config import Limits
from pipeline.intake.discover import CaseSource, discover
from pipeline.intake.open_case import open_case
from pipeline.intake.page import PageError, load_page
from pipeline.problems import CATALOGUE, Problem

RESOURCES = Path(__file__).parents[2] / "resources" / "intake"
SECONDS = 5.0
FIRST_PAGES = 3


def _password(path: Path) -> None:
    with pikepdf.new() as document:
        add_page(document)
        document.save(path, encryption=pikepdf.Encryption(user="x", owner="y"))


def _bytes(data: bytes) -> Callable[[Path], None]:
    return lambda path: (path.write_bytes(data), None)[1]


def _loop_of_pages(path: Path) -> None:
    tree = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"}
    path.write_bytes(raw_pdf(tree))


def _loop_of_forms(path: Path) -> None:
    """A form XObject that draws itself twice."""
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >> /Length 11 >>"
    path.write_bytes(
        raw_pdf(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R >>",
                2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
                b"/Resources << /XObject << /F 4 0 R >> >> >>",
                4: form + b"\nstream\n/F Do /F Do\nendstream",
                5: b"<< /Length 5 >>\nstream\n/F Do\nendstream",
            }
        )
    )


def _truncated_jpeg() -> bytes:
    whole = image_bytes(page_picture())
    return whole[: len(whole) // 3]


def _cut_zip() -> bytes:
    return b"PK\x03\x04" + bytes(3000)


def _truncated_scan(path: Path) -> None:
    whole = write_scan(path, [page_picture(mark=mark) for mark in range(3)]).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


MADE: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "empty.pdf": (_bytes(b""), {"F103"}),
    "empty.zip": (_bytes(b""), {"F103"}),
    "empty.png": (_bytes(b""), {"F103"}),
    "words.pdf": (_bytes("这是文字, 不是 PDF".encode() * 40), {"F104"}),
    "words.jpg": (_bytes("这是文字, 不是图片".encode() * 40), {"F104"}),
    "words.zip": (_bytes("这是文字, 不是压缩包".encode() * 40), {"F105"}),
    "header_only.pdf": (_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {"F102"}),
    "zeros.pdf": (_bytes(bytes(5000)), {"F104"}),
    "password.pdf": (_password, {"F101"}),
    "no_trailer.pdf": (lambda path: path.write_bytes(without_trailer(write_pdf(path).read_bytes())), {"F112", "pages"}),
    "truncated.pdf": (_truncated_scan, {"F112", "pages"}),
    "no_pages.pdf": (
        _bytes(raw_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})),
        {"F110"},
    ),
    "loop_of_pages.pdf": (_loop_of_pages, {"P201"}),
    "loop_of_forms.pdf": (_loop_of_forms, {"P201"}),
    "two_billion_points.pdf": (lambda path: write_pdf(path, box=(0, 0, 595, 2_000_000_000)), {"P202"}),
    "no_area.pdf": (lambda path: write_pdf(path, box=(0, 0, 0, 0)), {"pages"}),
    "turned.pdf": (lambda path: write_pdf(path, [text_at(90, 90, "x")], Rotate=90), {"pages"}),
    "turned_oddly.pdf": (lambda path: write_pdf(path, [text_at(90, 90, "x")], Rotate=45), {"pages"}),
    "many.pdf": (lambda path: write_pdf(path, [b""] * 60), {"F111"}),
    "broken_content.pdf": (lambda path: write_pdf(path, [b"BT /F9 ] Tf (( Q Q Q \xff\xfe"]), {"pages"}),
    "huge_claim.png": (_bytes(png_claiming(60_000, 60_000)), {"P202"}),
    "cut.jpg": (_bytes(_truncated_jpeg()), {"P208"}),
    "head.tif": (_bytes(b"II*\x00\xff\xff\xff\xff"), {"P208"}),
    "bomb.zip": (lambda path: write_zip(path, {"1.bmp": bytes(30_000_000)}), {"F108"}),
    "traversal.zip": (lambda path: write_zip(path, {"../../out.jpg": b"x", "/abs.jpg": b"x"}), {"F109", "F107"}),
    "nested.zip": (lambda path: write_zip(path, {"inner.zip": b"PK\x05\x06" + bytes(18)}), {"F114", "F107"}),
    "nothing.zip": (lambda path: write_zip(path, {}), {"F107"}),
    "cut.zip": (_bytes(_cut_zip()), {"F105"}),
    "password.zip": (
        lambda path: path.write_bytes(mark_encrypted(write_zip(path, {"1.jpg": b"x"}).read_bytes())),
        {"F106"},
    ),
}

KEPT: dict[str, set[str]] = {
    "pages-loop.pdf": {"pages"},
    "deep-pages.pdf": {"P201"},
    "c-empty.pdf": {"F110"},
    "issue-120.pdf": {"F102"},
    "shared-unnamed-field.pdf": {"pages"},
    "6322553212960768.fuzz.pdf": {"F112", "pages"},
    "encrypted-40-bit-R3.pdf": {"F101"},
    "invalid-id-xref.pdf": {"pages"},
    "page-no-content.pdf": {"pages"},
    "bad19.pdf": {"pages"},
    "68374.fuzz.pdf": {"F104"},
    "issue-149.pdf": {"pages"},
}


@pytest.fixture
def tight(limits: Limits) -> Limits:
    return limits.model_copy(update={"pages_per_file": 50})


def _make(name: str, folder: Path) -> Path:
    path = folder / name
    if name in MADE:
        MADE[name][0](path)
    else:
        path.write_bytes((RESOURCES / name).read_bytes())
    return path


def _read(source: CaseSource, work: Path, limits: Limits) -> tuple[list[str], list[Problem]]:
    """The names of the pages that could be read among the first of each file, and all problems."""
    case = open_case(source, work, limits)
    problems = list(case.problems)
    read = []
    for file in case.files:
        for index in range(min(file.pages, FIRST_PAGES)):
            try:
                page = load_page(file, index, 800, limits)
            except PageError as error:
                problems.append(error.problem)
            else:
                assert page.pixels.ndim == 3 and page.pixels.size > 0
                problems.extend(page.problems)
                read.append(file.name)
    return read, problems


@pytest.mark.parametrize("name", [*MADE, *KEPT])
def test_a_bad_file_has_its_outcome(tmp_path: Path, tight: Limits, name: str) -> None:
    path = _make(name, tmp_path)
    begun = time.monotonic()
    [source] = discover(path).cases
    read, problems = _read(source, tmp_path / "work", tight)
    assert time.monotonic() - begun < SECONDS
    outcome = {problem.code for problem in problems} | ({"pages"} if read else set())
    assert outcome == (MADE[name][1] if name in MADE else KEPT[name])
    for problem in problems:
        assert problem.code in CATALOGUE and problem.file
        assert any("\u4e00" <= char <= "\u9fff" for char in problem.message + problem.advice)


@pytest.mark.parametrize("name", [*MADE, *KEPT])
def test_a_bad_file_between_good_pages_loses_none_of_them(tmp_path: Path, tight: Limits, name: str) -> None:
    folder = tmp_path / "案卷"
    folder.mkdir()
    (folder / "0.jpg").write_bytes(image_bytes(page_picture(200, 280)))
    _make(name, folder)
    write_pdf(folder / "zz.pdf", [b"", b""])
    [source] = discover(folder, as_case=True).cases
    read, problems = _read(source, tmp_path / "work", tight)
    assert read[0] == "0.jpg" and read[-2:] == ["zz.pdf", "zz.pdf"]
    assert {problem.file for problem in problems} <= {name, "案卷"}


def test_all_bad_files_are_one_batch(tmp_path: Path, tight: Limits) -> None:
    batch = tmp_path / "batch"
    batch.mkdir()
    for name in [*MADE, *KEPT]:
        _make(name, batch)
    (batch / "notes.txt").write_text("x", "utf-8")
    found = discover(batch)
    assert len(found.cases) == len(MADE) + len(KEPT) == len({case.case_id.casefold() for case in found.cases})
    assert [item.name for item in found.skipped] == ["notes.txt"]
    for source in found.cases:
        read, problems = _read(source, tmp_path / "work", tight)
        assert read or problems, source.case_id


def test_every_kept_file_is_listed_with_its_origin() -> None:
    listed = (RESOURCES / "README.md").read_text("utf-8")
    assert {path.name for path in RESOURCES.glob("*.pdf")} == set(KEPT)
    assert all(f"`{name}`" in listed for name in KEPT)


@pytest.mark.parametrize("form", ["pdf", "jpg", "png", "tif"])
def test_any_damage_to_a_good_file_ends_in_pages_or_problems(tmp_path: Path, tight: Limits, form: str) -> None:
    path = tmp_path / f"a.{form}"
    if form == "pdf":
        whole = write_scan(path, [page_picture(100, 140)], text_at(90, 90, "Hello")).read_bytes()
    else:
        whole = image_bytes(page_picture(100, 140), {"jpg": "JPEG", "png": "PNG", "tif": "TIFF"}[form])
    for at in range(0, len(whole), max(1, len(whole) // 20)):
        for damaged in (whole[:at], whole[:at] + b"\xff\x00\xff\xff" + whole[at + 4 :]):
            path.write_bytes(damaged)
            read, problems = _read(CaseSource("a", path), tmp_path / "work", tight)
            assert read or problems
