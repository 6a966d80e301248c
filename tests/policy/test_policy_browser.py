"""What the desk sends is understood by the browsers that offices have: Chromium 78 (360, Sogou)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SCRIPT = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish": r"\?\?",
    "logical assignment": r"(?:\|\||&&)=",
    "private field": r"(?:\bthis\.|^\s*)#[A-Za-z_]\w*",
    "numeric separator": r"\b\d+_\d+",
    "BigInt": r"\b\d+n\b",
    "too new a method": r"\.(?:replaceAll|at|findLast|findLastIndex|toSorted|toReversed|toSpliced|hasOwn|allSettled|any"
    r"|matchAll|replaceChildren|checkVisibility|showPopover)\(",
    "too new a name": r"\b(?:structuredClone|WeakRef|queueMicrotask|AggregateError|globalThis|scheduler)\b",
    "module": r"^\s*(?:import|export)\b|\bimport\(",
    "await outside a function": r"^await\b",
    "regular expression of later days": r"/[dv]\b[gimsuy]*\.(?:exec|test)",
}
STYLE = {
    "selector": r":(?:has|is|where)\(",
    "function": r"\b(?:color-mix|clamp|min|max|oklch|oklab|lab|lch|hwb|light-dark|round|anchor)\(",
    "property": r"(?<![\w-])(?:inset|inset-\w+|aspect-ratio|accent-color|content-visibility|translate|rotate|scale"
    r"|text-wrap|margin-trim|margin-inline|padding-inline|margin-block|padding-block|field-sizing)\s*:",
    "at-rule": r"@(?:layer|container|property|scope|starting-style|view-transition)\b",
    "nesting": r"(?m)^\s*&|[{;]\s*&",
    "unit": r"\d(?:dvh|svh|lvh|dvw|svw|lvw|cqw|cqh|cap|rlh)\b",
    "range query": r"@media[^{]*[<>]",
}


def _without_remarks(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def _static(root: Path, suffix: str) -> list[Path]:
    found = sorted(
        path for part in ("web", "summary") for path in (root / "pipeline" / part / "static").glob(f"*{suffix}")
    )
    assert found
    if suffix == ".js":  # what is written into the pages of a run
        found += sorted((root / "pipeline" / "summary" / "templates").glob("*.js"))
    return found


@pytest.mark.parametrize(("suffix", "patterns"), [(".js", SCRIPT), (".css", STYLE)])
def test_nothing_is_newer_than_chromium_78(root: Path, suffix: str, patterns: dict[str, str]) -> None:
    hits = [
        f"{path.name}:{number}: {what}: {line.strip()[:100]}"
        for path in _static(root, suffix)
        for number, line in enumerate(_without_remarks(path.read_text("utf-8")).splitlines(), 1)
        for what, pattern in patterns.items()
        if re.search(pattern, line)
    ]
    assert hits == []


def test_no_gap_is_left_to_flex(root: Path) -> None:
    """`gap` of a flex container came with Chromium 84; in a grid it is older."""
    rules = [
        f"{path.name}: {rule.strip()[:100]}"
        for path in _static(root, ".css")
        for rule in re.findall(r"[^{}]+\{[^{}]*\}", _without_remarks(path.read_text("utf-8")))
        if re.search(r"display:\s*(?:inline-)?flex", rule) and re.search(r"(?<![\w-])gap\s*:", rule)
    ]
    assert rules == []


@pytest.mark.parametrize(
    ("patterns", "line"),
    [
        (SCRIPT, "a = b?.c;"), (SCRIPT, "a = b ?? c;"), (SCRIPT, "a ||= b;"), (SCRIPT, "this.#x = 1;"),
        (SCRIPT, "words.replaceAll('a', 'b');"), (SCRIPT, "list.at(-1);"), (SCRIPT, "structuredClone(a);"),
        (SCRIPT, "await fetch('/');"), (SCRIPT, "import a from './a.js';"),
        (STYLE, "a:has(b) { }"), (STYLE, "color: color-mix(in srgb, red, blue);"), (STYLE, "inset: 0;"),
        (STYLE, "a { aspect-ratio: 1; }"), (STYLE, "@layer base {"), (STYLE, "@container (min-width: 1px) {"),
        (STYLE, "  &:hover { }"), (STYLE, "height: 100dvh;"),
    ],
)  # fmt: skip
def test_what_is_newer_would_be_seen(patterns: dict[str, str], line: str) -> None:
    assert any(re.search(pattern, line) for pattern in patterns.values())


@pytest.mark.parametrize(
    ("patterns", "line"),
    [
        (SCRIPT, "a = b ? .5 : 1;"), (SCRIPT, "a = b ?.5 : 1;"), (SCRIPT, 'one("#x").at = 1;'),
        (SCRIPT, 'location.hash = "#x";'), (STYLE, "a { color: #abc; }"), (STYLE, "columns: minmax(0, 1fr);"),
        (STYLE, "transform: translate(1px, 2px) scale(2);"), (STYLE, "@media (max-width: 720px) {"),
    ],
)  # fmt: skip
def test_what_is_old_enough_passes(patterns: dict[str, str], line: str) -> None:
    assert not any(re.search(pattern, line) for pattern in patterns.values())
