"""The charge or cause of a case, from whatever paper names it, in its official spelling."""

from __future__ import annotations

import pytest
from papers_builder import papers_of

from pipeline.extraction.causes import cause_of


@pytest.mark.parametrize(
    ("kind", "paper", "markup", "cause"),
    [
        ("criminal", "cover", "# 案卷\n| 受援人 | 柯玉成 | 案由 | 故意伤害罪 |", "故意伤害罪"),
        ("criminal", "cover", "# 案卷\n| 受援人 | 柯玉成 | 案由 | 故意伤害 |", "故意伤害罪"),
        ("criminal", "assignment_notice", "# 指派通知书\n　　受援人柯玉成涉嫌开设"
            "赌场罪一案，指派你所律师承办。", "开设赌场罪"),
        ("criminal", "defence_request", "# 通知\n　　我院受理的柯玉成涉嫌掩饰、"
            "隐瞒犯罪所得罪一案，请指派律师。", "掩饰、隐瞒犯罪所得罪"),
        ("criminal", "judgment", "# 判决书\n　　被告人柯玉成犯放火罪、盗窃罪，判处有期徒刑六年。", "放火罪、盗窃罪"),
        ("criminal", "client_interview", "# 会见笔录\n被会见人：柯玉成　涉嫌"
            "罪名：聚众斗殴罪　第一次会见", "聚众斗殴罪"),
        ("civil", "cover", "# 案卷\n| 受援人 | 柯玉成 | 案由 | 抚养费纠纷 |", "抚养费纠纷"),
        ("civil", "assignment_notice", "# 指派通知书\n　　受援人柯玉成因机动车"
            "交通事故责任纠纷一案，指派你所。", "机动车交通事故责任纠纷"),
        ("civil", "judgment", "# 判决书\n　　原告柯玉成与被告卞大江离婚纠纷一案，本院受理后。", "离婚纠纷"),
        ("civil", "judgment", "# 判决书\n　　原告柯玉成诉被告南浦某某建筑有限公司劳动争议一案。", "劳动争议"),
        ("labour_arbitration", "cover", "# 案卷\n| 受援人 | 柯玉成 | 案由 | 确认劳动关系争议 |", "确认劳动关系争议"),
        ("administrative", "cover", "# 案卷\n| 受援人 | 柯玉成 | 案由 | 政府信息公开 |", "政府信息公开"),
    ],
)  # fmt: skip
def test_where_it_is_named(kind: str, paper: str, markup: str, cause: str) -> None:
    assert cause_of(papers_of((paper, markup)), kind) == cause


def test_a_cell_of_two_lines_is_read_whole() -> None:
    markup = (
        "# 案卷\n| 受援人 | 柯玉成 | 案由 | 掩饰、隐瞒犯罪 |\n"
        "|  |  |  | 所得罪 |\n| 承办人 | 姚思远 | 办案机关 | 检察院 |"
    )
    assert cause_of(papers_of(("cover", markup)), "criminal") == "掩饰、隐瞒犯罪所得罪"


def test_misreadings_vote_with_the_official_name() -> None:
    bad = papers_of(
        ("cover", "# 案卷\n| 受援人 | 柯玉成 | 案由 | 枪劫罪 |"), ("closing_report", "# 表\n| 案由 | 枪劫罪 |")
    )
    assert cause_of(bad, "criminal") == "抢劫罪"


def test_former_convictions_and_the_law_s_words_are_no_charge() -> None:
    papers = papers_of(
        ("cover", "# 案卷\n| 受援人 | 柯玉成 | 案由 | 盗窃罪 |"),
        (
            "indictment",
            "# 起诉书\n　　被告人柯玉成曾因犯抢劫罪被判刑。因涉嫌盗窃罪被拘留。犯罪嫌疑人犯罪以后自动投案的。",
        ),
    )
    assert cause_of(papers, "criminal") == "盗窃罪"


def test_nothing_is_made_up() -> None:
    assert cause_of(papers_of(("evidence_material", "# 借条\n今借到壹万元")), "civil") == ""
