"""Events in running text: what charges, judgments and accounts of arrests tell of whom on which day."""

from __future__ import annotations

import pytest

from pipeline.text.told import told_in


def events(text: str) -> list[tuple[str, str]]:
    return [(told.role, told.value.isoformat()) for told in told_in(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "因涉嫌犯盗窃罪，于2021年2月22日被东河县公安局刑事拘留，同年3月1日被该局取保候审。",
            [("detention", "2021-02-22"), ("bail", "2021-03-01")],
        ),
        (
            "2021年3月8日因本案被刑拘，同月23日经东河县人民检察院批准，次日由东河县公安局执行逮捕。",
            [("detention", "2021-03-08"), ("arrest", "2021-03-24")],
        ),
        (
            "于2018年9月19日被羁押并被刑事拘留，10月19日被逮捕。",
            [("custody", "2018-09-19"), ("detention", "2018-09-19"), ("arrest", "2018-10-19")],
        ),
        (
            "周某甲于2022年1月5日被抓获，同日被刑事拘留，现羁押于东河县看守所。",
            [("apprehension", "2022-01-05"), ("detention", "2022-01-05")],
        ),
        ("二〇二二年一月五日，周某甲主动到东河县公安局投案。", [("apprehension", "2022-01-05")]),
        ("2022年1月5日，经民警电话通知，周某甲到案接受调查。", [("apprehension", "2022-01-05")]),
        ("2022年1月5日21时许，民警在某网吧内将周某甲抓获归案。", [("apprehension", "2022-01-05")]),
        ("2022年1月5日，周某甲被群众扭送至派出所。", [("apprehension", "2022-01-05")]),
        ("2022年1月5日被东河县公安局监视居住。", [("residence", "2022-01-05")]),
        (
            "本案由东河县公安局侦查终结，以被告人周某甲涉嫌盗窃罪，于2022年3月6日向本院移送审查起诉。",
            [("prosecution_received", "2022-03-06")],
        ),
        ("东河县公安局于2022年3月6日移送本院审查起诉。", [("prosecution_received", "2022-03-06")]),
        (
            "东河县人民检察院以东检刑诉〔2022〕39号起诉书指控周某甲犯盗窃罪，于2022年4月7日向本院提起公诉。"
            "本院依法适用简易程序，于2022年5月8日公开开庭审理了本案。",
            [("filed", "2022-04-07"), ("hearing", "2022-05-08")],
        ),
        ("本院于2022年5月8日、6月9日两次公开开庭审理了本案。", [("hearing", "2022-05-08"), ("hearing", "2022-06-09")]),
        ("你于2022年3月1日向本中心提出法律援助申请。", [("applied", "2022-03-01")]),
        ("本中心于2022年3月3日决定给予法律援助。", [("decided", "2022-03-03")]),
        ("我中心已于2022年3月4日指派正明律师事务所许某律师承办。", [("assigned", "2022-03-04")]),
        ("拘留时间：2022年1月5日　逮捕日期：2022年1月18日", [("detention", "2022-01-05"), ("arrest", "2022-01-18")]),
        ("被告人周某甲，男，1990年2月3日出生，汉族。", [("birth", "1990-02-03")]),
        ("被告人周某甲，1990年2月3日生于东河县。", [("birth", "1990-02-03")]),
    ],
)
def test_what_happened_on_which_day(text: str, told: list[tuple[str, str]]) -> None:
    assert events(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "2022年1月5日被东河县公安局行政拘留十日。",
        "2022年1月5日东河县人民检察院作出不批准逮捕的决定。",
        "2022年1月5日东河县公安局提请批准逮捕。",
        "2022年1月5日对周某甲解除取保候审。",
        "2022年1月5日，辩护人申请取保候审。",
        "曾因犯盗窃罪于2012年1月5日被刑事拘留。",
        "2022年1月5日23时许，周某甲窜至某小区盗窃电动车一辆。案发后周某甲被抓获。",
        "合同于2022年1月5日签订。",
        "审理期限自2022年1月5日起算。",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert events(text) == []


def test_a_hearing_of_another_subject_has_no_day() -> None:
    assert events("于2022年1月5日向本院提起公诉，本院依法不公开开庭审理了本案。") == [("filed", "2022-01-05")]


def test_of_whom_it_is_told() -> None:
    text = (
        "被告人周某甲，男，1990年2月3日出生，因本案于2022年1月5日被刑事拘留。"
        "被告人吴某乙，男，1991年3月4日出生，因本案于2022年1月9日被取保候审。"
    )
    assert [(told.role, told.person) for told in told_in(text)] == [
        ("birth", "周某甲"), ("detention", "周某甲"), ("birth", "吴某乙"), ("bail", "吴某乙"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022年1月5日，犯罪嫌疑人张三因涉嫌盗窃罪被刑事拘留", "张三"),
        ("犯罪嫌疑人欧阳建国因涉嫌盗窃罪于2022年1月5日被刑事拘留", "欧阳建国"),
        ("被告人于在清涉嫌盗窃罪，于2022年1月5日被刑事拘留", "于在清"),
        ("被告人王系舟于2022年1月5日被刑事拘留", "王系舟"),
    ],
)
def test_a_name_ends_before_what_is_told(text: str, name: str) -> None:
    assert {one.person for one in told_in(text + "，同年1月9日被取保候审。")} & {name} == {name}


def test_rights_are_nobody() -> None:
    told = told_in("已告知犯罪嫌疑人诉讼权利。2022年1月5日周某甲被抓获。")
    assert [one.person for one in told] == [""]


def test_a_day_whose_year_or_step_was_supplied_is_not_sure() -> None:
    told = told_in("2022年1月5日被抓获，次日被刑事拘留，1月18日被逮捕。")
    assert [(one.value.isoformat(), one.sure) for one in told] == [
        ("2022-01-05", True), ("2022-01-06", False), ("2022-01-18", False),
    ]  # fmt: skip


def test_a_place_in_the_text() -> None:
    text = "周某甲于2022年1月5日被抓获。"
    told = told_in(text)[0]
    assert text[told.start : told.end] == told.raw == "2022年1月5日"


def test_a_paragraph_ends_what_is_told() -> None:
    assert events("二〇二二年三月四日\n附：被告人现取保候审于住所。") == []
