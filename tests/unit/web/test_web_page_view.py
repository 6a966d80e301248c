"""What is shown of a page, worked out from the case's JSON and the ledger's reading."""

from typing import Any

import pytest

from pipeline.casefile import Box, Line, PageText
from pipeline.summary.labels import Names
from pipeline.web.page_strip import strip
from pipeline.web.page_view import compared, in_pixels, kinds_of, sureness, view_page, walk

NAMES = Names({"approval_form": "法律援助审批表", "blank_page": "空白/隔页"}, {"SGN402": "其他文书未签名捺印"})


def finding(key: str, *places: tuple[int, list[float]], item: int = 6, severity: str = "high") -> dict[str, Any]:
    return {
        "key": key,
        "rule": "DAT501",
        "circular_item": item,
        "severity": severity,
        "confidence": 0.9,
        "title": f"疑点 {key}",
        "message": "说明",
        "evidence": [{"page": page, "bbox": bbox, "text": ""} for page, bbox in places],
    }


def page(number: int, **more: Any) -> dict[str, Any]:
    told = {"page": number, "file": "a.pdf", "file_page": number, "kind": "scanned", "rotation": 0, "text": "一\n二"}
    return told | {"width": 1000, "height": 1400, "marks": [], "quality": {"grade": "good", "reasons": []}} | more


def case(**more: Any) -> dict[str, Any]:
    nothing = ("dates", "signatures", "seals", "catalogue", "findings", "outcomes", "errors")
    return {
        **{key: [] for key in nothing},
        "documents": [
            {"id": "d1", "type": "approval_form", "title": "审批表", "pages": [1, 2]},
            {"id": "d2", "type": "blank_page", "title": "", "pages": [3, 3]},
        ],
        "pages": [page(1), page(2), page(3, kind="blank", text="")],
        **more,
    }


def reading(*lines: Line, **more: Any) -> PageText:
    return PageText("scanned", lines=lines, **more)


def test_a_box_lies_where_the_json_says():
    told = case(findings=[finding("k1", (2, [0.1, 0.2, 0.55, 0.3]))])
    view = view_page(told, told["pages"][1], None, NAMES, "k1")
    [box] = view.boxes
    assert (box.kind, box.key, box.bbox, box.frame) == ("evidence", "k1", (0.1, 0.2, 0.55, 0.3), (100, 280, 450, 140))
    assert in_pixels(box.bbox, view.size) == (100.0, 280.0, 450.0, 140.0)
    assert view.findings[0].chosen and view.findings[0].number == 1
    assert kinds_of(view) == (("evidence", "疑点证据", 1),)


def test_evidence_is_drawn_over_everything_else():
    told = case(
        findings=[finding("k1", (1, [0.1, 0.2, 0.5, 0.3]))],
        seals=[{"page": 1, "bbox": [0.1, 0.1, 0.2, 0.2], "text": "章"}],
    )
    view = view_page(told, told["pages"][0], reading(Line("字", Box(0.1, 0.1, 0.2, 0.2), 0.9)), NAMES)
    assert [box.kind for box in view.boxes] == ["line", "seal", "evidence"]
    assert [kind for kind, _, _ in kinds_of(view)] == ["evidence", "seal", "line"], "offered the other way round"


def test_neighbours_and_the_place_in_the_document():
    told = case()
    first, second, last = (view_page(told, each, None, NAMES) for each in told["pages"])
    assert (first.previous, first.next, last.previous, last.next) == (None, 2, 2, None)
    assert second.document is not None and (second.document.name, second.document.nth(2)) == ("法律援助审批表", 2)
    assert last.facts == ("空白页",)


def test_lines_on_one_row_are_read_together():
    read = reading(
        Line("下一行", Box(0.1, 0.30, 0.4, 0.33), 0.99),
        Line("周某", Box(0.5, 0.20, 0.7, 0.23), 0.85, hand=0.9),
        Line("受援人：", Box(0.1, 0.20, 0.3, 0.23), 0.999),
    )
    told = case()
    view = view_page(told, told["pages"][0], read, NAMES)
    shown = [(line.number, line.row, line.text, line.sureness, line.hand) for line in view.lines]
    assert shown == [
        (0, 0, "受援人：", "sure", False),
        (1, 0, "周某", "low", True),
        (2, 1, "下一行", "sure", False),
    ]


