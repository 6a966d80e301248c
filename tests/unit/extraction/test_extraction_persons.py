"""One person under all readings is one person, two people are two, and everybody has the right part."""

from __future__ import annotations

import datetime as dt

import pytest
from papers_builder import named, papers_of, parts

from pipeline.casefile import Box, DateFact
from pipeline.extraction.people import named_in

NOTICE_OF_TWO_BROTHERS = """
# 法律援助指派通知书
> 青溪援指〔2023〕第41号
浙江乌溪律师事务所：
　　受援人张建国因盗窃罪一案，本中心决定给予法律援助，现指派你所毛一鸣律师担任其辩护人。
> 青溪县法律援助中心
> 2023年5月6日
"""
INDICTMENT_OF_TWO_BROTHERS = """
# 青溪县人民检察院
# 起 诉 书
> 青检刑诉〔2023〕88号
　　被告人张建国，男，1985年3月4日出生，公民身份号码330127198503040017，汉族，务工，住青溪县石桥镇。
　　被告人张建民，男，1987年6月8日出生，公民身份号码330127198706080016，汉族，务工，住青溪县石桥镇。
　　被告人张建国、张建民涉嫌盗窃罪一案，由青溪县公安局侦查终结。
　　经依法审查查明：被告人张建国伙同张建民、柳小东（另案处理）窃取被害人何秀芳的电动车一辆。
　　本院认为，被告人张建国、张建民的行为构成盗窃罪。
　　此致
青溪县人民法院
> 检察员：钟婷
> 二〇二三年五月三十日
"""
INTERVIEW = """
# 会见笔录
时间：2023年5月10日9时10分至10时
会见人：毛一鸣　单位：浙江乌溪律师事务所　记录人：毛一鸣
被会见人：张建国　性别：男　涉嫌罪名：盗窃罪
问：你的情况说一下。
答：我叫张建国，1985年3月4日出生。
被会见人签名：张建囯
"""
COVER_BY_HAND = """
# 法律援助案卷
| 受援人 | 张健国 | 案由 | 盗窃罪 |
| 承办单位 | 浙江乌溪律师事务所 | 承办人 | 毛一鸣 |
"""


def test_brothers_accused_together_are_two_people() -> None:
    papers = papers_of(
        ("assignment_notice", NOTICE_OF_TWO_BROTHERS),
        ("client_interview", INTERVIEW),
        ("indictment", INDICTMENT_OF_TWO_BROTHERS),
    )
    found = named_in([*papers_of(("cover", COVER_BY_HAND), score=0.7, hand=0.6), *papers], "criminal", ())
    told = parts(found)
    assert found.people.recipient == "张建国"
    assert told["张建民"] == "co_defendant"
    assert found.people.co_defendants == ("张建民",)
    assert told["柳小东"] == "accomplice"
    assert told["何秀芳"] == "victim"
    assert told["钟婷"] == "official"
    client = found.persons[0]
    assert (client.part, client.id_number) == ("recipient", "330127198503040017")
    assert "张健国" in client.variants
    assert all(place.page in (1, 2, 3, 4) for place in client.places)


def test_a_brother_is_kept_apart_even_where_only_his_name_is_handwritten() -> None:
    papers = papers_of(("indictment", INDICTMENT_OF_TWO_BROTHERS), ("cover", COVER_BY_HAND.replace("张健国", "张建民")))
    people = named_in(papers, "criminal", ()).people
    assert people.recipient == "张建民"
    assert people.co_defendants == ("张建国",)


@pytest.mark.parametrize("misread", ["奚国梁", "溪国粱", "溪囯梁", "溪国"])
def test_misreadings_of_rare_names_are_one_person(misread: str) -> None:
    forms = [
        (
            "cover",
            "# 法律援助案卷\n| 受援人 | 溪国梁 | 案由 | 诈骗罪 |\n| 承办人 | 毛一鸣 | 承办单位 | 浙江乌溪律师事务所 |",
        ),
        ("approval_form", "# 法律援助审批表\n| 受援人 | 溪国梁 | 性别 | 男 |\n| 案由 | 诈骗罪 | 援助方式 | 刑事辩护 |"),
        (
            "prosecution_opinion",
            "# 起诉意见书\n　　犯罪嫌疑人溪国梁，男，1990年1月2日出生，汉族。\n　　犯罪嫌疑人溪国梁涉嫌诈骗罪。",
        ),
    ]
    written = papers_of(
        ("closing_report", f"# 结案报告表\n| 受援人 | {misread} | 案由 | 诈骗罪 |"), score=0.7, hand=0.8
    )
    papers = [*papers_of(*forms), *written]
    found = named_in(papers, "criminal", ())
    assert found.people.recipient == "溪国梁"
    assert [person.name for person in found.persons if person.part in ("recipient", "co_defendant")] == ["溪国梁"]


