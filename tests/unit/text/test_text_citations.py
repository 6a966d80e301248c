import pytest

from pipeline.text.citations import find_citations, issue_number, names_articles

NAMES = {
    "人民检察院刑事诉讼规则(试行)": "检察规则",
    "人民检察院刑事诉讼规则": "检察规则(2019)",
    "中华人民共和国刑法": "刑法",
    "刑法": "刑法",
    "中华人民共和国刑事诉讼法": "刑事诉讼法",
    "刑诉法": "刑事诉讼法",
    "中华人民共和国合同法": "合同法",
    "合同法": "合同法",
    "中华人民共和国劳动合同法": "劳动合同法",
    "劳动合同法": "劳动合同法",
    "中华人民共和国侵权责任法": "侵权责任法",
    "侵权责任法": "侵权责任法",
    "中华人民共和国民法通则": "民法通则",
    "民法通则": "民法通则",
    "民法总则": "民法总则",
    "婚姻法司法解释(二)": "婚姻法解释(二)",
    "最高人民法院关于适用《中华人民共和国合同法》若干问题的解释(二)": "合同法解释(二)",
    "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释": "刑诉解释",
}


def cited(text):
    return [(one.law, one.article) for one in find_citations(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《中华人民共和国刑法》第六十七条第三款的规定", [("刑法", 67)]),
        ("依照刑法第六十七条、刑诉法第15条", [("刑法", 67), ("刑事诉讼法", 15)]),
        ("依照〈中华人民共和国刑法)第二百三十四条", [("刑法", 234)]),
        ("依照中华人民共和国 刑法 第 七十二 条", [("刑法", 72)]),
        ("符合《劳动合同法》第八十二条", [("劳动合同法", 82)]),
        ("触犯了刑法", [("刑法", None)]),
        ("婚姻法司法解释（二）第24条", [("婚姻法解释(二)", 24)]),
        ("《婚姻法司法解释二》第24条", [("婚姻法解释(二)", 24)]),
        ("《人民检察院刑事诉讼规则（试行）》第五条", [("检察规则", 5)]),
        ("《人民检察院刑事诉讼规则》第五条", [("检察规则(2019)", 5)]),
    ],
)
def test_laws_are_found_by_full_and_short_names(text, expected):
    assert cited(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "双方形成合同法律关系",
        "提交合同法定代表人签字页",
        "经济合同法第三条",
        "对本案的处理提出以下意见",
        "符合关于自首的规定",
        "关于王某诉李某一案, 现提出以下代理意见",
    ],
)
def test_what_only_looks_like_a_law_is_none(text):
    assert cited(text) == []


def test_an_interpretation_is_one_citation_whatever_it_names_inside():
    text = "《最高人民法院关于适用〈中华人民共和国合同法〉若干问题的解释（二）》第二十四条"
    assert cited(text) == [("合同法解释(二)", 24)]


def test_an_unknown_interpretation_is_told_as_one():
    [one] = find_citations("最高人民法院关于审理民间借贷案件适用法律若干问题的规定第十六条", NAMES)
    assert (one.law, one.article) == ("", 16)
    assert one.name.startswith("最高人民法院关于审理民间借贷")


def test_the_number_of_issue_belongs_to_the_citation():
    text = "根据《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》（法释〔2012〕21号）第一百五十七条"
    [one] = find_citations(text, NAMES)
    assert (one.law, one.article, one.number) == ("刑诉解释", 157, "法释2012-21")
    assert issue_number("法释〔2012〕21号") == issue_number("法释(2012)第21号") == "法释2012-21"


def test_a_year_put_to_the_name_is_told():
    [one] = find_citations("《中华人民共和国刑事诉讼法》（2012年修正）第五十四条", NAMES)
    assert (one.law, one.article, one.year) == ("刑事诉讼法", 54, 2012)


def test_one_character_misread_still_tells_the_law_but_not_for_certain():
    [one] = find_citations("依照《中华人民共和国侵杈责任法》第三十四条", NAMES)
    assert (one.law, one.article, one.exact) == ("侵权责任法", 34, False)


def test_a_name_between_two_known_ones_is_neither():
    assert {law for law, _ in cited("依照《中华人民共和国民法迪则》第一百三十五条")} <= {""}
    assert {law for law, _ in cited("依照《中华人民共和国囗事诉讼法》第十五条")} <= {"刑事诉讼法"}


def test_places_are_those_of_the_text_given():
    text = "　审判长：依照《 刑 法 》第六十七条"
    [one] = find_citations(text, NAMES)
    assert text[one.start : one.end] == "刑 法"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照中半人民共和囯刊去第六十七条", True),
        ("根据合同第三条、第五条的约定", False),
        ("按照员工手册第十二条", False),
        ("请求从轻处罚", False),
    ],
)
def test_articles_of_contracts_are_no_trace_of_a_law(text, expected):
    assert names_articles(text) is expected
