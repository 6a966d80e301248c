from __future__ import annotations

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.names import natural_key, safe_id, shown, unique_id, without_suffix


@pytest.mark.parametrize(
    "in_order",
    [
        ["1.jpg", "2.jpg", "10.jpg", "100.jpg"],
        ["第1页.jpg", "第2页.jpg", "第11页.jpg"],
        ["第一卷/1.jpg", "第一卷/2.jpg", "第二卷/1.jpg", "第十卷/1.jpg", "第十一卷/1.jpg", "第二十卷/1.jpg"],
        ["一、申请表.pdf", "二、审批表.pdf", "三、公函.pdf", "十、归档.pdf"],
        ["(一)申请.pdf", "(二)审批.pdf", "(十)归档.pdf"],
        ["1-手续材料.pdf", "2-证据/1.jpg", "2-证据/10.jpg", "10-结案材料.pdf"],
        ["1.jpg", "1-2.jpg", "2.jpg"],
        ["扫描.pdf", "扫描 (2).pdf", "扫描 (10).pdf"],
        ["卷1.jpg", "卷2.jpg", "卷10.jpg"],
        ["007.jpg", "8.jpg", "0010.jpg"],
        ["a.jpg", "B.jpg", "c.jpg"],
    ],
)
def test_natural_order(in_order: list[str]) -> None:
    backwards = in_order[::-1]
    assert sorted(backwards, key=natural_key) == in_order


def test_chinese_words_are_not_numbers() -> None:
    assert natural_key("三方协议.pdf")[0][2] == "三方协议"


def test_order_is_total_even_for_thousands_of_digits() -> None:
    names = ["9" * 6000 + ".jpg", "1" + "0" * 6000 + ".jpg", "5.jpg"]
    assert sorted(names, key=natural_key)[0] == "5.jpg"


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(names, key=natural_key) == sorted(backwards, key=natural_key)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A001", "A001"),
        ("张三:诈骗?", "张三_诈骗_"),
        ("CON", "_CON"),
        ("nul.2021", "_nul.2021"),
        ("console", "console"),
        ("案卷. ", "案卷"),
        ("a\nb", "a_b"),
        ("卷\u202efdp.exe", "卷_fdp.exe"),
        ("卷 👨‍👩‍👧 一", "卷 👨‍👩‍👧 一"),
        ("...", "_"),
        ("", "_"),
    ],
)
def test_safe_id(name: str, expected: str) -> None:
    assert safe_id(name) == expected


@given(st.text(max_size=300))
def test_safe_id_is_always_a_file_name(name: str) -> None:
    result = safe_id(name)
    assert result and result == result.strip().rstrip(".")
    assert not set(result) & set('<>:"/\\|?*\0\n\r\t')
    assert len(f"{result}~99.json".encode()) <= 255


def test_taken_ids_get_numbers_without_regard_to_case() -> None:
    taken: set[str] = set()
    assert [unique_id(name, taken) for name in ("a", "A", "a", "a~2", "b")] == ["a", "A~2", "a~3", "a~2~2", "b"]


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")
def test_bytes_that_are_no_utf8_are_shown_as_gbk() -> None:
    assert shown(os.fsdecode("卷宗.pdf".encode("gbk"))) == "卷宗.pdf"
    shown(os.fsdecode(b"\xff\xfe\xff.pdf")).encode("utf-8")


@pytest.mark.parametrize(
    ("name", "expected"), [("A001.pdf", "A001"), ("卷2021.08", "卷2021.08"), ("a.b.tiff", "a.b"), (".pdf", ".pdf")]
)
def test_without_suffix(name: str, expected: str) -> None:
    assert without_suffix(name) == expected
