import io

from rich.console import Console

from pipeline.batch.events import CaseDone, CaseOpened, PageDone, RunStarted
from pipeline.batch.progress import Bars, Lines, Silence, finished, in_words, pace_in_words, reporter, started
from pipeline.summary.overview import CaseRow

ROW = CaseRow("甲[bold]", "partial", "civil", "litigation", "张三", None, 12, (3,), 1, 2, 0, 1)


def console(**options):
    return Console(file=io.StringIO(), width=200, **options)


def play(watcher):
    with watcher:
        watcher(RunStarted(2, (("notes.txt", "不是案卷"),), 2, "rapid 1"))
        watcher(CaseOpened("甲[bold]", 12, 4))
        for page in range(8):
            watcher(PageDone("甲[bold]", page + 1, page == 2, 1.0))
        watcher(CaseDone(ROW, 9.5))


def test_plain_lines_tell_the_start_and_each_finished_case():
    out = console()
    play(Lines(out))
    lines = out.file.getvalue().splitlines()
    assert lines == [
        "共 2 个案卷, 另有 1 项不是案卷, 已跳过; 2 个进程, 引擎 rapid 1",
        "[1/2] 甲[bold]  部分未能读取, 12 页, 1 页无法辨认, 疑点 高 1 中 2 低 0 (9.5 秒)",
    ]


def test_bars_show_the_counts_and_names_are_no_markup():
    out = console(force_terminal=True)
    play(Bars(out))
    assert "甲[bold]" in out.file.getvalue()
    assert "待识别页" in out.file.getvalue()


def test_the_reporter_suits_the_output():
    assert isinstance(reporter(console()), Lines)
    assert isinstance(reporter(console(force_terminal=True)), Bars)
    assert isinstance(reporter(console(force_terminal=True), quiet=True), Silence)


def test_spans_of_time_are_said_as_people_do():
    assert [in_words(s) for s in (None, 20, 61, 3000, 9000)] == [
        "估算中",
        "不到 1 分钟",
        "约 1 分钟",
        "约 50 分钟",
        "约 2.5 小时",
    ]


def test_a_failed_case_says_why():
    row = CaseRow("乙", "failed", None, None, None, None, 0, (), 0, 0, 0, 0, errors=("文件是空的",))
    assert finished(CaseDone(row, 0.2)) == "乙  未能读取, 0 页, 文件是空的 (0.2 秒)"
    assert started(RunStarted(1, (), 1, "x")) == "共 1 个案卷; 1 个进程, 引擎 x"


def test_the_pace_is_said_by_the_minute():
    assert [pace_in_words(rate) for rate in (0.02, 0.15, 3.3)] == ["每分钟 1.2 页", "每分钟 9.0 页", "每分钟 198 页"]
