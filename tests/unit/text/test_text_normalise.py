import pytest

from pipeline.text.normalise import closest, content, fold, fold_with_places, locate, strip_spaces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某援审字〔2020〕第７号", "某援审字[2020]第7号"),
        ("案　由：（盗窃）", "案由:(盗窃)"),
        ("“同意”", '"同意"'),
        ("一、受援人；", "一,受援人;"),
        ("二○二○年", "二〇二〇年"),
        ("日期：____年", "日期:年"),
        ("⽇期", "日期"),
    ],
)
def test_variants_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


def test_different_texts_stay_different():
    assert fold("会见笔录") != fold("阅卷笔录")


def test_places_point_back_into_the_text():
    text = "  指 派：㈠通知书"
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert text[places[folded.index("派")]] == "派"
    assert text[places[folded.index("通")]] == "通"


def test_letter_spaced_titles_close_up_but_latin_words_do_not():
    assert strip_spaces(" 会 见　笔 录 \n") == "会见笔录"
    assert strip_spaces("型号 Mate 60 Pro 手 机") == "型号Mate 60 Pro手机"


def test_content_drops_every_mark():
    assert content("（一）被告人：张某，身高 1.7 米。") == "一被告人张某身高17米"


TITLES = ("会见笔录", "阅卷笔录", "谈话笔录", "指派通知书", "给予法律援助决定书")


@pytest.mark.parametrize(
    ("text", "title", "errors"),
    [
        ("阅 卷 笔 录", "阅卷笔录", 0),
        ("阅卷笔绿", "阅卷笔录", 1),
        ("指派通短书", "指派通知书", 1),
        ("给予法律授助决定", "给予法律援助决定书", 2),
    ],
)
def test_the_nearest_title_is_found(text, title, errors):
    match = closest(text, TITLES, max_errors=2)
    assert match is not None
    assert (match.candidate, match.errors, match.tied) == (title, errors, False)


def test_too_many_errors_are_no_match():
    assert closest("庭审笔录", TITLES, max_errors=0) is None
    assert closest("某某某录", ("会见笔录",), max_errors=3) is None
    assert closest("", TITLES, max_errors=2) is None


def test_a_tie_is_said():
    match = closest("听审笔录", ("会见笔录", "庭审笔录", "预审笔录"), max_errors=1)
    assert match is not None
    assert match.tied


@pytest.mark.parametrize(
    ("text", "found", "errors"),
    [
        ("承办律师签名：王某  2020年", "承办律师签名", 0),
        ("承 办 律 师 签 名", "承 办 律 师 签 名", 0),
        ("备注 承办律帅签名：", "承办律帅签名", 1),
        ("备注 承办律签名：", "承办律签名", 1),
    ],
)
def test_labels_are_located_in_a_line(text, found, errors):
    place = locate(text, ("审批人签名", "承办律师签名"), max_errors=1)
    assert place is not None
    assert (place.phrase, text[place.start : place.end], place.errors) == ("承办律师签名", found, errors)


def test_of_two_labels_the_longer_exact_one_is_taken():
    place = locate("受援人签名：", ("签名", "受援人签名"), max_errors=1)
    assert place is not None
    assert place.phrase == "受援人签名"
    assert locate("申请人：李某", ("承办律师",), max_errors=1) is None
