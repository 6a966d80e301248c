"""What a worker of the desk does: draw one page of a file that nobody trusts. Heavy libraries load on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.config import Limits

if TYPE_CHECKING:
    from pipeline.intake.open_case import SourceFile
    from pipeline.web.picture_cache import PictureName

PIXELS = 1.5
"""Long side of the image that a page is drawn from, times the picture's width: a little more than A4 needs."""


def load_libraries() -> None:
    """Load what drawing needs, so that the first page does not wait for it."""
    import cv2

    import pipeline.intake.page
    import pipeline.ocr.orientation
    import pipeline.summary.crops

    cv2.setNumThreads(1)
    assert pipeline.intake.page and pipeline.ocr.orientation and pipeline.summary.crops


def draw_page(file: SourceFile, name: PictureName, limits: Limits) -> bytes | str:
    """Draw a page as `name` says: a JPEG, or the code of the problem that stands against it."""
    from pipeline.batch.work import draw
    from pipeline.intake.failures import PageError
    from pipeline.summary.crops import FULL_PAGE, CropRequest

    request = CropRequest(0, (), FULL_PAGE, name.width)
    try:
        return draw(file, name.index, name.rotation, (request,), round(name.width * PIXELS), limits)[0]
    except PageError as error:
        return error.problem.code
