"""What the forms themselves declare of a case: its class, how aid is given, the stage, the organ, where it came from.

A slot's value counts, not the options printed around it: of boxes the one that is ticked, or, where the tick made the
reader lose the box, the one option that has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extraction.papers import CELL, Paper
from pipeline.text.names import HAN

_FORMS = frozenset({
    "cover", "approval_form", "aid_application", "assignment_notice", "closing_report", "aid_letter", "feedback_form",
    "reassignment_approval", "quality_evaluation_form", "subsidy_approval", "intake_record", "aid_decision",
    "aid_agreement", "assignment_reply", "lawyer_rights_notice",
})  # fmt: skip
_TICKS = "☑√■✓☒✔●▣"
_BOXES = "□口○〇囗▢"
_LABELS = {
    "class": "案件类别|案件类型|案件性质|案件种类|援助类别|事项类别|类别|类型",
    "means": "法律援助方式|援助方式|援助形式|承办方式|服务方式|代理方式|援助类型|方式",
    "stage": "案件所处阶段|所处阶段|诉讼阶段|案件阶段|援助阶段|办案阶段|办理阶段|委托阶段|阶段",
    "organ": "办案机关|审理机关|办案单位|受理机关|办理机关|承办机关|审理法院|受理法院|仲裁机构",
    "source": "案件来源|受理方式|申请方式|案件受理来源|来源",
}
_BEGINS = r"(?:^|(?<=[\n\t,;.]))"
_LONG = "|".join(label for labels in _LABELS.values() for label in labels.split("|") if len(label) > 3)
_LABEL = re.compile(
    rf"(?:{_BEGINS}(?=\w{{2,8}}[:{CELL}])|{_BEGINS}(?={_LONG})|(?=(?:{_LONG})[:{CELL}]))(?P<label>"
    + "|".join(f"(?P<{name}>{labels})" for name, labels in _LABELS.items())
    + rf")[:{CELL}]*(?=[{HAN}{_TICKS}{_BOXES}])"
)
"""A label where a cell begins and a value follows apart from it; a long one also where one of both fails."""
_NEXT = re.compile(rf"[{CELL},;]?(?:" + "|".join(_LABELS.values()) + rf"|承办人|案由|受援人|结案|期限)[:{CELL}]")
_KINDS = (
    ("labour_arbitration", re.compile(r"仲裁")),
    ("non_litigation", re.compile(r"非诉|调解代理|法律事务代理|代拟|公证|司法确认")),
    ("administrative", re.compile(r"行政|国家赔偿")),
    ("criminal", re.compile(r"刑事|刑辩|辩护")),
    ("civil", re.compile(r"民事|诉讼代理")),
)
_STAGES = (
    ("prosecution_review", re.compile(r"审查(?:起诉|逮捕阶段起诉)|起诉阶段|公诉")),
    ("investigation", re.compile(r"侦查|审查逮捕|批捕")),
    ("trial", re.compile(r"[一二]审|再审|审判|审理|死刑复核|第[一二]审")),
)
_ORGANS = (
    ("prosecution_review", re.compile(r"检察院")),
    ("trial", re.compile(r"法院")),
    ("investigation", re.compile(r"公安|分局|刑警|派出所|国家安全局|海关缉私|监察委")),
)
_BODIES = (
    ("labour_arbitration", re.compile(r"仲裁")),
    ("non_litigation", re.compile(r"调解委员会|司法所")),
    ("criminal", re.compile(r"检察院|公安|分局|派出所")),
)
_SOURCES = (
    ("notice", re.compile(r"通知|指定|指派")),
    ("application", re.compile(r"申请|来访|转交|咨询")),
)


def declared(papers: Sequence[Paper]) -> Iterator[tuple[str, str, float]]:
    """(what, value, weight) of all slots: kind, stage, organ_stage, organ_kind, source; weight 1 for clean print."""
    for paper in papers:
        if paper.document.type not in _FORMS:
            continue
        seen: set[tuple[str, str]] = set()
        for match in _LABEL.finditer(paper.cells):
            row = _NEXT.split(paper.cells[match.end() :].split("\n", 1)[0], 1)[0]
            if not row.strip(CELL):
                continue
            weight = 0.4 + 0.6 * paper.in_cells(match.end(), match.end() + len(row.split(CELL)[0])).trust
            for what, value in _read(match, row):
                if (what, value) not in seen:
                    seen.add((what, value))
                    yield what, value, weight


def _read(match: re.Match[str], row: str) -> Iterator[tuple[str, str]]:
    name = next(name for name in _LABELS if match[name])
    chosen = ticked(row)
    if name in ("class", "means"):
        found = _only(_KINDS, chosen)
        # 民事 as a class takes in what is arbitrated and settled as well; the means tell these apart.
        if found == "civil" and name == "class":
            yield "class", "civil"
        elif found:
            yield "kind", found
    elif name == "stage":
        found = _only(_STAGES, chosen)
        if found:
            yield "stage", found
        elif "仲裁" in chosen:
            yield "kind", "labour_arbitration"
    elif name == "organ":
        body = chosen.split(CELL)[0]
        stage, kind = _only(_ORGANS, body), _only(_BODIES, body)
        if stage:
            yield "organ_stage", stage
        if kind:
            yield "organ_kind", kind
    else:
        sources = [value for value, pattern in _SOURCES if pattern.search(chosen)]
        if len(sources) == 1:  # both: the boxes were lost
            yield "source", sources[0]


def _only(patterns: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str:
    """The first that the text speaks of; "" where it is none of them."""
    return next((value for value, pattern in patterns if pattern.search(text)), "")


def ticked(value: str) -> str:
    """The option of a row of boxes that is ticked; the value up to the next cell where there are no boxes."""
    if not re.search(rf"[{_TICKS}{_BOXES}]", value):
        return value.split(CELL)[0]
    marked = re.findall(rf"[{_TICKS}]\W?([^{_TICKS}{_BOXES}{CELL}]+)", value)
    if marked:
        return CELL.join(marked)
    options = re.findall(rf"([{_BOXES}]?){CELL}?([^{_TICKS}{_BOXES}{CELL}]+)", value)
    bare = [text for box, text in options if not box]
    return bare[0] if len(bare) == 1 and len(options) > 1 else ""
