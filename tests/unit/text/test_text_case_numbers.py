import pytest

from pipeline.text.case_numbers import find_case_numbers


def only(text):
    found = find_case_numbers(text)
    assert len(found) == 1, found
    assert found[0].raw == text[found[0].start : found[0].end]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("(2019)湘0102刑初88号", "court", "（2019）湘0102刑初88号"),
        ("〔2019〕湘0102刑初88号", "court", "（2019）湘0102刑初88号"),
        ("【2O19] 湘 0102: 刑 初 88 号", "court", "（2019）湘0102刑初88号"),
        ("（２０１９）湘０１０２民初８８号之一", "court", "（2019）湘0102民初88号"),
        ("（2019）湘01民终1234号", "court", "（2019）湘01民终1234号"),
        ("（2019）最高法行申7号", "court", "（2019）最高法行申7号"),
        ("(2009)岳民初字第310号", "court", "（2009）岳民初字第310号"),
        ("长芙劳人仲案字〔2020〕45号", "arbitration", "长芙劳人仲案字〔2020〕45号"),
        ("长检刑诉(2019]12号", "procuratorate", "长检刑诉〔2019〕12号"),
        ("长检未检刑诉〔2019〕Z12号", "procuratorate", "长检未检刑诉〔2019〕Z12号"),
        ("长公（刑）诉字〔2019〕512号", "police", "长公（刑）诉字〔2019〕512号"),
        ("长公(城)捕字[2019]第12号", "police", "长公（城）捕字〔2019〕第12号"),
        ("岳调字〔2020〕9号", "mediation", "岳调字〔2020〕9号"),
        ("岳人调字〔2020〕9号", "mediation", "岳人调字〔2020〕9号"),
        ("岳援指字〔2020〕第009号", "legal_aid", "岳援指字〔2020〕第009号"),
        ("（岳麓）援审字[2020]第9号", "legal_aid", "（岳麓）援审字〔2020〕第9号"),
        ("岳拨指宇〔2020〕第9号", "legal_aid", "岳援指字〔2020〕第9号"),
        ("[2020]湘0104法援审字第9号", "legal_aid", "〔2020〕湘0104法援审字第9号"),
        ("（2019）湘0102刑初l23号", "court", "（2019）湘0102刑初123号"),
        ("2019湘0102刑初88号", "court", "（2019）湘0102刑初88号"),
        ("2019）湘0102刑初88号", "court", "（2019）湘0102刑初88号"),
        ("（2019）兵0102民初12号", "court", "（2019）兵0102民初12号"),
        ("（2019）湘0102刑附民初3号", "court", "（2019）湘0102刑附民初3号"),
        ("长劳人仲案字2020第45号", "arbitration", "长劳人仲案字〔2020〕第45号"),
        ("(2020)岳调字第8号", "mediation", "〔2020〕岳调字第8号"),
        ("岳政复决字〔2020〕8号", "reconsideration", "岳政复决字〔2020〕8号"),
    ],
)
def test_every_issuer_is_told(text, kind, written):
    number = only(text)
    assert (number.kind, number.text) == (kind, written)


def test_parts_can_be_compared():
    one, other = only("岳援指字〔2020〕第009号"), only("岳援指字[2020]9号")
    assert (one.mark, one.year, one.serial) == (other.mark, other.year, other.serial) == ("岳援指", 2020, 9)


def test_the_sentence_before_a_number_is_no_part_of_it():
    number = only("长沙市芙蓉区人民检察院以长芙检刑诉〔2019〕12号起诉书指控被告人")
    assert number.text == "长芙检刑诉〔2019〕12号"
    assert number.raw == "长芙检刑诉〔2019〕12号"


def test_numbers_go_on_over_a_line_end_but_never_swallow_the_next_line():
    assert only("以长检刑诉〔2019〕\n12号起诉书").text == "长检刑诉〔2019〕12号"
    assert only("(2019)湘0102刑初88\n2019年5月6日").text == "（2019）湘0102刑初88号"


@pytest.mark.parametrize(
    "text",
    [
        "法释〔2015〕5号",
        "司发通〔2019〕27号",
        "《条例》（2019年修订）第12条",
        "（2019年）",
        "民国(2019)",
        "人社工认字〔2019〕7号",
        "住某某路(2019)12号楼",
    ],
)
def test_laws_and_other_brackets_are_no_case_numbers(text):
    assert find_case_numbers(text) == ()


def test_several_in_order():
    text = "依据岳援指字〔2020〕第9号指派，办理（2020）湘0104民初33号案"
    assert [number.kind for number in find_case_numbers(text)] == ["legal_aid", "court"]
