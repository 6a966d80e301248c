"""The page that counts what people decided; and an evaluator sees no more in it than the blind rule lets him."""

from web_desk import ADMIN, COLLEAGUE, EVALUATOR, Desk, make_office
from web_runs import HOSTILE_ID, PLAIN_ID

JSON = {"accept": "application/json"}


def post(desk, address, case_id=PLAIN_ID, **fields):
    return desk.post(f"{desk.case_url(case_id)}/{address}", json=fields, headers=JSON | {"x-csrf-token": desk.csrf})


def key_of(desk, rule="DAT501", case_id=PLAIN_ID):
    findings = desk.get(f"{desk.case_url(case_id)}.json").json()["findings"]
    return next(one["key"] for one in findings if one["rule"] == rule)


def row_of(desk, rule="DAT501", query=""):
    rows = desk.get(f"{desk.run_url()}/trust.json{query}").json()["rules"]
    return next(row for row in rows if row["rule"] == rule)


def test_decisions_are_counted_by_rule(desk: Desk) -> None:
    before = row_of(desk)
    assert (before["accepted"], before["share"]) == (0, None) and before["undecided"] >= 1
    post(desk, f"findings/{key_of(desk)}/review", decision="reject", reason="misread", note="<b>6月</b>23日")
    row = row_of(desk)
    assert (row["rejected"], row["share"], row["undecided"]) == (1, 0.0, before["undecided"] - 1)
    assert row["interval"][0] == 0.0 and 0.7 < row["interval"][1] < 0.8
    page = desk.get(f"{desk.run_url()}/trust").text
    assert "&lt;b&gt;6月&lt;/b&gt;23日" in page and "0 / 1 = 0% (0% – 79%)" in page
    assert f"/c/{desk.case_url().rsplit('/', 1)[-1]}#k-{key_of(desk)}" in page
    assert row_of(desk, query="?all=1") == row


def test_an_evaluator_counts_what_he_may_see(run_root) -> None:
    site = make_office([run_root])
    with Desk(site) as one, Desk(site) as two, Desk(site) as boss:
        for desk, name in ((one, EVALUATOR), (two, COLLEAGUE), (boss, ADMIN)):
            desk.log_in(name)
        key = key_of(one)
        post(one, f"findings/{key}/review", decision="accept")
        post(two, f"findings/{key}/review", decision="reject", note="乙的看法")
        assert (row_of(one)["accepted"], row_of(one)["split"]) == (1, 0)
        assert (row_of(two)["rejected"], row_of(two)["split"]) == (1, 0)
        assert row_of(boss)["split"] == 1
        assert "乙的看法" not in one.get(f"{one.run_url()}/trust").text
        assert one.get(f"{one.run_url()}/trust.json").json()["agreement"] == []
        assert boss.get(f"{boss.run_url()}/trust.json").json()["agreement"][0]["n"] == 1
        for desk in (one, two):
            post(desk, "done")
        assert row_of(one)["split"] == row_of(two)["split"] == 1
        assert one.get(f"{one.run_url()}/trust.json").json()["agreement"][0]["users"] == sorted([EVALUATOR, COLLEAGUE])


def test_findings_of_files_that_are_not_his_are_not_counted(run_root) -> None:
    site = make_office([run_root])
    with Desk(site) as one, Desk(site) as two:
        one.log_in(EVALUATOR)
        two.log_in(COLLEAGUE)
        post(two, "findings/outcome:DOC103/review", HOSTILE_ID, decision="reject")
        total = {row["rule"]: row["total"] for row in one.get(f"{one.run_url()}/trust.json").json()["rules"]}
        every = {row["rule"]: row["total"] for row in two.get(f"{two.run_url()}/trust.json").json()["rules"]}
        findings = one.get(f"{one.case_url()}.json").json()["findings"]
        assert sum(total.values()) == len(findings) < sum(every.values())
