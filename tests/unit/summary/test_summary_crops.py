"""Which pictures are cut, how they are named and drawn."""

import io

import numpy as np
import pytest
from PIL import Image

from pipeline.casefile import Box
from pipeline.summary.crops import (
    BAND_WIDTH,
    FULL_PAGE,
    THUMB_WIDTH,
    THUMBS,
    CropRequest,
    asset_name,
    crops_needed,
    draw_crop,
    finding_crops,
    page_crops,
    pixel_size,
)


def case(**changes):
    pages = [
        {"page": n, "file": "A.pdf", "file_page": n, "kind": "scanned", "rotation": 0, "width": 1000, "height": 1400,
         "quality": {"grade": "good"}}
        for n in (1, 2, 3)
    ]  # fmt: skip
    base = {"pages": pages, "sources": [{"file": "A.pdf", "sha256": "a" * 64}], "findings": [], "outcomes": []}
    return base | changes


def found(*places, passages=()):
    return {"evidence": [{"page": p, "bbox": list(b), "text": ""} for p, b in places], "passages": list(passages)}


def test_a_band_of_the_page_around_the_evidence():
    (crop,) = finding_crops(found((2, (0.6, 0.8, 0.8, 0.83))))
    assert crop.page == 2
    assert (crop.region.x0, crop.region.x1) == (0.0, 1.0)
    assert crop.region.y0 == pytest.approx(0.72)
    assert crop.region.y1 == pytest.approx(0.91)
    assert crop.boxes == (Box(0.6, 0.8, 0.8, 0.83),)


def test_near_places_share_a_band_and_far_ones_do_not():
    near = finding_crops(found((1, (0.1, 0.1, 0.2, 0.12)), (1, (0.1, 0.2, 0.2, 0.22))))
    far = finding_crops(found((1, (0.1, 0.1, 0.2, 0.12)), (1, (0.1, 0.8, 0.2, 0.82))))
    assert [len(crop.boxes) for crop in near] == [2]
    assert [len(crop.boxes) for crop in far] == [1, 1]


def test_evidence_all_over_the_page_shows_the_whole_page_boxed():
    boxes = [(1, (0.1, y, 0.9, y + 0.02)) for y in (0.1, 0.4, 0.7, 0.9)]
    (crop,) = finding_crops(found(*boxes))
    assert crop.whole
    assert len(crop.boxes) == 4


def test_a_whole_page_as_evidence_is_not_outlined():
    (crop,) = finding_crops(found((1, (0, 0, 1, 1))))
    assert crop.whole
    assert crop.boxes == ()


def test_boxes_off_the_page_or_upside_down_are_mended():
    (crop,) = finding_crops(found((1, (0.8, 0.5, -0.2, 0.4))))
    assert crop.boxes == (Box(0.0, 0.4, 0.8, 0.5),)


def test_both_places_of_a_copied_passage_are_shown():
    passage = {
        "copy": {"page": 1, "bbox": [0.1, 0.1, 0.9, 0.2], "text": ""},
        "origin": {"page": 3, "bbox": [0.1, 0.5, 0.9, 0.6], "text": ""},
    }
    assert [crop.page for crop in finding_crops(found(passages=[passage]))] == [1, 3]


def test_all_that_a_case_page_shows_is_asked_for_once():
    told = case(
        findings=[found((1, (0.1, 0.1, 0.2, 0.12))), found((1, (0.1, 0.1, 0.2, 0.12)))],
        outcomes=[
            {"verdict": "unsure", "pages": [2, 3]},
            {"verdict": "lawful", "pages": [2]},
            {"verdict": "pass", "pages": [1]},
        ],
    )
    told["pages"][2]["kind"] = "failed"
    wanted = crops_needed(told)
    assert [(crop.page, crop.width) for crop in wanted] == [(1, BAND_WIDTH), (2, THUMB_WIDTH)]


def test_unreadable_pages_get_a_thumbnail():
    told = case()
    told["pages"][1]["quality"]["grade"] = "unreadable"
    assert crops_needed(told) == (CropRequest(2, (), FULL_PAGE, THUMB_WIDTH),)


def test_thumbnails_are_limited():
    assert len(page_crops(range(1, 500))) == THUMBS


def test_names_tell_apart_what_is_shown():
    told = case()
    request = CropRequest(1, (), FULL_PAGE)
    names = {
        asset_name(told, request),
        asset_name(told, CropRequest(2, (), FULL_PAGE)),
        asset_name(told, CropRequest(1, (Box(0, 0, 0.5, 0.5),), FULL_PAGE)),
        asset_name(told, CropRequest(1, (), FULL_PAGE, THUMB_WIDTH)),
        asset_name(case(sources=[{"file": "A.pdf", "sha256": "b" * 64}]), request),
    }
    assert len(names) == 5
    assert asset_name(case(), request) in names
    assert all(name.endswith(".jpg") and name.isascii() for name in names)


def test_the_drawing_outlines_the_evidence_and_keeps_the_ink():
    image = np.full((1400, 1000, 3), 255, np.uint8)
    image[700:720, 400:600] = 0
    request = CropRequest(1, (Box(0.35, 0.48, 0.65, 0.53),), Box(0.0, 0.4, 1.0, 0.6))
    drawn = draw_crop(image, request)
    assert drawn == draw_crop(image, request)
    shown = np.asarray(Image.open(io.BytesIO(drawn)))
    assert shown.shape == (280, 1000, 3)
    assert shown[150, 500].max() < 40, "the ink stays black"
    tinted = shown[125, 500].astype(int)
    assert tinted[0] > 230 and tinted[2] < 220, "the paper in the box is tinted"
    edge = shown[150, 335:360].astype(int)
    assert (edge[:, 0] - edge[:, 1]).max() > 80, "the outline is seen beside the box"
    assert shown[30, 30].min() > 245, "the rest is left as it is"


def test_pictures_are_made_small_but_never_enlarged():
    request = CropRequest(1, (), FULL_PAGE, THUMB_WIDTH)
    wide = Image.open(io.BytesIO(draw_crop(np.zeros((2000, 1400, 3), np.uint8), request)))
    assert wide.size == (THUMB_WIDTH, 600)
    small = Image.open(io.BytesIO(draw_crop(np.zeros((50, 40, 3), np.uint8), request)))
    assert small.size == (40, 50)
    assert pixel_size({"width": 1400, "height": 2000}, request) == (THUMB_WIDTH, 600)
    assert pixel_size({"width": 0, "height": 0}, request) is None


def test_a_box_at_the_edge_and_a_sliver_of_a_region_are_drawn():
    image = np.full((100, 80, 3), 200, np.uint8)
    assert draw_crop(image, CropRequest(1, (Box(0, 0, 1, 1),), FULL_PAGE))
    assert draw_crop(image, CropRequest(1, (Box(0.5, 0.5, 0.5, 0.5),), Box(0.0, 0.999, 1.0, 1.0)))


def test_an_image_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="RGB"):
        draw_crop(np.zeros((10, 10), np.uint8), CropRequest(1, (), FULL_PAGE))
