"""Papers of lawyers who keep tables and ruled sheets: records with a head of rules to write on, reading records in columns,
statements that leave out what they should hold, and the odds and ends of a file."""

from __future__ import annotations

from collections.abc import Sequence

from sample_scans.generator.aid_forms import label, organ
from sample_scans.generator.blocks import Cell, Closing, Doc, Gap, Head, Look, Para, Row, Seal, Table
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import date, hand, ink, sign

TYPED = Look(
    body="song", title="serif-bold", size=28, left=160, right=150, top=150, leading=1.66, paper=(252, 252, 250)
)
PAD = Look(body="wenkai", title="sans-bold", size=29, left=140, right=130, top=120, paper=(250, 250, 244))

Talk = Sequence[tuple[str, str]]


def record(
    case: Case, kind: str, title: str, talk: Talk, *, when: str = "interview", role: str = "interview", place: str = "", span: tuple[str, str] = ("", ""),
    other: str = "", mark: str = "both", lawyer: str = "hand", by_hand: bool = True, signer: str = "recipient", foot: bool = False,
) -> Doc:  # fmt: skip
    """A record of questions and answers. `span`: from, to; without them the time of day is left out of the head.

    `foot`: the one questioned signs each page, with a thumb on it.
    """
    who, person = case.lawyer, case.client
    day = date(role, case.on(when), "slot")
    hours = f"{hand(span[0])}至{hand(span[1])}" if span[0] else ""
    spoken = other or person.name
    head = (
        f"时间：{day}{hours}", *((f"地点：{hand(place)}",) if place else ()),
        f"调查人：{hand(who.name)}　记录人：{hand(who.clerk)}" if signer == "witness" else f"律师：{hand(who.name)}　记录：{hand(who.clerk)}",
        f"{'被调查人' if signer == 'witness' else '当事人'}：{hand(spoken)}　事由：{hand(case.about)}",
    )  # fmt: skip
    body = [
        Para(ink(f"{m}{t}") if by_hand else f"{m}{t}", 0)
        for pair in talk
        for m, t in zip(("问：", "答："), pair, strict=True)
    ]
    closing = "以上记录我已看过，没有出入。"
    blocks = (
        Head(title, 44, after=12), *(Para(h, 0) for h in head), Gap(8), *body, Gap(12), Para(ink(closing) if by_hand else closing, 0),
        Para(f"签名：{sign(signer, spoken, mark)}　{date('', case.on(when), 'handdot')}", 0), Gap(12),
        Para(f"律师：{sign('lawyer', who.name, lawyer)}　　记录人：{sign('clerk', who.clerk)}", 0),
    )  # fmt: skip
    each = f"{'被调查人' if signer == 'witness' else '当事人'}签名：{sign(signer, spoken, 'over')}" if foot else ""
    return Doc(
        kind,
        title,
        blocks,
        PAD if by_hand else TYPED,
        who.clerk,
        pen="running" if by_hand else "",
        foot=each,
        ruled=by_hand,
    )


def reading(
    case: Case, rows: Sequence[tuple[str, str, str]], opinion: Sequence[str], *, title: str = "阅卷笔录"
) -> Doc:
    """A reading record in columns: pages of the volume, what stands there, what the lawyer makes of it."""
    who = case.lawyer
    table = [Row((label("卷宗页码", 0.18), label("摘　录", 0.5), label("审查意见", 0.32)), 54)]
    table += [Row((label(p, 0.18), Cell(t, 0.5, top=True), Cell(o, 0.32, top=True)), 90) for p, t, o in rows]
    blocks = (
        Head(title, 44, after=14), Para(f"案由：{case.about}　　委托人：{case.client.name}", 0),
        Para(f"阅卷日期：{date('file_reading', case.on('file_reading'), 'slot')}　地点：{organ(case)}", 0), Table(tuple(table), 24), Para("综合意见：", 0),
        *(Para(f"{i}．{t}") for i, t in enumerate(opinion, 1)), Gap(20), Para(f"阅卷律师：{sign('lawyer', who.name)}", 0, "right"),
    )  # fmt: skip
    return Doc("file_reading_record", title, blocks, TYPED, who.name)


def statement(
    case: Case, kind: str, title: str, *, to: str, opening: str, points: Sequence[str], end: str, mark: str = "hand", dated: bool = True, seal: bool = False,
) -> Doc:  # fmt: skip
    """辩护词, 代理词 or 法律意见书 as this firm writes them."""
    who = case.lawyer
    role = "辩护人" if kind == "defence_statement" else "代理人" if kind == "representation_statement" else "律师"
    when = date("statement", case.on("statement"), "zh")
    tail: tuple = (Para(when, 0, "right"),) if dated else ()
    if seal:
        tail = (Closing((who.firm, when), Seal(who.firm)),)
    blocks = (
        Head(title, 50, after=24), Para(to, 0), Para(opening), *(Para(p) for p in points), Para(end), Gap(40),
        Para(f"{role}：{sign('lawyer', who.name, mark)}", 0, "right"), *tail,
    )  # fmt: skip
    return Doc(kind, title, blocks, TYPED, who.name, number="{n} / {total}")


