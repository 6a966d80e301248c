"""The pages of a case and of a batch: what they say, that they are safe, that their links hold."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from summary_samples import NASTY, failed_case, sample_case

from pipeline.summary.crops import asset_name, crops_needed
from pipeline.summary.html import html_bytes, render_case, render_index
from pipeline.summary.labels import Names
from pipeline.summary.links import page_link, page_name, page_path
from pipeline.summary.overview import Skipped, batch_summary, case_row

NAMES = Names(
    {"assignment_notice": "指派通知书", "approval_form": "法律援助审批表", "file_reading_record": "阅卷笔录"},
    {"DOC103": "缺少阅卷笔录", "DAT502": "办理日期早于审批日期"},
)
VOID = {"meta", "link", "img", "input", "br", "hr"}


class Reader(HTMLParser):
    """Collects tags, ids, links and texts, and checks that tags are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


def crops_of(case):
    return {request: asset_name(case, request) for request in crops_needed(case)}


@pytest.fixture
def page() -> Reader:
    case = sample_case()
    return Reader(render_case(case, crops_of(case), NAMES))


@pytest.fixture
def index() -> str:
    rows = [case_row(sample_case("甲 #1 50%")), case_row(failed_case())]
    return render_index(batch_summary("批次" + NASTY, rows, [Skipped(NASTY, "不是案卷")], [("规则包", "河南省")]))


def test_the_page_is_well_formed_and_says_what_was_found(page):
    assert page.open == []
    for said in (
        "指派日期早于审批日期",
        "法律援助法第四十三条",
        "请核对原件",
        "补正期间",
        "第 6 项",
        "97 %",
        "D04",
        "自首",
    ):
        assert said in page.text
    assert "刑事" in page.text and "审判" in page.text and "赵某、李某" in page.text
    assert "缺少阅卷笔录" in page.text and "先行提供" in page.text
    assert "请重新扫描该页" in page.text and "页面无法渲染" in page.text
    assert "不确定" in page.text and "待核" in page.text


def test_sections_stand_in_the_order_evaluators_work(page):
    sections = [attrs.get("id") for attrs in page.all("section")]
    assert sections == ["findings", "unsure", "lawful", "unread", "documents", "dates", "more"]


def test_findings_are_suspicions_by_severity_never_verdicts(page):
    assert page.text.index("指派日期早于审批日期") < page.text.index("阅卷笔录复制摘抄起诉书")
    assert "请人工核对" in page.text
    assert not re.search("错误|违规|不合格", page.text)


def test_ocr_text_is_never_markup(page):
    assert len(page.all("script")) == 1
    assert not any("onmouseover" in attrs for _, attrs in page.tags)
    assert NASTY.split("</script>")[0] in page.text
    assert "{{ 7*7 }}" in page.text


