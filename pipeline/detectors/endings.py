"""How a case ended before judgment, and with which papers: mediation, withdrawal, the end of the aid (LA14)."""

from __future__ import annotations

import re

from pipeline.casefile import Document
from pipeline.detectors.base import Lawful
from pipeline.detectors.order import said_of_case
from pipeline.detectors.view import CaseView

_WITHDRAWN = (
    r"(准[许予]|同意|裁定)[^.;]{0,24}撤(回|诉)|(按|作)[^.;]{0,6}(自动)?撤(回|诉)[^.;]{0,10}处理"
    r"|撤回(起诉|上诉|仲裁申请)的?(申请|决定)[^.]{0,12}准"
)
# 裁定如下: 不予受理 · 驳回起诉 · 终止审理; 仲裁委的不予受理通知书.
_STOPPED = r"(裁定如下|决定|通知)[:,]?[^.;]{0,40}?(不予受理|驳回[^.;,]{0,16}的?起诉|终止审理|终结诉讼)"
_CLOSED_BY = re.compile(
    r"(结案(方式|情况|结果|类型)|处理结果)[:,]?(经|以|系|为)?(法院|仲裁庭?|人民|双方|诉前|庭外|庭前|当庭)?(?P<how>调解|和解|撤诉|撤回|终止|判决|裁决)"
    r"|(经|以)[^.;,]{0,10}?(?P<way>调解|和解|撤诉|撤回起诉|终止)(的)?(方式)?(结案|办结)"
)
_MEDIATED = frozenset({"调解", "和解"})


def early_end(case: CaseView) -> Lawful | None:
    """The lawful reason why a case never came to judgment; None where it did, or where no paper says so."""
    ended = case.of_type("aid_termination")
    if ended:
        return _lawful(ended[0], "终止法律援助, 后续程序不再进行")
    told = closed_by(case)
    for document in case.of_type("ruling", "arbitral_award", "other"):
        if document.type == "arbitral_award" and "调解书" in document.title and not _judged_after(case, document):
            return _lawful(document, "调解结案")
        if document.type == "other" and "撤" not in document.title:
            continue
        found = re.search(_WITHDRAWN, case.text_of(document))
        if found and "撤销" not in found[0] and not _judged_after(case, document):
            return _lawful(document, "撤诉(撤回)结案")
        stopped = re.search(_STOPPED, case.text_of(document))
        if stopped and not _judged_after(case, document):
            return _lawful(document, f"未经实体审理结案 (“{stopped[0]}”)")
    mediations = case.of_type("mediation_statement")
    judged = told is not None and told[0] in ("判决", "裁决")
    for document in reversed(mediations):
        # A settlement with the victim ends no public prosecution.
        if case.criminal and not case.says("自诉", "civil_complaint", "mediation_statement"):
            break
        if not judged and not _judged_after(case, document):
            return _lawful(document, "调解结案")
    if told is not None and not judged:
        how, document = told
        word = "调解(和解)" if how in _MEDIATED else "撤诉" if how.startswith("撤") else "终止"
        return _lawful(document, f"结案报告载明{word}结案")
    return None


def closed_by(case: CaseView) -> tuple[str, Document] | None:
    """How the closing report says that the case was closed (调解, 撤诉, 判决 …), with that report."""
    for document in case.of_type("closing_report"):
        text = case.text_of(document)
        for match in _CLOSED_BY.finditer(text):
            how = match["how"] or match["way"]
            if how and said_of_case(text, match.start("how" if match["how"] else "way"), match.end()):
                return how, document
    return None


def _judged_after(case: CaseView, ending: Document) -> bool:
    """Whether a judgment or award follows a paper that would have ended the case."""
    dates = {date.document: date.value for date in case.case.dates if date.certain and date.role == "judgment"}
    for document in case.of_type("judgment", "arbitral_award"):
        if document.id == ending.id or ("调解书" in document.title and document.type == "arbitral_award"):
            continue
        mine, other = dates.get(ending.id), dates.get(document.id)
        if (other > mine) if mine and other else document.first > ending.first:
            return True
    return False


def _lawful(document: Document, why: str) -> Lawful:
    return Lawful(f"{why} (LA14): {document.title} (第{document.first}页)", "LA14", document.id, (document.first,))
