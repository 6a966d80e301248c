"""What was seen and where: counted by hand on small truths with boxes."""

import json

import pytest

from pipeline.evaluate.places import covers, iou
from pipeline.evaluate.report import evaluate_runs
from pipeline.evaluate.score import score

HERE, THERE = [0.1, 0.1, 0.3, 0.2], [0.6, 0.6, 0.8, 0.7]
DOCUMENTS = [{"id": "d1", "type": "assignment_notice", "pages": [1, 1]}]


@pytest.fixture
def scored(tmp_path):
    """Score the truth of one case against its output."""

    def go(truth, out):
        for folder, content, ending in (("truth", truth, ".truth.json"), ("cases", out, ".json")):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"a{ending}").write_text(json.dumps(content), "utf-8")
        return score(tmp_path / "truth", tmp_path / "cases")

    return go


def row(number, title, first, last):
    return {"number": number, "title": title, "first": first, "last": last, "page": 1, "bbox": HERE}


def slot(box, state="empty", kind="number", **more):
    return {"type": "assignment_notice", "page": 1, "bbox": box, "state": state, "kind": kind, "label": "", **more}


def test_boxes_share_area_as_counted_by_hand():
    assert iou([0, 0, 0.2, 0.1], [0.1, 0, 0.3, 0.1]) == pytest.approx(1 / 3)
    assert covers([0, 0, 0.4, 0.4], [0.1, 0.1, 0.2, 0.2]) == pytest.approx(1)
    assert iou(HERE, THERE) == covers(HERE, THERE) == 0


def test_a_catalogue_row_is_read_where_title_and_range_are(scored):
    truth = [row("1", "法律援助申请表", 1, 1), row("2", "会见笔录", 2, 3), row("3", "起诉书", 4, 5)]
    found = [row("1", "法律援助申请衰", 1, None), row("2", "会见笔录", 2, 4), row("3", "起诉书", 4, 5)]
    result = scored({"catalogue": truth}, {"catalogue": found})
    counts = result.figures["catalogue_rows"]
    assert (counts["tp"], counts["fp"], counts["fn"]) == (2, 1, 1)
    assert "a: page 1 catalogue row 2 会见笔录 2-3 not read" in result.notes


def test_empty_slots_are_found_by_their_place_and_their_kind_is_counted_apart(scored):
    wide = [0.1, 0.1, 0.9, 0.2]
    truth = {
        "slots": [slot(HERE), slot(THERE), slot([0.1, 0.4, 0.3, 0.5], "filled"), slot(HERE, type="blank_form", page=2)],
        "signatures": [{"type": "x", "role": "lawyer", "state": "blank", "page": 1, "bbox": [0.1, 0.8, 0.3, 0.9]}],
    }
    found = [
        slot(wide, kind="unit"),
        slot([0.1, 0.4, 0.3, 0.5]),
        slot([0.1, 0.8, 0.3, 0.9]),  # where nobody signed
        slot(HERE, page=2),  # on a whole blank form
        slot(THERE, "filled"),
    ]
    counts = scored(truth, {"slots": found}).figures["empty_slots"]
    assert (counts["tp"], counts["fp"], counts["fn"], counts["kind"]) == (1, 1, 1, 0.0)


def test_a_thumb_taken_for_a_seal_is_told_wrong_and_a_thumb_from_nowhere_is_false(scored):
    truth = {
        "fingerprints": [{"page": 1, "bbox": HERE}, {"page": 2, "bbox": HERE}],
        "seals": [{"page": 1, "bbox": THERE, "text": "某局"}],
    }
    out = {
        "fingerprints": [{"page": 2, "bbox": HERE}, {"page": 3, "bbox": HERE}],
        "seals": [{"page": 1, "bbox": HERE, "text": ""}, {"page": 1, "bbox": THERE, "text": "某局"}],
    }
    result = scored(truth, out)
    assert result.figures["fingerprints_told_from_seals"] == round(2 / 3, 4)
    thumbs = result.figures["fingerprints"]
    assert (thumbs["tp"], thumbs["fp"], thumbs["fn"]) == (1, 1, 1)
    assert "a: page 1 fingerprint  taken for a seal" in result.notes


