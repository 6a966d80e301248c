"""The opinion sheet in Word: what stands in it, and that no template and no text does harm."""

import io
import zipfile

import docx
import pytest

from pipeline.problems import UsageError
from pipeline.summary.labels import Names
from pipeline.summary.opinion import Decided, own_template, read_template, write_opinion

NAMES = Names({"assignment_notice": "指派通知书"}, {"DOC103": "缺少阅卷笔录"})
NASTY = "=cmd|' /C calc'!A0 <script>alert(1)</script> {{ 7*7 }} \u202e\x07"


def case(**changes):
    made = {
        "case_id": "A001", "status": "screened", "case_kind": "criminal", "stage": "trial", "entry": "application",
        "people": {"recipient": "周某甲", "lawyer": "许某", "lawyers": ["许某"], "law_firm": "某所", "agency": "某"},
        "pages": [{"page": 1}, {"page": 2}],
        "findings": [
            {
                "rule": "DAT501", "key": "k1", "severity": "high", "confidence": 0.9, "title": "指派日期早于审批日期",
                "message": "指派通知书 2022-08-03 早于审批 2022-08-06", "document_type": "assignment_notice",
                "basis": "法律援助法第四十三条", "advice": "请核对", "evidence": [{"page": 2}, {"page": 1}],
            }
        ],
        "outcomes": [{"rule": "DOC103", "verdict": "unsure", "why": "第2页无法辨认", "pages": [2]}],
    }  # fmt: skip
    return made | changes


def texts(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return cells + [paragraph.text for paragraph in document.paragraphs]


def written(case_, decided=None, template=None):
    sheet = write_opinion(template or own_template(), case_, NAMES, decided or {}, ["甲", "乙"], "2026年3月4日")
    return texts(sheet)


def test_the_sheet_holds_the_case_its_findings_and_who_said_what():
    decided = {"k1": [Decided("甲", "成立", "问题属实", "见第3页"), Decided("乙", "不成立")]}
    found = written(case(), decided)
    for text in ("A001", "周某甲", "指派日期早于审批日期", "第 1–2 页", "缺少阅卷笔录", "第 2 页"):
        assert text in found
    assert "甲：成立，问题属实，见第3页\n乙：不成立" in found
    assert any("评估员：甲、乙" in text and "2026年3月4日" in text for text in found)
    assert not any("{{" in text or "{%" in text for text in found)


def test_what_nobody_decided_is_told_as_such():
    assert written(case()).count("（未判断）") == 2


def test_hostile_text_stays_text():
    finding = case()["findings"][0] | {"message": NASTY, "title": "长" * 2000}
    people = case()["people"] | {"recipient": NASTY}
    found = written(case(findings=[finding], people=people, case_id=NASTY), {"k1": [Decided(NASTY, "成立", "", NASTY)]})
    shown = "=cmd|' /C calc'!A0 <script>alert(1)</script> {{ 7*7 }} \ufffd\ufffd"
    assert found.count(shown) == 3 and "长" * 2000 in found


def test_a_case_that_could_not_be_read_has_a_sheet_too():
    failed = case(
        status="failed", case_kind=None, stage=None, entry=None, people={}, pages=[], findings=[], outcomes=[]
    )
    assert "A001" in written(failed)


def own_words(text):
    """Our template with other words in place of the date's mark."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(own_template())) as given, zipfile.ZipFile(stream, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "word/document.xml":
                content = content.replace("{{ 日期 }}".encode(), text.encode())
            made.writestr(name, content)
    return stream.getvalue()


def test_a_bureau_may_write_its_own_words():
    assert any("本局 2026年3月4日 制" in text for text in written(case(), template=own_words("本局 {{ 日期 }} 制")))


@pytest.mark.parametrize(
    "mark",
    ["{{ 不认识 }}", "{% for x in %}", "{{ ''.__class__.__mro__ }}", "{{ 疑点.__init__.__globals__ }}"],
)
def test_marks_that_mean_nothing_or_reach_out_are_refused(mark):
    with pytest.raises(UsageError, match="模板有误"):
        written(case(), template=own_words(mark))


@pytest.mark.parametrize("content", [b"", b"no word file", b"PK\x03\x04 cut off"])
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(UsageError, match="不是 Word 文件"):
        write_opinion(content, case(), NAMES, {}, [], "")


def test_a_template_that_is_not_there_is_told(tmp_path):
    assert read_template(None) == own_template()
    with pytest.raises(UsageError, match="读不了"):
        read_template(tmp_path / "none.docx")
