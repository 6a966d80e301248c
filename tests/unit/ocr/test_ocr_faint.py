"""Pages so faint that nothing is found on them: strengthened, they read; others are left as they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr import ink
from pipeline.ocr.blank import sure_characters
from pipeline.ocr.engine import Engine
from pipeline.ocr.faint import shows_more, strengthened
from pipeline.ocr.lines import Strip, read_strips

Pixels = NDArray[np.uint8]


def faded(page: Pixels, left: float, grain: float = 3.0) -> Pixels:
    noise = np.random.default_rng(2).normal(0, grain, page.shape[:2])[..., None]
    return np.clip(245 - (255.0 - page.astype(np.float32)) * left + noise, 0, 255).astype(np.uint8)


def strips(*read: tuple[str, float]) -> list[Strip]:
    return [Strip(np.zeros((4, 2), np.float32), text, score) for text, score in read]


def test_a_page_in_order_is_left_alone(picture: Callable[..., Pixels]) -> None:
    for page in (picture("notice"), picture("form"), faded(picture("notice"), 0.5)):
        assert strengthened(page, ink.contrast(page)) is None


def test_a_faint_page_becomes_as_dark_as_others(picture: Callable[..., Pixels]) -> None:
    page = faded(picture("notice"), 0.06)
    strong = strengthened(page, ink.contrast(page))
    assert strong is not None and (strong.shape, strong.dtype) == (page.shape, page.dtype)
    assert ink.measure(ink.contrast(page)).clear < 0.002 < 0.02 < ink.measure(ink.contrast(strong)).clear


def test_a_dark_border_does_not_pass_for_writing(picture: Callable[..., Pixels]) -> None:
    page = faded(picture("notice"), 0.06)
    page[:, :40] = 10
    page[-40:] = 10
    assert strengthened(page, ink.contrast(page)) is not None


def test_a_page_without_paper_has_nothing_to_strengthen() -> None:
    page = np.zeros((40, 30, 3), np.uint8)
    assert strengthened(page, ink.contrast(page)) is None


@pytest.mark.parametrize(
    ("first", "again", "more"),
    [
        ([("12", 0.99)], [("本院受理的故意伤害一案符合通知辩护的情形", 0.95)], True),
        ([], [("本院受理的故意伤害一案符合", 0.85), ("扰当时圣家中没青出门", 0.5)], True),
        ([], [("扰当时圣家中没青出门扰当时圣家中没青出门", 0.6)] * 9, False),
        ([], [("第三页", 0.9)], False),
        ([("阅卷人签名", 0.99)], [("阅卷人签名", 0.99), ("出门", 0.9)], False),
        ([], [("本院受理的故意伤害一案符合", 0.9), *[("扰当时圣家中没青出门扰当时圣家", 0.5)] * 9], False),
    ],
)
def test_only_writing_that_reads_counts(
    first: list[tuple[str, float]], again: list[tuple[str, float]], more: bool
) -> None:
    assert shows_more(strips(*first), strips(*again)) == more


@pytest.mark.slow
@pytest.mark.parametrize("name", ["notice", "form"])
def test_what_the_search_passes_over_is_read_once_strengthened(
    name: str, picture: Callable[..., Pixels], rapid: Engine
) -> None:
    page = faded(picture(name), 0.05)
    strong = strengthened(page, ink.contrast(page))
    assert strong is not None
    first, again = read_strips(rapid, page, 960), read_strips(rapid, strong, 960)
    whole = sure_characters(read_strips(rapid, picture(name), 960))
    assert sure_characters(first) < 0.3 * whole
    assert sure_characters(again) > 0.7 * whole
    assert shows_more(first, again)
