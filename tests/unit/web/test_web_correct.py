"""Correcting in place: the rules run again, what became of it is told, and who said so stays with the fact."""

import json
import re

import pytest
from inline_engine import InlineEngine
from web_desk import COLLEAGUE, EVALUATOR, Desk, make_office
from web_runs import BROKEN_ID, HOSTILE_ID, PLAIN_ID

from pipeline.store.reviews import Reviews
from pipeline.web import corrected, judging
from pipeline.web.judging import Judging

JSON = {"accept": "application/json"}
HTML = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture(autouse=True)
def judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge in this process: the worker has a test of its own."""
    monkeypatch.setattr(Judging, "_one_worker", lambda self: InlineEngine())


def case_of(desk, case_id=PLAIN_ID):
    return desk.get(f"{desk.case_url(case_id)}.json").json()


def post(desk, address="corrections", case_id=PLAIN_ID, **fields):
    headers = JSON | {"x-csrf-token": desk.csrf}
    return desk.post(f"{desk.case_url(case_id)}/{address}", json=fields, headers=headers)


def date_fields(desk, **changes):
    date = next(one for one in case_of(desk)["dates"] if one["role"] == "assignment")
    box = ",".join(map(str, date["bbox"]))
    made = {"kind": "date", "page": date["page"], "role": "assignment", "raw": date["raw"], "bbox": box}
    return made | {"value": "2022-06-23", "new_role": "assignment"} | changes


def rules(desk):
    return {one["rule"] for one in case_of(desk)["findings"]}


def test_a_corrected_date_takes_its_finding_with_it(desk: Desk) -> None:
    assert "DAT501" in rules(desk)
    answer = post(desk, **date_fields(desk))
    assert answer.status_code == 200
    told = answer.json()
    assert [one["rule"] for one in told["gone"]] == ["DAT501"] and told["come"] == []
    assert told["effect"] == "更正后：疑点 DAT501（指派日期早于审批日期）消失"
    assert {"rule": "DAT501", "before": "flag", "after": "pass"} in told["verdicts"]
    assert "DAT501" not in rules(desk)
    date = next(one for one in case_of(desk)["dates"] if one["role"] == "assignment")
    assert (date["value"], date["certain"]) == ("2022-06-23", True)
    assert date["reviewed"]["by"] == "本机" and date["reviewed"]["correction"] == told["id"]


def test_a_form_shows_what_became_of_it(desk: Desk) -> None:
    answer = desk.submit(f"{desk.case_url()}/corrections", date_fields(desk), headers=HTML)
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where.startswith(f"{desk.case_url()}?corrected=") and where.endswith("#effect")
    page = desk.get(where.partition("#")[0]).text
    assert "更正后：疑点 DAT501（指派日期早于审批日期）消失" in page
    assert "第 4 页指派日期“2022年6月13日”应为 2022-06-23" in page and "撤销更正" in page


def test_withdrawn_it_is_as_before_and_stays_in_the_list(desk: Desk) -> None:
    before = case_of(desk)
    number = post(desk, **date_fields(desk)).json()["id"]
    answer = post(desk, f"corrections/{number}/withdraw")
    assert [one["rule"] for one in answer.json()["come"]] == ["DAT501"]
    assert case_of(desk) == before
    (told,) = desk.get(f"{desk.case_url()}/corrections.json").json()["corrections"]
    assert (told["by"], told["withdrawn_by"]) == ("本机", "本机") and told["withdrawn_at"]
    assert post(desk, f"corrections/{number}/withdraw").status_code == 409
    assert post(desk, f"corrections/{number + 1}/withdraw").status_code == 404
    assert post(desk, f"corrections/{number}/withdraw", HOSTILE_ID).status_code == 404, "of another case"
    assert "已由 本机" in desk.get(desk.case_url()).text


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({"kind": "new_date", "page": "9", "value": "2022-07-12", "new_role": "开庭"}, ("dates", "role", "hearing")),
        ({"kind": "type", "page": "9", "value": "庭审笔录"}, ("documents", "type", "hearing_record")),
        ({"kind": "begin", "page": "9"}, ("documents", "pages", [9, 9])),
        ({"kind": "join", "page": "3"}, ("documents", "pages", [2, 3])),
        ({"kind": "signature", "page": "10", "role": "handler", "value": "blank"}, ("signatures", "state", "blank")),
    ],
)
def test_each_kind_leaves_its_mark_and_its_author(
    desk: Desk, fields: dict[str, str], seen: tuple[str, str, object]
) -> None:
    assert post(desk, **fields).status_code == 200
    where, name, value = seen
    found = [one for one in case_of(desk)[where] if one.get("reviewed")]
    assert any(one[name] == value for one in found) and {one["reviewed"]["by"] for one in found} == {"本机"}
    assert [one["kind"] for one in case_of(desk)["corrections"]] == [fields["kind"]]


@pytest.mark.parametrize(("kind", "value"), [("case_kind", "civil"), ("stage", "investigation"), ("entry", "notice")])
def test_what_sort_of_case_it_is(desk: Desk, kind: str, value: str) -> None:
    assert post(desk, kind=kind, value=value).status_code == 200
    assert case_of(desk)[kind] == value and "评估员 本机 更正" in " ".join(case_of(desk)["basis"])


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "nonsense"},
        {"value": "2022-02-30"},
        {"value": "三月二日"},
        {"value": "0001-01-01"},
        {"value": ""},
        {"page": "0"},
        {"page": "11"},
        {"page": "²"},
        {"page": ""},
        {"bbox": "0,0,1"},
        {"bbox": "0.5,0,0.1,1"},
        {"bbox": "nan,0,1,1"},
        {"new_role": "nonsense"},
        {"role": "hearing"},
        {"raw": "长" * 2001},
        {"kind": "type", "value": "no_such_type"},
        {"kind": "signature", "role": "nobody", "value": "signed"},
        {"kind": "signature", "role": "lawyer", "value": "perhaps"},
        {"kind": "case_kind", "value": "x"},
        {"kind": "new_date", "new_role": ""},
    ],
)
def test_nonsense_is_refused_and_nothing_kept(desk: Desk, changes: dict[str, str]) -> None:
    assert post(desk, **date_fields(desk, **changes)).status_code == 422
    assert Reviews(desk.site.shelf.runs[0].workspace.reviews).corrections() == ()


def test_a_decision_on_what_went_is_kept_and_comes_back(desk: Desk) -> None:
    key = next(one["key"] for one in case_of(desk)["findings"] if one["rule"] == "DAT501")
    headers = JSON | {"x-csrf-token": desk.csrf}
    desk.post(f"{desk.case_url()}/findings/{key}/review", json={"decision": "accept"}, headers=headers)
    number = post(desk, **date_fields(desk)).json()["id"]
    told = desk.get(f"{desk.case_url()}/reviews.json").json()
    assert [one["key"] for one in told["gone"]] == [key]
    post(desk, f"corrections/{number}/withdraw")
    told = desk.get(f"{desk.case_url()}/reviews.json").json()
    assert told["gone"] == [] and [one["key"] for one in told["reviews"]] == [key]


def test_what_was_judged_is_kept_and_not_judged_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    post(desk, **date_fields(desk))
    run, now = desk.site.shelf.runs[0], case_of(desk)
    assert [path.suffix for path in (run.root / "reviewed").iterdir()] == [".json"]
    desk.site.corrected._kept.clear()
    monkeypatch.setattr(Judging, "judge", lambda *_: pytest.fail("judged again"))
    assert case_of(desk) == now


def test_what_was_made_from_something_else_is_not_believed(desk: Desk) -> None:
    post(desk, **date_fields(desk))
    run = desk.site.shelf.runs[0]
    (path,) = (run.root / "reviewed").iterdir()
    for broken in (b"", b"{}", b'["9.9", [0, 0], [1]]\n{}', path.read_bytes()[:200]):
        path.write_bytes(broken)
        desk.site.corrected._kept.clear()
        assert "DAT501" not in rules(desk)


def test_a_case_that_the_run_judged_with_the_corrections_is_as_the_run_wrote_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = date_fields(desk)
    for value in ("2022-06-22", "2022-06-23"):
        post(desk, **first | {"value": value})
    run = desk.site.shelf.runs[0]
    (path,) = (run.root / "reviewed").iterdir()
    (run.folder / f"{PLAIN_ID}.json").write_bytes(path.read_bytes().partition(b"\n")[2])
    path.unlink()
    desk.site.corrected._kept.clear()
    monkeypatch.setattr(Judging, "judge", lambda *_: pytest.fail("judged again"))
    assert "DAT501" not in rules(desk)


def test_the_batch_lists_the_case_as_corrected(desk: Desk) -> None:
    def flags() -> set[str]:
        rows = desk.get(f"{desk.run_url()}.json").json()["cases"]
        row = next(row for row in rows if row["case_id"] == PLAIN_ID)
        return {flag["rule"] for flag in row["flags"]}

    assert "DAT501" in flags()
    number = post(desk, **date_fields(desk)).json()["id"]
    assert "DAT501" not in flags()
    post(desk, f"corrections/{number}/withdraw")
    assert "DAT501" in flags()


def test_a_case_that_cannot_be_judged_is_shown_as_it_was_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(wanted: object) -> bytes:
        raise ValueError("张三的身份证号")

    monkeypatch.setattr(judging, "judge_again", broken)
    answer = post(desk, **date_fields(desk))
    assert answer.status_code == 200 and answer.json()["effect"] == "更正后：疑点没有变化"
    case = case_of(desk)
    told = case["errors"][-1]["message"]
    assert "未能按更正重新判断" in told and "张三" not in told and "DAT501" in rules(desk)
    assert len(Reviews(desk.site.shelf.runs[0].workspace.reviews).standing(PLAIN_ID)) == 1, "the work is not lost"
    monkeypatch.undo()
    monkeypatch.setattr(Judging, "_one_worker", lambda self: InlineEngine())
    assert "DAT501" in rules(desk), "not at each look"
    monkeypatch.setattr(corrected, "AGAIN_SECONDS", 0.0)
    desk.site.corrected._kept.clear()  # as if that time were over
    assert "DAT501" not in rules(desk)


@pytest.mark.parametrize("case_id", [HOSTILE_ID, BROKEN_ID])
def test_other_files_can_be_corrected_or_say_why_not(desk: Desk, case_id: str) -> None:
    answer = post(desk, case_id=case_id, kind="new_date", page="1", value="2023-04-01", new_role="hearing")
    assert answer.status_code == (200 if case_id == HOSTILE_ID else 422)
    page = desk.get(desk.case_url(case_id))
    assert page.status_code == 200 and "<script>alert" not in page.text


def test_two_evaluators_correct_the_same_file_and_a_third_gets_nowhere(run_root) -> None:
    site = make_office([run_root])
    with Desk(site) as one, Desk(site) as two:
        one.log_in(EVALUATOR)
        two.log_in(COLLEAGUE)
        number = post(one, **date_fields(one)).json()["id"]
        date = next(d for d in case_of(two)["dates"] if d["role"] == "assignment")
        assert date["reviewed"]["by"] == EVALUATOR
        assert post(two, f"corrections/{number}/withdraw").status_code == 200
        (told,) = one.get(f"{one.case_url()}/corrections.json").json()["corrections"]
        assert (told["by"], told["withdrawn_by"]) == (EVALUATOR, COLLEAGUE)
        assert post(one, case_id=HOSTILE_ID, kind="entry", value="notice").status_code == 404
        assert post(one, f"corrections/{number}/withdraw", HOSTILE_ID).status_code == 404


def test_decisions_stay_blind_until_both_are_done(run_root) -> None:
    site = make_office([run_root])
    with Desk(site) as one, Desk(site) as two:
        one.log_in(EVALUATOR)
        two.log_in(COLLEAGUE)
        key = next(f["key"] for f in case_of(one)["findings"])

        def told(desk):
            return desk.get(f"{desk.case_url()}/reviews.json").json()

        for desk, decision, note in ((one, "accept", "甲的看法"), (two, "reject", "乙的看法")):
            post(desk, f"findings/{key}/review", decision=decision, note=note)
        for desk in (one, two):
            assert [r["decision"] for r in told(desk)["reviews"]] == ["accept" if desk is one else "reject"]
        assert "乙的看法" not in one.get(one.case_url()).text
        post(one, "done")
        assert "乙的看法" not in one.get(one.case_url()).text and told(one)["awaited"] == [COLLEAGUE]
        post(two, "done")
        assert {r["user"] for r in told(one)["reviews"]} == {EVALUATOR, COLLEAGUE}
        assert "乙的看法" in one.get(one.case_url()).text and "甲的看法" in two.get(two.case_url()).text
        post(one, "reopen")
        assert "乙的看法" not in one.get(one.case_url()).text and "甲的看法" not in json.dumps(told(two))


def test_the_page_offers_a_form_for_every_date(desk: Desk) -> None:
    page, case = desk.get(desk.case_url()).text, case_of(desk)
    assert len(re.findall(r'id="fix-d\d+"', page)) == len(case["dates"])
    assert page.count('name="kind" value="no_date"') >= len(case["dates"])


def test_a_page_corrects_itself_and_is_led_back_to(desk: Desk) -> None:
    url = f"{desk.case_url()}/p/4"
    page = desk.get(url).text
    assert "更正本页" in page and 'name="back" value="p/4"' in page and "补录本页的日期" in page
    form = date_fields(desk, back="p/4")
    where = desk.submit(f"{desk.case_url()}/corrections", form, headers=HTML).headers["location"]
    assert where.startswith(f"{url}?corrected=")
    assert "疑点 DAT501（指派日期早于审批日期）消失" in desk.get(where.partition("#")[0]).text


@pytest.mark.parametrize("back", ["//evil.example", "p/0", "p/../../..", "https://evil.example", "p/1?x=", "p/²"])
def test_a_form_leads_nowhere_else(desk: Desk, back: str) -> None:
    form = date_fields(desk, back=back)
    where = desk.submit(f"{desk.case_url()}/corrections", form, headers=HTML).headers["location"]
    assert where.startswith(f"{desk.case_url()}?corrected=")


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"kind": ' + b"9" * 5000 + b"}", b"\xff", b"null", b"[1]", b""])
def test_what_is_no_json_is_refused(desk: Desk, body: bytes) -> None:
    headers = JSON | {"x-csrf-token": desk.csrf, "content-type": "application/json"}
    assert desk.post(f"{desk.case_url()}/corrections", content=body, headers=headers).status_code == 422
