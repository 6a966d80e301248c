"""Write docs/rules.md and docs/problems.md from the code that they describe; `--check` only says whether they fit.

The rules' pages are the docstrings of their files, the problems' table is `pipeline.problems.CATALOGUE`: nobody edits
the two files by hand. Run by `make docs` and, with `--check`, by `make check`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.detectors.base import Rule
from pipeline.detectors.manual import SEVERITY, rule_text
from pipeline.detectors.registry import all_rules
from pipeline.packs.load import load_pack, pack_names
from pipeline.problems import CATALOGUE, ExitCode, ProblemKind

HERE = Path(__file__).resolve().parent
LOST = {"file": "该文件未能读取", "page": "该页未能读取", "nothing": "不影响读取"}
EXIT_CODES = {
    ExitCode.OK: "全部预审完毕 (有无疑点都是 0)",
    ExitCode.INCOMPLETE: "运行结束, 但有案卷只读了一部分或未能读取; 汇总页列明",
    ExitCode.USAGE: "命令或设置写错",
    ExitCode.INPUT: "批次不存在、读不了, 或里面没有案卷",
    ExitCode.ENGINE: "识别引擎或其权重缺失、损坏; 运行 prescreen doctor 查看如何修复",
    ExitCode.WORKSPACE: "运行文件夹写不了, 或正被另一次运行占用",
    ExitCode.OUT_OF_TIME: "到了 --until 的时间; 已完成的案卷保留, 再次运行接着做",
    ExitCode.INTERRUPTED: "被用户中止; 已读的结果保留, 再次运行接着做",
}


def rules_page() -> str:
    """docs/rules.md: the table of the rules, then each rule's docstring."""
    packs = {name: load_pack(name).rules for name in pack_names()}
    rules = all_rules()
    table = [f"| [{r.code}](#{_anchor(r)}) | {r.title} | {SEVERITY[r.severity]} |" for r in rules]
    head = [
        "# 规则",
        "",
        "本页由 `make docs` 从 `pipeline/detectors/` 各规则文件生成, 请勿手改。命令行里看: `prescreen rules DAT501`。",
        "",
        "| 编号 | 名称 | 严重程度 |",
        "|---|---|---|",
        *table,
        "",
    ]
    return "\n".join(head) + "\n" + "\n".join(rule_text(rule, packs) for rule in rules)


def _anchor(rule: Rule) -> str:
    return f"{rule.code} {rule.title}".lower().replace(" ", "-").replace("/", "")


def _problem(kind: ProblemKind) -> str:
    message, advice = (text.replace("{detail}", "…").replace("|", "\\|") for text in (kind.message, kind.advice))
    return f"| {kind.code} | {message} | {advice} | {LOST[kind.fatal_for]} |"


def problems_page() -> str:
    """docs/problems.md: every coded problem, then the exit codes."""
    return "\n".join(
        [
            "# 问题代码与退出码",
            "",
            "本页由 `make docs` 从 `pipeline/problems.py` 生成, 请勿手改。F 开头是文件的问题, P 开头是页面的问题;",
            "一个文件或一页出问题, 其余照常处理, 代码和建议写在汇总页和该案卷的 JSON (`errors`) 里。",
            "",
            "| 代码 | 情况 | 怎么办 | 影响 |",
            "|---|---|---|---|",
            *(_problem(kind) for kind in CATALOGUE.values()),
            "",
            "## 退出码",
            "",
            "| 退出码 | 含义 |",
            "|---|---|",
            *(f"| {int(code)} | {EXIT_CODES[code]} |" for code in ExitCode),
            "",
        ]
    )


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` name those that are out of date and return 1."""
    stale = []
    for name, text in (("rules.md", rules_page()), ("problems.md", problems_page())):
        path = HERE / name
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        stale.append(f"docs/{name}")
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
    if "--check" in arguments and stale:
        print(f"out of date, run `make docs`: {', '.join(stale)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
