import json
import math

import pytest

from pipeline.cli import main
from pipeline.evaluate.agreement import agreements
from pipeline.evaluate.reviews import evaluate_reviews, share_words
from pipeline.evaluate.trust import Judged, Share, trust, wilson
from pipeline.problems import ExitCode, InputError
from pipeline.store.reviews import Completion, Review, Reviews


def said(user, decision, key="k1", case="案1", rule="DAT501", at="2026-03-04T10:00", **more):
    return Review(case, key, rule, user, decision, about="指派早于审批", at=at, **more)


def by_case(*reviews):
    found = {}
    for review in reviews:
        found.setdefault(review.case_id, []).append(review)
    return found


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe, Stat. Med. 17 (1998), table I, method 3 (score without continuity correction)
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_that_of_the_literature(part, whole, low, high):
    found = wilson(part, whole)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_a_share_of_nothing_is_none():
    assert Share(0, 0).value is None and Share(0, 0).interval is None and share_words(Share(0, 0)) == "–"
    assert share_words(Share(8, 10)) == "8 / 10 = 80% (49% – 94%)"
    assert Share(10, 10).interval[1] == 1.0


def test_a_finding_counts_once_however_many_judged_it():
    latest = by_case(
        said("甲", "accept"), said("乙", "accept"),
        said("甲", "reject", "k2", reason="misread"), said("乙", "accept", "k2"),
        said("甲", "unsure", "k3"), said("甲", "open", "k4", note="再看"),
        said("乙", "reject", "k5", reason="misread"),
    )  # fmt: skip
    reported = {"案1": [("DAT501", key) for key in ("k1", "k2", "k3", "k4")], "案2": [("DAT501", "k1")]}
    (row,) = trust([Judged("RUN", reported, latest)]).findings
    assert (row.accepted, row.rejected, row.unsure, row.split, row.undecided, row.gone) == (1, 1, 1, 1, 2, 1)
    assert (row.total, row.share.part, row.share.whole) == (6, 1, 2)
    assert row.reasons == (("reject", "misread", 2),)


def test_what_was_rejected_is_listed_with_its_reason():
    latest = by_case(said("甲", "reject", reason="lawful", note="先行援助"), said("甲", "accept", "k2"))
    found = trust([Judged("RUN", {}, latest)])
    assert [(one.run, one.review.reason, one.review.note) for one in found.rejected] == [("RUN", "lawful", "先行援助")]


def test_outcomes_without_a_finding_are_counted_apart():
    found = trust([Judged("RUN", {}, by_case(said("甲", "accept", "outcome:DOC103", rule="DOC103")))])
    assert found.findings == () and [(row.rule, row.accepted, row.gone) for row in found.doubts] == [("DOC103", 1, 0)]


def test_what_went_by_a_correction_undecided_is_told_beside():
    corrected = [("案1", "DAT501", "k1"), ("案1", "DAT501", "k2"), ("案1", "DAT501", "k3")]
    reported = {"案1": [("DAT501", "k2")]}
    (row,) = trust([Judged("RUN", reported, by_case(said("甲", "reject", "k3")), corrected)]).findings
    assert (row.corrected, row.undecided, row.rejected) == (1, 1, 1)


def test_several_runs_add_up():
    one = Judged("A", {"案1": [("DAT501", "k1")]}, by_case(said("甲", "accept")))
    other = Judged("B", {"案1": [("DAT501", "k1")]}, by_case(said("甲", "reject")))
    (row,) = trust([one, other]).findings
    assert (row.accepted, row.rejected) == (1, 1)


def votes(pairs):
    history = []
    for number, (one, other) in enumerate(pairs):
        history += [said("甲", one, f"k{number}"), said("乙", other, f"k{number}")]
    return history


def test_kappa_is_that_of_the_textbook():
    pairs = [("accept", "accept")] * 20 + [("accept", "reject")] * 5 + [("reject", "accept")] * 10
    (found,) = agreements([(votes(pairs + [("reject", "reject")] * 15), ())])
    assert (found.n, found.same, found.observed) == (50, 35, 0.7)
    assert found.kappa is not None and math.isclose(found.kappa, 0.4)


