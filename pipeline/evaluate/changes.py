"""Which findings came and which went between two runs, case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate.matching import constraint, document_kind
from pipeline.evaluate.score import load_json
from pipeline.problems import InputError
from pipeline.summary.labels import SEVERITIES, VERDICTS

Label = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """The findings of one case that only the later run has, and those that only the earlier one has."""

    case_id: str
    came: tuple[dict[str, Any], ...]
    went: tuple[dict[str, Any], ...]
    verdicts: tuple[tuple[str, str, str], ...]
    """Rule, earlier and later verdict, where no finding tells the change."""


def changes(earlier: Path, later: Path) -> tuple[Changes, ...]:
    """Compare two folders of case JSONs; cases without a change are left out, a case of one run only is all change.

    A finding is the same where rule, document type and constraint are; the same words twice count twice.
    Raises `InputError` where a folder holds no results or one cannot be read.
    """
    before, after = _load(earlier), _load(later)
    found = (_compare(case_id, before.get(case_id, {}), after.get(case_id, {})) for case_id in sorted(before | after))
    return tuple(change for change in found if change.came or change.went or change.verdicts)


def _load(folder: Path) -> dict[str, dict[str, Any]]:
    cases = {path.stem: load_json(path) for path in sorted(folder.glob("*.json"))} if folder.is_dir() else {}
    if not cases:
        raise InputError(f"没有运行结果: {folder}", "请给出 prescreen run --out 的文件夹")
    return cases


def _label(finding: dict[str, Any]) -> Label:
    return finding["rule"], document_kind(finding) or "", constraint(finding) or ""


def _compare(case_id: str, before: dict[str, Any], after: dict[str, Any]) -> Changes:
    old, new = before.get("findings", []), after.get("findings", [])
    came, went = _beyond(new, old), _beyond(old, new)
    told = {finding["rule"] for finding in (*came, *went)}
    was = {o["rule"]: o["verdict"] for o in before.get("outcomes", [])}
    verdicts = tuple(
        (o["rule"], was[o["rule"]], o["verdict"])
        for o in after.get("outcomes", [])
        if o["rule"] in was and o["rule"] not in told and was[o["rule"]] != o["verdict"]
    )
    return Changes(case_id, came, went, verdicts)


def _beyond(findings: list[dict[str, Any]], others: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    left = Counter(_label(finding) for finding in others)
    beyond = []
    for finding in findings:
        label = _label(finding)
        if left[label]:
            left[label] -= 1
        else:
            beyond.append(finding)
    return tuple(beyond)


def lines(found: tuple[Changes, ...], titles: Mapping[str, str] | None = None) -> Iterator[str]:
    """Write the changes, one a line, and a sum: + what came, - what went, ~ a verdict that changed without a finding.

    `titles`: names of the rules, by code.
    """
    titles = titles or {}
    for change in found:
        for sign, findings in (("+", change.came), ("-", change.went)):
            for finding in findings:
                kind = document_kind(finding) or ""
                told = f"[{SEVERITIES[finding['severity']]}] {finding['message']}{_pages(finding)}"
                yield " ".join(filter(None, (sign, change.case_id, finding["rule"], kind, told)))
        for rule, before, after in change.verdicts:
            named = f"{rule} {titles[rule]}" if rule in titles else rule
            yield f"~ {change.case_id} {named}: {VERDICTS.get(before, before)} → {VERDICTS.get(after, after)}"
    came, went = sum(len(c.came) for c in found), sum(len(c.went) for c in found)
    yield f"与此前相比: 新增 {came} 处疑点, 消失 {went} 处; {sum(len(c.verdicts) for c in found)} 个结论改变"


def _pages(finding: dict[str, Any]) -> str:
    pages = sorted({item["page"] for item in finding.get("evidence", ())})
    return f" (第{'、'.join(map(str, pages))}页)" if pages else ""
