"""Figures counted by hand from small truth files and outputs."""

import json

import pytest

from pipeline.evaluate.report import compare_runs, evaluate_runs
from pipeline.evaluate.score import page_types, score
from pipeline.problems import InputError, UsageError


@pytest.fixture
def scored(tmp_path):
    """Score truth against output; each is {case: content}."""

    def go(truth, out, **options):
        for folder, cases, ending in (("truth", truth, ".truth.json"), ("RUN/cases", out, ".json")):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
            for name, content in cases.items():
                (tmp_path / folder / f"{name}{ending}").write_text(json.dumps(content), "utf-8")
        return score(tmp_path / "truth", tmp_path / "RUN" / "cases", **options)

    return go


def finding(rule, page=1, **more):
    return {"rule": rule, "message": "m", "evidence": [{"page": page}], **more}


def test_findings_are_right_false_missed_or_repeated(scored):
    truth = {
        "findings": [{"rule": "DAT501"}, {"rule": "DOC103"}, {"rule": "DOC111", "document_type": "service_record"}]
    }
    out = {
        "findings": [
            finding("DAT501"),
            finding("DAT501"),
            finding("DOC101"),
            finding("DOC111", document_type="other"),
            finding("DOC111", document_type="service_record"),
        ],
        "outcomes": [{"rule": "DOC103", "verdict": "unsure"}, {"rule": "DOC999", "verdict": "error"}],
    }
    result = scored({"a": truth}, {"a": out}, only=frozenset({"DAT501", "DOC103"}))
    rules = result.figures["rules"]
    # Without a document type that tells them apart, a second report of a rule says the same again.
    assert (rules["DAT501"]["tp"], rules["DAT501"]["fp"], rules["DAT501"]["repeated"]) == (1, 0, 1)
    assert (rules["DOC103"]["fn"], rules["DOC103"]["missed_but_unsure"]) == (1, 1)
    assert (rules["DOC101"]["tp"], rules["DOC101"]["fp"]) == (0, 1)
    assert (rules["DOC111"]["tp"], rules["DOC111"]["fp"], rules["DOC111"]["fn"]) == (1, 1, 0)
    assert result.figures["findings"]["precision"] == 0.5
    assert result.figures["findings"]["recall"] == round(2 / 3, 4)
    assert (result.figures["chosen_rules"]["tp"], result.figures["chosen_rules"]["fn"]) == (1, 1)
    assert result.figures["rule_errors"] == 1 and result.figures["unsure_share"] == 0.5
    assert "a: missed DOC103   (unsure)" in result.notes


def test_broken_orders_are_told_apart_by_their_number(scored):
    truth = {"findings": [{"rule": "DAT504", "constraint": "D07"}]}
    out = {"findings": [finding("DAT504", details={"constraint": "D09"})]}
    counts = scored({"a": truth}, {"a": out}).figures["rules"]["DAT504"]
    assert (counts["tp"], counts["fp"], counts["fn"]) == (0, 1, 1)


def test_tolerated_findings_are_neither_right_nor_wrong(scored):
    truth = {"findings": [], "tolerated": [{"rule": "SGN402", "document_type": "client_talk"}]}
    out = {"findings": [finding("SGN402", document_type="client_talk"), finding("SGN402", document_type="aid_letter")]}
    counts = scored({"a": truth}, {"a": out}).figures["rules"]["SGN402"]
    assert (counts["tp"], counts["fp"]) == (0, 1)


def test_traps_are_sprung_or_explained(scored):
    traps = [
        {"rule": "DAT501", "reason": "LA01"},
        {"rule": "DOC103", "reason": "侦查"},
        {"rule": "DAT502", "reason": "x"},
    ]
    out = {
        "findings": [finding("DAT501")],
        "outcomes": [
            {"rule": "DAT501", "verdict": "flag"},
            {"rule": "DOC103", "verdict": "not_applicable"},
            {"rule": "DAT502", "verdict": "pass", "considered": [{"verdict": "lawful", "lawful": "LA03"}]},
        ],
    }
    result = scored({"a": {"traps": traps}}, {"a": out})
    assert result.figures["rules"]["DAT501"]["sprung"] == 1
    assert result.figures["findings"]["traps"] == 3
    assert result.figures["traps_explained"] == round(2 / 3, 4)
    assert "a: trap sprung DAT501: LA01" in result.notes


