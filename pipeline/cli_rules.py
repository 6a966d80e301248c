"""`prescreen rules`: the rules there are, what a pack makes of them and asks for, and the full text of one."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.detectors.manual import rule_text
from pipeline.detectors.registry import all_rules, checked
from pipeline.documents.types import type_title
from pipeline.packs.load import load_pack, pack_names
from pipeline.packs.pack import Pack, When
from pipeline.problems import UsageError
from pipeline.summary.labels import CASE_KINDS, ENTRIES, SEVERITIES, STAGES

WHENS: dict[When, str] = {
    "always": "",
    "claimant": "受援人为原告(申请人)的",
    "heard": "开庭审理的",
    "adjudged": "裁判结案的",
    "mediated": "调解结案的",
    "means_tested": "需要核查经济困难的",
    "prosecuted": "公诉案件",
    "first_instance": "一审、首次仲裁的",
}
"""A pack's `when` in words."""


def show_rules(console: Console, pack: str) -> None:
    """List all rules with severity, item of the circular, and whether the pack runs them, then what it requires.

    `pack` is a name or a file ending in .toml. Raises `UsageError` naming what is wrong with it.
    """
    chosen = checked(load_pack(pack))
    enabled = chosen.rules
    rows = [
        (
            rule.code,
            rule.title,
            SEVERITIES[chosen.severities.get(rule.code, rule.severity)],
            str(rule.circular_item) if rule.circular_item else "—",
            "是" if rule.code in enabled else "否",
        )
        for rule in all_rules()
    ]
    columns = ("规则", "名称", "级别", "通报项", f"{chosen.name} 启用")
    if not console.is_terminal:
        for row in (columns, *rows):
            console.file.write("\t".join(row) + "\n")  # rich would turn the tabs into spaces
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    for line in _asked_for(chosen):
        console.print(Text(line))
    console.print("prescreen rules 代码  显示一条规则的全文", style="bright_black", markup=False, highlight=False)


def _asked_for(pack: Pack) -> list[str]:
    """What the pack requires, registers and switches, a line each."""
    lines = [f"规则包 {pack.name} ({pack.title})", "应归档文书:"]
    for entry in pack.required:
        where = [CASE_KINDS.get(kind, kind) for kind in entry.kinds]
        where += [STAGES.get(stage, stage) for stage in entry.stages] + [ENTRIES.get(one, one) for one in entry.entries]
        titles = "、".join(type_title(kind) for kind in entry.documents)
        others = f" (或{'、'.join(type_title(kind) for kind in entry.instead)})" if entry.instead else ""
        when = "" if entry.when == "always" else f", {WHENS[entry.when]}"
        lines.append(f"  {titles}{others}: {'、'.join(where) or '各类案件'}{when}")
    for form in pack.forms:
        lines.append(f"登记的旧版格式 {form.id}: {form.reason}, 有效至 {form.valid_to.isoformat()}")
    lines.append(f"存根代替原件: {'是' if pack.customs.stubs_count else '否'}")
    return lines


def show_rule(console: Console, code: str) -> None:
    """Print one rule's page as docs/rules.md has it. Raises `UsageError` naming the rules there are."""
    rule = next((rule for rule in all_rules() if rule.code == code.upper()), None)
    if rule is None:
        known = "、".join(rule.code for rule in all_rules())
        raise UsageError(f"没有规则 {code}", f"现有规则: {known}")
    packs = {name: load_pack(name).rules for name in pack_names()}
    console.print(Text(rule_text(rule, packs).rstrip()), soft_wrap=True)
