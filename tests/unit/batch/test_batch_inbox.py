"""When a child of a watched folder is complete: by what looks see, on a clock of the test's own."""

import os
import sys

import pytest

from pipeline.batch.inbox import STALLED, Sight, Watchlist, held, look, speaks_of_a_copy


def sight(size=10, date=1, under_way=""):
    return Sight((("A.pdf", size, date),), under_way)


@pytest.fixture
def watched():
    return Watchlist(settle=60)


def test_a_child_is_complete_when_nothing_changed_for_long_enough(watched):
    watched.saw({"A.pdf": sight()}, 0)
    assert watched.complete(59) == frozenset() and watched.waiting(59) == {"A.pdf"}
    watched.saw({"A.pdf": sight()}, 59)
    assert watched.complete(60) == {"A.pdf"} and watched.waiting(60) == frozenset()


@pytest.mark.parametrize("changed", [sight(size=11), sight(date=2), Sight((("A.pdf", 10, 1), ("A/2.png", 3, 1)))])
def test_every_change_begins_the_wait_anew(watched, changed):
    assert watched.saw({"A.pdf": sight()}, 0) == ("A.pdf",)
    assert watched.saw({"A.pdf": sight()}, 30) == ()
    assert watched.saw({"A.pdf": changed}, 50) == ("A.pdf",)
    assert watched.complete(100) == frozenset()
    assert watched.complete(110) == {"A.pdf"}


def test_an_old_date_says_nothing(watched):
    """Copying keeps the date of what is copied: years ago, and still growing."""
    watched.saw({"A.pdf": sight(date=1)}, 1000)
    assert watched.complete(1059) == frozenset()


def test_what_was_taken_is_not_fresh_until_it_changes(watched):
    watched.saw({"A.pdf": sight(), "B.pdf": sight()}, 0)
    assert watched.fresh(60) == {"A.pdf", "B.pdf"}
    watched.take(frozenset({"A.pdf"}))
    assert watched.fresh(60) == {"B.pdf"} and watched.complete(60) == {"A.pdf", "B.pdf"}
    watched.saw({"A.pdf": sight(size=11), "B.pdf": sight()}, 100)
    assert watched.complete(100) == {"B.pdf"}
    assert watched.fresh(160) == {"A.pdf", "B.pdf"}
    watched.take(frozenset({"A.pdf", "B.pdf"}))
    watched.release(frozenset({"B.pdf"}))
    assert watched.fresh(160) == {"B.pdf"}


def test_what_went_is_gone_only_after_a_while_and_waits_anew_when_it_is_back(watched):
    watched.saw({"A.pdf": sight(), "B.pdf": sight()}, 0)
    watched.take(watched.complete(60))
    watched.saw({"B.pdf": sight()}, 100)
    assert watched.gone(100) == frozenset() and watched.gone(160) == {"A.pdf"}
    watched.saw({"A.pdf": sight(), "B.pdf": sight()}, 170)
    assert watched.gone(300) == frozenset() and watched.complete(170) == {"B.pdf"}
    assert watched.complete(230) == {"A.pdf", "B.pdf"} and watched.fresh(230) == frozenset()
    watched.saw({"B.pdf": sight()}, 300)
    assert watched.gone(360) == {"A.pdf"}
    watched.take(frozenset({"B.pdf"}))
    assert watched.gone(500) == frozenset()


def test_a_name_that_speaks_of_a_copy_holds_a_folder_back_until_the_copy_has_stalled(watched):
    watched.saw({"案": sight(under_way="案/2.pdf.part")}, 0)
    assert watched.complete(STALLED - 1) == frozenset()
    assert watched.complete(STALLED) == {"案"}


def test_a_child_that_is_itself_a_download_is_never_taken(watched):
    watched.saw({"A.pdf.crdownload": sight()}, 0)
    assert watched.complete(10 * STALLED) == frozenset()


