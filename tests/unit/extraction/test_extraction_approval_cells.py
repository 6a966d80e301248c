"""The two signatures of an approval form in the layouts that counties print."""

from __future__ import annotations

import pytest
from pages_builder import page_text, pages_of
from test_extraction_date_roles import AS_OF, roles

from pipeline.casefile import Box, Document, Line, PageText, Quality
from pipeline.extraction.date_roles import role_dates
from pipeline.extraction.readings import dates_in, placed_rows
from pipeline.extraction.signer_cells import labels_in, level_of

BOTH = {"review": ["2023-03-02"], "approval": ["2023-03-04"]}

LAYOUTS = {
    "side by side, dates on a row of their own": """
# 法律援助审批表
| 审查意见 | 审批意见
| 符合条件，拟给予援助。 | 同意给予援助。
| 签名：丁某 | 签名：高某
| 2023年3月2日 | 2023年3月4日
""",
    "side by side, signature and date in one cell": """
# 法律援助审批表
| 经办人意见 | 负责人意见
| 符合条件。 | 同意。
| 丁某 2023年3月2日 | 高某 2023年3月4日
""",
    "one row, both signers": """
# 法律援助审批表
　　经审查，申请人符合经济困难标准，报请领导审批。
| 审查人：丁某 2023年3月2日 | 审批人：高某 2023年3月4日
""",
    "day below the signature": """
# 法律援助申请审批表
审查意见：
　　申请事项属于范围，建议报请负责人审批。
> 签名：丁某
> 2023 年 3 月 2 日
审批意见：
　　同意。
> 签名：高某
> 2023 年 3 月 4 日
""",
    "the reviewer asks the head for approval": """
# 法律援助审批表
承办人审查意见：
　　符合条件，拟同意给予法律援助，请中心主任审批。
> 2023年3月2日
中心主任审批意见：
　　同意经办人意见。
> 2023年3月4日
""",
    "other dates around": """
# 法律援助审批表
| 申请日期 | 2023年2月27日 | 受理日期 | 2023年2月28日
| 案情简介 | 2022年10月1日起拖欠工资，2023年1月5日离职。
| 审查意见 | 符合条件。签名：丁某 2023年3月2日
| 审批意见 | 同意。签名：高某 2023年3月4日
| 指派意见 | 指派正明律师事务所承办。经办人：丁某 2023年3月5日
""",
    "three levels, the middle one a department": """
# 法律援助审批表
承办人意见：建议援助。
> 丁某　2023年3月2日
科室负责人审核意见：拟同意。
> 方某　2023年3月3日
中心负责人审批意见：同意。
> 高某　2023年3月4日
""",
    "the receipt of the applicant below": """
# 法律援助审批表
初审意见：符合条件。
> 初审人：丁某　2023年3月2日
审批意见：同意。
> 审批人：高某　2023年3月4日
申请人领取决定书签名：马某某　2023年3月8日
""",
    "dots": """
# 法律援助审批表
| 受理人员意见 | 符合条件，丁某 2023.3.2
| 机构负责人意见 | 同意，高某 2023.3.4
""",
    "words for the day": """
# 法律援助案件审批表
拟办意见：拟给予援助。
> 拟办人：丁某　二〇二三年三月二日
领导批示：同意。
> 高某　二〇二三年三月四日
""",
}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_who_signed_when(layout: str) -> None:
    assert roles("approval_form", LAYOUTS[layout]) == BOTH


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 审批表\n审查意见：符合。\n> 丁某　　年　月　日\n审批意见：同意。\n> 高某　2023年3月4日", ["2023-03-04"]),
        ("# 审批表\n审查意见：符合。\n> 丁某　2023年3月2日\n审批意见：同意。\n> 高某　　　年　　月　　日", []),
        ("# 审批表\n| 审查意见 | 审批意见\n| 丁某 | 高某\n| 2023年3月2日 | 年　月　日", []),
    ],
)
def test_the_other_signature_never_fills_an_empty_date(text: str, found: list[str]) -> None:
    assert [day for day in roles("approval_form", text).get("approval", []) if day != "?"] == found


def placed(*lines: tuple[str, float, float, float]) -> dict[str, list[str]]:
    """Roles of an approval form of lines (text, x0, y0, x1) that an engine found."""
    read = tuple(Line(text, Box(x0, y0, x1, y0 + 0.018), 0.98) for text, x0, y0, x1 in lines)
    pages = pages_of(PageText("scanned", 0, read, (), Quality("good", 0.98), 1240, 1754))
    rows = placed_rows(Document("d1", "approval_form", "", 1, 1, 1.0), pages)
    found: dict[str, list[str]] = {}
    for role, date in role_dates("approval_form", dates_in(rows, pages, AS_OF), rows):
        found.setdefault(role, []).append(str(date.value))
    return found


def test_labels_written_one_character_below_the_other() -> None:
    column = [(char, 0.15, 0.40 + 0.02 * at, 0.17) for at, char in enumerate("审查意见")]
    column += [(char, 0.15, 0.60 + 0.02 * at, 0.17) for at, char in enumerate("审批意见")]
    cells = [("符合条件，拟给予援助。", 0.25, 0.40, 0.55), ("签名：丁某", 0.45, 0.49, 0.56)]
    cells += [("2023年3月2日", 0.62, 0.49, 0.78), ("同意。", 0.25, 0.60, 0.32), ("签名：高某", 0.45, 0.69, 0.56)]
    assert placed(*column, *cells, ("2023年3月4日", 0.62, 0.69, 0.78)) == BOTH


def test_labels_broken_in_the_left_column_beside_tall_cells() -> None:
    assert (
        placed(
            ("受理人员", 0.15, 0.42, 0.24), ("审查意见", 0.15, 0.44, 0.24), ("拟同意给予援助。", 0.27, 0.43, 0.46),
            ("签名：丁某", 0.27, 0.455, 0.40), ("2023年3月2日", 0.46, 0.455, 0.61),
            ("机构负责人", 0.15, 0.54, 0.26), ("意见", 0.18, 0.56, 0.23), ("同意援助。", 0.27, 0.54, 0.38),
            ("签名：高某", 0.27, 0.565, 0.40), ("2023年3月4日", 0.46, 0.565, 0.61),
        )
        == BOTH
    )  # fmt: skip


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("初审人（签字）", "lower"),
        ("承办人意见", "lower"),
        ("科室负责人审核意见", "lower"),
        ("机构工作人员意见", "lower"),
        ("法律援助中心审批意见", "upper"),
        ("中心主任", "upper"),
        ("签发人", "upper"),
        ("承办单位意见", "other"),
        ("申请人签名", "other"),
    ],
)
def test_whose_label_it_is(label: str, level: str) -> None:
    assert level_of(label) == level


def test_what_is_written_in_a_cell_is_no_label() -> None:
    pages = pages_of(page_text("　　经审查符合条件，报请负责人审批，由中心指派。"))
    assert labels_in(placed_rows(Document("d1", "approval_form", "", 1, 1, 1.0), pages)) == ()
