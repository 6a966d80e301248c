"""Training text for the page classifier: many short pages of every document type, as an engine would read them.

`pages(seed, n)` yields (text, type, is_first_page). The texts come from three sources: two sets of wordings, written
apart from each other (`wordings/*.py` and `wordings/second_*.txt`), filled at random, and the documents of the sample
cases themselves with other people and other forms. Nothing is drawn; no font is needed. The same seed gives the same
pages. What is learned from one set can be tried on the other, which it has never seen.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Literal

from sample_scans.generator import corpus_cases, wordings
from sample_scans.generator.corpus_noise import misread
from sample_scans.generator.corpus_slots import Slots, crime, dispute
from sample_scans.generator.corpus_wordings import second_set
from sample_scans.generator.wordings import aid, aid_handling, court, lawyer, organs

WORDINGS: dict[str, wordings.Wording] = {
    **aid.WORDINGS,
    **aid_handling.WORDINGS,
    **lawyer.WORDINGS,
    **organs.WORDINGS,
    **court.WORDINGS,
}
Source = Literal["first", "second", "cases"]
SOURCES: tuple[Source, ...] = ("first", "second", "cases")
SECOND = 0.55
"""Share of the second set among the pages that are made from wordings."""
FROM_CASES = 0.3
"""Share of the pages taken from the sample cases, for the types they have."""
CHOICE = re.compile(r"\{([^{}]*)\}")
SLOT = re.compile(
    r"\$(client|lawyer|clerk|judge|opp|county|centre|firm|about|charge|cause|sex|police|proc|court|prison|village|addr"
    r"|year|born|phone|id|lic|aidno|caseno|money|datezh|date2|date|crime|dispute|rows|n|s)"
)
HEAVY = {
    # types that rules stand on or that resemble each other are drawn more often
    "assignment_notice": 2, "approval_form": 2, "recipient_rights_notice": 3, "lawyer_rights_notice": 3,
    "authority_rights_notice": 3, "client_interview": 3, "client_talk": 2, "file_reading_record": 3, "indictment": 2,
    "prosecution_opinion": 2, "defence_statement": 2, "representation_statement": 2, "answer": 2, "hearing_record": 2,
    "judgment": 2, "evidence_material": 3, "interrogation_record": 2, "legal_opinion": 2, "closing_report": 2,
    "aid_letter": 2, "defence_request": 2, "situation_note": 2, "blank_page": 1, "other": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills choices and slots with one set of people and places."""

    rng: random.Random
    slots: Slots

    def line(self, text: str) -> str:
        while CHOICE.search(text):
            text = CHOICE.sub(lambda m: self.rng.choice(m.group(1).split("|")), text)
        return SLOT.sub(lambda m: self.value(m.group(1)), text)

    def value(self, name: str) -> str:
        if name == "crime":
            return crime(self.rng, self.slots.values["client"])
        if name == "dispute":
            return dispute(self.rng, self.slots.values["client"], self.slots.values["opp"])
        if name == "rows":
            return self.rows()
        return self.slots.get(name)

    def rows(self) -> str:
        """Rows of a catalogue, from the titles of the other types."""
        start, page, rows = self.rng.choice((1, 1, 12, 20)), self.rng.randint(1, 40), []
        for i in range(self.rng.randint(8, 22)):
            kind = self.rng.choice(sorted(WORDINGS))
            name = self.rng.choice(WORDINGS[kind].titles)
            length = self.rng.choice((1, 1, 1, 2, 3))
            rows.append(f"{start + i} {self.line(name)} {page}" + (f"-{page + length - 1}" if length > 1 else ""))
            page += length
        return "\n".join(rows)


def issuer_of(kind: str, slots: Slots, rng: random.Random) -> str:
    if kind.endswith("?"):
        return slots.get(kind[:-1]) if rng.random() < 0.5 else ""
    if kind == "organ":
        kind = rng.choice(("court", "proc", "police"))
    if kind == "arbitration":
        return slots.get("county") + "劳动人事争议仲裁委员会"
    return slots.get(kind) if kind and rng.random() < 0.8 else ""


def wording_of(kind: str, sources: tuple[Source, ...], rng: random.Random) -> wordings.Wording:
    """One section of wordings for a type from the sources asked for; the first set has every type."""
    second = second_set().get(kind, ()) if "second" in sources else ()
    if second and ("first" not in sources or rng.random() < SECOND):
        return rng.choice(second)
    return WORDINGS[kind]


def _page(kind: str, sources: tuple[Source, ...], rng: random.Random) -> tuple[str, bool]:
    wording = wording_of(kind, sources, rng)
    fill = Filler(rng, Slots.draw(rng))
    first = not wording.more or rng.random() < 0.72
    chosen = wording.lines if first else wording.more
    lines: list[str] = []
    if first and rng.random() >= wording.untitled:
        issuer = issuer_of(wording.issuer, fill.slots, rng)
        title = fill.line(rng.choice(wording.titles))
        if rng.random() < 0.14:
            title = " ".join(title)
        lines += [part for part in (issuer, title) if part]
    if not first and rng.random() < 0.5 and kind not in ("file_catalogue", "feedback_form"):
        lines.append(_torn(fill, wording, rng))
    for line in chosen:
        optional = line.startswith("?")
        if rng.random() < (0.4 if optional else 0.1):
            continue
        lines.append(fill.line(line.removeprefix("?")))
    if rng.random() < 0.18 and kind != "blank_page":
        lines.append(rng.choice(("第{}页", "- {} -", "第 {} 页 共 5 页", "{}")).format(rng.randint(1, 4)))
    return "\n".join(line for line in lines if line.strip()), first


def _torn(fill: Filler, wording: wordings.Wording, rng: random.Random) -> str:
    """The tail of a sentence that began on the page before."""
    text = fill.line(rng.choice(wording.lines).removeprefix("?"))
    return text[rng.randint(0, max(0, len(text) - 12)) :]


def pages(seed: int, n: int, sources: tuple[Source, ...] = SOURCES) -> list[tuple[str, str, bool]]:
    """`n` pages as (text, document type, whether it is the first page of its document), mixed over all types."""
    rng = random.Random(seed)
    known = WORDINGS if "first" in sources else second_set()
    kinds = [kind for kind in sorted(known) for _ in range(HEAVY.get(kind, 1))]
    result: list[tuple[str, str, bool]] = []
    while len(result) < n:
        bag = list(kinds)
        rng.shuffle(bag)
        for kind in bag:
            drawn = corpus_cases.page(kind, rng) if "cases" in sources and rng.random() < FROM_CASES else None
            text, first = drawn or _page(kind, sources, rng)
            result.append((misread(text, rng), kind, first))
    return result[:n]
