"""The committed case files and their truth agree with each other and with what README and brief promise."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from sample_scans.generator.corpus import WORDINGS

CASES = Path(__file__).parents[3] / "sample_scans" / "cases"
TRUTHS = sorted(CASES.glob("*.truth.json"))
STAGES = ("investigation", "prosecution_review", "trial")
SEVEN = ("DOC101", "DOC102", "DOC103", "DAT501", "DAT502", "DAT503", "CPY601")
MISSING = {"DOC101": "recipient_rights_notice", "DOC102": "lawyer_rights_notice", "DOC103": "file_reading_record"}


def truth(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


def flagged(data: dict) -> set[str]:
    return {f["rule"] for f in data["findings"]}


def pages_in_package(key: str) -> int:
    if (pdf := CASES / f"{key}.pdf").exists():
        with pikepdf.open(pdf) as opened:
            return len(opened.pages)
    if (archive := CASES / f"{key}.zip").exists():
        with zipfile.ZipFile(archive) as opened_zip:
            return len(opened_zip.namelist())
    return len(list((CASES / key).glob("*.jpg")))


def values(data: dict, role: str) -> list[date]:
    return [date.fromisoformat(d["value"]) for d in data["dates"] if d["role"] == role]


@pytest.fixture(params=TRUTHS, ids=lambda p: p.name.split(".")[0])
def case(request: pytest.FixtureRequest) -> dict:
    return truth(request.param)


def test_there_are_at_least_eight_cases_within_the_size_limit() -> None:
    assert len(TRUTHS) >= 8
    assert sum(p.stat().st_size for p in CASES.rglob("*") if p.is_file()) <= 25 * 1024 * 1024


def test_truth_has_one_entry_per_page_of_the_package(case: dict) -> None:
    assert [p["page"] for p in case["pages"]] == list(range(1, pages_in_package(case["case_id"]) + 1))


def test_documents_cover_every_page_exactly_once_in_order(case: dict) -> None:
    covered = [n for d in case["documents"] for n in range(d["pages"][0], d["pages"][1] + 1)]
    assert covered == [p["page"] for p in case["pages"]]
    assert {d["type"] for d in case["documents"]} <= set(WORDINGS)


def test_blank_pages_are_documents_of_their_own_without_text(case: dict) -> None:
    blank = {p["page"] for p in case["pages"] if p["kind"] == "blank"}
    assert blank == {d["pages"][0] for d in case["documents"] if d["type"] == "blank_page"}
    assert all(bool(p["text"]) != (p["page"] in blank) for p in case["pages"])


def test_no_markup_is_left_in_any_text(case: dict) -> None:
    text = "".join(p["text"] for p in case["pages"])
    assert not set("⟦⟧{}$|") & set(text)


def test_everything_noted_stands_on_a_page_of_its_document(case: dict) -> None:
    where = {n: d["type"] for d in case["documents"] for n in range(d["pages"][0], d["pages"][1] + 1)}
    for thing in (*case["dates"], *case["signatures"], *case["seals"]):
        assert where[thing["page"]] == thing["type"]
        x0, y0, x1, y1 = thing["bbox"]
        assert 0 <= x0 < x1 <= 1
        assert 0 <= y0 < y1 <= 1


def test_every_date_is_written_on_its_page(case: dict) -> None:
    folded = {p["page"]: "".join(p["text"].split()) for p in case["pages"]}
    for d in case["dates"]:
        assert "".join(d["raw"].split()) in folded[d["page"]], (d["role"], d["raw"])


def test_missing_documents_are_missing_and_the_others_are_there(case: dict) -> None:
    have = {d["type"] for d in case["documents"]}
    for rule, kind in MISSING.items():
        if rule in flagged(case):
            assert kind not in have
        elif rule != "DOC103":
            assert kind in have
    reading_is_due = case["case_kind"] == "criminal" and case["stage"] != "investigation"
    if reading_is_due and "DOC103" not in flagged(case):
        assert {"file_reading_record", "situation_note"} & have


def test_date_findings_follow_from_the_dates(case: dict) -> None:
    approvals = values(case, "approval")
    trapped = {t["rule"] for t in case["traps"]}
    if not approvals:
        assert not flagged(case) & {"DAT501", "DAT502", "DAT503"}
        return
    by_application = case["entry"] == "application"
    assigned = values(case, "assignment")
    assert assigned or "FRM301" in flagged(case)
    early = bool(assigned) and min(assigned) < approvals[0]
    if "DAT501" not in trapped:
        assert ("DAT501" in flagged(case)) == (early and by_application)
    served = [v for role in ("interview", "file_reading", "agreement") for v in values(case, role)]
    if "DAT502" not in trapped:
        assert ("DAT502" in flagged(case)) == (by_application and min(served) < approvals[0])
    assert ("DAT503" in flagged(case)) == (values(case, "closing")[0] < approvals[0])


def test_findings_and_traps_name_types_that_exist(case: dict) -> None:
    for entry in (*case["findings"], *case["traps"]):
        for key in ("document_type", "about"):
            assert entry.get(key) is None or entry[key] in WORDINGS


def test_a_blank_place_to_sign_is_a_finding(case: dict) -> None:
    blank = {s["type"] for s in case["signatures"] if s["state"] == "blank"}
    named = {f.get("document_type") for f in case["findings"] if f["rule"] in ("SGN401", "SGN402")}
    assert blank == named


@pytest.mark.parametrize("rule", SEVEN)
def test_every_rule_has_a_faulty_file_and_a_clean_twin(rule: str) -> None:
    cases = [truth(p) for p in TRUTHS]
    assert [c for c in cases if rule in flagged(c)]
    assert [c for c in cases if rule not in flagged(c)]


def test_the_kinds_of_file_that_the_rules_treat_apart_are_all_there() -> None:
    cases = [truth(p) for p in TRUTHS]
    kinds = {(c["case_kind"], c["stage"], c["entry"]) for c in cases}
    criminal = {("criminal", stage, entry) for stage in STAGES for entry in ("application", "notice")}
    assert (
        criminal | {("civil", "litigation", "application"), ("labour_arbitration", "arbitration", "application")}
        <= kinds
    )
    assert sum(not c["findings"] or flagged(c) == {"IMG001"} for c in cases) >= 4
    reasons = " ".join(t["reason"] for c in cases for t in c["traps"])
    assert all(f"LA{n:02}" in reasons for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 14))


def test_pages_are_images_only() -> None:
    for path in CASES.glob("*.pdf"):
        with pikepdf.open(path) as opened:
            for page in opened.pages:
                assert list(page.Resources.XObject.keys()) == ["/Im0"]
                assert "/Font" not in page.Resources


def test_the_zip_has_gbk_names_and_the_folder_numbered_photographs() -> None:
    with zipfile.ZipFile(CASES / "s06.zip", metadata_encoding="gbk") as archive:
        assert archive.namelist()[0] == "援助案卷/扫描件1.jpg"
        assert all(info.flag_bits & 0x800 == 0 for info in archive.infolist())
        assert archive.testzip() is None
    with Image.open(CASES / "s05" / "1.jpg") as photograph:
        assert photograph.size == (1240, 1754)
