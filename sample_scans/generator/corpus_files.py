"""Invented case files for training: papers one after the other on pages, as a scanner hands them over, with the truth.

`case_file(seed, sources)` gives the pages of one file. Everything that files of other hands may bring is drawn at
random: order, sizes and margins, titles that are spread, broken, misread, unheard of or missing, page numbers,
catalogues that are right, roughly right or absent, backs, copies in a row, runs of evidence, bad scans.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from sample_scans.generator.corpus import HEAVY, SOURCES, WORDINGS, Filler, Source, issuer_of, wording_of
from sample_scans.generator.corpus_layout import CLOSING, DATE_LINE, Look, Placed, Setter, body
from sample_scans.generator.corpus_noise import CONFUSED, STRAY
from sample_scans.generator.corpus_slots import Slots
from sample_scans.generator.wordings import Wording

COMMON = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
DIGITS = "〇一二三四五六七八九"
CLAUSE = re.compile(r"第[一二三四五六七八九十]{1,3}条|[一二三四五六七八九十]{1,3}、")
RARE = ("cover", "file_catalogue", "blank_page", "file_remarks")
OFTEN = (
    "assignment_notice", "approval_form", "recipient_rights_notice", "lawyer_rights_notice", "client_interview",
    "client_talk", "file_reading_record", "indictment", "hearing_record", "judgment", "aid_letter", "closing_report",
    "aid_application", "identity_proof", "power_of_attorney", "aid_agreement", "hearing_summons", "court_service_return",
    "hardship_certificate", "hardship_statement", "feedback_form", "aid_decision", "prosecution_opinion",
    "defence_statement", "representation_statement", "civil_complaint", "evidence_catalogue",
)  # fmt: skip
SIGNED_PAGES = ("client_interview", "client_talk", "interrogation_record", "hearing_record", "investigation_record")
PLAIN_TITLES = (
    "通知",
    "通知书",
    "告知书",
    "说明",
    "函",
    "报告",
    "登记表",
    "审批表",
    "笔录",
    "记录",
    "申请书",
    "意见",
    "决定书",
    "表",
    "清单",
    "证明",
)


@dataclass(frozen=True, slots=True)
class FilePage:
    """One page of an invented file. `document` counts the papers of the file."""

    lines: tuple[Placed, ...]
    kind: str
    document: int
    blank: bool = False


@dataclass(frozen=True, slots=True)
class _Paper:
    kind: str
    title: str
    pages: list[list[Placed]]


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is the same all through one file: how well it was scanned, what the people who bound it did."""

    misread: float
    untitled: float
    damaged: float
    unheard: float
    backs: float
    again: float
    numbered: bool
    catalogue: str
    """"" where there is none, else how it counts."""

    @staticmethod
    def draw(rng: random.Random) -> _Habits:
        return _Habits(
            misread=rng.choice((0.0, 0.005, 0.01, 0.02, 0.04, 0.08)),
            untitled=rng.choice((0.0, 0.03, 0.1, 0.25)),
            damaged=rng.choice((0.0, 0.05, 0.2)),
            unheard=rng.choice((0.0, 0.04, 0.12)),
            backs=rng.choice((0.0, 0.0, 0.05, 0.3)),
            again=rng.choice((0.0, 0.05, 0.2)),
            numbered=rng.random() < 0.6,
            catalogue=rng.choice(("", "pages", "pages", "pages", "sheets", "off")),
        )


def _strip_closing(lines: list[str]) -> list[str]:
    end = len(lines)
    while end > 2 and len(lines[end - 1]) < 26 and (DATE_LINE.search(lines[end - 1]) or CLOSING.match(lines[end - 1])):
        end -= 1
    return lines[:end]


