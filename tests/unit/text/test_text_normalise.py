import pytest

from pipeline.text.normalise import content, fold, fold_with_places


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


def test_content_drops_every_mark():
    assert content("（一）被告人：张某，身高 1.7 米。") == "一被告人张某身高17米"
