"""PDF files: counting pages, mending what is broken, rendering, and the text that pages carry.

pdfium (pypdfium2) opens and renders; what it cannot open, qpdf (pikepdf) writes anew. pdfium is not thread-safe: one
process, one thread.
"""

from __future__ import annotations

import logging
import math
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from pipeline.casefile import Line
from pipeline.config import Limits
from pipeline.intake.budget import long_side
from pipeline.intake.digital import lines_of_page
from pipeline.intake.failures import FileError, PageError
from pipeline.intake.hazards import Inspector
from pipeline.intake.scan import covers_page, decoded
from pipeline.intake.workfiles import draft, keep
from pipeline.problems import Problem, problem

_log = logging.getLogger(__name__)
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # it tells of every oddity, with names from the file

_UPSCALE = 1.3
"""A page that is only a scan is rendered no larger than this times the scan's own pixels: more shows nothing more."""
_MOST_OBJECTS = 5000
_MOST_OBJECTS_FOR_TEXT = 20_000
"""pdfminer takes minutes over drawings with hundreds of thousands of strokes; such a page is read from its image."""
_BACKGROUND_PATHS = 4
_MOST_CHARACTERS = 30_000
_TAIL_BYTES = 4096
_FORM_DEPTH = 4


@dataclass(frozen=True, slots=True)
class PreparedPdf:
    """A PDF that opens: the original, or a repaired copy; `problems` tell what was mended."""

    path: Path
    pages: int
    problems: tuple[Problem, ...]


def prepare_pdf(path: Path, name: str, copy: Path, limits: Limits) -> PreparedPdf:
    """Opens a PDF, or a repaired copy of it written to `copy`, and counts its pages.

    Raises `FileError` with F101 (password), F102 (damaged), F110 (no pages) or F111 (too many pages).
    """
    try:
        pages, broken = _count(path, name, limits)
    except pypdfium2.PdfiumError:
        # qpdf decides whether there is a password: pdfium's error code is stale when a document without pages opens.
        _repair(path, name, copy)
        try:
            pages, _ = _count(copy, name, limits)
        except pypdfium2.PdfiumError as still:
            raise FileError(problem("F102", file=name)) from still
        return PreparedPdf(copy, pages, (_mended(name, f"修复后 {pages} 页"),))
    if broken:
        with suppress(FileError, pypdfium2.PdfiumError):
            _repair(path, name, copy)
            mended_pages, still_broken = _count(copy, name, limits)
            if mended_pages - still_broken > pages - broken:
                return PreparedPdf(copy, mended_pages, (_mended(name, f"修复后 {mended_pages} 页"),))
        copy.unlink(missing_ok=True)
    if _ends_early(path):
        return PreparedPdf(path, pages, (_mended(name, f"文件末尾不完整, 读到 {pages} 页"),))
    return PreparedPdf(path, pages, ())


def _mended(name: str, detail: str) -> Problem:
    return problem("F112", file=name, detail=detail)


def _count(path: Path, name: str, limits: Limits) -> tuple[int, int]:
    """Pages, and how many of them have no usable size. Raises PdfiumError, and FileError F111."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = len(document)
        if pages > limits.pages_per_file:
            raise FileError(replace(problem("F111", file=name, detail=f"{pages} 页"), pages=pages))
        return pages, sum(1 for index in range(pages) if not _has_size(document, index))
    finally:
        document.close()


def _has_size(document: Any, index: int) -> bool:
    try:
        width, height = document.get_page_size(index)
    except pypdfium2.PdfiumError:
        return False
    return bool(width > 0 and height > 0)


def _ends_early(path: Path) -> bool:
    """Whether the end-of-file mark is missing: the file was cut, pages at its end may be lost."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return b"%%EOF" not in stream.read()