def _lines(wording: Wording, fill: Filler, rng: random.Random) -> list[str]:
    """The filled lines of a whole paper: a first page's, often told at length, then what goes on."""
    lines: list[str] = []

    def add(chosen: tuple[str, ...]) -> None:
        for line in chosen:
            if rng.random() < (0.4 if line.startswith("?") else 0.06):
                continue
            text = line.removeprefix("?")
            times = rng.choice((1, 1, 2, 4)) if "$crime" in text or "$dispute" in text else 1
            lines.extend(part for _ in range(times) for part in fill.line(text).split("\n") if part.strip())

    add(wording.lines)
    if wording.more and rng.random() < 0.6:
        for _ in range(rng.choice((1, 1, 2, 3, 5))):
            lines[:] = _strip_closing(lines)
            add(wording.more)
    return lines


def _counted(lines: list[str]) -> list[str]:
    """The lines with their clauses (第三条, 三、) numbered through, as they are in a paper that nobody cut together."""
    counts, done = {"条": 0, "、": 0}, []
    for line in lines:
        clause = CLAUSE.match(line)
        if clause:
            sign = line[clause.end() - 1]
            counts[sign] += 1
            numeral = chinese(counts[sign])
            line = (f"第{numeral}条" if sign == "条" else f"{numeral}、") + line[clause.end() :]
        done.append(line)
    return done


def chinese(number: int) -> str:
    """A number below a hundred in Chinese: 12 is 十二."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def _title(wording: Wording, fill: Filler, habits: _Habits, rng: random.Random) -> str:
    title = fill.line(rng.choice(wording.titles))
    drawn = rng.random()
    if drawn < max(habits.untitled, 0.0 if wording.untitled <= 0.1 else wording.untitled):
        return ""
    if drawn > 1 - habits.unheard:
        title = rng.choice(("", fill.slots.get("about"), "关于" + fill.slots.get("client") + "的")) + rng.choice(
            PLAIN_TITLES
        )
    elif rng.random() < 0.12:
        title = rng.choice((fill.slots.get("county"), fill.slots.get("client"), "附件：", "格式三 ")) + title
    elif rng.random() < 0.1:
        title += rng.choice(("（副本）", "（第二次）", "（存档联）", "（复印件）", "（一）"))
    if rng.random() < habits.damaged:
        title = worn(title, 0.3, rng)
    return title


def _paper(kind: str, sources: tuple[Source, ...], habits: _Habits, slots: Slots, rng: random.Random) -> _Paper:
    wording = wording_of(kind, sources, rng)
    fill = Filler(rng, slots if rng.random() < 0.7 else Slots.draw(rng))
    look = Look.draw(rng)
    setter = Setter(look, rng)
    title = _title(wording, fill, habits, rng)
    issuer = issuer_of(wording.issuer, fill.slots, rng)
    setter.heading(issuer if title or rng.random() < 0.3 else "", title)
    body(setter, _counted(_lines(wording, fill, rng)))
    foot = f"被询问人：{fill.slots.get('client')}" if kind in SIGNED_PAGES and rng.random() < 0.4 else ""
    return _Paper(kind, title, setter.finish(title, foot))


def _kinds(rng: random.Random) -> list[str]:
    kinds: list[str] = []
    every = [kind for kind in sorted(WORDINGS) if kind not in RARE]
    weights = [3 if kind in OFTEN else HEAVY.get(kind, 1) for kind in every]
    for _ in range(rng.randint(10, 30)):
        kind = rng.choices(every, weights)[0]
        kinds.append(kind)
        if kind == "evidence_catalogue" or (kind == "evidence_material" and rng.random() < 0.7):
            kinds += ["evidence_material"] * rng.randint(1, 7)
    return ["cover"] * (rng.random() < 0.85) + kinds + ["file_remarks"] * (rng.random() < 0.2)


def _catalogue(papers: list[_Paper], habits: _Habits, rng: random.Random) -> _Paper:
    """A table of the papers that follow, with their pages as this file's binder counts them."""
    look = replace(Look.draw(rng), table=1.0)
    setter = Setter(look, rng)
    title = rng.choice(("卷内目录", "卷 内 目 录", "目录", "案卷目录", "卷宗文件目录"))
    setter.heading("", title)
    columns = (look.left, look.left + 0.08, 0.7, 0.85)

    def row(cells: tuple[str, ...]) -> None:
        setter.room()
        for cell, x0 in zip(cells, columns, strict=True):
            setter.put(cell, x0, look.size)
        setter.down += look.pitch * 1.25

    row(
        (
            "序号",
            rng.choice(("文书名称", "文件名称", "材料名称", "题名")),
            rng.choice(("页码", "页次", "起止页")),
            "备注",
        )
    )
    at, number, run = 1, 1, 0
    for index, paper in enumerate(papers):
        first = at
        at += len(paper.pages) if habits.catalogue != "off" else rng.choice((1, 2, len(paper.pages)))
        same = index + 1 < len(papers) and papers[index + 1].kind == paper.kind == "evidence_material"
        if same and rng.random() < 0.7:
            run = run or first
            continue
        named = (
            paper.title if paper.title and rng.random() < 0.6 else rng.choice(WORDINGS[paper.kind].titles or ("材料",))
        )
        if run:
            named, first, run = rng.choice(("证据材料", "证据", paper.title or "证据材料")), run, 0
        if rng.random() < 0.05:
            continue
        pages = str(first) if at - 1 == first else f"{first}-{at - 1}"
        row(
            (
                str(number),
                named.replace(" ", "").replace("{", "").replace("}", "")[:22],
                pages,
                rng.choice(("", "", "复印件")),
            )
        )
        number += 1
    return _Paper("file_catalogue", title, setter.finish(title, ""))


