"""What can be a name, and when two spellings may be one."""

import pytest

from pipeline.text.lookalikes import look_alike, misread
from pipeline.text.names import differences, elect, likely_name, plausible_name, surname, told_apart, unmistakable_name


@pytest.mark.parametrize("name", ["王伟", "欧阳明月", "买买提·艾力", "苍松玉", "石磊", "阿木石"])
def test_names(name: str) -> None:
    assert plausible_name(name)


@pytest.mark.parametrize(
    "word", ["承办单位", "你单位", "受援人", "签名", "本中心", "有限公司", "权利义务", "A君", "王", "王伟王伟王"]
)
def test_words_of_forms_are_none(word: str) -> None:
    assert not plausible_name(word)


def test_in_a_sentence_only_what_is_no_word_as_well() -> None:
    assert unmistakable_name("何秀芳")
    assert not unmistakable_name("归案后")
    assert not unmistakable_name("支付")
    assert likely_name("于是非")


def test_surnames_of_one_and_two_characters() -> None:
    assert (surname("欧阳澈"), surname("欧阳"), surname("钱多"), surname("的人")) == ("欧阳", "欧", "钱", "")


def test_what_is_read_for_each_other() -> None:
    assert look_alike("宇", "字")
    assert misread("枪劫罪", "抢劫罪")
    assert not misread("张建国", "张建民")
    assert not misread("张建", "张建国")
    assert differences("张建国", "张健民") == (2, 2) or differences("张建国", "张健民")[0] == 2


def test_numbers_behind_masked_names_tell_people_apart() -> None:
    assert told_apart("王某甲", "王某乙")
    assert told_apart("张某", "李某")
    assert not told_apart("丁巧云", "丁巧")


def test_the_best_reading_is_elected_place_by_place() -> None:
    assert elect([("陈国栋", 5.0), ("陈马栋", 1.0), ("陈国东", 2.0)]) == "陈国栋"
    assert elect([("孟宪字", 1.0), ("盂宪宇", 1.1), ("孟宪宇", 0.5)]) == "孟宪宇"
    assert elect([("石磊", 0.4), ("石磊磊", 0.3)]) == "石磊"
    assert elect([]) == ""