def test_a_file_held_by_another_program_is_left_alone():
    holding = {"案/1.pdf"}
    watched = Watchlist(60, holding.__contains__)
    watched.saw({"案": Sight((("案/1.pdf", 1, 1), ("案/2.pdf", 1, 1)))}, 0)
    assert watched.complete(1000) == frozenset()
    holding.clear()
    assert watched.complete(1000) == {"案"}
    watched.take(frozenset({"案"}))
    holding.add("案/1.pdf")  # somebody reads it in a viewer: it was screened as it is
    assert watched.complete(1000) == {"案"}


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf.part",
        "a.PDF.Partial",
        "a.pdf.filepart",
        "未确认 1.crdownload",
        ".a.pdf.Xa3f9Z",
        "x.tmp",
        "a.td",
        ".~tmp~",
    ],
)
def test_names_of_copies(name):
    assert speaks_of_a_copy(name)


@pytest.mark.parametrize("name", ["a.pdf", "partial.pdf", "案卷.part1", "1.tif", ".DS_Store", "~$起诉书.docx", "tmp"])
def test_names_of_no_copies(name):
    assert not speaks_of_a_copy(name)


def test_a_look_sees_every_file_with_size_and_date(tmp_path):
    inbox = tmp_path / "收件 📥"
    (inbox / "案 甲" / "附件").mkdir(parents=True)
    (inbox / "案 甲" / "1.png").write_bytes(b"1")
    (inbox / "案 甲" / "附件" / "2.png").write_bytes(b"22")
    (inbox / "案 甲" / ".DS_Store").write_bytes(b"x")
    (inbox / "B.pdf").write_bytes(b"333")
    os.utime(inbox / "B.pdf", ns=(5, 5))
    (inbox / ".hidden.pdf").write_bytes(b"x")
    seen = look(inbox)
    assert list(seen) == ["B.pdf", "案 甲"]
    assert seen["B.pdf"] == Sight((("B.pdf", 3, 5),))
    assert [(name, size) for name, size, _ in seen["案 甲"].files] == [("案 甲/1.png", 1), ("案 甲/附件/2.png", 2)]
    (inbox / "案 甲" / "附件" / ".2.png.aB3dE6").write_bytes(b"2")
    assert look(inbox)["案 甲"].under_way == "案 甲/附件/.2.png.aB3dE6"
    assert look(inbox)["案 甲"].files == seen["案 甲"].files


def test_run_folders_are_passed_over(tmp_path):
    (tmp_path / "inbox" / "旧结果").mkdir(parents=True)
    (tmp_path / "inbox" / "旧结果" / "ledger.db").touch()
    (tmp_path / "inbox" / "深" / "结果").mkdir(parents=True)
    (tmp_path / "inbox" / "A.pdf").touch()
    assert set(look(tmp_path / "inbox", tmp_path / "inbox" / "深" / "结果")) == {"A.pdf"}


def test_a_folder_that_holds_itself_is_looked_through_once(tmp_path):
    (tmp_path / "inbox" / "案").mkdir(parents=True)
    (tmp_path / "inbox" / "案" / "1.png").write_bytes(b"1")
    try:
        (tmp_path / "inbox" / "案" / "loop").symlink_to(tmp_path / "inbox" / "案", target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert [name for name, *_ in look(tmp_path / "inbox")["案"].files] == ["案/1.png"]


def test_a_file_that_cannot_be_asked_has_its_place(tmp_path):
    try:
        (tmp_path / "broken.pdf").symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert look(tmp_path) == {"broken.pdf": Sight((("broken.pdf", -1, 0),))}


def test_a_folder_that_is_gone_raises(tmp_path):
    with pytest.raises(OSError):
        look(tmp_path / "gone")


def test_a_file_that_nobody_holds_is_free(tmp_path):
    (tmp_path / "a").touch()
    assert not held(tmp_path / "a") and not held(tmp_path / "gone")


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows keeps others from reading")
def test_a_file_opened_for_oneself_alone_is_held(tmp_path):
    import ctypes

    (tmp_path / "a").touch()
    handle = ctypes.windll.kernel32.CreateFileW(str(tmp_path / "a"), 0x40000000, 0, None, 3, 0, None)
    try:
        assert held(tmp_path / "a")
    finally:
        ctypes.windll.kernel32.CloseHandle(handle)
