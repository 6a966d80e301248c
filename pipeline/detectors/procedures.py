"""Which procedure a court tried a case in: 速裁, 简易 (小额 with it) or 普通, as its own papers say."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.casefile import Document
from pipeline.detectors.view import CaseView
from pipeline.documents.cues import folded_page

Procedure = Literal["速裁", "简易", "普通"]
_SAYS = (
    "judgment",
    "mediation_statement",
    "ruling",
    "arbitral_award",
    "hearing_summons",
    "hearing_record",
    "acceptance_notice",
)
"""Papers of the court, the surest first."""
_TURNED = re.compile(r"(转|改|变更)(换|为|用|由)?(适用)?(为)?(第一审|一审)?普通程序")
_NAMED: tuple[tuple[Procedure, re.Pattern[str]], ...] = (
    ("速裁", re.compile(r"速裁程序")),
    ("简易", re.compile(r"简易程序|小额诉讼|简易处理|要素式审理")),
    ("普通", re.compile(r"普通程序")),
)
_ASKED = re.compile(r"(不|未|是否|不宜|不能|不得|同意|建议|申请|异议)[^。.]{0,6}$")
_PANEL = re.compile(r"组成(了)?(审判|仲裁)?(合议庭|仲裁庭)|合议庭(进行|公开|对|审理|组成)")


def procedure_of(case: CaseView) -> tuple[Procedure, Document, int] | None:
    """The procedure with the paper and page that names it; None where none does.

    A panel (合议庭) tries in ordinary procedure. A judge alone may do so too since 2022, so he tells nothing.
    """
    papers = [document for kind in _SAYS for document in case.of_type(kind)]
    for paper in papers:
        for number in paper.pages:
            text = folded_page(case.case.page(number).content.text)
            if _TURNED.search(text):
                return "普通", paper, number
            for name, words in _NAMED:
                if any(not _ASKED.search(text[: match.start()]) for match in words.finditer(text)):
                    return name, paper, number
    for paper in papers:
        if paper.type in ("judgment", "arbitral_award"):
            for number in paper.pages:
                if _PANEL.search(folded_page(case.case.page(number).content.text)):
                    return "普通", paper, number
    return None
