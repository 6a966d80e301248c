"""The timeline of a file, its checklist, its findings by the circular's items."""

from types import SimpleNamespace

from pipeline.packs.load import load_pack
from pipeline.summary.labels import Names
from pipeline.web.checklist import checklist
from pipeline.web.groups import grouped
from pipeline.web.timeline import ROW, timeline

NAMES = Names(
    {"approval_form": "法律援助审批表", "assignment_notice": "指派通知书", "aid_decision": "给予法律援助决定书"},
    {"DOC101": "缺少受援人权利义务告知书", "DOC103": "缺少阅卷笔录", "DOC110": "缺少指派通知书"},
)


def date(role, value, page, **more):
    made = {"role": role, "value": value, "document": f"d{page}", "page": page, "bbox": [0.1, 0.1, 0.2, 0.2]}
    return made | {"raw": value, "certain": True} | more


def place(page):
    return {"page": page, "bbox": [0.1, 0.1, 0.2, 0.2], "text": ""}


def finding(rule, key, *pages, **more):
    made = {"rule": rule, "key": key, "severity": "high", "message": f"{rule} 倒置", "document_type": None}
    return made | {"evidence": [place(page) for page in pages]} | more


def case(**changes):
    made = {
        "status": "screened", "case_kind": "civil", "stage": "litigation", "entry": "application",
        "documents": [
            {"id": "d1", "type": "approval_form", "pages": [1, 2]},
            {"id": "d3", "type": "assignment_notice", "pages": [3, 3]},
        ],
        "dates": [date("approval", "2022-06-20", 1), date("assignment", "2022-06-13", 3)],
        "findings": [finding("DAT501", "k1", 3, 1)],
        "outcomes": [],
    }  # fmt: skip
    return made | changes


def test_dates_come_by_day_with_the_days_between():
    made = timeline(case(), NAMES)
    assert [(m.value, m.gap, m.role, m.document, m.index) for m in made.moments] == [
        ("2022-06-13", None, "指派", "指派通知书", 1),
        ("2022-06-20", 7, "负责人审批", "法律援助审批表", 0),
    ]
    assert made.height == 2 * ROW


def test_a_broken_order_is_drawn_between_its_dates():
    made = timeline(case(), NAMES)
    (arc,) = made.arcs
    assert (arc.y0, arc.y1, arc.key, arc.severity) == (ROW // 2, ROW + ROW // 2, "k1", "high")
    assert all(moment.broken for moment in made.moments)
    assert made.width > arc.x


def test_several_acts_before_one_approval_all_hang_on_it():
    dates = [date("agreement", "2022-06-01", 5), date("interview", "2022-06-02", 6), date("approval", "2022-06-20", 1)]
    made = timeline(case(dates=dates, findings=[finding("DAT502", "k2", 5, 6, 1)]), NAMES)
    assert [(arc.y0 // ROW, arc.y1 // ROW) for arc in made.arcs] == [(0, 2), (1, 2)]
    assert made.arcs[0].x != made.arcs[1].x


def test_other_findings_and_births_are_not_on_the_timeline():
    dates = [date("birth", "1990-01-01", 1), date("approval", "2022-06-20", 1)]
    made = timeline(case(dates=dates, findings=[finding("SGN402", "k3", 1)]), NAMES)
    assert [m.role_key for m in made.moments] == ["approval"] and made.arcs == ()
    assert timeline(case(dates=[]), NAMES).height == 0


def outcome(rule, verdict, why, **more):
    return {"rule": rule, "verdict": verdict, "why": why} | more


def test_the_checklist_tells_how_it_stands_with_each_paper():
    outcomes = [
        outcome("DOC101", "flag", "卷内未见受援人权利义务告知书"),
        outcome("DOC103", "not_applicable", "非刑事案件"),
        outcome("DOC110", "pass", "第3页: 指派通知书"),
        outcome("DOC111", "flag", "卷内未见给予法律援助决定书"),
    ]
    findings = [
        finding("DOC101", "k4", document_type="recipient_rights_notice"),
        finding("DOC111", "k5", document_type="aid_decision", message="卷内未见给予法律援助决定书"),
    ]
    items = {
        item.name: item for item in checklist(case(outcomes=outcomes, findings=findings), load_pack("henan"), NAMES)
    }
    assert (items["受援人权利义务告知书"].state, items["受援人权利义务告知书"].key) == ("missing", "k4")
    assert (items["指派通知书"].state, items["指派通知书"].page) == ("there", 3)
    assert items["阅卷笔录"].state == "not_required"
    assert (items["给予法律援助决定书"].state, items["给予法律援助决定书"].key) == ("missing", "k5")
    assert (items["法律援助审批表"].state, items["法律援助审批表"].page) == ("there", 1)
    states = [item.state for item in items.values()]
    assert states == sorted(states, key=["missing", "unsure", "there", "lawful", "not_required"].index)


def test_a_case_that_could_not_be_read_has_no_list_of_the_packs_papers():
    failed = case(status="failed", case_kind=None, stage=None, entry=None, documents=[], dates=[], findings=[])
    assert checklist(failed | {"outcomes": [outcome("DOC111", "unsure", "未能读取")]}, load_pack("henan"), NAMES) == ()


def test_findings_come_by_the_items_of_the_circular():
    views = [SimpleNamespace(data={"circular_item": item, "n": n}) for n, item in enumerate((6, 0, 1, 6))]
    groups = grouped(views)
    assert [(g.number, [v.data["n"] for v in g.findings]) for g in groups] == [(1, [2]), (6, [0, 3]), (0, [1])]
