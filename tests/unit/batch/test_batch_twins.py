"""Cases with the same content are one file, whatever they are called."""

from pathlib import Path

from pipeline.batch.course import Course
from pipeline.batch.twins import Twins, content_of
from pipeline.intake.discover import CaseSource
from pipeline.intake.open_case import CaseInput, SourceFile
from pipeline.problems import problem


def course(position, *contents, names=None, problems=()):
    made = Course(CaseSource(f"案{position}", Path(f"{position}")), position)
    files = tuple(
        SourceFile((names or ["1.png", "2.png", "3.png"])[n], Path(str(n)), sha, "image", 1)
        for n, sha in enumerate(contents)
    )
    made.opened(CaseInput(made.case_id, files, problems))
    return made


def twins(*courses):
    found = Twins()
    for one in courses:
        found.opened(one)
    return found


def test_the_same_files_in_the_same_order_are_one_file():
    found = twins(course(2, "aa", "bb", names=["a.png", "b.png"]), course(0, "aa", "bb"), course(5, "aa", "bb"))
    assert found.firsts() == {2: 0, 5: 0}
    assert found.same_as() == {2: "案0", 5: "案0"}
    assert found.firsts({2, 5}) == {5: 2}


def test_another_order_one_file_more_or_another_content_is_another_file():
    found = twins(course(0, "aa", "bb"), course(1, "bb", "aa"), course(2, "aa"), course(3, "aa", "cc"))
    assert found.firsts() == {}


def test_a_case_of_which_a_file_was_refused_is_like_no_other():
    lost = (problem("F102", file="3.png"),)
    found = twins(course(0, "aa", problems=lost), course(1, "aa", problems=lost), course(2), course(3))
    assert found.firsts() == {}
    assert content_of(course(0, "aa", problems=(problem("F112", file="1.png"),))) == ("aa",)
    assert content_of(Course(CaseSource("x", Path("x")), 0)) == ()


def test_a_case_that_was_opened_again_holds_what_it_holds_now():
    found = twins(course(0, "aa"), course(1, "aa"))
    found.opened(course(1, "bb"))
    assert found.same_as() == {}