def test_evidence_counts_where_it_lies_on_a_right_page(scored):
    truth = {
        "findings": [
            {"rule": "DAT501"},
            {"rule": "CPY601", "document_type": "file_reading_record"},
            {"rule": "DOC101"},
        ],
        "dates": [{"role": "assignment", "page": 5, "value": "2022-08-03"}],
        "documents": [{"type": "file_reading_record", "pages": [7, 9]}],
        "pages": [],
    }
    out = {"findings": [finding("DAT501", 5), finding("CPY601", 6), finding("DOC101", 99)]}
    assert scored({"a": truth}, {"a": out}).figures["evidence_on_right_page"] == 0.5


def test_only_certain_dates_are_scored(scored):
    truth = {
        "dates": [
            {"role": "approval", "value": "2022-08-01", "page": 3},
            {"role": "assignment", "value": "2022-08-03", "page": 5, "under_seal": True},
            {"role": "closing", "value": "2022-09-01", "page": 9},
        ]
    }
    out = {
        "dates": [
            {"role": "approval", "value": "2022-08-01", "certain": True},
            {"role": "approval", "value": "2022-08-09", "certain": True},
            {"role": "assignment", "value": "2022-08-03", "certain": False},
            {"role": "closing", "value": "2022-09-07", "certain": False},
            {"role": "hearing", "value": "2022-08-08", "certain": True},
        ]
    }
    figures = scored({"a": truth}, {"a": out}).figures
    assert (figures["dates"]["tp"], figures["dates"]["fp"], figures["dates"]["fn"]) == (1, 1, 2)
    assert figures["dates_uncertain"] == {"right": 1, "wrong": 1}
    assert figures["dates_under_seal"] == {"n": 1, "certain_and_right": 0.0, "uncertain": 1}


def test_pages_are_compared_for_type_turn_blankness_and_text(scored):
    truth = {
        "pages": [
            {"page": 1, "kind": "scanned", "rotation": 0, "text": "法律援助审批表", "written": "printed"},
            {"page": 2, "kind": "scanned", "rotation": 90, "text": "会见笔录", "written": "handwritten"},
            {"page": 3, "kind": "blank", "rotation": 0},
            {"page": 4, "kind": "scanned", "rotation": 0, "text": "无法辨认的一页"},
        ],
        "documents": [
            {"type": "approval_form", "pages": [1, 1]},
            {"type": "client_interview", "pages": [2, 2]},
            {"type": "blank_page", "pages": [3, 3]},
            {"type": "other", "pages": [4, 4]},
        ],
        "findings": [{"rule": "IMG001", "pages": [4]}],
    }
    out = {
        "pages": [
            {"page": 1, "kind": "scanned", "rotation": 0, "text": "法 律援助审批袤"},
            {"page": 2, "kind": "blank", "rotation": 0, "text": ""},
            {"page": 3, "kind": "blank", "rotation": 0, "text": ""},
            {"page": 4, "kind": "scanned", "rotation": 180, "text": ""},
        ],
        "documents": [
            {"id": "d1", "type": "approval_form", "pages": [1, 2]},
            {"id": "d2", "type": "blank_page", "pages": [3, 3]},
            {"id": "d3", "type": "other", "pages": [4, 4]},
        ],
        "findings": [finding("IMG001", 4), finding("IMG001", 2)],
    }
    figures = scored({"a": truth}, {"a": out}).figures
    assert figures["page_type_accuracy"] == round(2 / 3, 4)
    assert (figures["document_boundaries"]["tp"], figures["document_boundaries"]["fp"]) == (1, 1)
    assert figures["rotation_accuracy"] == 0.5
    assert (figures["blank_pages"]["tp"], figures["blank_pages"]["fp"]) == (1, 1)
    assert figures["character_error_rate"] == {"handwritten": 1.0, "printed": round(1 / 7, 4)}
    assert (figures["rules"]["IMG001"]["tp"], figures["rules"]["IMG001"]["fp"]) == (1, 1)


def test_signatures_are_compared_slot_by_slot(scored):
    truth = {
        "signatures": [
            {"type": "client_interview", "role": "suspect", "state": "signed", "page": 4},
            {"type": "client_interview", "role": "lawyer", "state": "blank", "page": 4},
            {"type": "aid_application", "role": "applicant", "state": "signed", "page": 2},
        ]
    }
    out = {
        "documents": [{"id": "d1", "type": "client_interview", "pages": [4, 4]}],
        "signatures": [
            {"document": "d1", "role": "recipient", "state": "signed", "page": 4},
            {"document": "d1", "role": "lawyer", "state": "signed", "page": 4},
        ],
    }
    slots = scored({"a": truth}, {"a": out}).figures["signature_slots"]
    assert slots == {"signed_recall": 0.5, "blank_recall": 0.0, "blank_n": 1, "balanced_accuracy": 0.25}


