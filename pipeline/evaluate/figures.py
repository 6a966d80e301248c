"""Counts → the figures that are printed: precision, recall, shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Figures = dict[str, Any]


def ratio(part: int, whole: int) -> float | None:
    """Give a share, four digits; None of nothing."""
    return None if not whole else round(part / whole, 4)


def prf(right: int, false: int, missed: int) -> Figures:
    """Give precision, recall and F1 with the counts they rest on."""
    return {
        "tp": right,
        "fp": false,
        "fn": missed,
        "precision": ratio(right, right + false),
        "recall": ratio(right, right + missed),
        "f1": ratio(2 * right, 2 * right + false + missed),
    }


def rule_figures(counts: Counter[str]) -> Figures:
    """Give the figures of one rule, or of several added up."""
    return {
        **prf(counts["tp"], counts["fp"], counts["fn"]),
        "traps": counts["traps"],
        "sprung": counts["sprung"],
        "missed_but_unsure": counts["fn_unsure"],
        "repeated": counts["repeated"],
    }


def figures(
    total: Counter[str],
    rules: Mapping[str, Counter[str]],
    roles: Mapping[str, Counter[str]],
    characters: Counter[str],
    errors: Counter[str],
    only: frozenset[str],
) -> Figures:
    """Lay out all figures of a run; `only` are rules that are added up on a line of their own."""
    all_rules, all_dates, chosen = Counter[str](), Counter[str](), Counter[str]()
    for code, counts in rules.items():
        all_rules.update(counts)
        if code in only:
            chosen.update(counts)
    for counts in roles.values():
        all_dates.update(counts)
    signed = ratio(total["sign_signed_ok"], total["sign_signed_n"])
    blank = ratio(total["sign_blank_ok"], total["sign_blank_n"])
    return {
        "cases": total["cases"],
        "cases_without_output": total["cases_missing"],
        **{key: ratio(total[f"{key}_ok"], total[f"{key}_n"]) for key in ("case_kind", "stage", "entry", "regime")},
        "rules": {code: rule_figures(counts) for code, counts in sorted(rules.items())},
        "findings": rule_figures(all_rules),
        "chosen_rules": rule_figures(chosen) if only else None,
        "traps_explained": ratio(total["trap_explained"], total["trap_to_explain"]),
        "evidence_on_right_page": ratio(total["evidence_ok"], total["evidence_n"]),
        "unsure_share": ratio(total["unsure"], total["outcomes"]),
        "rule_errors": total["rule_errors"],
        "date_roles": {role: prf(c["tp"], c["fp"], c["fn"]) for role, c in sorted(roles.items())},
        "dates": prf(all_dates["tp"], all_dates["fp"], all_dates["fn"]),
        "dates_uncertain": {"right": total["uncertain_right"], "wrong": total["uncertain_wrong"]},
        "dates_under_seal": {
            "n": total["sealed_n"],
            "certain_and_right": ratio(total["sealed_ok"], total["sealed_n"]),
            "uncertain": total["sealed_uncertain"],
        },
        "page_type_accuracy": ratio(total["page_type_ok"], total["page_type_n"]),
        "document_boundaries": prf(total["span_tp"], total["span_fp"], total["span_fn"]),
        "rotation_accuracy": ratio(total["rotation_ok"], total["rotation_n"]),
        "blank_pages": prf(total["blank_tp"], total["blank_fp"], total["blank_fn"]),
        "signature_slots": {
            "signed_recall": signed,
            "blank_recall": blank,
            "blank_n": total["sign_blank_n"],
            "balanced_accuracy": None if signed is None or blank is None else round((signed + blank) / 2, 4),
        },
        "signature_blank": prf(
            total["sign_blank_ok"], total["blank_slot_fp"], total["sign_blank_n"] - total["sign_blank_ok"]
        ),
        "seal_pages": prf(total["seal_tp"], total["seal_fp"], total["seal_fn"]),
        "seal_text": ratio(total["seal_text_ok"], total["seal_text_n"]),
        **place_figures(total),
        "character_error_rate": {hand: ratio(errors[hand], characters[hand]) for hand in sorted(characters)},
    }


def place_figures(total: Counter[str]) -> Figures:
    """Give what was seen and where, for truth that has boxes; None where it has none."""
    slots = total["slot_tp"], total["slot_fp"], total["slot_fn"]
    altered = total["alteration_tp"], total["alteration_fp"], total["alteration_fn"]
    thumbs = total["fingerprint_ok"], total["fingerprint_fp"], total["fingerprint_n"] - total["fingerprint_ok"]
    return {
        "catalogue_rows": prf(total["row_tp"], total["row_fp"], total["row_fn"]),
        "empty_slots": {**prf(*slots), "kind": ratio(total["slot_kind_ok"], total["slot_tp"])},
        "alterations": {
            **prf(*altered),
            "kind": ratio(total["alteration_kind_ok"], total["alteration_tp"]),
            "confirmed": ratio(total["alteration_confirmed_ok"], total["alteration_tp"]),
        },
        "fingerprints": prf(*thumbs),
        "fingerprints_told_from_seals": ratio(total["told_ok"], total["told_n"]),
        "boxes": {kind: ratio(total[f"{kind}_box_ok"], total[f"{kind}_box_n"]) for kind in BOXED},
        "boxes_of_found": {kind: ratio(total[f"{kind}_box_ok"], total[f"{kind}_box_found"]) for kind in BOXED},
    }


BOXED = ("date", "signature", "seal")
PLAIN = (
    "traps_explained",
    "evidence_on_right_page",
    "unsure_share",
    "rule_errors",
    "dates_uncertain",
    "dates_under_seal",
    "case_kind",
    "stage",
    "entry",
    "regime",
    "page_type_accuracy",
    "rotation_accuracy",
    "signature_slots",
    "seal_text",
    "fingerprints_told_from_seals",
    "boxes",
    "boxes_of_found",
    "character_error_rate",
)


def lines(result: Figures) -> Iterator[str]:
    """Write the figures as a table, line by line."""
    yield f"{'':<20}{'tp':>5}{'fp':>5}{'fn':>5}"
    for code, counts in result["rules"].items():
        yield _line(code, counts)
    yield _line("ALL FINDINGS", result["findings"])
    if result["chosen_rules"]:
        yield _line("CHOSEN RULES", result["chosen_rules"])
    for role, counts in result["date_roles"].items():
        yield _line(f"date {role}", counts)
    yield _line("ALL DATES", result["dates"])
    for key in ("document_boundaries", "blank_pages", "signature_blank", "seal_pages"):
        yield _line(key, result[key])
    for key in ("catalogue_rows", "empty_slots", "alterations", "fingerprints"):
        yield _line(key, result[key])
    for key in PLAIN:
        yield f"{key:<26}{result[key]}"
    yield f"cases {result['cases']}, without output {result['cases_without_output']}"


def _line(name: str, counts: Figures) -> str:
    precision, recall = ("-" if counts[key] is None else counts[key] for key in ("precision", "recall"))
    text = f"{name:<20}{counts['tp']:>5}{counts['fp']:>5}{counts['fn']:>5}  P {precision:<7} R {recall:<7}"
    text += "".join(f" {key} {counts[key]}" for key in ("f1", "kind", "confirmed") if counts.get(key) is not None)
    if counts.get("traps"):
        text += f" traps {counts['sprung']}/{counts['traps']} sprung"
    if counts.get("missed_but_unsure"):
        text += f" {counts['missed_but_unsure']} missed were unsure"
    return text