def test_alterations_are_matched_one_to_one_with_their_confirmation(scored):
    def entry(box, kind, confirmed):
        return {"type": "file_catalogue", "page": 1, "bbox": box, "kind": kind, "confirmed": confirmed, "text": "3"}

    truth = {"alterations": [entry(HERE, "struck", False), entry(THERE, "overwritten", True)]}
    found = [entry(HERE, "struck", False), entry(HERE, "struck", False), entry(THERE, "struck", False)]
    result = scored(truth, {"alterations": found})
    counts = result.figures["alterations"]
    assert (counts["tp"], counts["fp"], counts["fn"]) == (2, 1, 0)
    assert (counts["kind"], counts["confirmed"]) == (0.5, 0.5)
    assert "a: page 1 alteration file_catalogue overwritten 3 confirmed False" in result.notes


def test_boxes_count_over_all_and_over_what_was_found(scored):
    date = {"role": "plea", "value": "2024-01-02", "page": 1}
    truth = {
        "dates": [{**date, "bbox": THERE}, {**date, "bbox": HERE}, {**date, "page": 2, "bbox": HERE}],
        "signatures": [
            {"type": "assignment_notice", "role": "suspect", "state": "signed", "page": 1, "bbox": HERE},
            {"type": "assignment_notice", "role": "lawyer", "state": "blank", "page": 1, "bbox": THERE},
        ],
        "seals": [{"page": 1, "bbox": HERE, "text": "某局"}],
    }
    out = {
        "documents": DOCUMENTS,
        "dates": [{**date, "bbox": HERE}],
        "signatures": [{"document": "d1", "role": "recipient", "state": "signed", "page": 1, "bbox": THERE}],
        "seals": [{"page": 1, "bbox": HERE}],
    }
    result = scored(truth, out)
    assert result.figures["boxes"] == {"date": 0.5, "signature": 0.0, "seal": 1.0}
    assert result.figures["boxes_of_found"] == {"date": 1.0, "signature": 0.0, "seal": 1.0}
    assert "a: page 1 signature suspect box off (0.00)" in result.notes


def test_truth_without_boxes_is_not_counted(scored):
    truth = {"seals": [{"page": 1, "text": "某局"}], "dates": [{"role": "plea", "value": "2024-01-02", "page": 1}]}
    out = {"slots": [slot(HERE)], "fingerprints": [{"page": 1, "bbox": HERE}], "alterations": [slot(HERE)]}
    figures = scored(truth, out).figures
    assert figures["empty_slots"]["fp"] == figures["alterations"]["fp"] == figures["fingerprints"]["fp"] == 0
    assert figures["boxes"]["seal"] is None and figures["fingerprints_told_from_seals"] is None


def test_pages_that_nobody_can_read_are_left_out(scored):
    truth = {
        "slots": [slot(HERE)],
        "seals": [{"page": 1, "bbox": HERE, "text": "某局"}],
        "fingerprints": [],
        "findings": [{"rule": "IMG001", "pages": [1]}],
    }
    figures = scored(truth, {}).figures
    assert figures["empty_slots"]["fn"] == 0 and figures["boxes"]["seal"] is None


def test_the_figures_are_printed(scored, tmp_path):
    scored({"slots": [slot(HERE)]}, {"slots": [slot(HERE)]})
    lines = list(evaluate_runs(tmp_path / "truth", tmp_path / "cases"))
    line = next(text for text in lines if text.startswith("empty_slots"))
    assert "f1 1.0" in line and "kind 1.0" in line
    assert any(text.startswith("boxes_of_found") for text in lines)
