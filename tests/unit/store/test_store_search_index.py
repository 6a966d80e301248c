"""What the desk lists and searches."""

import sqlite3
from dataclasses import replace

import pytest

from pipeline.store.search_index import Flag, IndexRow, SearchIndex, folded

ROW = IndexRow(
    "aa", "甲", "screened", "civil", "litigation", "张三", "李四", "某所", "叶县援助中心", "叶县", 12, 1, 2, 1, 0, 1,
    20.5, (Flag("DAT501", "指派日期早于审批日期", "high", "k1"),), ("outcome:DOC103",), (),
)  # fmt: skip


@pytest.fixture
def index(tmp_path):
    return SearchIndex(tmp_path / "index.db")


def test_rows_come_back_whole_and_those_that_need_a_person_first(index):
    index.put(ROW, "1", {})
    index.put(replace(ROW, slug="bb", case_id="乙", attention=99.0), "1", {})
    rows = index.rows()
    assert [row.slug for row in rows] == ["bb", "aa"]
    assert rows[1] == ROW


def test_a_case_taken_in_again_replaces_what_was_known(index):
    index.put(ROW, "1", {1: "旧的文字"})
    index.put(replace(ROW, high=0), "2", {1: "新的文字"})
    assert index.stamps() == {"aa": "2"}
    assert [row.high for row in index.rows()] == [0]
    assert not index.search("旧的") and index.search("新的")


@pytest.mark.parametrize(
    "words",
    ["张三", "三", "张 三", "盗窃罪", "豫04", "豫０４", "刑初", "0411", "ABC", "abc"],
)
def test_any_piece_of_the_text_is_found(index, words):
    index.put(ROW, "1", {3: "被告人张\n三犯盗窃罪，（2022）豫0411刑初88号 Ａbc"})
    (hit,) = index.search(words)
    assert (hit.slug, hit.page, hit.found) == ("aa", 3, folded(words))
    assert hit.before + hit.found + hit.after in folded("被告人张\n三犯盗窃罪，（2022）豫0411刑初88号 Ａbc")


@pytest.mark.parametrize("words", ["", "  ", "王五", "%", "_", "' OR 1=1 --", "\ud800"])
def test_what_is_not_there_is_not_found(index, words):
    index.put(ROW, "1", {1: "张三"})
    assert index.search(words) == ()


def test_only_cases_that_may_be_seen_are_searched(index):
    index.put(ROW, "1", {1: "张三"})
    index.put(replace(ROW, slug="bb"), "1", {1: "张三"})
    assert [hit.slug for hit in index.search("张三", frozenset({"bb"}))] == ["bb"]
    assert len(index.search("张三", most=1)) == 1


def test_dropped_cases_are_gone(index):
    index.put(ROW, "1", {1: "张三"})
    index.drop(["aa"])
    assert index.rows() == () and index.stamps() == {} and index.search("张三") == ()


@pytest.mark.parametrize("content", [b"no database", b""])
def test_a_damaged_index_is_made_anew(tmp_path, content):
    (tmp_path / "index.db").write_bytes(content)
    index = SearchIndex(tmp_path / "index.db")
    index.put(ROW, "1", {})
    assert index.rows() == (ROW,)


def test_an_index_of_another_version_is_made_anew(tmp_path):
    SearchIndex(tmp_path / "index.db").put(ROW, "1", {})
    with sqlite3.connect(tmp_path / "index.db") as db:
        db.execute("PRAGMA user_version = 99")
    assert SearchIndex(tmp_path / "index.db").rows() == ()
