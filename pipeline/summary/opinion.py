"""A file's opinion sheet in Word, from a template that the bureau edits in Word itself (docxtpl).

The template holds Jinja marks: `{{ 案卷 }}` stands for a value, a table row between `{%tr for 项 in 疑点 %}` and
`{%tr endfor %}` is repeated. Names are Chinese, since whoever edits it reads Chinese; docs/opinion.md lists them. Marks
run in a sandbox: a template can lay out what it is given and nothing else.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from pipeline.problems import UsageError
from pipeline.summary import labels
from pipeline.summary.labels import Names, page_list
from pipeline.summary.ranking import ranked
from pipeline.text.visible import visible

Json = dict[str, Any]
_ADVICE = "请用 prescreen export --template 另存一份自带的模板, 在 Word 里修改, 不要改动花括号里的名称"


@dataclass(frozen=True, slots=True)
class Decided:
    """What one evaluator decided on a finding, in words."""

    user: str
    decision: str
    reason: str = ""
    note: str = ""


def own_template() -> bytes:
    """Give the template that comes with prescreen."""
    return resources.files("pipeline.summary").joinpath("templates", "opinion.docx").read_bytes()


def read_template(path: Path | None) -> bytes:
    """Read the bureau's template, or ours where it has none. Raises `UsageError` where it cannot be read."""
    if path is None:
        return own_template()
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"意见书模板读不了: {path} ({error.strerror})", "请检查路径和权限") from error


def write_opinion(
    template: bytes,
    case: Json,
    names: Names,
    decided: Mapping[str, Sequence[Decided]],
    evaluators: Sequence[str],
    date: str,
) -> bytes:
    """Fill in the sheet of a case and give the document's bytes.

    `decided`: by key of the finding or outcome, what each evaluator says of it; `date` is what the sheet is dated.
    Raises `UsageError` where the template is no Word file or holds marks that mean nothing.
    """
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(opinion_values(case, names, decided, evaluators, date), environment)
        stream = io.BytesIO()
        document.save(stream)
    except TemplateError as error:
        raise UsageError(f"意见书模板有误: {error}", _ADVICE) from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UsageError("意见书模板不是 Word 文件 (.docx)", _ADVICE) from error
    return stream.getvalue()


def opinion_values(
    case: Json, names: Names, decided: Mapping[str, Sequence[Decided]], evaluators: Sequence[str], date: str
) -> dict[str, Any]:
    """Give what the template's marks stand for."""
    people = case["people"]
    findings = [
        _finding(number, finding, names, decided.get(finding["key"], ()))
        for number, finding in enumerate(ranked(case["findings"]), 1)
    ]
    outcomes = [o for o in case["outcomes"] if o["verdict"] in ("unsure", "lawful")]
    values: dict[str, Any] = {
        "案卷": case["case_id"],
        "受援人": people.get("recipient") or "",
        "案由": people.get("charge_or_cause") or "",
        "案号": "、".join(people.get("case_numbers") or ()),
        "承办律师": "、".join(people.get("lawyers") or ([people["lawyer"]] if people.get("lawyer") else [])),
        "承办单位": people.get("law_firm") or "",
        "援助机构": people.get("agency") or "",
        "案件类型": labels.CASE_KINDS.get(case["case_kind"] or "", ""),
        "所处阶段": labels.STAGES.get(case["stage"] or "", ""),
        "来源": labels.ENTRIES.get(case["entry"] or "", ""),
        "页数": str(len(case["pages"])),
        "状态": labels.STATUSES[case["status"]],
        "疑点": findings,
        "成立": [item for item in findings if item["成立"]],
        "存疑": [_outcome(o, names, decided) for o in outcomes if o["verdict"] == "unsure"],
        "依法成立": [_outcome(o, names, decided) for o in outcomes if o["verdict"] == "lawful"],
        "评估员": "、".join(evaluators),
        "日期": date,
    }
    seen: dict[str, Any] = _seen(values)
    return seen


def _finding(number: int, finding: Json, names: Names, decided: Sequence[Decided]) -> dict[str, Any]:
    return {
        "序号": str(number),
        "级别": labels.SEVERITIES[finding["severity"]],
        "规则": finding["rule"],
        "疑点": finding["title"],
        "文书": names.type(finding["document_type"]),
        "页码": page_list([evidence["page"] for evidence in finding["evidence"]]),
        "情况": finding["message"],
        "依据": finding["basis"],
        "建议": finding["advice"],
        "意见": _said(decided),
        "成立": bool(decided) and all(one.decision == "成立" for one in decided),
    }


def _outcome(outcome: Json, names: Names, decided: Mapping[str, Sequence[Decided]]) -> dict[str, Any]:
    return {
        "规则": outcome["rule"],
        "疑点": names.rule(outcome["rule"]),
        "页码": page_list(outcome.get("pages") or []),
        "情况": outcome["why"],
        "意见": _said(decided.get(f"outcome:{outcome['rule']}", ())),
    }


def _said(decided: Sequence[Decided]) -> str:
    lines = (
        f"{one.user}：{'，'.join(part for part in (one.decision, one.reason, one.note) if part)}" for one in decided
    )
    return "\n".join(lines) or "（未判断）"


def _seen(value: Any) -> Any:
    """The same with all texts made fit to be shown: XML holds no control characters."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: _seen(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_seen(item) for item in value]
    return value