def test_nothing_is_asked_of_any_server(page, index):
    for reader in (page, Reader(index)):
        policy = next(a["content"] for a in reader.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'")
        assert not reader.all("link")
        assert [frame["src"] for frame in reader.all("iframe")] == (["run.html"] if reader is not page else [])
        for _, attrs in reader.tags:
            for name in ("src", "href", "srcset", "action", "data"):
                assert not re.match(r"(?i)\s*(https?:|//|data:|javascript:)", attrs.get(name) or "")
    for text in (render_case(sample_case(), {}), index):
        style = text[text.index("<style>") : text.index("</style>")]
        assert "url(" not in style and "@import" not in style


def test_the_script_is_the_one_that_the_policy_allows():
    text = render_case(sample_case(), {})
    script = re.search(r"<script>(.*?)</script>", text, re.S)[1]
    allowed = re.search(r"script-src 'sha256-([^']+)'", text)[1]
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() == allowed


def test_every_anchor_has_its_place_and_every_id_is_used_once(page):
    ids = [attrs["id"] for _, attrs in page.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for attrs in page.all("a"):
        if (attrs["href"] or "").startswith("#"):
            assert attrs["href"][1:] in ids


def test_pictures_are_relative_files_that_were_asked_for(page):
    names = set(crops_of(sample_case()).values())
    shown = {attrs["src"] for attrs in page.all("img")}
    assert shown == {f"../assets/{name}" for name in names}
    assert all(attrs["alt"] and attrs["width"] and attrs["height"] for attrs in page.all("img"))


def test_a_picture_that_could_not_be_made_is_told(page):
    assert "该页图像未能生成" in page.text, "page 4 failed and has no picture"
    assert "该页图像未能生成" in Reader(render_case(sample_case(), {}, NAMES)).text


def test_matched_characters_are_marked_and_differences_are_not(page):
    text = render_case(sample_case(), {}, NAMES)
    pair = text[text.index('class="pair"') : text.index("</table>")]
    assert "<mark>被告人甲</mark>手" in pair
    assert "棍殴打乙</mark>" in pair


def test_a_case_without_findings_and_a_failed_case():
    clean = sample_case() | {"findings": [], "outcomes": [], "errors": [], "status": "screened"}
    clean["pages"] = clean["pages"][:3]
    text = Reader(render_case(clean, {}, NAMES)).text
    assert "未发现疑点" in text and "全部页面均已读取" in text
    failed = Reader(render_case(failed_case(), {}, NAMES)).text
    assert "文件有密码" in failed and "请另存为无密码的 PDF" in failed
    assert "未发现疑点" not in failed


def test_equal_input_gives_equal_bytes():
    case = sample_case()
    assert html_bytes(render_case(case, crops_of(case), NAMES)) == html_bytes(render_case(case, crops_of(case), NAMES))


def test_broken_characters_do_not_break_the_page():
    case = sample_case(b"\xb0\xb8".decode("utf-8", "surrogateescape"))
    case["findings"][1]["message"] = "a\x00b\x1b[31m\ud800"
    raw = html_bytes(render_case(case, {}, NAMES))
    assert "\ufffd".encode() in raw
    assert b"\x00" not in raw and b"\x1b" not in raw


def test_the_index_names_every_case_with_its_counts(index):
    reader = Reader(index)
    assert reader.open == []
    table = index[index.index('<table id="cases"') :]
    links = [attrs["href"] for attrs in Reader(table[: table.index("</table>") + 8]).all("a")]
    assert [unquote(link) for link in links] == ["cases_html/坏卷.html", "cases_html/甲 #1 50%.html"]
    assert "文件有密码, 打不开" in reader.text
    assert "部分未能读取" in reader.text and "不是案卷" in reader.text and "河南省" in reader.text
    assert len(reader.all("script")) == 1


def test_the_index_of_an_empty_batch():
    assert "批次里没有案卷" in Reader(render_index(batch_summary("空", []))).text


@pytest.mark.parametrize("case_id", ["A001", "援民〔2023〕1号 王 #1 50%?", "a/b", "尾 点.", "x" * 300, "卷" * 200, ""])
def test_page_names_fit_any_file_system_and_links_lead_to_them(case_id):
    name = page_name(case_id)
    assert len(name.encode()) <= 255
    assert not re.search(r'[<>:"/\\|?*]', name)
    assert unquote(page_link(case_id)) == page_path(case_id)
    assert not re.search(r"[ #?]", page_link(case_id))


def test_page_names_are_told_apart():
    ids = ["a/b", "a_b", "a:b", "x" * 300, "x" * 299, "A", "A~2"]
    assert len({page_name(case_id) for case_id in ids}) == len(ids)


def test_blanks_of_forms_are_named_in_chinese():
    case = sample_case()
    case["findings"][0]["details"]["missing"] = ["number", "cause", "自首"]
    page = Reader(render_case(case, crops_of(case), NAMES))
    assert "编号 案由 自首" in page.text
    assert "cause" not in page.text
