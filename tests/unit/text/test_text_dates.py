import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.dates import find_dates

DAY = dt.date(2023, 9, 18)


def only(text, *args, **kwargs):
    found = find_dates(text, *args, **kwargs)
    assert len(found) == 1, found
    assert found[0].raw == text[found[0].start : found[0].end]
    return found[0]


def values(text, *args, **kwargs):
    return [date.value for date in find_dates(text, *args, **kwargs)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2023年9月18日", "units"),
        ("2023 年 9 月 18 日", "units"),
        ("2023年09月18日", "units"),
        ("２０２３年９月１８日", "units"),
        ("2023年9月18号", "units"),
        ("20\n23年9月\n18日", "units"),
        ("2023年__9_月_18_日", "units"),
        ("2023.9.18", "dotted"),
        ("2023．9．18", "dotted"),
        ("2023-09-18", "dotted"),
        ("2023/9/18", "dotted"),
        ("2023 . 9 . 18", "dotted"),
        ("二〇二三年九月十八日", "numerals"),
        ("二○二三年九月十八日", "numerals"),
        ("二零二三年九月十八日", "numerals"),
        ("二O二三年九月十八日", "numerals"),
        ("二0二三年九月十八日", "numerals"),
        ("二 〇 二 三 年 九 月 十 八 日", "numerals"),
        ("二千零二十三年九月十八日", "numerals"),
        ("二〇二三年9月18日", "mixed"),
    ],
)
def test_whole_dates_are_read_as_they_stand(text, form):
    date = only(f"经审查，{text}作出。")
    assert (date.value, date.raw, date.form) == (DAY, text, form)
    assert date.complete
    assert not date.repaired


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇一九年元月廿三日", dt.date(2019, 1, 23)),
        ("二〇一九年十月三十一日", dt.date(2019, 10, 31)),
        ("二〇一九年十二月卅一日", dt.date(2019, 12, 31)),
        ("一九八八年二月二十九日", dt.date(1988, 2, 29)),
        ("二〇二〇年十一月十日", dt.date(2020, 11, 10)),
    ],
)
def test_numeral_months_and_days(text, value):
    assert only(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "20239月18日",  # 年 lost
        "2023年918日",  # 月 lost
        "二〇二三年九十八日",
        "二〇二三九月十八日",
        "2023年9月18",  # 日 lost
        "二〇二三年九月十八",
        "023年9月18日",  # first digit cut off
        "〇二三年九月十八日",
        "二二三年九月十八日",  # 〇 lost under a seal
        "2023午9月18曰",
        "2O23年9月l8日",
        "2023年9月1B日",
        "2023年9日18日",
        "202.3年9月18日",
        "2023年.9月18日",
        "二口二三年九月十八日",
        "二。二三年九月十八日",
        "二〇二三年九月+八日",
        "二〇二三年九月十八口",
        "二〇二三年九月十八月",
        "2O23.9.l8",
        "2023 9 18",
        "2023年918",
    ],
)
def test_damage_with_one_reading_is_repaired_and_said_so(text):
    date = only(text)
    assert (date.value, date.raw) == (DAY, text)
    assert date.repaired
    assert date.complete


@pytest.mark.parametrize(
    "text",
    [
        "202年9月18日",  # which year?
        "二〇二年九月十八日",
        "二年九月十八日",
        "2023年111日",  # 1月11日 or 11月1日
        "2023年18日",  # month lost altogether, or 1月8日
        "2023年9月1|日",  # a stroke or a one
        "二〇二三年九月二十",  # the line may end before 二十六
        "2023年9月1",
    ],
)
def test_damage_with_several_readings_has_no_value(text):
    date = only(text)
    assert date.value is None
    assert not date.complete
    assert date.form == "damaged"