def test_seals_are_compared_by_page_and_text(scored):
    truth = {"seals": [{"page": 1, "text": "××县法律援助中心"}, {"page": 2, "text": "××县人民法院"}]}
    out = {"seals": [{"page": 1, "text": "××县法律援助中小"}, {"page": 3, "text": ""}]}
    figures = scored({"a": truth}, {"a": out}).figures
    counts = figures["seal_pages"]
    assert (counts["tp"], counts["fp"], counts["fn"], figures["seal_text"]) == (1, 1, 1, 1.0)


def test_a_case_without_output_counts_as_missed(scored):
    truth = {"case_kind": "criminal", "findings": [{"rule": "DAT501"}]}
    figures = scored({"a": truth, "b": {"case_kind": "civil"}}, {"b": {"case_kind": "civil"}}).figures
    assert (figures["cases"], figures["cases_without_output"]) == (2, 1)
    assert figures["case_kind"] == 0.5 and figures["rules"]["DAT501"]["fn"] == 1


def test_every_page_has_the_type_of_its_document():
    documents = [{"type": "a", "pages": [2, 3]}, {"type": "b", "pages": [4, 4]}, {"type": "c", "pages": []}]
    assert page_types(documents, 5) == [None, "a", "a", "b", None]


def test_changes_between_runs_are_listed(scored, tmp_path):
    outcome = {"rule": "DOC103", "verdict": "flag"}
    told = {"severity": "high", "evidence": [{"page": 4}, {"page": 2}]}
    now = {"findings": [finding("DAT501") | told, finding("DAT501") | told], "outcomes": [outcome]}
    scored({"a": {"findings": []}}, {"a": now, "b": {"findings": [finding("DOC101") | told]}})
    before = tmp_path / "OLD" / "cases"
    before.mkdir(parents=True)
    old = {
        "findings": [finding("DAT501") | told, finding("CPY601") | {"severity": "low"}],
        "outcomes": [{**outcome, "verdict": "unsure"}],
    }
    (before / "a.json").write_text(json.dumps(old), "utf-8")
    (before / "b.json").write_text(json.dumps({"findings": [finding("DOC101") | told]}), "utf-8")
    changes = [
        "+ a DAT501 [高] m (第2、4页)",
        "- a CPY601 [低] m (第1页)",
        "~ a DOC103 缺少阅卷笔录: 存疑 → 疑点",
        "与此前相比: 新增 1 处疑点, 消失 1 处; 1 个结论改变",
    ]
    lines = list(evaluate_runs(tmp_path / "truth", tmp_path / "RUN", against=tmp_path / "OLD"))
    assert lines[-4:] == changes
    assert list(compare_runs(tmp_path / "OLD", tmp_path / "RUN")) == changes
    assert list(compare_runs(tmp_path / "RUN", tmp_path / "RUN")) == [
        "与此前相比: 新增 0 处疑点, 消失 0 处; 0 个结论改变"
    ]
    with pytest.raises(InputError, match="没有运行结果"):
        list(compare_runs(tmp_path / "nowhere", tmp_path / "RUN"))


def test_the_report_shows_figures_and_on_demand_mistakes_or_json(scored, tmp_path):
    scored({"a": {"findings": [{"rule": "DAT501"}]}}, {"a": {"findings": []}})
    told = list(evaluate_runs(tmp_path / "truth", tmp_path / "RUN", only="DAT501", errors=True))
    assert any(line.startswith("DAT501") and "R 0.0" in line for line in told)
    assert any(line.startswith("CHOSEN RULES") for line in told)
    assert told[-1].startswith("a: missed DAT501")
    [text] = evaluate_runs(tmp_path / "truth", tmp_path / "RUN", as_json=True)
    assert json.loads(text)["rules"]["DAT501"]["fn"] == 1


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (lambda root: None, InputError),
        (lambda root: (root / "truth" / "a.truth.json").write_text("{"), InputError),
        (lambda root: (root / "truth" / "a.truth.json").write_text("[]"), InputError),
    ],
)
def test_what_cannot_be_scored_is_said(tmp_path, prepare, error):
    (tmp_path / "truth").mkdir()
    (tmp_path / "RUN" / "cases").mkdir(parents=True)
    (tmp_path / "RUN" / "cases" / "a.json").write_text("{}")
    prepare(tmp_path)
    with pytest.raises(error):
        list(evaluate_runs(tmp_path / "truth", tmp_path / "RUN"))


def test_a_run_without_results_and_a_wrong_code_are_said(tmp_path):
    with pytest.raises(InputError, match="没有运行结果"):
        list(evaluate_runs(tmp_path, tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="DOC1"):
        list(evaluate_runs(tmp_path, tmp_path, only="DOC1"))
