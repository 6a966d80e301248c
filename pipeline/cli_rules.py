"""`prescreen rules`: the rules there are, and the full text of one."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.detectors.manual import rule_text
from pipeline.detectors.registry import all_rules
from pipeline.packs.load import load_pack, pack_names
from pipeline.problems import UsageError
from pipeline.summary.labels import SEVERITIES


def show_rules(console: Console, pack: str) -> None:
    """List all rules with severity, item of the circular, and whether the pack runs them. Raises `UsageError`."""
    enabled = load_pack(pack).rules
    rows = [
        (
            rule.code,
            rule.title,
            SEVERITIES[rule.severity],
            str(rule.circular_item) if rule.circular_item else "—",
            "是" if rule.code in enabled else "否",
        )
        for rule in all_rules()
    ]
    columns = ("规则", "名称", "级别", "通报项", f"{pack} 启用")
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
    console.print("prescreen rules 代码  显示一条规则的全文", style="bright_black", markup=False, highlight=False)


def show_rule(console: Console, code: str) -> None:
    """Print one rule's page as docs/rules.md has it. Raises `UsageError` naming the rules there are."""
    rule = next((rule for rule in all_rules() if rule.code == code.upper()), None)
    if rule is None:
        known = "、".join(rule.code for rule in all_rules())
        raise UsageError(f"没有规则 {code}", f"现有规则: {known}")
    packs = {name: load_pack(name).rules for name in pack_names()}
    console.print(Text(rule_text(rule, packs).rstrip()), soft_wrap=True)