def test_a_day_cut_by_the_line_is_joined_with_the_next_line():
    assert values("遂于2023年9月1\n8日报案") == [DAY]
    assert values("遂于2023年9月\n18日报案") == [DAY]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2023年9月", "partial"),
        ("二〇二三年九月", "partial"),
        ("申请日期：2023年", "partial"),
        ("2023年  月  日", "partial_slot"),
        ("2023年9月  日", "partial_slot"),
        ("    年   月   日", "empty_slot"),
        ("年月日", "empty_slot"),
        ("____年____月____日", "empty_slot"),
        ("9月18日", "month_day"),
        ("23年9月18日", "two_digit_year"),
        ("农历二〇二三年八月初四", "lunar"),
    ],
)
def test_unfinished_dates_have_no_value(text, form):
    date = only(text)
    assert (date.value, date.form, date.complete) == (None, form, False)


@pytest.mark.parametrize("text", ["2023年2月30日", "二〇二三年四月三十一日", "2023.13.5", "2021年2月29日"])
def test_impossible_dates_are_complete_without_a_value(text):
    date = only(text)
    assert date.value is None
    assert date.complete
    assert not date.repaired


@pytest.mark.parametrize(
    "text",
    [
        "出生年月日",
        "公民身份号码410999199003072413",
        "执业证号：14104202011234567",
        "联系电话：0375-2023918",
        "(2023)豫0499刑初218号",
        "某援审字〔2023〕第018号",
        "应当自收到之日起三十日内提交",
        "判处有期徒刑一年六个月",
        "每月1500元，分12期",
        "昨天下午，次日上午",
        "第2023条第9款第18项",
        "版本2.19.3",
        "共计20230918元",
        "黎明当日",
    ],
)
def test_other_numbers_are_no_dates(text):
    assert find_dates(text) == ()


def test_compact_dates_only_in_slots():
    assert values("20230918") == [DAY]
    assert values("日期：20230918") == [DAY]
    assert values("流水号20230918") == []
    assert values("20231318") == []


def test_two_dates_and_their_times():
    text = "2023年9月18日14时5分至15时10分；2023.10.9-2023.11.8"
    assert values(text) == [DAY, dt.date(2023, 10, 9), dt.date(2023, 11, 8)]


def test_a_row_number_run_into_the_year():
    date = only("32023年9月18日")
    assert date.value == DAY
    assert date.repaired


def test_same_year_follows_the_date_before():
    text = "2019年11月4日被刑事拘留，同年12月10日被逮捕，同月12日移送"
    found = find_dates(text)
    assert [date.value for date in found] == [dt.date(2019, 11, 4), dt.date(2019, 12, 10), dt.date(2019, 12, 12)]
    assert [date.form for date in found] == ["units", "year_from_context", "year_from_context"]


def test_the_end_of_a_range_takes_the_year_of_its_beginning():
    assert values("自2019年11月4日起至12月3日") == [dt.date(2019, 11, 4), dt.date(2019, 12, 3)]
    assert values("自2019年11月4日至2月3日") == [dt.date(2019, 11, 4), None]


def test_year_hint_and_century_are_the_only_guesses():
    assert only("同年9月18日", 2023).value == DAY
    assert only("9月18日", 2023).form == "year_from_context"
    assert only("2月29日", 2023).value is None
    assert only("23年9月18日", century=2000).value == DAY
    assert only("八八年二月三日", century=1900).value == dt.date(1988, 2, 3)


@settings(deadline=None, derandomize=True)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2040, 12, 31)), st.sampled_from(["{0}年{1}月{2}日", "{0}.{1}.{2}"]))
def test_every_day_survives_writing_and_reading(day, pattern):
    assert values("于" + pattern.format(day.year, day.month, day.day) + "，") == [day]


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet="二〇○一三十廿0123456789年月日. \n|lO口午至同号", max_size=40))
def test_any_noise_gives_ordered_spans_that_do_not_overlap(text):
    end = 0
    for date in find_dates(text):
        assert end <= date.start < date.end <= len(text)
        assert date.raw == text[date.start : date.end]
        end = date.end
