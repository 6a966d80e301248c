"""In which order people are shown what was found."""

from summary_samples import failed_case, sample_case

from pipeline.summary.overview import batch_summary, case_row
from pipeline.summary.ranking import attention, finding_weight, ranked


def finding(severity, confidence, rule="R"):
    return {"severity": severity, "confidence": confidence, "rule": rule}


def test_findings_stand_by_severity_times_confidence():
    given = [finding("low", 0.99), finding("medium", 0.6), finding("high", 0.7), finding("medium", 0.9)]
    assert [(f["severity"], f["confidence"]) for f in ranked(given)] == [
        ("high", 0.7),
        ("medium", 0.9),
        ("medium", 0.6),
        ("low", 0.99),
    ]


def test_equal_findings_stay_in_order():
    given = [finding("low", 0.9, "B"), finding("low", 0.9, "A")]
    assert [f["rule"] for f in ranked(given)] == ["B", "A"]


def test_a_sure_high_finding_outweighs_two_medium_ones():
    assert finding_weight(finding("high", 0.9)) > 2 * finding_weight(finding("medium", 0.95))


def test_a_file_that_nobody_could_read_comes_first_then_what_asks_most():
    quiet = sample_case("静")
    quiet["findings"] = []
    batch = batch_summary("批", [case_row(quiet), case_row(sample_case("多")), case_row(failed_case())])
    assert [row.case_id for row in batch.cases] == [failed_case()["case_id"], "多", "静"]


def test_doubts_and_lost_pages_count_a_little():
    case = {"status": "screened", "findings": [], "outcomes": [{"verdict": "unsure"}, {"verdict": "pass"}]}
    assert 0 < attention(case, 0) < attention(case, 3) < finding_weight(finding("medium", 0.8))
    assert attention(case | {"status": "partial"}, 0) > attention(case, 0)
