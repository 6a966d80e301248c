"""A batch with what its evaluators decided, as an Excel workbook: the ledger that is handed over at the end of a round.

Sheets: 案卷 (one row a file), 评查意见 (one row for each finding and each evaluator who decided on it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.summary.cells import Cell, Column, SafeBook, Tinted, Tone, WebLink
from pipeline.summary.labels import CASE_KINDS, SEVERITIES, STATUSES, page_list
from pipeline.summary.opinion import Decided
from pipeline.summary.ranking import ranked

Json = dict[str, Any]
CASES = tuple(
    Column(*column)
    for column in (
        ("案卷", 30), ("状态", 12), ("类型", 10), ("受援人", 12), ("承办律师", 12), ("承办单位", 26), ("援助机构", 26),
        ("页数", 7), ("高", 5), ("中", 5), ("低", 5), ("成立", 6), ("不成立", 7), ("拿不准", 7), ("未判断", 7),
        ("已完成的评估员", 22),
    )
)  # fmt: skip
OPINIONS = tuple(
    Column(*column)
    for column in (
        ("案卷", 26), ("级别", 6), ("规则", 10), ("疑点", 26), ("页码", 14), ("情况", 56), ("依据", 40), ("评估员", 12),
        ("意见", 8), ("理由", 18), ("备注", 40),
    )
)  # fmt: skip
_SAID: dict[str, Tone] = {"成立": "high", "不成立": "low", "拿不准": "unsure"}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One case: its JSON, its page at the desk, what was decided by key, who is done with it."""

    case: Json
    url: str
    decided: Mapping[str, Sequence[Decided]]
    done: Sequence[str]


def write_ledger(title: str, cases: Iterable[Reviewed], scratch: Path) -> bytes:
    """Write the workbook and give its bytes; `cases` are gone through once. `scratch`: a folder for the time being.

    Raises OSError where that cannot be written.
    """
    opinions: list[tuple[Cell, ...]] = []
    with SafeBook(scratch, f"{title} · 评查台账") as book:
        sheet = book.sheet("案卷", CASES, frozen=1)
        for one in cases:
            sheet.add(*_case(one))
            opinions += _opinions(one)
        sheet = book.sheet("评查意见", OPINIONS, frozen=1)
        for row in opinions:
            sheet.add(*row)
    return book.content()


def _case(one: Reviewed) -> tuple[Cell, ...]:
    case, people = one.case, one.case["people"]
    severities = [finding["severity"] for finding in case["findings"]]
    said = [decided.decision for finding in case["findings"] for decided in one.decided.get(finding["key"], ())]
    open_ = sum(not one.decided.get(finding["key"]) for finding in case["findings"])
    return (
        WebLink(case["case_id"], one.url),
        STATUSES[case["status"]],
        CASE_KINDS.get(case["case_kind"] or "", ""),
        people.get("recipient"),
        people.get("lawyer"),
        people.get("law_firm"),
        people.get("agency"),
        len(case["pages"]),
        *(Tinted(severities.count(severity), severity) for severity in ("high", "medium", "low")),
        *(said.count(word) for word in _SAID),
        open_,
        "、".join(one.done),
    )


def _opinions(one: Reviewed) -> Iterable[tuple[Cell, ...]]:
    for finding in ranked(one.case["findings"]):
        known: tuple[Cell, ...] = (
            WebLink(one.case["case_id"], one.url),
            Tinted(SEVERITIES[finding["severity"]], finding["severity"]),
            finding["rule"],
            finding["title"],
            page_list([evidence["page"] for evidence in finding["evidence"]]),
            finding["message"],
            finding["basis"],
        )
        for decided in one.decided.get(finding["key"]) or (Decided("", "未判断"),):
            said = Tinted(decided.decision, _SAID.get(decided.decision, "muted"))
            yield (*known, decided.user, said, decided.reason, decided.note)
