"""A run against truth files: what was found, missed, falsely reported and misread (contract.md, Truth and Score)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate import places
from pipeline.evaluate.figures import Figures, figures
from pipeline.evaluate.matching import Entry, constraint, document_kind, edits, fold, match, pages_of, person, same
from pipeline.problems import InputError

EXPLAINED = frozenset({"DOC103", "DOC104", "DOC108", "DOC110", "DAT501", "DAT502", "REC701"})
"""Rules whose traps want a reason in law: silence is not enough."""
DATE_RULES = {
    "DAT501": {"assignment", "approval", "decision"},
    "DAT502": {"interview", "file_reading", "agreement", "approval"},
    "DAT503": {"closing", "approval"},
}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a run, and each miss, false report and misreading in words."""

    figures: Figures
    notes: tuple[str, ...]


def score(truth: Path, cases: Path, *, only: frozenset[str] = frozenset()) -> Score:
    """Score every truth file of a folder against `<case_id>.json` in `cases`; `only` are rules to add up apart.

    Raises `InputError` where there is no truth file or one cannot be read.
    """
    paths = sorted(truth.glob("*.truth.json")) if truth.is_dir() else []
    if not paths:
        raise InputError(f"没有标准答案 (*.truth.json): {truth}", "请给出装有 *.truth.json 的文件夹")
    counting = _Counting()
    for path in paths:
        output = cases / f"{path.name.removesuffix('.truth.json')}.json"
        counting.case(
            path.name.removesuffix(".truth.json"), load_json(path), load_json(output) if output.exists() else {}
        )
    found = figures(counting.total, counting.rules, counting.roles, counting.characters, counting.errors, only)
    return Score(found, tuple(counting.notes))


def load_json(path: Path) -> Json:
    """Load a JSON object. Raises `InputError`."""
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"读不了: {path}", "请检查文件是否为完好的 JSON") from error
    if not isinstance(loaded, dict):
        raise InputError(f"不是 JSON 对象: {path}", "请检查文件内容")
    return loaded


