"""What is drawn over the pages: every fact that has a place, in the page's own pixels."""

import re

import pytest
from summary_samples import NASTY, sample_case

from pipeline.casefile import Box, Line, PageText
from pipeline.summary.boxes import KINDS, boxed_pages
from pipeline.summary.html import render_boxes
from pipeline.summary.labels import Names
from pipeline.summary.links import boxes_path

NAMES = Names({"approval_form": "法律援助审批表"})
BOX = [0.5, 0.25, 0.75, 0.5]


@pytest.fixture
def case():
    case = sample_case()
    place = {"document": "d1", "page": 1, "bbox": BOX}
    mark = {"kind": "receipt_stamp", "bbox": BOX, "colour": "blue", "text": "收", "score": 0.8}
    case["pages"][0]["marks"] = [mark, mark | {"kind": "seal"}]
    case["fingerprints"] = [place]
    slot = {**place, "kind": "date", "label": "日期", "text": "", "optional": True}
    case["slots"] = [slot | {"state": state} for state in ("filled", "empty", "unclear")]
    case["catalogue"] = [
        {**place, "number": "1", "title": "审批表", "first": 2, "last": 2, "remark": "", "documents": ["d1"]}
    ]
    case["alterations"] = [{**place, "kind": "struck", "confirmed": True, "text": "公函"}]
    case["persons"] = [{"name": "王某", "part": "recipient", "places": [{"page": 1, "bbox": BOX, "text": "玉某"}]}]
    case["numbers"] = [{**place, "kind": "phone", "text": "139", "valid": False}]
    return case


@pytest.fixture
def pages(case):
    lines = (
        Line("印刷", Box(0.1, 0.1, 0.2, 0.2), 0.91, "印制", 0.85, 0.2),
        Line("手写", Box(0, 0, 1, 1), 0.5, hand=0.8),
        Line("电子", Box(0, 0, 0.1, 0.1)),
    )
    return boxed_pages(case, {1: PageText("scanned", 0, lines)}, frozenset({1, 2}), NAMES)


def test_every_kind_of_thing_has_its_box(pages):
    first = pages[0]
    assert {kind: [box.told for _, box in first.of(kind)] for kind in KINDS if first.of(kind)} == {
        "line": [("印刷", "得分 0.91", "复读: 印制 (得分 0.85)", "手写程度 0.20"), ("电子", "电子文字")],
        "hand": [("手写", "得分 0.50", "手写程度 0.80")],
        "fingerprint": [("指印",)],
        "mark": [("收文章", "蓝色", "收", "得分 0.80")],
        "empty": [("日期", "空白", "日期栏", "可不填"), ("日期", "不能确定", "日期栏", "可不填")],
        "filled": [("日期", "已填", "日期栏", "可不填")],
        "catalogue": [("1 审批表", "目录页次 2", "法律援助审批表")],
        "alteration": [("划去", "公函", "更正处有指印或名章")],
        "person": [("王某", "受援人", "写作 玉某")],
        "number": [("电话", "139", "格式或校验位不符")],
        "evidence": [("DAT501", "指派日期早于审批日期")],
    }
    assert [box.told[:3] for _, box in pages[1].of("date")] == [("指派", "2022-08-03", "不确定")]
    assert [box.told[:3] for _, box in pages[1].of("signature")] == [("承办律师", "已签", "手写")]
    assert len(pages[1].of("seal")) == 1


def test_boxes_are_in_pixels_of_the_page(pages):
    assert pages[0].size == (600, 840)
    assert pages[0].of("fingerprint")[0][1].frame == (300, 210, 150, 210)


def test_a_page_says_where_it_comes_from(pages):
    assert pages[0].title == "第 1 页 法律援助审批表 (d1)"
    assert pages[0].facts == ("A.pdf 第 1 页", "扫描", "清晰, 平均得分 0.90")
    assert [page.src for page in pages] == ["0001.jpg", "0002.jpg", None, None]


def test_kinds_stand_on_the_page_in_the_order_of_the_legend(pages):
    order = [list(KINDS).index(box.kind) for box in pages[0].boxes]
    assert order == sorted(order)


def test_texts_of_the_case_are_no_markup_and_nothing_is_loaded(case, pages):
    told = render_boxes(pages, case)
    assert NASTY not in told and "<script>alert" not in told
    assert not re.search(r"https?:|url\(|@import", told)
    assert "img-src 'self' file:" in told and "connect-src" not in told and "default-src 'none'" in told
    assert len(re.findall(r"<script", told)) == 1
    assert "所列均为" not in told, "nothing here is a finding"


def test_only_kinds_that_occur_have_a_switch(case, pages):
    told = render_boxes(pages, case)
    switches = set(re.findall(r'id="show-(\w+)"', told))
    assert switches == {box.kind for page in pages for box in page.boxes}
    assert set(re.findall(r'id="show-(\w+)" checked', told)) == {k for k in switches if KINDS[k].shown}


def test_files_are_named_by_the_case_and_by_numbers_alone():
    assert boxes_path("A001") == "debug/A001/boxes.html"
    assert boxes_path("A001", 12) == "debug/A001/0012.jpg"
    assert re.fullmatch(r"debug/A_1-[0-9a-f]{16}/boxes.html", boxes_path("A/1"))