def messy_evidence(case: Case, rows: Sequence[tuple[str, str, str, str]], *, title: str = "证据目录") -> Doc:
    """`rows`: number, name, what it proves, pages; whatever is "" stays empty, in whatever order they come."""
    widths = (0.1, 0.36, 0.38, 0.16)
    table = [Row(tuple(label(h, w) for h, w in zip(("编号", "证据名称", "证明内容", "页码"), widths, strict=True)), 56)]
    table += [
        Row(
            tuple(label(t, w) if i in (0, 3) else Cell(t, w) for i, (t, w) in enumerate(zip(r, widths, strict=True))),
            66,
        )
        for r in rows
    ]
    blocks = (
        Head(title, 46, after=20), Para(f"提交人：{case.client.name}　　案由：{case.about}", 0), Table(tuple(table), 25),
        Para(f"提交人：{sign('recipient', case.client.name)}　{date('', case.on('filed'), 'ar')}", 0, "right"),
    )  # fmt: skip
    return Doc("evidence_catalogue", title, blocks, TYPED, case.client.name)


def notes(case: Case, kind: str, title: str, lines: Sequence[str], *, signer: str = "") -> Doc:
    """Handwritten sheets of the lawyer: work log, notes of a hearing, a discussion in the firm."""
    tail = (Gap(20), Para(f"{sign('handler', signer)}", 0, "right")) if signer else ()
    blocks = (Head(title, 44, after=14), *(Para(ink(t), 0) for t in lines), *tail)
    return Doc(kind, title, blocks, PAD, case.lawyer.name, pen="running", ruled=True)


def licence(case: Case) -> Doc:
    who = case.lawyer
    rows = (
        Row((label("持证人", 0.3), Cell(who.name, 0.7)), 70), Row((label("执业机构", 0.3), Cell(who.firm, 0.7)), 70), Row((label("执业证号", 0.3), Cell(who.licence, 0.7)), 70),
        Row((label("执业证类别", 0.3), Cell("专职律师", 0.7)), 70), Row((label("年度考核", 0.3), Cell("称职", 0.7, seal=Seal("律师年度考核备案", "考核备案", "oval"))), 240),
    )  # fmt: skip
    return Doc(
        "practising_certificate",
        "律师执业证复印件",
        (Gap(80), Head("律 师 执 业 证", 46, after=30), Table(rows, 26)),
        TYPED,
        copy=True,
    )


def cross_examination(case: Case, points: Sequence[tuple[str, str]], *, title: str = "质证意见") -> Doc:
    rows = [Row((label("对方证据", 0.36), label("质证意见（真实性、合法性、关联性）", 0.64)), 56)]
    rows += [Row((Cell(name, 0.36), Cell(view, 0.64)), 84) for name, view in points]
    blocks = (
        Head(title, 46, after=20), Para(f"案号：{case.court_number}", 0), Table(tuple(rows), 25),
        Para(f"代理人：{sign('lawyer', case.lawyer.name)}", 0, "right"), Para(date("", case.on("hearing"), "ar"), 0, "right"),
    )  # fmt: skip
    return Doc("cross_examination_opinion", title, blocks, TYPED, case.lawyer.name)


def subsidy(case: Case) -> Doc:
    rows = (
        Row((label("受援人", 0.18), Cell(ink(case.client.name), 0.32), label("案由", 0.14), Cell(ink(case.about), 0.36)), 66),
        Row((label("领取人", 0.18), Cell(ink(case.lawyer.name), 0.32), label("金额", 0.14), Cell(ink("贰仟贰佰元整"), 0.36)), 66),
        Row((label("经办意见", 0.18), Cell(f"{ink('材料齐全，建议发放')}　{sign('handler', case.office.clerk)}", 0.82)), 100),
        Row((label("审批意见", 0.18), Cell(f"{ink('同意')}　{sign('approver', case.office.head)}　{date('subsidy', case.on('subsidy'), 'slot')}", 0.82,
                                       seal=Seal(case.office.centre, "财务专用章", "oval"))), 200),
    )  # fmt: skip
    return Doc(
        "subsidy_approval",
        "法律援助办案补贴审批表",
        (Head("法律援助办案补贴审批表", 42, after=24), Table(rows, 25)),
        TYPED,
        case.office.clerk,
    )


def remarks(case: Case, pages: int) -> Doc:
    blocks = (
        Head("备　考　表", 48, after=40), Para("本卷情况说明：", 0), Para(ink(f"本卷共{pages}页，材料齐全，无缺损。")), Gap(200),
        Para(f"立卷人：{sign('clerk', case.lawyer.clerk)}", 0, "right"), Para(f"检查人：{sign('reviewer', case.office.clerk)}", 0, "right"),
        Para(f"立卷时间：{date('archive', case.on('archive'), 'slot')}", 0, "right"),
    )  # fmt: skip
    return Doc("file_remarks", "备考表", blocks, TYPED, case.lawyer.clerk)
