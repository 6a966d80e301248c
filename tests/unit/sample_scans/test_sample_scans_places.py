"""What the truth says of catalogue rows, slots, thumbs and corrections agrees with the findings and with itself."""

import json
from pathlib import Path

import pytest

CASES = Path(__file__).parents[3] / "sample_scans" / "cases"
TRUTHS = [json.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.truth.json"))]
PLACED = ("slots", "fingerprints", "alterations")


@pytest.fixture(params=TRUTHS, ids=lambda t: t["case_id"])
def case(request: pytest.FixtureRequest) -> dict:
    return request.param


def named(case: dict, rule: str) -> set[str | None]:
    return {f.get("document_type") or f.get("about") for f in case["findings"] if f["rule"] == rule}


def gaps(case: dict) -> set[str]:
    """Types of documents with a required slot left empty."""
    return {s["type"] for s in case["slots"] if s["state"] == "empty" and not s["optional"]}


def test_every_place_lies_on_a_page_of_its_document(case: dict) -> None:
    where = {n: d["type"] for d in case["documents"] for n in range(d["pages"][0], d["pages"][1] + 1)}
    for key in PLACED:
        for thing in case[key]:
            assert where[thing["page"]] == thing["type"]
    for thing in (*case["catalogue"], *(t for key in PLACED for t in case[key])):
        x0, y0, x1, y1 = thing["bbox"]
        assert 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1
    assert all(where[row["page"]] == "file_catalogue" for row in case["catalogue"])


def test_catalogue_rows_stand_on_their_page_and_count_on(case: dict) -> None:
    text = {p["page"]: "".join(p["text"].split()) for p in case["pages"]}
    for row in case["catalogue"]:
        assert "".join(row["title"].split()) in text[row["page"]]
    assert [row["number"] for row in case["catalogue"]] == [str(n) for n in range(1, len(case["catalogue"]) + 1)]


def test_a_catalogue_with_three_corrections_that_nothing_confirms_is_a_finding(case: dict) -> None:
    open_ = [a for a in case["alterations"] if a["type"] == "file_catalogue" and not a["confirmed"]]
    assert (len(open_) >= 3) == bool(named(case, "CAT203"))


def test_a_confirmed_correction_has_a_thumb_or_a_seal_beside_it() -> None:
    confirmed = [(t, a) for t in TRUTHS for a in t["alterations"] if a["confirmed"]]
    assert confirmed
    thumbs = [any(f["page"] == a["page"] for f in t["fingerprints"]) for t, a in confirmed]
    assert any(thumbs)


def test_gaps_in_forms_are_findings_and_nothing_else_is(case: dict) -> None:
    allowed = {t["document_type"] for t in case["tolerated"] if t["rule"] == "FRM302"}
    assert bool(named(case, "FRM301")) == ("assignment_notice" in gaps(case))
    assert named(case, "FRM302") == gaps(case) - {"assignment_notice"} - allowed


def test_the_gaps_of_the_assignments_are_of_every_kind_that_the_rule_names() -> None:
    empty = [s for t in TRUTHS for s in t["slots"] if s["type"] == "assignment_notice" and s["state"] == "empty"]
    assert {s["kind"] for s in empty} >= {"number", "unit", "recipient", "cause", "date"}


def test_slots_are_of_the_kinds_that_the_program_knows(case: dict) -> None:
    kinds = {"number", "unit", "recipient", "cause", "date", "name", "other"}
    assert {s["kind"] for s in case["slots"]} <= kinds


def test_some_form_leaves_a_slot_empty_that_may_stay_so() -> None:
    assert [s for t in TRUTHS for s in t["slots"] if s["state"] == "empty" and s["optional"]]


def test_thumbs_are_red_and_black_and_seals_of_every_shape() -> None:
    assert {f["colour"] for t in TRUTHS for f in t["fingerprints"]} == {"red", "black"}
    assert {s["shape"] for t in TRUTHS for s in t["seals"]} == {"round", "oval", "square", "cut", "edge"}
    assert {s["colour"] for t in TRUTHS for s in t["seals"]} == {"red", "black"}


def test_a_part_of_a_seal_has_no_text_but_says_whose_it_is() -> None:
    for seal in (s for t in TRUTHS for s in t["seals"]):
        part = seal["shape"] in ("cut", "edge")
        assert bool(seal["text"]) != part and bool(seal.get("part_of")) == part


def test_seals_lie_on_seals_and_thumbs_on_seals_somewhere() -> None:
    def touch(one: list[float], other: list[float]) -> bool:
        return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])

    seals = [(t["case_id"], s["page"], s["bbox"]) for t in TRUTHS for s in t["seals"]]
    thumbs = [(t["case_id"], f["page"], f["bbox"]) for t in TRUTHS for f in t["fingerprints"]]
    assert any(a[:2] == b[:2] and a is not b and touch(a[2], b[2]) for a in seals for b in seals)
    assert any(a[:2] == b[:2] and touch(a[2], b[2]) for a in seals for b in thumbs)


def test_every_fault_has_a_file_without_it() -> None:
    rules = {f["rule"] for t in TRUTHS for f in t["findings"]}
    assert rules >= {
        "CAT202", "CAT203", "CAT204", "FRM301", "FRM302", "FRM303", "SGN401", "SGN402", "REC701", "REC702", "OPN801",
        "OPN802", "OPN803", "VER901", "VER902", "DOC105",
    }  # fmt: skip
    for rule in rules:
        assert any(not named(t, rule) and rule not in {f["rule"] for f in t["findings"]} for t in TRUTHS)


def test_all_kinds_of_case_are_there() -> None:
    kinds = {t["case_kind"] for t in TRUTHS}
    assert kinds == {"criminal", "civil", "administrative", "labour_arbitration", "non_litigation"}
