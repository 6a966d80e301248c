"""Which files of a batch are shown."""

from dataclasses import replace

import pytest

from pipeline.store.search_index import Flag, IndexRow
from pipeline.summary.labels import Names
from pipeline.web.batch_view import PER_PAGE, Filter, Progress, view_batch
from pipeline.web.catalogue import county_of
from pipeline.web.charts import CHART, bars

ROW = IndexRow(
    "a", "甲", "screened", "civil", "litigation", "张三", "李四", "所", "叶县法律援助中心", "叶县",
    12, 0, 1, 1, 0, 0, 9.0,
    (Flag("DAT501", "指派早于审批", "high", "k1"), Flag("FRM302", "留白", "medium", "k2")), (), (),
)  # fmt: skip
OTHER = replace(
    ROW, slug="b", case_id="乙", kind="criminal", lawyer="王五", agency="宝丰县法律援助中心", county="宝丰县", high=0,
    flags=(Flag("FRM302", "留白", "medium", "k3"),),
)  # fmt: skip
CLEAN = replace(ROW, slug="c", case_id="丙", high=0, medium=0, flags=(), agency="", county="")
NAMES = Names({}, {"DAT501": "指派日期早于审批日期", "FRM302": "格式文书留白"})
PROGRESS = {"a": Progress(1, 2), "b": Progress(1, 1, done=True)}


def view(page=1, rows=(ROW, OTHER, CLEAN), **wanted):
    return view_batch(rows, PROGRESS, Filter(**wanted), NAMES, page, "/r/x")


def shown(made):
    return [item.row.slug for item in made.cases]


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        ({}, ["a", "b", "c"]),
        ({"agency": "叶县法律援助中心"}, ["a"]),
        ({"county": "宝丰县"}, ["b"]),
        ({"lawyer": "王五"}, ["b"]),
        ({"kind": "civil"}, ["a", "c"]),
        ({"rule": "FRM302"}, ["a", "b"]),
        ({"rule": "FRM302", "kind": "civil"}, ["a"]),
        ({"severity": "high"}, ["a"]),
        ({"state": "begun"}, ["a"]),
        ({"state": "done"}, ["b"]),
        ({"state": "open"}, ["c"]),
        ({"q": "张三"}, ["a", "b", "c"]),
        ({"q": "乙"}, ["b"]),
        ({"rule": "NOPE"}, []),
    ],
)
def test_a_filter_leaves_what_was_asked_for(wanted, slugs):
    assert shown(view(**wanted)) == slugs


def test_options_are_counted_among_what_the_other_filters_leave():
    options = view(kind="civil").options
    assert [(o.value, o.count) for o in options["rule"]] == [("DAT501", 1), ("FRM302", 1)]
    assert [(o.value, o.label, o.count) for o in options["kind"]] == [("criminal", "刑事", 1), ("civil", "民事", 2)]
    assert [o.value for o in options["agency"]] == ["叶县法律援助中心"], "an agency that could not be read is no choice"


def test_numbers_are_those_of_the_files_shown():
    numbers = {label: number for _, label, number in view(severity="high").numbers}
    assert (numbers["案卷"], numbers["高级疑点"], numbers["中级疑点"], numbers["已完成的案卷"]) == (1, 1, 1, 0)


def test_charts_lead_to_the_list_narrowed_down():
    made = view(kind="civil")
    assert [(bar.count, bar.kind) for bar in made.by_rule.bars] == [(1, "high"), (1, "medium")]
    assert made.by_rule.bars[0].link == "/r/x?kind=civil&rule=DAT501"
    assert made.by_agency.bars[0].label == "叶县法律援助中心" and made.by_agency.bars[0].count == 2


def test_long_lists_come_in_pages():
    rows = [replace(ROW, slug=str(n)) for n in range(2 * PER_PAGE + 1)]
    assert [len(view(page, rows).cases) for page in (1, 2, 3, 99)] == [PER_PAGE, PER_PAGE, 1, 1]
    assert view(99, rows).page == 3 == view(1, rows).pages
    assert view(1, ()).pages == 1


def test_gravest_titles_come_first_and_once():
    row = replace(ROW, flags=(*ROW.flags[::-1], ROW.flags[0]))
    assert view(rows=[row]).cases[0].titles == ("指派早于审批", "留白")


def test_bars_are_drawn_in_proportion():
    drawn = bars([("一", 10, "high", ""), ("二", 5, "low", ""), ("三", 0, "low", "")], most=2)
    assert [bar.length for bar in drawn.bars] == [CHART, CHART / 2]
    assert drawn.rest == 1
    assert bars([]).height == 0


@pytest.mark.parametrize(
    ("agency", "county"),
    [
        ("平顶山市叶县法律援助中心", "叶县"),
        ("沧水县法律援助处", "沧水县"),
        ("河南省平顶山市新华区法律援助中心", "新华区"),
        ("舞钢市司法局法律援助中心", "舞钢市"),
        ("郑州市法律援助中心", "郑州市"),
        ("内蒙古自治区阿拉善盟额济纳旗法律援助中心", "额济纳旗"),
        ("大厂回族自治县法律援助中心", "大厂回族自治县"),
        ("河南省法律援助中心", ""),
        ("", ""),
    ],
)
def test_an_agency_names_its_county(agency, county):
    assert county_of(agency) == county
