"""Which papers a file must hold, and how it stands with each: there, missing, in doubt, not required and why. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.packs.load import Pack
from pipeline.summary.labels import Names, page_list

Json = dict[str, Any]
State = Literal["there", "missing", "unsure", "not_required", "lawful"]
STATES: dict[State, str] = {
    "missing": "缺少",
    "unsure": "存疑",
    "there": "在卷",
    "lawful": "依法可无",
    "not_required": "不要求",
}
_BY_VERDICT: dict[str, State] = {
    "flag": "missing",
    "pass": "there",
    "unsure": "unsure",
    "lawful": "lawful",
    "not_applicable": "not_required",
    "error": "unsure",
}
_PAGE = re.compile(r"第\s?(\d+)")
_MANY = "DOC111"
"""The rule that judges several papers in one outcome."""
_OTHER = frozenset({"DOC105"})
"""Rules of the family that ask for no paper of their own."""


@dataclass(frozen=True, slots=True)
class Item:
    """One paper: its name, how it stands, why, on which pages it lies, the key of the finding that reports it."""

    name: str
    state: State
    label: str
    why: str
    page: int | None
    key: str


def checklist(case: Json, pack: Pack, names: Names) -> tuple[Item, ...]:
    """List the papers that the rules and the pack ask for in a file of this kind, missing ones first."""
    found = (*_by_rule(case, names), *_by_pack(case, pack, names))
    rank = {state: place for place, state in enumerate(STATES)}
    return tuple(sorted(found, key=lambda item: rank[item.state]))


def _by_rule(case: Json, names: Names) -> Iterator[Item]:
    for outcome in case["outcomes"]:
        code = outcome["rule"]
        if not code.startswith("DOC") or code == _MANY or code in _OTHER:
            continue
        state = _BY_VERDICT[outcome["verdict"]]
        told = _PAGE.search(outcome["why"])
        keys = [finding["key"] for finding in case["findings"] if finding["rule"] == code]
        name = names.rule(code).removeprefix("缺少")
        yield _item(name, state, outcome["why"], int(told[1]) if told and state == "there" else None, "".join(keys[:1]))


def _by_pack(case: Json, pack: Pack, names: Names) -> Iterator[Item]:
    """What the outcome for all other papers says of each."""
    outcome = next((o for o in case["outcomes"] if o["rule"] == _MANY), None)
    if outcome is None or case["status"] == "failed":
        return
    missing = {f["document_type"]: f for f in case["findings"] if f["rule"] == _MANY}
    told = (outcome, *outcome.get("considered", ()))
    owned = {f["document_type"] for f in case["findings"] if f["rule"] != _MANY and f["rule"].startswith("DOC")}
    seen: set[str] = set()
    for entry in pack.required_of(case["case_kind"] or "", case["stage"] or "", case["entry"] or ""):
        for kind in entry.documents:
            if kind in seen or kind in owned:
                continue
            seen.add(kind)
            name = names.type(kind)
            there = next((d for d in case["documents"] if d["type"] in (kind, *entry.instead)), None)
            if there is not None:
                yield _item(name, "there", page_list(_pages(there)), there["pages"][0], "")
            elif kind in missing:
                yield _item(name, "missing", missing[kind]["message"], None, missing[kind]["key"])
            else:
                why = next((o for o in told if o["verdict"] in ("unsure", "lawful") and name in o["why"]), None)
                state: State = _BY_VERDICT[why["verdict"]] if why else "not_required"
                yield _item(name, state, why["why"] if why else "本案不具备应有该文书的条件, 或另有规则检查", None, "")


def _pages(document: Json) -> list[int]:
    return list(range(document["pages"][0], document["pages"][-1] + 1))


def _item(name: str, state: State, why: str, page: int | None, key: str) -> Item:
    return Item(name, state, STATES[state], why, page, key)
