"""One page → its image and the text it carries itself. The only door to page pixels.

Pages are asked for one by one, mostly of one file in a row: the last PDF stays open in this process.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.casefile import Line
from pipeline.config import Limits
from pipeline.intake.failures import PageError
from pipeline.intake.image import load_frame
from pipeline.intake.open_case import SourceFile
from pipeline.intake.pdf import PdfFile
from pipeline.intake.stamp import Stamp, require_same, stamp_of
from pipeline.problems import Problem, problem

__all__ = ["PageError", "PageImage", "close_files", "load_page"]


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """A page as displayed.

    `pixels`: height x width x 3, uint8, RGB. `digital`: its own text lines, boxes as fractions of this image; empty
    for scans. `problems`: what was met without losing the page (an image cut off at its end).
    """

    pixels: NDArray[np.uint8]
    digital: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


_open: dict[tuple[Path, Stamp], PdfFile] = {}
"""The PDF that is open in this process; one at most."""


def load_page(file: SourceFile, index: int, pixels: int, limits: Limits) -> PageImage:
    """Page `index` (from 0) of a file as an image whose long side is about `pixels`.

    Scans are not enlarged (a PDF page that is only a scan at most 1.3 times), larger images are shrunk by area,
    strips get more (see `budget.long_side`). Raises `PageError` for everything that goes wrong with the page, also
    where the file is no longer the one that was opened (F121) or no longer there (F113).
    """
    require_same(file.path, file.name, file.stamp, file.sha256)
    try:
        return _load(file, index, pixels, limits)
    finally:  # what was read, or could not be read, may be another file's by now
        require_same(file.path, file.name, file.stamp, file.sha256)


def _load(file: SourceFile, index: int, pixels: int, limits: Limits) -> PageImage:
    if file.kind == "image":
        image, problems = load_frame(file.path, file.name, index, pixels, limits)
        return PageImage(image, (), problems)
    image, lines = _pdf(file, limits).page(index, pixels)
    return PageImage(image, lines)


def close_files() -> None:
    """Closes what `load_page` keeps open; call it before the files are deleted or the process ends."""
    while _open:
        _open.popitem()[1].close()


def _pdf(file: SourceFile, limits: Limits) -> PdfFile:
    try:
        key = (file.path, stamp_of(file.path))
    except OSError as error:
        raise PageError(problem("F113", file=file.name, detail="文件不存在")) from error
    if key not in _open:
        close_files()
        _open[key] = PdfFile(file.path, file.name, limits)
    return _open[key]
