"""What people corrected, as the contract's JSON tells it; and a correction's fields in words, for them to read."""

from __future__ import annotations

from typing import Any

from pipeline.casefile import PlacedCorrection, Reviewed
from pipeline.summary import labels
from pipeline.summary.labels import Names


def reviewed_json(reviewed: Reviewed | None) -> dict[str, Any]:
    """Give the key `reviewed` of a fact: who vouches for it since when; nothing where nobody does."""
    if reviewed is None:
        return {}
    return {"reviewed": {"by": reviewed.by, "at": reviewed.at, "correction": reviewed.correction}}


def correction_json(placed: PlacedCorrection) -> dict[str, Any]:
    """Lay a correction out; `pages` is empty where the file that it belongs to is not in the case."""
    one, target = placed.correction, placed.correction.target
    box = target.box
    return {
        "id": one.id,
        "kind": one.kind,
        "pages": list(placed.pages),
        "role": target.role or None,
        "raw": target.raw or None,
        "bbox": [box.x0, box.y0, box.x1, box.y1] if box else None,
        "value": one.value or None,
        "new_role": one.role or None,
        "by": one.author,
        "at": one.at,
    }


def correction_words(told: dict[str, Any], names: Names) -> str:
    """Say in Chinese what a correction (of `correction_json`) corrects."""
    where = f"第 {'、'.join(map(str, told['pages']))} 页" if told["pages"] else ""
    role = labels.DATE_ROLES.get(told["role"] or "", told["role"] or "")
    new_role = labels.DATE_ROLES.get(told["new_role"] or "", told["new_role"] or "")
    raw = f"“{told['raw']}”" if told["raw"] else ""
    renamed = f"（改作{new_role}）" if new_role and new_role != role else ""
    match told["kind"]:
        case "date":
            return f"{where}{role}日期{raw}应为 {told['value']}{renamed}"
        case "no_date":
            return f"{where}{raw}不是{role}日期"
        case "new_date":
            return f"{where}补录{new_role or role}日期 {told['value']}"
        case "type":
            return f"{where}所在的文书是{names.type(told['value'])}"
        case "begin":
            return f"{where}起是另一份文书"
        case "join":
            return f"{where}起的文书与前一份是同一份"
        case "signature":
            signer = labels.SIGNERS.get(told["role"] or "", told["role"] or "")
            return f"{where}{signer}签名处: {labels.SIGNATURE_STATES[told['value']]}"
        case "case_kind":
            return f"案件类别是{labels.CASE_KINDS.get(told['value'], told['value'])}"
        case "stage":
            return f"阶段是{labels.STAGES.get(told['value'], told['value'])}"
        case _:
            return f"受理方式是{labels.ENTRIES.get(told['value'], told['value'])}"
