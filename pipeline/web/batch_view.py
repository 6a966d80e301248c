"""The list of a batch: which files are shown, how they can be narrowed down, what is counted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from pipeline.store.search_index import IndexRow
from pipeline.summary import labels
from pipeline.summary.labels import Names
from pipeline.web.charts import Chart, bars

PER_PAGE = 100
STATES = {"open": "未核对", "begun": "核对中", "done": "已完成"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far people are with a file: how many of its flags and doubts are decided, and whether it is done."""

    decided: int = 0
    total: int = 0
    done: bool = False

    @property
    def state(self) -> str:
        return "done" if self.done else "begun" if self.decided else "open"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed down to; "" means all. `q` is a part of a name: of a file, recipient or lawyer."""

    agency: str = ""
    county: str = ""
    lawyer: str = ""
    kind: str = ""
    rule: str = ""
    severity: str = ""
    state: str = ""
    q: str = ""

    def but(self, **changed: str) -> str:
        """Give the query of this filter with something changed; an empty one where nothing is left."""
        values = {each.name: getattr(self, each.name) for each in fields(self)} | changed
        query = urlencode({name: value for name, value in values.items() if value})
        return f"?{query}"

    @property
    def active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a filter can take: what it is called, and of how many files it is true."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One file in the list."""

    row: IndexRow
    progress: Progress
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchView:
    """All that the batch page shows. `numbers`: label and number of the tiles at its head."""

    cases: tuple[Listed, ...]
    total: int
    found: int
    page: int
    pages: int
    options: Mapping[str, tuple[Option, ...]]
    numbers: tuple[tuple[str, str, int], ...]
    by_rule: Chart
    by_agency: Chart


_VALUES: dict[str, Callable[[IndexRow, Progress], Iterable[str]]] = {
    "agency": lambda row, _: (row.agency,),
    "county": lambda row, _: (row.county,),
    "lawyer": lambda row, _: (row.lawyer,),
    "kind": lambda row, _: (row.kind,),
    "rule": lambda row, _: {flag.rule for flag in row.flags},
    "severity": lambda row, _: {flag.severity for flag in row.flags},
    "state": lambda _, progress: (progress.state,),
}


def view_batch(
    rows: Sequence[IndexRow], progress: Mapping[str, Progress], wanted: Filter, names: Names, page: int, base: str
) -> BatchView:
    """Work out the list. `rows` in the order of the list; `progress` by slug; `page` from 1; `base`: its address."""
    known = [(row, progress.get(row.slug, Progress())) for row in rows]
    found = [item for item in known if _meets(*item, wanted)]
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return BatchView(
        cases=tuple(Listed(row, done, _titles(row)) for row, done in shown),
        total=len(rows),
        found=len(found),
        page=page,
        pages=pages,
        options={name: _options(name, known, wanted, names) for name in _VALUES},
        numbers=_numbers([row for row, _ in found], [done for _, done in found]),
        by_rule=bars(_rules([row for row, _ in found], wanted, names, base)),
        by_agency=bars(_agencies([row for row, _ in found], wanted, base)),
    )


def _meets(row: IndexRow, progress: Progress, wanted: Filter, but: str = "") -> bool:
    if wanted.q and not any(wanted.q in text for text in (row.case_id, row.recipient, row.lawyer)):
        return False
    asked = ((name, getattr(wanted, name)) for name in _VALUES if name != but)
    return all(not value or value in _VALUES[name](row, progress) for name, value in asked)


def _options(name: str, known: Sequence[tuple[IndexRow, Progress]], wanted: Filter, names: Names) -> tuple[Option, ...]:
    """Values of one filter among the files that all others leave, the most frequent first."""
    counts = Counter(
        value
        for row, progress in known
        if _meets(row, progress, wanted, but=name)
        for value in _VALUES[name](row, progress)
        if value
    )
    fixed: dict[str, Mapping[str, str]] = {
        "kind": labels.CASE_KINDS, "severity": labels.SEVERITIES, "state": STATES,
    }  # fmt: skip
    if name in fixed:
        return tuple(Option(value, label, counts[value]) for value, label in fixed[name].items() if counts[value])
    order = sorted(counts, key=lambda value: (-counts[value], value))
    label: Callable[[str], str] = (lambda code: f"{code} {names.rule(code)}") if name == "rule" else (lambda text: text)
    return tuple(Option(value, label(value), counts[value]) for value in order)


def _titles(row: IndexRow) -> tuple[str, ...]:
    order = sorted(row.flags, key=lambda flag: list(labels.SEVERITIES).index(flag.severity))
    return tuple(dict.fromkeys(flag.title for flag in order))


def _numbers(rows: Sequence[IndexRow], progress: Sequence[Progress]) -> tuple[tuple[str, str, int], ...]:
    return (
        ("cases", "案卷", len(rows)),
        ("high", "高级疑点", sum(row.high for row in rows)),
        ("medium", "中级疑点", sum(row.medium for row in rows)),
        ("low", "低级疑点", sum(row.low for row in rows)),
        ("unsure", "存疑待看", sum(row.unsure for row in rows)),
        ("failed", "无法辨认的页", sum(row.unreadable for row in rows)),
        ("lawful", "已完成的案卷", sum(one.done for one in progress)),
    )


def _rules(rows: Sequence[IndexRow], wanted: Filter, names: Names, base: str) -> list[tuple[str, int, str, str]]:
    """Files by rule: label, number of files, gravest severity, address of the list narrowed down to it."""
    counts = Counter(rule for row in rows for rule in {flag.rule for flag in row.flags})
    gravity = list(labels.SEVERITIES)
    severest = {
        rule: min((flag.severity for row in rows for flag in row.flags if flag.rule == rule), key=gravity.index)
        for rule in counts
    }
    order = sorted(counts, key=lambda rule: (-counts[rule], rule))
    return [
        (f"{rule} {names.rule(rule)}", counts[rule], severest[rule], base + wanted.but(rule=rule)) for rule in order
    ]


def _agencies(rows: Sequence[IndexRow], wanted: Filter, base: str) -> list[tuple[str, int, str, str]]:
    """Findings by agency."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.agency] += row.high + row.medium + row.low
    order = sorted((name for name in counts if counts[name]), key=lambda name: (-counts[name], name))
    return [(name or "未能识别机构", counts[name], "medium", base + wanted.but(agency=name)) for name in order]
