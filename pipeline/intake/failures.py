"""How intake says that a file or page cannot be read: exceptions that carry a coded `Problem`.

They are caught at the edge of their file or page (`open_case`, the caller of `load_page`); nothing else is lost.
"""

from __future__ import annotations

import errno

from pipeline.problems import Problem

_OS_REASONS = {
    errno.EACCES: "没有读取权限",
    errno.EPERM: "没有读取权限",
    errno.ENOENT: "文件不存在",
    errno.EIO: "磁盘读写错误",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else -1: "磁盘空间不足",
    errno.EROFS: "磁盘只读",
    errno.ELOOP: "链接循环",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EMFILE: "打开的文件过多",
}


class _CodedError(Exception):
    """Carries its problem as the only argument, so that it can be pickled between processes."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.problem.code} {self.problem.message}"


class FileError(_CodedError):
    """A whole file cannot be read."""


class PageError(_CodedError):
    """One page cannot be read; the other pages of its file are untouched."""


def reason_zh(error: OSError) -> str:
    """Why the system refused, in Chinese; without the path, which may hold a person's name."""
    return _OS_REASONS.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统错误")