def test_masked_names_are_told_apart_by_their_number() -> None:
    found = named(
        ("cover", "# 法律援助案卷\n| 受援人 | 卓远航 | 案由 | 寻衅滋事罪 |"),
        (
            "indictment",
            "# 起诉书\n　　被告人卓远航，男，1990年1月2日出生。\n　　被告人卓远航殴打被害人王某甲、王某乙，致其轻伤。",
        ),
    )
    told = parts(found)
    assert (told["王某甲"], told["王某乙"]) == ("victim", "victim")


MINOR = """
# 提供法律援助通知书
柏林区法律援助中心：
　　我院受理的被告人苗小满涉嫌抢夺罪一案，被告人系未成年人，请指派律师为其辩护。
> 柏林区人民法院
> 2022年9月1日
"""
CHARGED_MINOR = """
# 柏林区人民检察院
# 起 诉 书
　　被告人苗小满，男，2006年4月3日出生，公民身份号码13010120060403001X，汉族，学生。
　　法定代理人苗春生，系被告人之父。
　　被害人齐大河，男，1971年2月2日出生。
　　法定代理人：齐小山，系被害人之子。
　　经审查查明：被告人苗小满夺走被害人齐大河手机一部。
"""


def test_the_guardian_of_the_client_is_not_that_of_the_victim() -> None:
    found = named(
        ("defence_request", MINOR),
        ("cover", "# 法律援助案卷\n| 受援人 | 苗小满 | 案由 | 抢夺罪 |"),
        ("indictment", CHARGED_MINOR),
    )
    assert found.people.guardians == ("苗春生",)
    assert parts(found)["齐大河"] == "victim"


APPLIED_FOR_A_CHILD = """
# 法律援助申请表
| 姓名 | 苗小满 | 性别 | 男 |
| 身份证号 | {number} | 联系电话 | 13800001111 |
| 代理申请人 | 苗春生 | 与申请人关系 | 父子 |
申请人（签字）：苗小满
"""


def fact(role: str, day: str, document: str = "d1") -> DateFact:
    return DateFact(role, dt.date.fromisoformat(day), document, 1, Box(0, 0, 1, 1), day, True)


@pytest.mark.parametrize(("number", "guardians"), [("13010120080403001X", ("苗春生",)), ("130101198004030017", ())])
def test_who_applies_for_a_child_is_its_guardian_and_for_an_adult_is_not(number: str, guardians: tuple[str]) -> None:
    from pipeline.text.id_numbers import check_digit

    number = number[:17] + check_digit(number[:17])
    found = named(
        ("aid_application", APPLIED_FOR_A_CHILD.format(number=number)),
        kind="civil",
        dates=[fact("application", "2022-09-01")],
    )
    assert found.people.recipient == "苗小满"
    assert found.people.guardians == guardians
    assert found.persons[0].phone == "13800001111"


LAWSUIT = """
# 民事起诉状
原告：季春花，女，1970年3月1日出生，汉族，住泽州县高都镇。
被告：晋城市宏远建筑工程有限公司，住所地晋城市城区。
法定代表人：郎大为，经理。
第三人：樊有田，男，1966年5月2日出生。
诉讼请求：请求判令被告支付劳务费三万元。
> 具状人：季春花
"""
COURT_OF_LAWSUIT = """
# 泽州县人民法院
# 民 事 判 决 书
> （2022）晋0525民初1188号
　　原告季春花，女，1970年3月1日出生，住泽州县高都镇。
　　委托诉讼代理人谭晓松，山西泽丰律师事务所律师。
　　被告晋城市宏远建筑工程有限公司，住所地晋城市城区。
　　法定代表人郎大为，经理。
　　委托诉讼代理人闵捷，山西晋韵律师事务所律师。
　　第三人樊有田，男，1966年5月2日出生。
　　原告季春花与被告晋城市宏远建筑工程有限公司、第三人樊有田劳务合同纠纷一案，本院受理后，现已审理终结。
> 审判员　邵兵
> 书记员　尤佳
"""
CIVIL_FORMS = [
    ("cover", "# 法律援助案卷\n| 受援人 | 季春花 | 案由 | 劳务合同纠纷 |\n"
        "| 承办人 | 谭晓松 | 承办单位 | 山西泽丰律师事务所 |"),
    ("assignment_notice", "# 指派通知书\n山西泽丰律师事务所：\n"
        "　　兹指派贵所谭晓松律师承办季春花劳务合同纠纷一案。\n> 泽州县法律援助中心"),
]  # fmt: skip


