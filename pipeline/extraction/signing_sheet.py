"""A page of a document laid out for signing.

Its rows are spelled out, with the labels in them; where the running text and the form end is told, and what stands in
the cells of a form's left column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import Box, Document, Line, Mark, Page
from pipeline.extraction.letters import Letters, page_pitch, spelled
from pipeline.extraction.readings import PlacedRow
from pipeline.extraction.signers import Label, labels_in, roles_of
from pipeline.text.names import likely_name, plausible_name

DATE = re.compile(
    r"(?:19|20)\d{2}[年.\-/,]?\d{1,4}|[0-9〇○零一二三四五六七八九oO]{2,4}[年.\-/][0-9一二三四五六七八九十]{0,3}[月.\-/]|[0-9〇○零一二三四五六七八九]{4}年|年月日?|年.{0,3}月.{0,3}日"
)
_TALK = re.compile(r"(?:问|答|审|原|被|申|仲|公|辩|代|律师|当事人|告知|答复)[:：]")
_NOTE = re.compile(
    r"(?:说明[:：]|注意|注[:：]|备注|填表(?!人)|填写(?!人)|附[:：注]|提示|本(?:表|笔录|协议|委托书|通知书|证|回证)(?:一式|由))"
)
_WELL_READ = 0.9
_LONG = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a document laid out. `notes`: the row from which only explanations of the form follow."""

    number: int
    lines: tuple[Line, ...]
    rows: tuple[PlacedRow, ...]
    spelled: tuple[Letters, ...]
    labels: tuple[tuple[Label, ...], ...]
    last_running: int
    notes: int
    stacks: tuple[tuple[str, Box], ...]
    first: bool


def sheet_of(number: int, rows: Sequence[PlacedRow], page: Page, document: Document) -> Sheet:
    """Lay out one page: its rows spelled out, the labels in them, where its running text ends."""
    pitch = page_pitch(page.lines)
    mine = tuple(row for row in rows if row.page == number)
    seals = [mark for mark in page.content.marks if mark.kind == "seal"]
    letters = tuple(spelled([ln for ln in place.row.lines if not of_seal(ln, seals)], pitch) for place in mine)
    labels = tuple(labels_in(one, document.type) for one in letters)
    low = [i for i, place in enumerate(mine) if place.row.box.y0 > 0.35 and _NOTE.match(letters[i].text)]
    notes = low[0] if low else len(mine)
    roles = roles_of(document.type)
    if any(
        _is_slot_label(label)
        or signs_only(letters[i], labels[i], roles)
        or (label.start == 0 and _leaves_place(label, roles) and not _runs(mine[i]))
        for i in range(notes, len(mine))
        for label in labels[i]
    ):
        # what follows is no mere explanation where the form still asks for a signature below it
        notes = len(mine)
    running = [
        i
        for i in range(notes)
        if not signs_only(letters[i], labels[i], roles)
        and (
            _TALK.match(letters[i].text)
            or (labels[i] and labels[i][0].start == 0 and speaks(letters[i], labels[i]))
            or (_runs(mine[i]) and not any(_leaves_place(label, roles) for label in labels[i]))
        )
    ]
    return Sheet(
        number, tuple(page.lines), mine, letters, labels, max(running, default=-1), notes, _stacks(page.lines),
        number == document.first,
    )  # fmt: skip


def signs_only(letters: Letters, labels: Sequence[Label], roles: dict[str, str]) -> bool:
    """Whether a row is nothing but labels with names ("审判长：张三　书记员：李四"), and so nobody's words."""
    colons = [label for label in labels if label.colon and (label.group in roles or label.sign)]
    if not colons or colons[0].start:
        return False
    names = 0
    for label, after in zip(colons, [*colons[1:], None], strict=True):
        end = after.start if after else len(letters.text)
        content = DATE.split(letters.text[label.end : end])[0]
        if len(content) > 4 or (content and not plausible_name(content)) or re.search("[不没无同愿认]", content):
            return False
        names += likely_name(content)
    dated = bool(DATE.search(letters.text, colons[-1].end))
    return names >= 1 and (len(colons) > 1 or dated)


def _runs(place: PlacedRow) -> bool:
    return any(len(re.findall(r"[\u4e00-\u9fff]", line.text)) >= _LONG for line in place.row.lines)


def of_seal(line: Line, seals: Sequence[Mark]) -> bool:
    """Whether a line is what an engine made of a seal's own letters."""
    area = max(1e-9, line.box.width * line.box.height)
    own = set(line.text.strip())
    shares = [(mark.box.overlap(line.box) / area, len(own & set(mark.text))) for mark in seals]
    # two letters of which one is misread, and hardly anything outside the seal
    scrap = len(own) <= 2 and line.score is not None and line.score < _WELL_READ
    return any(
        (inside > 0.25 and common >= 0.6 * len(own)) or (scrap and inside > 0.7 and common > 0)
        for inside, common in shares
    )


def speaks(letters: Letters, labels: Sequence[Label]) -> bool:
    """A line of a record of hearing: somebody, a colon, a sentence ("审判员：是否愿意调解？")."""
    if not labels or not labels[0].colon or labels[0].sign:
        return False
    following = [label.start for label in labels[1:] if label.colon]
    gaps = [i for i in range(labels[0].end + 1, len(letters.text)) if letters.letters[i].breaks]
    said = letters.text[labels[0].end : min([*following, *gaps, len(letters.text)])]
    return len(said) > 2 and (said[-1] in "。?？!！;；" or len(re.findall(r"[\u4e00-\u9fff]", said)) > 8)


def _leaves_place(label: Label, roles: dict[str, str]) -> bool:
    return label.colon and (label.group in roles or (label.sign and not label.word))


def _is_slot_label(label: Label) -> bool:
    return label.sign and label.colon and bool(label.word)


def _stacks(lines: Sequence[Line]) -> tuple[tuple[str, Box], ...]:
    """The cells of a form's left column, lines of one cell joined, top down."""
    left = sorted((line for line in lines if line.box.x1 < 0.36 and len(line.text) <= 9), key=lambda one: one.box.y0)
    stacks: list[tuple[str, Box]] = []
    for line in left:
        if not re.search(r"[\u4e00-\u9fff]", line.text):
            continue
        if stacks:
            text, box = stacks[-1]
            across = min(box.x1, line.box.x1) - max(box.x0, line.box.x0)
            near = line.box.y0 - box.y1 < 0.25 * line.box.height
            if near and across > 0.5 * min(box.width, line.box.width) and box.x0 - line.box.x0 < 0.06:
                stacks[-1] = (text + line.text.strip(), box.union(line.box))
                continue
        stacks.append((line.text.strip(), line.box))
    return tuple(stacks)
