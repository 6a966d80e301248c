"""Several assignments, meetings and hearings in one file: each has its day, its lawyer and its stage."""

from __future__ import annotations

import datetime as dt

from pages_builder import pages_of

from pipeline.casefile import Document
from pipeline.extraction.extract import extract

AS_OF = dt.date(2026, 1, 1)
Kept = tuple[str, str, str]
"""Day, lawyer and stage."""


def kept(role: str, *papers: tuple[str, str]) -> list[Kept]:
    """What becomes of a role's dates; `papers`: (type, markup of its only page)."""
    pages = pages_of(*(markup for _, markup in papers))
    documents = [Document(f"d{n}", kind, "", n, n, 0.95) for n, (kind, _) in enumerate(papers, 1)]
    facts = extract(pages, documents, AS_OF)
    return [(str(date.value), date.person, date.stage) for date in facts.dates if date.role == role and date.certain]


def assigned(lawyer: str, day: str, stage: str = "审判阶段") -> tuple[str, str]:
    text = f"""
    # 法律援助指派通知书
    青川律师事务所：
    　　现指派你所{lawyer}律师承办周立秋涉嫌盗窃罪一案（{stage}），担任犯罪嫌疑人、被告人的辩护人。
    > 南岭县法律援助中心
    > {day}"""
    return "assignment_notice", text


def met(lawyer: str, day: str, place: str) -> tuple[str, str]:
    text = f"""
    # 会见笔录
    时间：{day}9时10分至10时20分
    地点：{place}
    会见人：{lawyer}　青川律师事务所律师
    被会见人：周立秋　涉嫌罪名：盗窃罪　犯罪嫌疑人
    问：我是法律援助机构指派的律师，是否同意我为你辩护？
    答：同意。"""
    return "client_interview", text


def heard(day: str, hours: str, words: str = "") -> tuple[str, str]:
    text = f"""
    # 庭审笔录
    时间：{day}{hours}
    地点：南岭县人民法院第二法庭
    案由：盗窃罪
    审判长：现在{words}开庭。核对被告人身份。
    被告人：周立秋。"""
    return "hearing_record", text


def test_two_lawyers_in_sequence() -> None:
    papers = (
        assigned("许知远", "2023年3月3日"),
        met("许知远", "2023年3月6日", "南岭县看守所"),
        (
            "reassignment_notice",
            """
    # 更换法律援助人员通知书
    青川律师事务所：
    　　因许知远律师患病，周立秋盗窃罪一案更换为邓一鸣律师承办（审判阶段），担任被告人的辩护人。
    > 南岭县法律援助中心
    > 2023年3月20日""",
        ),
        met("邓一鸣", "2023年3月22日", "南岭县看守所"),
    )
    assert kept("assignment", *papers) == [("2023-03-03", "许知远", "trial")]
    assert kept("reassignment", *papers) == [("2023-03-20", "邓一鸣", "trial")]
    assert [one[:2] for one in kept("interview", *papers)] == [("2023-03-06", "许知远"), ("2023-03-22", "邓一鸣")]


def test_three_stages_bound_into_one_file() -> None:
    papers = (
        assigned("许知远", "2023年1月3日", "侦查阶段"),
        assigned("许知远", "2023年3月3日", "审查起诉阶段"),
        assigned("邓一鸣", "2023年5月4日", "审判阶段"),
    )
    assert kept("assignment", *papers) == [
        ("2023-01-03", "许知远", "investigation"),
        ("2023-03-03", "许知远", "prosecution_review"),
        ("2023-05-04", "邓一鸣", "trial"),
    ]


def test_two_hearings_and_one_opened_again() -> None:
    papers = (
        heard("2023年6月1日", "9时00分至11时30分"),
        heard("2023年6月15日", "14时30分至16时00分", "继续"),
        heard("2023年7月3日", "9时00分至9时40分", "恢复法庭调查，重新"),
    )
    assert [one[0] for one in kept("hearing", *papers)] == ["2023-06-01", "2023-06-15", "2023-07-03"]


def test_two_sittings_of_one_record() -> None:
    text = """
    # 庭审笔录
    第一次开庭时间：2023年6月1日9时00分
    地点：南岭县人民法院第二法庭
    审判长：现在开庭。被告人周立秋，你对起诉书有无意见？
    被告人：没有意见。2022年12月1日的事我也认。
    第二次开庭时间：2023年6月15日14时30分
    审判长：继续开庭。"""
    assert [one[0] for one in kept("hearing", ("hearing_record", text))] == ["2023-06-01", "2023-06-15"]


def test_the_same_day_twice_stays_two_meetings() -> None:
    papers = (
        assigned("许知远", "2023年3月3日"),
        met("许知远", "2023年3月6日", "南岭县看守所"),
        met("许知远", "2023年3月6日", "南岭县看守所"),
    )
    assert [one[0] for one in kept("interview", *papers)] == ["2023-03-06", "2023-03-06"]


def test_several_readings_of_the_file() -> None:
    def read(day: str, organ: str) -> tuple[str, str]:
        text = f"""
    # 阅卷笔录
    阅卷时间：{day}　阅卷地点：{organ}
    阅卷人：许知远　案由：盗窃罪　犯罪嫌疑人：周立秋
    　　2022年12月1日晚，周立秋在南岭县某商店内窃得手机一部，价值两千余元。"""
        return "file_reading_record", text

    papers = (
        assigned("许知远", "2023年3月3日"),
        read("2023年3月8日", "南岭县人民检察院"),
        read("2023年5月10日", "南岭县人民法院"),
    )
    assert kept("file_reading", *papers) == [
        ("2023-03-08", "许知远", "prosecution_review"),
        ("2023-05-10", "许知远", "trial"),
    ]
