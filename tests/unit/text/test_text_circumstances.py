import pytest

from pipeline.text.circumstances import KINDS, circumstances, raises
from pipeline.text.normalise import fold


def told(text, client=("赵某某",), others=()):
    return [(one.kind, one.standing, one.whose) for one in circumstances(fold(text), client, others)]


FOUND = "found"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("被告人赵某某犯罪以后自动投案，如实供述自己的罪行，系自首，依法可以从轻处罚", "自首"),
        ("具有自首情节，已缴纳生态修复费用", "自首"),
        ("归案后如实供述自己的罪行，系坦白，依法可以从轻处罚", "坦白"),
        ("归案后如实供述犯罪事实，可以从轻处罚", "坦白"),
        ("有重大立功表现，应当减轻处罚", "立功"),
        ("在共同犯罪中起次要作用，系从犯", "从犯"),
        ("由于意志以外的原因而未得逞，系犯罪未遂", "未遂"),
        ("犯罪时不满十八周岁，应当从轻", "未成年"),
        ("赔偿被害方经济损失并取得谅解", "谅解"),
        ("被害人王某对被告人赵某某的犯罪行为表示谅解", "谅解"),
        ("积极退赃，酌情从轻处罚", "退赔"),
        ("自愿认罪认罚，可以依法从宽处理", "认罪认罚"),
        ("系初犯、偶犯", "初犯"),
        ("被害人对引发本案有一定过错", "被害人过错"),
        ("到案后能如实供述自己的罪行，认罪态度较好，依法予以从轻处罚", "坦白"),
        ("鉴于被告人赵某某具有自首、认罪认罚等从宽情节", "认罪认罚"),
        ("被告人当庭自愿认罪认罚，依法从宽", "认罪认罚"),
        ("被告人归案后积极退赃", "退赔"),
    ],
)
def test_circumstances_are_found_as_courts_state_them(text, kind):
    assert (kind, FOUND, "client") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "已告知被告人认罪认罚可能导致的法律后果",
        "责令被告人赵某某退赔被害人经济损失七千元",
        "被害人系未成年人",
        "被告人希望取得被害人谅解",
        "系累犯，应当从重处罚",
        "承担事故主要责任，池某承担次要责任",
    ],
)
def test_what_only_uses_the_words_is_nothing(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("关于被告人所提系自首的意见，经查，其系被抓获，不构成自首，该意见不予采纳", "自首"),
        ("其系被抓获归案，不具有自首情节", "自首"),
        ("未取得被害人谅解", "谅解"),
        ("辩护人提出系从犯的意见，与查明的事实不符，不予采纳", "从犯"),
    ],
)
def test_what_the_court_turns_down_is_rejected(text, kind):
    assert {standing for name, standing, _ in told(text) if name == kind} == {"rejected"}


def test_the_defences_plea_is_no_finding():
    assert ("初犯", "pleaded", "client") in told("辩护人提出被告人系初犯，请求从轻处罚的意见")
    assert ("初犯", "pleaded", "client") in told("辩护人关于被告人系初犯、请求从轻处罚的意见，予以采纳")
    assert ("从犯", "pleaded", "client") in told("被告人赵某某系从犯的辩护意见，本院予以采纳")
    assert ("自首", "pleaded", "client") in told("辩护人提出被告人系自首的意见，与事实相符，予以采纳")


def test_of_several_defendants_the_one_named_last_is_meant():
    text = "被告人钱某甲起次要作用，系从犯；被告人赵某某系主犯，取得被害人谅解。"
    assert told(text, others=("钱某甲",)) == [
        ("从犯", FOUND, "other"),
        ("从犯", FOUND, "other"),
        ("谅解", FOUND, "client"),
    ]


def test_a_list_and_all_defendants_hold_the_client():
    assert told("被告人赵某某、钱某甲取得了被害人的谅解", others=("钱某甲",)) == [("谅解", FOUND, "client")]
    assert told("被告人钱某甲系主犯。二被告人均取得谅解", others=("钱某甲",)) == [("谅解", FOUND, "client")]


def test_a_defendant_whom_nobody_knew_is_read_from_the_text():
    assert told("被告人孙某乙系从犯。被告人赵某某积极退赃") == [("从犯", FOUND, "other"), ("退赔", FOUND, "client")]


def test_whoever_is_named_beside_the_subject_is_not_meant():
    text = "被告人钱某甲受赵某某指使望风，起次要作用，系从犯"
    assert {whose for _, _, whose in told(text, others=("钱某甲",))} == {"other"}
    text = "被告人赵某某伙同钱某甲窃得财物，系自首"
    assert told(text, others=("钱某甲",)) == [("自首", FOUND, "client")]


def test_a_misread_name_of_the_client_is_still_the_client():
    assert told("被告人赵菓某系从犯", others=("钱某甲",)) == [("从犯", FOUND, "client")]


def test_what_came_about_during_the_trial_is_late():
    [one] = circumstances(fold("本院审理期间，赵某某的亲属代为退赔"), ("赵某某",), ())
    assert (one.kind, one.late) == ("退赔", True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("主动到派出所投案", "自首"),
        ("到案当天就把事情经过讲清楚了", "坦白"),
        ("没有前科劣迹", "初犯"),
        ("对方也明确表示原谅", "谅解"),
        ("代为弥补了损失", "退赔"),
        ("所起作用相对较小", "从犯"),
        ("对方先动手推搡", "被害人过错"),
    ],
)
def test_statements_raise_them_in_other_words(text, kind):
    assert raises(fold(text), kind)
    assert not any(raises(fold("家境贫寒, 请求宽大处理"), each) for each in KINDS)