class _Counting:
    """Everything that is counted over the cases."""

    def __init__(self) -> None:
        self.total: Counter[str] = Counter()
        self.rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.characters: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.notes: list[str] = []

    def case(self, name: str, truth: Json, out: Json) -> None:
        """Count one case in; an empty `out` is a case without output."""
        self._name = name
        self.total["cases"] += 1
        if not out:
            self.total["cases_missing"] += 1
            self._note("no output")
        illegible = {p for t in truth.get("findings", []) if t["rule"] == "IMG001" for p in pages_of(t)}
        self._profile(truth, out)
        self._findings(truth, out, illegible)
        self._outcomes(truth, out)
        self._dates(truth, out)
        self._documents(truth, out)
        self._pages(truth, out, illegible)
        self._signatures(truth, out)
        self._seals(truth, out, illegible)
        for counts, note in places.count(truth, out, illegible):
            self.total.update(counts)
            if note:
                self._note(note)

    def _note(self, text: str) -> None:
        self.notes.append(f"{self._name}: {text}")

    def _profile(self, truth: Json, out: Json) -> None:
        for key in ("case_kind", "stage", "entry", "regime"):
            if truth.get(key):
                right = truth[key] == out.get(key)
                self.total.update({f"{key}_n": 1, f"{key}_ok": right})
                if not right:
                    self._note(f"{key} {out.get(key)} should be {truth[key]}")

    def _findings(self, truth: Json, out: Json, illegible: set[int]) -> None:
        expected, found = _by_rule(truth.get("findings", [])), _by_rule(out.get("findings", []))
        verdicts = {o["rule"]: o["verdict"] for o in out.get("outcomes", [])}
        for rule in sorted(set(expected) | set(found)):
            tolerated = [t for t in truth.get("tolerated", []) if t["rule"] == rule]
            if rule == "IMG001":
                self._illegible(found[rule], tolerated, illegible)
                continue
            matched = match(expected[rule], found[rule], rule)
            false = [f for f in matched.false if not any(same(t, f, rule, strict=True) for t in tolerated)]
            unsure = verdicts.get(rule) == "unsure"
            self.rules[rule].update(
                tp=len(matched.pairs),
                fp=len(false),
                fn=len(matched.missed),
                repeated=len(matched.repeated),
                fn_unsure=len(matched.missed) if unsure else 0,
            )
            for entry in matched.missed:
                doubt = " (unsure)" if unsure else ""
                self._note(f"missed {rule} {document_kind(entry) or ''} {entry.get('note', '')}{doubt}")
            for entry in false:
                about = f"{document_kind(entry) or ''} {constraint(entry) or ''}"
                self._note(f"false {rule} {about} {entry.get('message', '')}")
            self._evidence(rule, matched.pairs, truth)
            self._sprung(rule, false, truth)

    def _illegible(self, found: list[Entry], tolerated: list[Entry], illegible: set[int]) -> None:
        pages = {p for f in found for p in pages_of(f)}
        allowed = {p for t in tolerated for p in pages_of(t)}
        missed, false = illegible - pages, pages - illegible - allowed
        self.rules["IMG001"].update(tp=len(pages & illegible), fp=len(false), fn=len(missed))
        for page in sorted(missed):
            self._note(f"missed IMG001 page {page}")
        for page in sorted(false):
            self._note(f"false IMG001 page {page}")

    def _evidence(self, rule: str, pairs: list[tuple[Entry, Entry]], truth: Json) -> None:
        if rule.startswith("DOC"):
            return
        for expected, found in pairs:
            if rule in DATE_RULES:
                right = {d.get("page") for d in truth.get("dates", []) if d["role"] in DATE_RULES[rule]}
            else:
                spans = (d["pages"] for d in truth.get("documents", []) if d["type"] == document_kind(expected))
                right = {page for span in spans for page in range(span[0], span[-1] + 1)}
            if right:
                shown = {e.get("page") for e in found.get("evidence") or []}
                self.total.update(evidence_n=1, evidence_ok=bool(right & shown))

    def _sprung(self, rule: str, false: list[Entry], truth: Json) -> None:
        unused = list(false)
        for trap in truth.get("traps", []):
            strict = bool(trap.get("reason"))
            hit = next((f for f in unused if trap["rule"] == rule and same(trap, f, rule, strict=strict)), None)
            if hit is not None:
                unused.remove(hit)
                self.rules[rule]["sprung"] += 1
                self._note(f"trap sprung {rule}: {trap.get('reason', '')}")

    def _outcomes(self, truth: Json, out: Json) -> None:
        outcomes = out.get("outcomes", [])
        for trap in truth.get("traps", []):
            rule = trap["rule"]
            self.rules[rule]["traps"] += 1
            if rule in EXPLAINED:
                own = [o for o in outcomes if o["rule"] == rule]
                weighed = [c for o in own for c in o.get("considered") or []]
                reason = any(o["verdict"] in ("lawful", "not_applicable") for o in own[-1:])
                reason = reason or any(c.get("verdict") == "lawful" for c in weighed)
                self.total.update(trap_to_explain=1, trap_explained=reason)
        for outcome in outcomes:
            verdict = outcome["verdict"]
            self.total.update(outcomes=1, unsure=verdict == "unsure", rule_errors=verdict == "error")

    def _dates(self, truth: Json, out: Json) -> None:
        entries = [d for d in truth.get("dates", []) if d.get("value")]
        expected = {(d["role"], d["value"]) for d in entries}
        sealed = {(d["role"], d["value"]) for d in entries if d.get("under_seal")}
        found = [d for d in out.get("dates", []) if d.get("value") and d.get("role")]
        sure = {(d["role"], d["value"]) for d in found if d.get("certain", True)}
        unsure = {(d["role"], d["value"]) for d in found} - sure
        known = {role for role, _ in expected}
        for role, value in sorted(expected):
            right = (role, value) in sure
            doubted = not right and (role, value) in unsure
            self.roles[role].update(tp=right, fn=not right)
            self.total["uncertain_right"] += doubted
            if (role, value) in sealed:
                self.total.update(sealed_n=1, sealed_ok=right, sealed_uncertain=doubted)
            if not right:
                certain = sorted(v for r, v in sure if r == role)
                doubtful = sorted(v for r, v in unsure if r == role)
                self._note(f"date {role} {value} not found as certain; certain {certain} uncertain {doubtful}")
        for role, value in sorted(sure - expected):
            if role in known:
                self.roles[role]["fp"] += 1
                self._note(f"date {role} {value} is false")
        self.total["uncertain_wrong"] += sum(role in known for role, _ in unsure - expected)

    def _documents(self, truth: Json, out: Json) -> None:
        count = len(truth.get("pages", []))
        wanted, given = page_types(truth.get("documents", []), count), page_types(out.get("documents", []), count)
        for page, (want, got) in enumerate(zip(wanted, given, strict=True), 1):
            if want in (None, "blank_page"):
                continue
            self.total.update(page_type_n=1, page_type_ok=want == got)
            if want != got:
                self._note(f"page {page} type {got} should be {want}")
        expected, found = _spans(truth), _spans(out)
        self.total.update(span_tp=len(expected & found), span_fp=len(found - expected), span_fn=len(expected - found))

    def _pages(self, truth: Json, out: Json, illegible: set[int]) -> None:
        read = {page["page"]: page for page in out.get("pages", [])}
        for page in truth.get("pages", []):
            got = read.get(page["page"], {})
            legible = page.get("kind") != "blank" and page["page"] not in illegible
            if "rotation" in page and legible:
                self.total.update(rotation_n=1, rotation_ok=page["rotation"] == got.get("rotation"))
            if "kind" in page:
                blank, taken = page["kind"] == "blank", got.get("kind") == "blank"
                self.total.update(blank_tp=blank and taken, blank_fp=taken and not blank, blank_fn=blank and not taken)
            if page.get("text") and legible:
                wanted, hand = fold(page["text"]), page.get("written", "printed")
                self.characters[hand] += len(wanted)
                self.errors[hand] += min(len(wanted), edits(wanted, fold(got.get("text", ""))))

    def _signatures(self, truth: Json, out: Json) -> None:
        types = {d.get("id"): d["type"] for d in out.get("documents", [])}
        slots = [
            (types.get(s.get("document")), person(s.get("role")), s.get("page"), s.get("state"))
            for s in out.get("signatures", [])
        ]
        for wanted in truth.get("signatures", []):
            near = [s for s in slots if s[0] == wanted["type"] and s[1] == person(wanted["role"])]
            slot = next((s for s in near if s[2] == wanted.get("page")), None)
            slot = slot or next((s for s in near if s[2] is None), None)
            if slot:
                slots.remove(slot)
            state, expected = (slot[3] if slot else None), wanted["state"]
            self.total.update(
                {
                    f"sign_{expected}_n": 1,
                    f"sign_{expected}_ok": state == expected,
                    "blank_slot_fp": expected == "signed" and state == "blank",
                }
            )
            if state != expected:
                where = f"{wanted['type']}/{wanted['role']}"
                self._note(f"page {wanted.get('page')} signature {where} {state} should be {expected}")

    def _seals(self, truth: Json, out: Json, illegible: set[int]) -> None:
        expected, found = _seal_texts(truth), _seal_texts(out)
        wanted, given = set(expected) - illegible, set(found) - illegible
        self.total.update(seal_tp=len(wanted & given), seal_fp=len(given - wanted), seal_fn=len(wanted - given))
        for page in wanted & given:
            for text in filter(None, map(fold, expected[page])):
                near = any(edits(text, fold(read)) <= 0.2 * len(text) for read in found[page] if read)
                self.total.update(seal_text_n=1, seal_text_ok=near)


def page_types(documents: Sequence[Entry], pages: int) -> list[str | None]:
    """Name the document type of each page from 1; None where no document holds it."""
    types: dict[int, str] = {}
    for document in documents:
        if document.get("pages"):
            for page in range(document["pages"][0], document["pages"][-1] + 1):
                types[page] = document["type"]
    return [types.get(page) for page in range(1, pages + 1)]


def _by_rule(entries: Sequence[Entry]) -> defaultdict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry["rule"]].append(entry)
    return found


def _spans(case: Json) -> set[tuple[int, int]]:
    documents = (d for d in case.get("documents", []) if d.get("pages") and d["type"] != "blank_page")
    return {(d["pages"][0], d["pages"][-1]) for d in documents}


def _seal_texts(case: Json) -> defaultdict[int | None, list[str | None]]:
    found: defaultdict[int | None, list[str | None]] = defaultdict(list)
    for seal in case.get("seals", []):
        found[seal.get("page")].append(seal.get("text"))
    return found
