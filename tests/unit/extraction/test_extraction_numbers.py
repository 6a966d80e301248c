"""Numbers that identify: where they stand, whose they are, whether their form holds."""

from __future__ import annotations

import pytest
from papers_builder import named, papers_of

from pipeline.extraction.numbers import case_numbers
from pipeline.text.id_numbers import check_digit

ID = "37132419900307001"
ID += check_digit(ID)
WRONG = ID[:-1] + ("0" if ID[-1] != "0" else "1")


def test_every_number_of_a_file_with_its_place() -> None:
    found = named(
        ("approval_form", f"# 法律援助审批表\n> 浦援审字〔2023〕第12号\n"
            f"| 受援人 | 柯玉成 | 性别 | 男 |\n| 身份证号 | {ID} | 联系电话 | 13800001111 |"),
        ("aid_letter", "# 法律援助公函\n南浦县人民法院：\n"
            "　　指派福建南浦律师事务所姚思远律师担任辩护人。律师电话：13900002222"),
        ("judgment", "# 刑事判决书\n> （2023）闽0722刑初88号\n"
            "　　南浦县人民检察院以浦检刑诉〔2023〕9号起诉书指控被告人柯玉成犯盗窃罪。"),
    )  # fmt: skip
    told = {(number.kind, number.text, number.page) for number in found.numbers}
    assert told == {
        ("document", "浦援审字〔2023〕第12号", 1),
        ("id", ID, 1),
        ("phone", "13800001111", 1),
        ("phone", "13900002222", 2),
        ("case", "（2023）闽0722刑初88号", 3),
        ("document", "浦检刑诉〔2023〕9号", 3),
    }
    assert all(0 <= number.box.x0 < number.box.x1 <= 1 for number in found.numbers)
    phones = {person.name: person.phone for person in found.persons}
    assert phones["柯玉成"] == "13800001111"
    assert phones["姚思远"] == "13900002222"
    assert found.people.case_numbers == ("（2023）闽0722刑初88号",)


def test_a_wrong_check_digit_is_told_and_is_nobody_s_number_where_a_right_one_is() -> None:
    found = named(
        ("aid_application", f"# 法律援助申请表\n| 姓名 | 柯玉成 | 性别 | 男 |\n| 身份证号 | {WRONG} | 民族 | 汉 |"),
        ("identity_proof", f"# 身份证复印件\n姓名　柯玉成\n公民身份号码　{ID}"),
    )
    assert sorted((number.text, number.valid) for number in found.numbers) == sorted([(WRONG, False), (ID, True)])
    assert found.persons[0].id_number == ID


def test_an_identity_number_belongs_to_whom_it_describes() -> None:
    other = "37132419910408002"
    other += check_digit(other)
    found = named(
        ("cover", "# 案卷\n| 受援人 | 柯玉成 | 案由 | 盗窃罪 |"),
        (
            "indictment",
            f"# 起诉书\n　　被告人柯玉成，男，1990年3月7日出生，公民身份号码{ID}，汉族。\n"
            f"　　被告人卞大江，男，1991年4月8日出生，公民身份号码{other}，汉族。",
        ),
    )
    assert {person.name: person.id_number for person in found.persons} == {"柯玉成": ID, "卞大江": other}


@pytest.mark.parametrize(
    ("papers", "numbers"),
    [
        ([("hearing_summons", "# 传票\n案号：（2023）闽0722民初5号\n案由：离婚纠纷")], ("（2023）闽0722民初5号",)),
        (
            [
                ("hearing_summons", "# 传票\n案号：（2023）闽0722民初5号"),
                ("judgment", "# 判决书\n> （2023）闽0722民初5号\n　　查明：一\n　　二\n　　三\n"
                    "　　四\n　　五\n　　原告曾以（2011）浦民初字第9号案起诉。"),
                ("court_service_return", "# 送达回证\n案号：（2023）闽0722民初6号"),
            ],
            ("（2023）闽0722民初5号",),
        ),
        ([("arbitral_award", "# 仲裁裁决书\n> 浦劳人仲案〔2023〕12号")], ("浦劳人仲案〔2023〕12号",)),
        ([("defence_request", "# 南浦县人民法院\n"
            "# 提供法律援助通知书\n> （2023）闽0722刑初5号")], ("（2023）闽0722刑初5号",)),
        ([("defence_request", "# 南浦县人民检察院\n# 提供法律援助通知书\n> （2023）闽0722刑初5号")], ()),
        ([("prosecution_opinion", "# 南浦县公安局\n# 起诉意见书\n> 浦公（刑）诉字〔2023〕5号")], ()),
        (
            [
                ("judgment", "# 二审判决书\n> （2023）闽07刑终55号\n"
                    "　　原审南浦县人民法院作出（2023）闽0722刑初5号判决。"),
                ("judgment", "# 一审判决书\n> （2023）闽0722刑初5号"),
                ("hearing_summons", "# 传票\n案号：（2023）闽07刑终55号"),
            ],
            ("（2023）闽07刑终55号", "（2023）闽0722刑初5号"),
        ),
    ],
)  # fmt: skip
def test_numbers_of_the_case_itself(papers: list[tuple[str, str]], numbers: tuple[str, ...]) -> None:
    assert case_numbers(papers_of(*papers)) == numbers