def test_parties_of_a_civil_case() -> None:
    found = named(*CIVIL_FORMS, ("civil_complaint", LAWSUIT), ("judgment", COURT_OF_LAWSUIT), kind="civil")
    told = parts(found)
    assert told["季春花"] == "recipient"
    assert told["谭晓松"] == "lawyer"
    assert told["晋城市宏远建筑工程有限公司"] == "opponent"
    assert told["闵捷"] == "other_lawyer"
    assert told["樊有田"] == "third_party"
    assert "郎大为" not in told
    assert (found.people.lawyer, found.people.law_firm) == ("谭晓松", "山西泽丰律师事务所")
    assert found.people.charge_or_cause == "劳务合同纠纷"
    assert found.people.case_numbers == ("（2022）晋0525民初1188号",)


def test_sides_turn_where_the_client_is_sued() -> None:
    forms = [(kind, markup.replace("季春花", "樊有田")) for kind, markup in CIVIL_FORMS]
    complaint = LAWSUIT.replace("晋城市宏远建筑工程有限公司，住所地晋城市城区", "樊有田，男，1966年5月2日出生").replace(
        "第三人：樊有田，男，1966年5月2日出生。\n", ""
    )
    found = named(*forms, ("civil_complaint", complaint), kind="civil")
    assert parts(found)["樊有田"] == "recipient"
    assert parts(found)["季春花"] == "opponent"


def test_brothers_against_each_other_stay_two_people() -> None:
    complaint = (
        "# 民事起诉状\n原告：王大明，男，1950年3月1日出生。\n被告：王太明，男，1952年3月1日出生。\n诉讼请求：分割房屋。"
    )
    cover = "# 法律援助案卷\n| 受援人 | 王大明 | 案由 | 分家析产纠纷 |"
    told = parts(named(("cover", cover), ("civil_complaint", complaint), kind="civil"))
    assert (told["王大明"], told["王太明"]) == ("recipient", "opponent")


def test_a_victim_who_is_aided_faces_the_accused() -> None:
    found = named(
        ("cover", "# 法律援助案卷\n| 受援人 | 霍秋月 | 案由 | 故意伤害罪 |\n| 承办人 | 柴进 | 援助方式 | 刑事代理 |"),
        (
            "judgment",
            "# 北湖区人民法院\n# 刑事附带民事判决书\n> （2022）湘1002刑初77号\n"
            "　　附带民事诉讼原告人霍秋月，女，1980年1月1日出生，系本案被害人。\n"
            "　　被告人邹大勇，男，1979年2月2日出生。\n　　被告人邹大勇打伤被害人霍秋月。",
        ),
    )
    told = parts(found)
    assert (told["霍秋月"], told["邹大勇"]) == ("recipient", "opponent")
    assert found.people.co_defendants == ()


def test_a_name_with_dots_and_one_of_two_surnames() -> None:
    found = named(
        ("cover", "# 法律援助案卷\n| 受援人 | 买买提·艾力 | 案由 | 抢劫罪 |\n| 承办人 | 诸葛明远 | 类别 | 刑事 |"),
        (
            "indictment",
            "# 起诉书\n　　被告人买买提•艾力，男，1990年1月2日出生，维吾尔族。\n　　被告人买买提·艾力抢劫。",
        ),
    )
    assert found.people.recipient == "买买提·艾力"
    assert found.people.lawyer == "诸葛明远"


def test_words_of_a_hearing_are_nobody() -> None:
    record = """
# 法庭审理笔录
审判长：吕方　书记员：白露　公诉人：范晓
审：被告人有无意见？
被告人：没有意见。
公诉人：讯问被告人。
辩护人：发表辩护意见。
被告人：案发当时我在家。
"""
    told = parts(named(("cover", "# 法律援助案卷\n| 受援人 | 霍秋月 | 案由 | 盗窃罪 |"), ("hearing_record", record)))
    assert told == {"霍秋月": "recipient", "吕方": "official", "白露": "official", "范晓": "official"}