def test_kappa_of_people_who_say_one_thing_only_is_none():
    (found,) = agreements([(votes([("accept", "accept")] * 3), ())])
    assert found.observed == 1.0 and found.kappa is None


def test_perfect_agreement_on_several_things_is_one():
    (found,) = agreements([(votes([("accept", "accept"), ("reject", "reject"), ("unsure", "unsure")]), ())])
    assert found.kappa == pytest.approx(1.0)


def test_what_was_changed_after_seeing_the_other_does_not_count():
    history = [said("甲", "accept", at="2026-03-04T10:00"), said("乙", "reject", at="2026-03-04T11:00"),
               said("甲", "reject", at="2026-03-04T13:00")]  # fmt: skip
    done = [Completion("案1", "甲", True, "2026-03-04T10:30"), Completion("案1", "乙", True, "2026-03-04T12:00")]
    (found,) = agreements([(history, done)])
    assert found.pairs == (("reject", "accept", 1),), "users by name: 乙, 甲"
    (still_blind,) = agreements([(history, done[:1])])
    assert still_blind.pairs == (("reject", "reject", 1),)


def test_one_person_alone_agrees_with_nobody():
    assert agreements([([said("甲", "accept"), said("乙", "accept", "k2"), said("乙", "open")], ())]) == ()


@pytest.fixture
def run(tmp_path):
    cases = tmp_path / "RUN" / "cases"
    cases.mkdir(parents=True)
    findings = [{"rule": "DAT501", "key": "k1"}, {"rule": "DOC101", "key": "k2"}]
    (cases / "案1.json").write_text(json.dumps({"case_id": "案1", "findings": findings}), "utf-8")
    return tmp_path / "RUN"


def test_it_is_told_in_lines_and_in_json(run):
    assert list(evaluate_reviews([run])) == ["还没有任何判断"]
    kept = Reviews(run / "reviews.db")
    for review in (said("甲", "accept"), said("乙", "reject", reason="misread", note="看错\n了"),
                   said("甲", "accept", "outcome:DOC103", rule="DOC103")):  # fmt: skip
        kept.decide(review)
    text = "\n".join(evaluate_reviews([run]))
    assert (
        "DAT501     0       0       0         1       0" in text
        and "DOC101     0       0       0         0       1" in text
    )
    assert "RUN 案1: 指派早于审批  [文字或日期识别错误; 看错 了]" in text
    assert "都判断过 1 项, 一致 0 项 (0%), Cohen's kappa 0.00" in text
    told = json.loads("\n".join(evaluate_reviews([run], as_json=True)))
    row = next(row for row in told["rules"] if row["rule"] == "DAT501")
    assert (row["split"], row["share"], row["interval"]) == (1, None, None)
    assert told["agreement"][0]["users"] == ["乙", "甲"] and told["rejected"][0]["reason_words"] == "文字或日期识别错误"


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(InputError, match="没有运行结果"):
        list(evaluate_reviews([tmp_path]))
    with pytest.raises(InputError):
        list(evaluate_reviews([]))


def test_the_command_counts_reviews_of_several_runs(run, capsys):
    Reviews(run / "reviews.db").decide(said("甲", "accept"))
    assert main(["evaluate", "--reviews", str(run), str(run)]) == ExitCode.OK
    told = capsys.readouterr().out
    assert "DAT501     2 " in told and "2 / 2 = 100% (34% – 100%)" in told
    assert main(["evaluate", "--reviews", "--json", str(run)]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["rules"][0]["accepted"] == 1


@pytest.mark.parametrize("paths", [["truth"], ["truth", "run", "more"]])
def test_the_command_without_reviews_wants_truth_and_run(paths, capsys):
    assert main(["evaluate", *paths]) == ExitCode.USAGE
    assert "标准答案" in capsys.readouterr().err
