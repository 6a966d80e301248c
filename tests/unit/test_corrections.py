"""Corrections find their pages by content, and of two about the same thing the later one counts."""

from pipeline.box import Box
from pipeline.corrections import Correction, Place, Target, placed, places_of

FIRST, SECOND = "a" * 64, "b" * 64
PLACES = places_of([(FIRST, 2), (SECOND, 3)])


def date(value="2022-06-23", place=None, **more):
    target = Target(place or Place(SECOND, 2), "assignment", "二〇二二年", Box(0.1, 0.1, 0.2, 0.2))
    return Correction("date", target, value, **more)


def test_pages_are_numbered_through_the_files():
    assert (Place(FIRST, 1), Place(FIRST, 2), Place(SECOND, 1), Place(SECOND, 2), Place(SECOND, 3)) == PLACES


def test_a_correction_follows_its_file_wherever_that_lies():
    assert placed([date()], PLACES)[0].pages == (4,)
    turned = places_of([(SECOND, 3), (FIRST, 2)])
    assert placed([date()], turned)[0].pages == (2,)


def test_a_file_that_lies_there_twice_is_corrected_twice_and_one_that_is_gone_nowhere():
    assert placed([date()], places_of([(SECOND, 3), (SECOND, 3)]))[0].pages == (2, 5)
    assert placed([date()], places_of([(FIRST, 9)]))[0].pages == ()


def test_of_two_about_the_same_the_later_counts():
    first, second = date(id=1), date("2022-06-25", id=2)
    gone = Correction("no_date", date().target, id=3)
    assert [one.correction.id for one in placed([first, second], PLACES)] == [2]
    assert [one.correction.id for one in placed([second, gone], PLACES)] == [3]
    other = date(place=Place(SECOND, 3), id=4)
    assert [one.correction.id for one in placed([first, other], PLACES)] == [1, 4]


def test_what_belongs_to_the_whole_case_has_no_page():
    kinds = [Correction("case_kind", Target(), "civil", id=1), Correction("entry", Target(), "notice", id=2)]
    assert [(one.correction.kind, one.pages) for one in placed(kinds, PLACES)] == [("case_kind", ()), ("entry", ())]


def test_who_said_so_goes_with_it():
    (one,) = placed([date(author="甲", at="2026-03-04T09:30:00+08:00", id=7)], PLACES)
    assert (one.reviewed.by, one.reviewed.at, one.reviewed.correction) == ("甲", "2026-03-04T09:30:00+08:00", 7)