def _repair(path: Path, name: str, copy: Path) -> None:
    """Writes the file anew with qpdf. Raises FileError (F101, F102, F110) and leaves nothing half-written."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as document, draft(copy.parent) as part:
            if len(document.pages) == 0:
                raise FileError(problem("F110", file=name))
            document.save(part)
            keep(part, copy)
    except pikepdf.PasswordError as error:
        raise FileError(problem("F101", file=name)) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as error:
        raise FileError(problem("F102", file=name)) from error


class PdfFile:
    """One open PDF. Pages are asked for by index from 0; every failure is a `PageError` of that page."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        """Raises `PageError` P201 when the file does not open."""
        self._path, self._name, self._limits = path, name, limits
        self._plumber: Any = None
        try:
            self._document = pypdfium2.PdfDocument(path)
            self._pages = len(self._document)
            self._inspector = Inspector(path)
            if self._document.get_formtype() != pdfium_c.FORMTYPE_NONE and self._inspector.has_walkable_fields():
                with suppress(pypdfium2.PdfiumError):
                    self._document.init_forms()
        except (pypdfium2.PdfiumError, OSError) as error:
            raise PageError(problem("P201", file=name, detail="文件打不开")) from error

    def close(self) -> None:
        """Releases the file; a closed `PdfFile` is not used again."""
        if self._plumber is not None:
            with suppress(Exception):
                self._plumber.close()
        self._inspector.close()
        self._document.close()

    def _page_error(self, code: str, index: int, detail: str) -> PageError:
        return PageError(problem(code, file=self._name, file_page=index + 1, detail=detail))

    def page(self, index: int, pixels: int) -> tuple[NDArray[np.uint8], tuple[Line, ...]]:
        """The page as displayed, RGB with a long side of about `pixels`, and its own lines of text.

        Raises `PageError` P201 (cannot be rendered) or P202 (absurd size), the latter before any rendering.
        """
        if not 0 <= index < self._pages:
            raise self._page_error("P201", index, "没有这一页")
        size = self._checked_size(index)
        if self._inspector.draws_itself(index):
            raise self._page_error("P201", index, "页面内容循环引用")
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise self._page_error("P201", index, "页面数据损坏") from error
        try:
            image = self._render(page, index, size, pixels)
            visible = page.get_bbox()
            has_text = self._has_text(page)
        finally:
            page.close()
        return image, self._lines(index, visible) if has_text else ()

    def _checked_size(self, index: int) -> tuple[float, float]:
        try:
            width, height = self._document.get_page_size(index)
        except pypdfium2.PdfiumError as error:
            raise self._page_error("P201", index, "页面数据损坏") from error
        usable = math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0
        if not usable or max(width, height) > self._limits.page_points:
            raise self._page_error("P202", index, f"{width:.0f} × {height:.0f} 磅")
        return width, height

    def _render(self, page: Any, index: int, size: tuple[float, float], pixels: int) -> NDArray[np.uint8]:
        most, worth = long_side(*size, pixels), self._worth_rendering(page, index, size)
        if worth < math.inf and covers_page(page):
            jpeg = self._inspector.only_jpeg(index)
            scan = decoded(*jpeg, most, page.get_rotation()) if jpeg is not None else None
            if scan is not None:
                return scan
        target = min(most, worth)
        try:
            bitmap = page.render(scale=max(1.0, target) / max(size), rev_byteorder=True)
            image: NDArray[np.uint8] = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
            bitmap.close()
        except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError, AssertionError) as error:
            raise self._page_error("P201", index, "渲染失败") from error
        return image

    def _worth_rendering(self, page: Any, index: int, size: tuple[float, float]) -> float:
        """Long side in pixels beyond which rendering adds nothing; infinite unless images are all there is to see."""
        density = 0.0
        others = 0
        try:
            for item in islice(page.get_objects(max_depth=_FORM_DEPTH), _MOST_OBJECTS):
                if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                    density = max(density, self._checked_density(item, index))
                elif item.type == pdfium_c.FPDF_PAGEOBJ_PATH:
                    others += 1
                elif item.type != pdfium_c.FPDF_PAGEOBJ_FORM and not _is_invisible(item):
                    others += _BACKGROUND_PATHS + 1
            annotated = pdfium_c.FPDFPage_GetAnnotCount(page) > 0
        except pypdfium2.PdfiumError:
            return math.inf
        if not density or others > _BACKGROUND_PATHS or annotated:
            return math.inf
        return _UPSCALE * density * max(size)

    def _checked_density(self, image: Any, index: int) -> float:
        """Pixels per point of an image on the page. Raises PageError P202 for one too large to decode."""
        across, down = image.get_px_size()
        if across * down > self._limits.image_pixels:
            raise self._page_error("P202", index, f"内嵌图片 {across} × {down} 像素")
        matrix = image.get_matrix()
        holder = image.container
        while holder is not None:
            matrix = matrix.multiply(holder.get_matrix())
            holder = holder.container
        width, height = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        return max(across / width if width > 1e-3 else 0.0, down / height if height > 1e-3 else 0.0)

    def _has_text(self, page: Any) -> bool:
        """Whether the page carries text, and no more than pdfminer gets through: cheap, and most scans have none."""
        if pdfium_c.FPDFPage_CountObjects(page) > _MOST_OBJECTS_FOR_TEXT:
            return False
        try:
            text = page.get_textpage()
            count: int = text.count_chars()
            text.close()
        except pypdfium2.PdfiumError:
            return False
        return 0 < count <= _MOST_CHARACTERS

    def _lines(self, index: int, visible: tuple[float, float, float, float]) -> tuple[Line, ...]:
        """The page's own text; none when pdfplumber fails on it or sees other pages than pdfium does."""
        try:
            if self._plumber is None:
                self._plumber = pdfplumber.open(self._path)
            if len(self._plumber.pages) != self._pages:
                return ()
            page = self._plumber.pages[index]
            try:
                return lines_of_page(page, visible)
            finally:
                page.close()
        except Exception as error:  # pdfminer fails in any way on damaged files; the image of the page stands
            _log.debug("no digital text on page %d: %s", index + 1, type(error).__name__)
            return ()


def _is_invisible(item: Any) -> bool:
    """Whether a text object is the hidden layer of a searchable scan."""
    return bool(
        item.type == pdfium_c.FPDF_PAGEOBJ_TEXT
        and pdfium_c.FPDFTextObj_GetTextRenderMode(item) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
    )
