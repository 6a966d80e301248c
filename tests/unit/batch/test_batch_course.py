from pathlib import Path

from pipeline.batch.course import Course, case_problem, file_problem, page_problem
from pipeline.batch.engine import Done, Job, Raised
from pipeline.batch.work import ReadPage
from pipeline.config import load_settings
from pipeline.intake.discover import CaseSource
from pipeline.intake.open_case import CaseInput, SourceFile
from pipeline.problems import EngineError, problem

LIMITS = load_settings(None, limits={"seconds_per_page": 7, "memory_mb": 600, "pages_per_case": 4}).limits


def source_file(name, pages, sha="aa"):
    return SourceFile(name, Path(name), sha, "pdf", pages)


def lost(fault, raised=None, seconds=9.0):
    return Done(Job(print, (), seconds), fault=fault, raised=raised)


def test_pages_are_numbered_through_all_files():
    course = Course(CaseSource("a", Path("a")), 0)
    course.opened(CaseInput("a", (source_file("1.pdf", 2), source_file("2.pdf", 1, "bb")), ()))
    assert [(p.number, p.file.name, p.index, p.key) for p in course.places] == [
        (1, "1.pdf", 0, ("aa", 0)),
        (2, "1.pdf", 1, ("aa", 1)),
        (3, "2.pdf", 0, ("bb", 0)),
    ]
    course.packed = {3: b"c", 1: b"a", 2: b"b"}
    assert course.read_pages() == (ReadPage("1.pdf", 1, b"a"), ReadPage("1.pdf", 2, b"b"), ReadPage("2.pdf", 1, b"c"))
    assert [(s.file, s.sha256, s.pages) for s in course.sources] == [("1.pdf", "aa", 2), ("2.pdf", "bb", 1)]


def test_a_lost_page_is_told_by_its_fault():
    assert page_problem(lost("died"), LIMITS).code == "P203"
    assert (page_problem(lost("timeout"), LIMITS).code, page_problem(lost("timeout"), LIMITS).message[-4:-1]) == (
        "P204",
        "7 秒",
    )
    assert page_problem(lost("memory"), LIMITS).code == "P210"
    told = page_problem(lost("raised", Raised("ValueError", "ocr/read.py:12")), LIMITS)
    assert told.code == "P205" and "ValueError (ocr/read.py:12)" in told.message


def test_a_lost_file_is_told_by_its_fault_and_named():
    codes = {fault: file_problem(lost(fault), "a.pdf", LIMITS).code for fault in ("died", "timeout", "memory")}
    assert codes == {"died": "F115", "timeout": "F116", "memory": "F130"}
    told = file_problem(lost("raised", Raised("OSError", "")), "a.pdf", LIMITS)
    assert (told.code, told.file) == ("F113", "a.pdf") and "OSError" in told.message


def test_a_case_that_could_not_be_screened_says_why():
    assert "超过时限 9 秒" in case_problem(lost("timeout")).message
    assert "被终止" in case_problem(lost("died")).message
    assert "引擎坏了" in case_problem(lost("raised", EngineError("引擎坏了"))).message


def test_files_opened_one_by_one_are_joined_in_order_and_within_the_limit():
    course = Course(CaseSource("a", Path("a")), 0)
    course.parts[2] = ((source_file("3.pdf", 2),), ())
    course.parts[0] = ((source_file("1.pdf", 3),), (problem("F112", file="1.pdf", detail="x"),))
    course.parts[1] = ((), (problem("F115", file="2.pdf"),))
    joined = course.joined(LIMITS)
    assert [file.name for file in joined.files] == ["1.pdf"]
    assert [(p.code, p.file) for p in joined.problems] == [("F112", "1.pdf"), ("F115", "2.pdf"), ("F111", "3.pdf")]


def test_a_case_of_which_a_file_was_replaced_begins_anew_but_once():
    course = Course(CaseSource("a", Path("a")), 0)
    assert not course.begins_anew()
    course.packed, course.replaced = {1: b"of the file before"}, True
    assert course.begins_anew() and course.packed == {}
    course.replaced = True
    assert not course.begins_anew()
