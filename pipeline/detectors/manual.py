"""A rule's page, for docs/rules.md and `prescreen rules CODE`: docstring, severity, packs, legal basis, advice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipeline.detectors.base import Rule

HEADINGS = ("检查内容", "依据", "判定", "合法例外", "命中示例", "不命中示例")
SEVERITY = {"high": "高", "medium": "中", "low": "低"}
REGIMES = {
    "R0": "2021-12-31 以前",
    "R1": "2022-01-01 至 2023-08-31",
    "R2": "2023-09-01 以后",
    "R3": "2026-01-01 以后 (河南)",
    "*": "各时期",
}


def sections(doc: str) -> dict[str, str]:
    """The docstring of a rule by its headings, in the order they stand; what precedes the first is under ""."""
    found: dict[str, list[str]] = {"": []}
    current = ""
    for line in doc.splitlines():
        bare = line.strip().lstrip("#").strip()
        heading = next((h for h in HEADINGS if bare == h or bare.startswith((f"{h}:", f"{h}\uff1a"))), None)
        if heading is not None:
            current = heading
            found[current] = [bare[len(heading) + 1 :].strip()]
        elif not (set(bare) <= set("-=~") and bare):  # underlines of headings
            found[current].append(line.strip())
    return {heading: "\n".join(lines).strip() for heading, lines in found.items()}


def _list(text: str) -> str:
    return text.replace("\n· ", "\n- ").replace("\n• ", "\n- ")


def rule_text(rule: Rule, packs: Mapping[str, Collection[str]]) -> str:
    """Write a rule's page in Markdown; `packs`: the rules that each pack enables."""
    parts = sections(rule.doc)
    item = f"通报第 {rule.circular_item} 项" if rule.circular_item else "不在通报所列九项之内"
    enabled = "、".join(name for name, codes in packs.items() if rule.code in codes) or "无"
    lines = [
        f"## {rule.code} {rule.title}",
        "",
        f"严重程度: **{SEVERITY[rule.severity]}** · {item} · 启用的规则包: {enabled}",
        "",
    ]
    if parts[""] not in ("", rule.title):
        lines += [parts[""], ""]
    for heading in HEADINGS:
        if heading in parts:
            lines += [f"**{heading}**", "", _list(parts[heading]), ""]
    lines += ["| 时期 | 结论中引用的依据 |", "|---|---|"]
    names = REGIMES if len(rule.basis) == 1 else REGIMES | {"*": "其余时期"}
    lines += [f"| {names[regime]} | {text} |" for regime, text in rule.basis.items()]
    lines += ["", f"建议: {rule.advice}", ""]
    return "\n".join(lines)
