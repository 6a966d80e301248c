"""The batch as a table."""

from summary_samples import failed_case, sample_case

from pipeline.summary.labels import page_list
from pipeline.summary.overview import batch_summary, case_row


def test_a_row_counts_by_severity_and_names_what_was_lost():
    row = case_row(sample_case())
    assert (row.high, row.medium, row.low, row.unsure) == (1, 0, 1, 1)
    assert row.unreadable == (4,)
    assert row.titles == ("指派日期早于审批日期", "阅卷笔录复制摘抄起诉书")
    assert row.errors == ()


def test_a_failed_case_is_no_case_in_doubt():
    row = case_row(failed_case())
    assert row.unsure == 0
    assert row.errors == ("文件有密码, 打不开",)


def test_totals_and_rules_over_a_batch():
    twice = sample_case("B")
    twice["findings"].append(twice["findings"][1])
    batch = batch_summary("批", [case_row(sample_case()), case_row(twice), case_row(failed_case())])
    assert (batch.total("high"), batch.total("low"), batch.total("pages")) == (3, 2, 8)
    assert batch.with_status("partial") == 2
    assert batch.with_status("failed") == 1
    assert batch.rules() == (
        ("CPY601", "阅卷笔录复制摘抄起诉书", "low", 2, 2),
        ("DAT501", "指派日期早于审批日期", "high", 3, 2),
    )


def test_page_numbers_are_written_in_runs():
    assert page_list([9, 3, 4, 5, 3]) == "第 3–5、9 页"
    assert page_list([]) == ""
