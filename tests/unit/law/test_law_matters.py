"""Official names of charges and causes, and readings of them put right."""

import csv
from importlib import resources

import pytest

from pipeline.law.matters import charges, names, official, settled


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("盗窃罪", ("盗窃罪",)),
        ("盗窃", ("盗窃罪",)),
        ("枪劫罪", ("抢劫罪",)),
        ("抢夺罪", ("抢夺罪",)),
        ("故火罪、盗窈罪", ("放火罪", "盗窃罪")),
        ("盗窃、诈骗罪", ("盗窃罪", "诈骗罪")),
        ("非法拘禁罪和敲诈勒索罪", ("非法拘禁罪", "敲诈勒索罪")),
        ("掩饰、隐瞒犯罪所得罪", ("掩饰、隐瞒犯罪所得罪",)),
        ("贩卖毒品罪", ("贩卖毒品罪",)),
        ("走私、贩卖、运输、制造毒品罪", ("走私、贩卖、运输、制造毒品罪",)),
        ("帮助信息网络犯罪活动罪", ("帮助信息网络犯罪活动罪",)),
        ("", ()),
    ],
)
def test_charges_are_split_and_spelled_officially(text: str, found: tuple[str, ...]) -> None:
    assert charges(text) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("民间借货纠纷", "民间借贷纠纷"),
        ("机动车交通亊故责任纠纷", "机动车交通事故责任纠纷"),
        ("抚养纠纷", "抚养纠纷"),
        ("扶养纠纷", "扶养纠纷"),
        ("某县某事纠纷", "某县某事纠纷"),
    ],
)
def test_causes_are_put_right_and_unknown_ones_left(text: str, name: str) -> None:
    assert settled(text, ("civil",)) == name


def test_selections_out_of_a_long_name_are_official() -> None:
    assert official("容留卖淫罪", ("criminal",))
    assert official("工伤保险资格认定", ("administrative",))
    assert not official("卖淫罪", ("criminal",))


def test_the_table_is_sound() -> None:
    text = resources.files("pipeline.law").joinpath("matters.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == len(names()) > 800
    assert {row["kind"] for row in rows} == {"criminal", "civil", "labour_arbitration", "administrative", "special"}
    assert all(row["name"].endswith("罪") for row in rows if row["kind"] == "criminal")
