"""Coded problems with advice, the few exceptions, and the exit codes.

A problem is data: something went wrong with a file or a page, everything else goes on. Its texts are Chinese, because
the people who run prescreen read Chinese. An exception derived from `PrescreenError` ends a command with its code.
Codes are never reused. docs/problems.md is generated from `CATALOGUE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command `prescreen` (documented in `prescreen --help` and docs/problems.md)."""

    OK = 0
    """Everything was screened (findings or not)."""
    INCOMPLETE = 1
    """Finished, but some case is partial or failed; the summary names them."""
    USAGE = 2
    """The command line or a setting is wrong."""
    INPUT = 3
    """The batch does not exist, cannot be read, or holds no case."""
    ENGINE = 4
    """The OCR engine or its weights are missing or broken; `prescreen doctor` says how to mend it."""
    WORKSPACE = 5
    """The run folder cannot be written or is in use."""
    OUT_OF_TIME = 6
    """The time given with --until is over; finished cases are written, the next run goes on from there."""
    INTERRUPTED = 130
    """Stopped by the user; what was read is kept and the next run goes on from there."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: its code, what happened, what to do. `message` and `advice` may hold {detail}."""

    code: str
    message: str
    advice: str
    fatal_for: str
    """What is lost: "file", "page" or "nothing"."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem met with one file or page. `page` counts within the case where known, `file_page` within the file.

    `pages` is how many are lost with a file that was refused, where they were counted.
    """

    code: str
    message: str
    advice: str
    file: str | None = None
    page: int | None = None
    file_page: int | None = None
    pages: int = 0


def _kinds(*rows: tuple[str, str, str, str]) -> dict[str, ProblemKind]:
    return {code: ProblemKind(code, message, advice, fatal) for code, fatal, message, advice in rows}


CATALOGUE: dict[str, ProblemKind] = _kinds(
    # files
    ("F101", "file", "文件有密码, 打不开", "请用密码打开后另存为无密码的 PDF, 再重新放入"),
    ("F102", "file", "文件已损坏, 修复后仍打不开", "请重新扫描或重新导出该文件"),
    ("F103", "file", "文件是空的", "请检查扫描或拷贝是否完成, 重新放入该文件"),
    ("F104", "file", "不是 PDF 或图片, 内容与扩展名不符", "请确认文件是扫描件 (PDF、JPG、PNG、TIFF、BMP)"),
    ("F105", "file", "压缩包已损坏或不完整", "请重新压缩或重新拷贝"),
    ("F106", "file", "压缩包有密码", "请解压后把文件夹放入批次"),
    ("F107", "file", "压缩包里没有可读的文件", "请检查压缩包的内容"),
    ("F108", "file", "压缩包展开后过大 ({detail})", "请解压后检查内容, 再把文件夹放入批次"),
    ("F109", "nothing", "压缩包内有不安全的路径, 已跳过: {detail}", "请检查压缩包来源; 需要时手工解压"),
    ("F110", "file", "PDF 里没有页面", "请重新扫描或重新导出该文件"),
    ("F111", "file", "页数过多 ({detail}), 超出上限", "请把案卷拆分后再运行, 或调大 limits.pages_per_file"),
    ("F112", "nothing", "文件原有损坏, 已修复后读取", "请核对页数是否完整: {detail}"),
    ("F113", "file", "读取文件时出错: {detail}", "请检查文件权限或磁盘, 再重新运行"),
    ("F114", "nothing", "压缩包内的压缩包未展开: {detail}", "请手工解压后放入批次"),
    ("F115", "file", "处理该文件时程序被终止两次, 已隔离", "请单独检查该文件; 其余文件不受影响"),
    ("F116", "file", "打开文件超过时限 ({detail})", "请重新导出该文件, 或调大 limits.seconds_per_file"),
    ("F117", "file", "文件夹里没有可读的 PDF 或图片", "请检查文件夹的内容"),
    ("F118", "nothing", "文件夹内的压缩包未展开: {detail}", "请解压后重新放入"),
    ("F119", "nothing", "案卷内有不能读取的文件, 已跳过: {detail}", "需要时请转成 PDF 或图片后重新放入"),
    ("F120", "file", "压缩包用了不支持的压缩方式", "请用普通 ZIP 方式重新压缩, 或解压后把文件夹放入批次"),
    ("F121", "file", "文件在运行当中被改动或替换", "请等拷贝完成后再次运行; 没有变动的文件不会重新识别"),
    ("F122", "nothing", "案卷内有不是扫描件的文件, 已跳过: {detail}", "无需处理"),
    ("F130", "file", "处理该文件占用内存过多 (上限 {detail})", "请单独检查该文件, 或调大 limits.memory_mb"),
    ("F131", "file", "初筛该案卷时程序出错: {detail}", "请把这行文字告诉维护人员; 其他案卷不受影响"),
    (
        "F132",
        "file",
        "磁盘空间不足, 压缩包没有展开 (需要 {detail})",
        "请在结果所在的磁盘腾出空间, 再次运行同一命令",
    ),
    # pages
    ("P201", "page", "页面无法渲染: {detail}", "请重新扫描该页"),
    ("P202", "page", "页面尺寸异常 ({detail})", "请重新扫描该页"),
    ("P203", "page", "识别该页时程序被终止两次, 已隔离", "请人工查看该页; 其余页面不受影响"),
    ("P204", "page", "识别该页超过时限 ({detail})", "请人工查看该页, 或调大 limits.seconds_per_page"),
    ("P205", "page", "识别引擎出错: {detail}", "请运行 prescreen doctor 检查引擎"),
    ("P206", "nothing", "PDF 自带的文字层不可信, 已改用识别结果", "无需处理"),
    ("P207", "nothing", "页面质量过差, 难以辨认", "请人工查看该页, 必要时重新扫描"),
    ("P208", "page", "图片损坏或不完整: {detail}", "请重新扫描该页"),
    ("P209", "nothing", "图片不完整, 只读出{detail}", "请重新扫描该页"),
    ("P210", "page", "识别该页占用内存过多 (上限 {detail})", "请人工查看该页, 或调大 limits.memory_mb"),
    ("P211", "page", "页上有成行的字迹, 识别引擎却没有读出文字", "请运行 prescreen doctor 检查引擎; 并人工查看该页"),
)


REPLACED = "F121"
PASSING = frozenset({"F113", REPLACED})
"""Problems of the moment, not of the content: a file that was gone, locked or replaced may be back at the next look."""


def problem(
    code: str, *, detail: str = "", file: str | None = None, page: int | None = None, file_page: int | None = None
) -> Problem:
    """A problem of a catalogued kind; `detail` fills {detail} in its texts.

    Raises KeyError for a code that is not catalogued.
    """
    kind = CATALOGUE[code]
    return Problem(code, kind.message.format(detail=detail), kind.advice.format(detail=detail), file, page, file_page)


class PrescreenError(Exception):
    """Ends the command: `message` says what happened, `advice` what to do (both in Chinese), `exit_code` the status."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class UsageError(PrescreenError):
    """The command line or a setting is wrong."""


class InputError(PrescreenError):
    """The batch cannot be read at all."""

    exit_code = ExitCode.INPUT


class EngineError(PrescreenError):
    """No page can be read: the engine or its weights are missing or broken."""

    exit_code = ExitCode.ENGINE


class WorkspaceError(PrescreenError):
    """The run folder cannot be used."""

    exit_code = ExitCode.WORKSPACE