@pytest.mark.parametrize(
    ("score", "sure"), [(None, "sure"), (1.0, "sure"), (0.93, "sure"), (0.92, "low"), (0.8, "low"), (0.79, "poor")]
)
def test_how_sure_a_line_was_read(score, sure):
    assert sureness(score) == sure


def test_characters_that_two_readings_tell_apart_are_marked():
    box = Box(0, 0, 1, 0.1)
    runs = compared(Line("2023年3月22日", box, 0.99, "2023年8月22日", 0.97))
    assert [(run.text, run.doubtful) for run in runs] == [("2023年", False), ("3", True), ("月22日", False)]
    assert not any(run.doubtful for run in compared(Line("３月，22日", box, 0.99, "3月,22日", 0.97))), "width is none"
    assert not any(run.doubtful for run in compared(Line("石渡区", box, 0.99, "渡区", 0.99))), "a seal covers it there"
    assert any(run.doubtful for run in compared(Line("石渡区", box, 0.85, "渡区", 0.99)))
    assert not any(run.doubtful for run in compared(Line("3月", box, 0.99, "8月", 0.5))), "a guess is not heard"
    assert "".join(run.text for run in compared(Line("𠮷3", box, 0.9, "", None))) == "𠮷3"
    assert compared(Line("", box, 0.9, "一", 0.9)) == ()


def test_without_a_reading_the_running_text_stands_in():
    told = case()
    other_way = reading(Line("倒", Box(0, 0, 1, 1), 0.9), rotation=180)
    for none in (None, PageText("failed"), other_way):
        view = view_page(told, told["pages"][0], none, NAMES)
        assert view.lines == () and view.text == "一\n二"


def test_a_page_that_failed_says_why():
    told = case(errors=[{"code": "P201", "page": 2, "message": "页面不能显示"}])
    told["pages"][1] |= {"kind": "failed", "width": 0, "height": 0, "text": ""}
    view = view_page(told, told["pages"][1], None, NAMES)
    assert not view.sized and view.problems == ("页面不能显示（P201）",) and view.facts == ("未能读取",)


def test_doubts_that_name_the_page_are_told_there():
    unsure = {"rule": "SGN402", "verdict": "unsure", "why": "签名处看不清", "pages": [2]}
    told = case(outcomes=[unsure, unsure | {"verdict": "pass"}])
    assert [d.title for d in view_page(told, told["pages"][1], None, NAMES).doubts] == ["其他文书未签名捺印"]
    assert view_page(told, told["pages"][0], None, NAMES).doubts == ()


def test_flags_are_walked_in_the_order_of_the_files_page():
    box = [0.1, 0.1, 0.2, 0.2]
    told = case(
        findings=[
            finding("six", (1, box), (3, box)),
            finding("one", (2, box), item=1, severity="low"),
            finding("none", item=1),
            finding("other", (3, box), item=0),
        ]
    )
    assert [step and step.key for step in walk(told, 1, "one")] == [None, "six"]
    assert [step and step.key for step in walk(told, 1, "six")] == ["one", "other"]
    assert [step and step.key for step in walk(told, 3, "other")] == ["six", None]
    assert [step and step.key for step in walk(told, 3, "")] == [None, "other"], "the next that begins from here on"
    assert walk(case(), 1, "") == (None, None)


def test_the_strip_holds_all_pages_by_document():
    told = case(findings=[finding("k1", (2, [0, 0, 1, 1]), (2, [0, 0, 1, 1])), finding("k2", (2, [0, 0, 1, 1]))])
    told["pages"][2] |= {"width": 1400, "height": 1000}
    told["pages"].append(page(4, kind="failed"))
    sheaves = strip(told, NAMES)
    assert [(s.name, [leaf.page for leaf in s.leaves]) for s in sheaves] == [
        ("法律援助审批表", [1, 2]),
        ("空白/隔页", [3]),
        ("未归入文书的页", [4]),
    ]
    leaves = [leaf for sheaf in sheaves for leaf in sheaf.leaves]
    assert [leaf.flags for leaf in leaves] == [0, 2, 0, 0]
    assert leaves[2].landscape and not leaves[3].sure