def worn(text: str, rate: float, rng: random.Random) -> str:
    """The text with this share of its characters misread, lost or doubled."""
    read: list[str] = []
    for char in text:
        drawn = rng.random()
        if char == " " or drawn >= rate:
            read.append(char)
        elif drawn < 0.45 * rate and char in CONFUSED:
            read.append(rng.choice(CONFUSED[char]))
        elif drawn < 0.75 * rate:
            read.append(rng.choice(COMMON))
        elif drawn < 0.85 * rate:
            read.append(char + rng.choice(STRAY))
    return "".join(read)


def _scanned(page: list[Placed], habits: _Habits, number: int | None, rng: random.Random) -> tuple[Placed, ...]:
    scale, bad = rng.uniform(0.93, 1.0), rng.random() < 0.03
    across, down = rng.uniform(0, 1 - scale), rng.uniform(0, 1 - scale)
    cut = 0.09 if rng.random() < 0.02 else 0.0
    lines = [
        Placed(text, one.x0 * scale + across, one.y0 * scale + down, one.x1 * scale + across, one.y1 * scale + down)
        for one in page
        if one.y0 >= cut and (text := worn(one.text, 0.4 if bad else habits.misread, rng)).strip()
        if not (bad and rng.random() < 0.4)
    ]
    if number is not None and rng.random() < 0.95:
        lines.append(Placed(str(number), 0.9, 0.025, 0.93, 0.04))
    return tuple(lines)


def case_file(seed: int, sources: tuple[Source, ...] = SOURCES) -> list[FilePage]:
    """The pages of one invented file, in order. The same seed gives the same file."""
    rng = random.Random(seed)
    habits, slots = _Habits.draw(rng), Slots.draw(rng)
    papers: list[_Paper] = []
    for kind in _kinds(rng):
        paper = _paper(kind, sources, habits, slots, rng)
        if paper.pages:
            papers += [paper] * (2 if rng.random() < habits.again else 1)
    if habits.catalogue:
        front = 1 if papers[0].kind == "cover" else 0
        papers.insert(front, _catalogue(papers[front:], habits, rng))
    pages: list[FilePage] = []
    count = 0
    for index, paper in enumerate(papers):
        for page in paper.pages:
            count += paper.kind not in ("cover", "file_catalogue")
            number = count if habits.numbered and count else None
            pages.append(FilePage(_scanned(page, habits, number, rng), paper.kind, index))
            if rng.random() < habits.backs * 0.3:
                pages.append(FilePage((), "blank_page", index, blank=True))
                count += habits.catalogue == "sheets"
    return pages
