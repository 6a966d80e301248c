"""Forms of centres that box everything in (house e): even notices and letters are tables with cells to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sample_scans.generator.aid_forms import KINDS, STAGES, label, organ, way
from sample_scans.generator.blocks import Cell, Closing, Doc, Entry, Gap, Head, Look, Para, Press, Row, Seal, Table
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import date, empty, hand, ink, sign

LOOK = Look(body="song", title="sans-bold", size=26, left=140, right=130, top=145, leading=1.7, paper=(250, 250, 250))
PLAIN = Look(body="song", title="serif-bold", size=29, left=160, right=150, top=160, paper=(249, 249, 246))
OPEN_DATE = "　　　年　　月　　日"


def number(case: Case, letter: str, blank: Sequence[str] = ()) -> str:
    office = case.office
    if "number" in blank:
        return "编号：" + empty("number", f"{office.short}法援（　　　　）{letter}　　　号")
    return f"编号：{office.short}法援（{case.year}）{letter}{case.number}号"


def pairs(
    *found: tuple[str, str], blank: Sequence[str] = (), widths: Sequence[float] = (0.17, 0.33), height: int = 62
) -> Row:
    """A row of labels with entries by hand; a label named in `blank` has an empty cell."""
    cells: list[Cell] = []
    for i, (name, value) in enumerate(found):
        text = "" if name in blank else ink(value)
        cells += [label(name, widths[2 * i % len(widths)]), Cell(text, widths[(2 * i + 1) % len(widths)])]
    return Row(tuple(cells), height)


def said(name: str, text: str, height: int = 150, *, seal: Seal | None = None, width: float = 0.2) -> Row:
    """A row of one label and what is written beside it."""
    return Row((label(name, width), Cell(text, 1 - width, seal=seal)), height)


def front(case: Case, pages: int, rows: Sequence[Entry]) -> tuple[Doc, Doc]:
    """Cover and catalogue."""
    office, wide = case.office, (0.24, 0.76)
    closing = date("closing", case.on("closing"), "dot")
    taken = date("", case.on("taken" if "taken" in case.dates else "assignment"), "dot")
    table = (
        pairs(("案卷编号", f"{office.short}法援{case.year}-{case.number}"), widths=wide, height=76),
        pairs(("受援人", case.client.name), widths=wide, height=76), pairs(("案件类型", KINDS[case.kind]), ("援助方式", way(case)), widths=(0.24, 0.26), height=76),
        pairs(("事　由", case.about), widths=wide, height=76), pairs(("承办机构及人员", f"{case.lawyer.firm} {case.lawyer.name}"), widths=wide, height=76),
        pairs(("对方或办案机关", case.words.get("against", organ(case))), widths=wide, height=76),
        Row((label("起止日期", 0.24), Cell(f"{taken} 至 {closing}", 0.76)), 76),
        pairs(("结案方式", case.words["result"]), ("页　数", str(pages)), widths=(0.24, 0.26), height=76),
        pairs(("立卷人", case.lawyer.clerk), ("密　级", "/"), widths=(0.24, 0.26), height=76),
    )  # fmt: skip
    blocks = (
        Gap(90),
        Head("法律援助", 54),
        Head("业 务 档 案", 66, after=60),
        Table(table, 28),
        Gap(60),
        Head(office.centre, 34),
    )
    cover = Doc("cover", "法律援助业务档案", blocks, LOOK, case.lawyer.clerk, listed="", pen="kai")
    return cover, catalogue(case, rows)


def catalogue(case: Case, rows: Sequence[Entry]) -> Doc:
    """The archivists' catalogue: number, author, title, page, remark; typed."""
    widths = (0.1, 0.25, 0.42, 0.12, 0.11)
    heads = ("顺序号", "责任者", "题　　名", "页号", "备注")
    table = [Row(tuple(label(h, w) for h, w in zip(heads, widths, strict=True)), 50)]
    for row in rows:
        name, pages = (shown or plain for shown, plain in zip(row.shown, (row.title, row.pages), strict=True))
        cells = (label(row.number, widths[0]), Cell(author(case, row.title), widths[1]), Cell(name, widths[2]))
        table.append(Row((*cells, Cell(pages, widths[3], align="center"), Cell(row.remark, widths[4])), 46, row))
    blocks = (Head("卷内文件目录", 44, after=24), Table(tuple(table), 22, pad=5))
    return Doc("file_catalogue", "卷内文件目录", blocks, LOOK, case.lawyer.clerk, listed="", pen="running")


def author(case: Case, title: str) -> str:
    """Whose paper it is, as the archivist makes it out from its title."""
    words = (
        ("判决|传票|受理|应诉|庭审|送达回证", organ(case)), ("笔录|代理|质证|讨论|日志|意见书", case.lawyer.name),
        ("起诉状|身份证|申请表|证据|合同|说明表|委托书", case.client.name),
    )  # fmt: skip
    return next((who for pattern, who in words if re.search(pattern, title)), case.office.centre)


def application(case: Case, *, blank: Sequence[str] = (), mark: str = "hand") -> Doc:
    person, words = case.client, case.words
    when = empty("date", OPEN_DATE) if "date" in blank else date("application", case.on("application"), "slot")
    rows = (
        pairs(("姓　名", person.name), ("性　别", person.sex), ("年　龄", str(case.year - person.born.year)), widths=(0.13, 0.25, 0.12, 0.14, 0.12, 0.24)),
        pairs(("身份证号", person.number), ("电　话", person.phone), blank=blank, widths=(0.15, 0.4, 0.13, 0.32)),
        pairs(("住　址", person.address), widths=(0.15, 0.85)),
        pairs(("人群类别", words.get("group", "进城务工人员")), ("文化程度", person.schooling), blank=blank, widths=(0.15, 0.4, 0.15, 0.3)),
        pairs(("申请事由", case.about), ("所处阶段", STAGES[case.stage]), blank=blank, widths=(0.15, 0.4, 0.15, 0.3)),
        said("基本案情\n及请求", ink(words["reason"]), 330, width=0.15),
        said("经济状况", ink(words.get("means", "符合困难标准，见说明")), 110, width=0.15),
        said("申请人\n声　明", f"所填内容属实，授权法律援助机构核查。\n申请人签名：{sign('applicant', person.name, mark)}　　{when}", 160, width=0.15),
        said("备　注", "", 80, width=0.15),
    )  # fmt: skip
    blocks = (
        Head("法 律 援 助 申 请 表", 44, after=10),
        Para(number(case, "申", blank), 0, "right", 22),
        Table(rows, 25),
    )
    return Doc("aid_application", "法律援助申请表", blocks, LOOK, person.name)


def hardship(case: Case) -> Doc:
    person, words = case.client, case.words
    rows = (
        pairs(("申请人", person.name), ("身份证号", person.number), widths=(0.15, 0.25, 0.17, 0.43)),
        said("家庭成员", ink(words["family"]), 100), said("收入情况", ink(f"人均月收入{words['income']}"), 90), said("支出情况", ink(words["burden"]), 110),
        said("本人说明", f"以上是我家的真实情况，愿意接受核查，弄虚作假的责任由我承担。\n说明人：{sign('applicant', person.name)}　{date('', case.on('application'), 'slot')}", 180),
    )  # fmt: skip
    blocks = (Head("法律援助申请人经济困难状况说明表", 40, after=24), Table(rows, 25))
    return Doc("hardship_statement", "法律援助申请人经济困难状况说明表", blocks, LOOK, person.name)


def approval(case: Case, *, blank: Sequence[str] = ()) -> Doc:
    words, office, person = case.words, case.office, case.client
    review = empty("date", OPEN_DATE) if "review" in blank else date("review", case.on("review"), "slot")
    agreed = "" if "opinion" in blank else ink(words.get("agreed", "同意给予法律援助"))
    rows = (
        pairs(("受援人", person.name), ("联系电话", person.phone), blank=blank, widths=(0.16, 0.3, 0.18, 0.36)),
        pairs(("案　由", case.about), ("援助方式", way(case)), blank=blank, widths=(0.16, 0.4, 0.18, 0.26)),
        pairs(("办案机关", words.get("against", organ(case))), widths=(0.16, 0.84)),
        said("案情概要", ink(words["brief"]), 200, width=0.16),
        said("审查意见", f"{ink(words.get('opinion', '材料齐全，属于援助范围，拟同意。'))}\n审查人员：{sign('reviewer', office.reviewer)}　{review}", 190, width=0.16),
        said("审批意见", f"{agreed}\n负责人：{sign('approver', office.head)}　{date('approval', case.on('approval'), 'slot')}", 190, width=0.16),
        said("备　注", ink(words["approval_note"]) if "approval_note" in words else "", 90, width=0.16),
    )  # fmt: skip
    blocks = (
        Head("法 律 援 助 审 批 表", 44, after=10),
        Para(number(case, "审", blank), 0, "right", 22),
        Table(rows, 25),
    )
    return Doc("approval_form", "法律援助审批表", blocks, LOOK, office.reviewer)


def decision(case: Case) -> Doc:
    office = case.office
    blocks = (
        Head("法律援助决定书", 50), Para(number(case, "决"), 0, "center", 24), Gap(24), Para(f"申请人{hand(case.client.name)}：", 0),
        Para(f"你提出的{hand(case.about)}法律援助申请（{date('', case.on('application'), 'ar')}），经审查符合《中华人民共和国法律援助法》第三十一条"
             f"规定，决定给予法律援助，方式为{hand(way(case))}。"),
        Closing((office.centre, date("decision", case.on("decision"), "zh")), Seal(office.centre)),
    )  # fmt: skip
    return Doc("aid_decision", "法律援助决定书", blocks, PLAIN, office.clerk)


def assignment(case: Case, *, blank: Sequence[str] = ()) -> Doc:
    """The notice as a table: labels on the left, cells to fill; `blank` holds labels, "number" and "date"."""
    office, who = case.office, case.lawyer
    issued = empty("date", OPEN_DATE) if "date" in blank else date("assignment", case.on("assignment"), "slot")
    rows = (
        pairs(("承办单位", who.firm), blank=blank, widths=(0.22, 0.78), height=78),
        pairs(("受援人", case.client.name), ("案　由", case.about), blank=blank, widths=(0.22, 0.24, 0.14, 0.4), height=78),
        pairs(("法律援助人员", who.name), ("援助方式", way(case)), blank=blank, widths=(0.22, 0.24, 0.18, 0.36), height=78),
        said("指派事项", "请你单位指派上列人员办理本案，五日内与受援人签订委托协议，办理情况及时报告本机构，结案后三十日内归档。", 150, width=0.22),
        said("机构盖章", f"{office.centre}\n{issued}", 230, seal=Seal(office.centre), width=0.22),
        pairs(("联系人", office.clerk), ("电　话", office.phone), widths=(0.22, 0.28, 0.18, 0.32), height=66),
    )  # fmt: skip
    blocks = (
        Head("法律援助案件指派通知书", 44, after=10),
        Para(number(case, "指", blank), 0, "right", 23),
        Table(rows, 27),
    )
    return Doc("assignment_notice", "法律援助案件指派通知书", blocks, LOOK, office.clerk)


def stub(case: Case) -> Doc:
    """The counterfoil of the assignment, with the half of the seal that fell on its side of the cut."""
    office = case.office
    rows = (
        pairs(("发往单位", case.lawyer.firm), widths=(0.22, 0.78)), pairs(("受援人", case.client.name), ("案由", case.about), widths=(0.22, 0.24, 0.14, 0.4)),
        pairs(("经办人", office.clerk), ("批准人", office.head), widths=(0.22, 0.28, 0.18, 0.32)),
    )  # fmt: skip
    blocks = (
        Head("法律援助案件指派通知书（存根）", 40, after=10), Para(number(case, "指"), 0, "right", 23), Table(rows, 26), Gap(150),
        Press("cut", 0.5, 0, Seal(office.centre)), Para("—　—　—　—　—　—　（骑缝处加盖公章）　—　—　—　—　—　—", 0, "center", 22),
    )  # fmt: skip
    return Doc("form_stub", "指派通知书存根", blocks, LOOK, office.clerk)


def letter(case: Case) -> Doc:
    office, who = case.office, case.lawyer
    rows = (
        pairs(("致", case.words.get("against_letter", organ(case))), widths=(0.2, 0.8)), pairs(("受援人", case.client.name), ("事由", case.about), widths=(0.2, 0.25, 0.12, 0.43)),
        pairs(("援助人员", who.name), ("执业证号", who.licence), widths=(0.2, 0.25, 0.17, 0.38)),
        said("函告内容", "上列受援人已获法律援助，由本机构指派的人员担任其代理人，请予接待并提供便利。", 130),
        said("签发", f"{office.centre}\n{date('', case.on('letter'), 'ar')}", 210, seal=Seal(office.centre)),
    )  # fmt: skip
    return Doc(
        "aid_letter",
        "法律援助公函",
        (Head("法 律 援 助 公 函", 46, after=10), Para(number(case, "函"), 0, "right", 23), Table(rows, 26)),
        LOOK,
        office.clerk,
    )


def recipient_notice(case: Case, *, mark: str = "hand", law: str = "《中华人民共和国法律援助法》") -> Doc:
    """`law`: the only one the form names; forms printed for the old regulations name those."""
    rows = (
        pairs(("被告知人", case.client.name), ("案由", case.about), widths=(0.18, 0.25, 0.14, 0.43)),
        said("权　利", f"根据{law}，受援人可以了解办理进程，请求更换不负责任的人员，对侵害权益的行为投诉，对终止援助提出异议。", 240, width=0.18),
        said("义　务", "提供真实情况和证据，协助办案，遵守程序，经济状况好转时及时告知，不得提出违法要求。", 220, width=0.18),
        said("签　收", f"上述权利义务已知悉。\n被告知人：{sign('recipient', case.client.name, mark)}　{date('recipient_notice', case.on('recipient_notice'), 'slot')}", 170, width=0.18),
    )  # fmt: skip
    return Doc(
        "recipient_rights_notice",
        "受援人权利义务告知书",
        (Head("受援人权利义务告知书", 42, after=24), Table(rows, 27)),
        LOOK,
        case.office.clerk,
    )


def lawyer_notice(case: Case, *, mark: str = "hand") -> Doc:
    rows = (
        pairs(("姓　名", case.lawyer.name), ("机　构", case.lawyer.firm), widths=(0.16, 0.24, 0.14, 0.46)),
        said("权　利", "依法执业受保护；查阅、复制材料，调查取证；领取办案补贴；遇有利益冲突可以申请更换。", 210, width=0.16),
        said("义　务", "亲自办理，不得转托；不得收取财物；按规定会见、约见、出庭、提交书面意见；保守秘密；三十日内提交结案材料。", 240, width=0.16),
        said("签　收", f"已阅。　签名：{sign('lawyer', case.lawyer.name, mark)}　{date('lawyer_notice', case.on('lawyer_notice'), 'slot')}", 130, width=0.16),
    )  # fmt: skip
    return Doc(
        "lawyer_rights_notice",
        "法律援助律师权利义务告知书",
        (Head("法律援助律师权利义务告知书", 42, after=24), Table(rows, 27)),
        LOOK,
        case.office.clerk,
    )


def agreement(case: Case, *, blank: Sequence[str] = (), edge: bool = False) -> Doc:
    person, who = case.client, case.lawyer
    when = empty("date", OPEN_DATE) if "date" in blank else date("agreement", case.on("agreement"), "slot")
    rows = (
        pairs(("委托人", person.name), ("身份证号", person.number), blank=blank, widths=(0.17, 0.21, 0.17, 0.45)),
        pairs(("受托机构", who.firm), ("指派人员", who.name), blank=blank, widths=(0.17, 0.43, 0.17, 0.23)),
        pairs(("委托事项", case.about), blank=blank, widths=(0.17, 0.83)), pairs(("代理权限", case.words["powers"]), blank=blank, widths=(0.17, 0.83)),
        pairs(("委托期限", "至本案办结"), blank=blank, widths=(0.17, 0.83)),
        said("约定条款", "一、受托机构无偿提供法律援助。二、委托人如实陈述并配合办案。三、双方对案件信息保密。四、出现法定终止情形的，本协议解除。", 190, width=0.17),
        said("双方签署", f"委托人：{sign('recipient', person.name, 'beside')}\n受托机构：{who.firm}\n{when}", 250, seal=Seal(who.firm), width=0.17),
    )  # fmt: skip
    blocks = (Head("法律援助委托代理协议", 42, after=24), Table(rows, 26))
    return Doc("aid_agreement", "法律援助委托代理协议", blocks, LOOK, who.clerk, edge=Seal(who.firm) if edge else None)


def mandate(case: Case, *, mark: str = "both") -> Doc:
    person, who = case.client, case.lawyer
    rows = (
        pairs(("委托人", person.name), ("身份证号", person.number), widths=(0.17, 0.21, 0.17, 0.45)), pairs(("受托人", who.name), ("单位", who.firm), widths=(0.17, 0.21, 0.17, 0.45)),
        pairs(("委托事项", case.about), widths=(0.17, 0.83)), said("权　限", ink(case.words["powers"]), 130, width=0.17),
        said("签　署", f"委托人签名：{sign('recipient', person.name, mark)}　{date('power_of_attorney', case.on('power_of_attorney'), 'slot')}", 150, width=0.17),
    )  # fmt: skip
    return Doc(
        "power_of_attorney", "授权委托书", (Head("授权委托书", 48, after=26), Table(rows, 27)), LOOK, person.name
    )


def closing_report(case: Case) -> Doc:
    who, words = case.lawyer, case.words
    rows = (
        pairs(("受援人", case.client.name), ("案　由", case.about), widths=(0.16, 0.22, 0.14, 0.48)),
        Row((label("结案日期", 0.16), Cell(date("closing", case.on("closing"), "slot"), 0.34), label("结案方式", 0.16), Cell(ink(words["result"]), 0.34)), 64),
        said("办理过程", words["work"], 200, width=0.16), said("办理结果", words["outcome"], 160, width=0.16),
        said("援助人员", f"签名：{sign('handler', who.name)}　{date('closing_report', case.on('closing_report'), 'slot')}", 100, width=0.16),
        said("机构意见", f"{ink('同意结案')}　审查人：{sign('reviewer', case.office.reviewer)}", 150, seal=Seal(case.office.centre, "业务专用章"), width=0.16),
    )  # fmt: skip
    blocks = (Head("法律援助结案报告表", 44, after=10), Para(number(case, "结"), 0, "right", 22), Table(rows, 25))
    return Doc("closing_report", "法律援助结案报告表", blocks, LOOK, who.name)


def blank_form(kind: str, title: str, rows: Sequence[Sequence[str]], *, foot: str = "") -> Doc:
    """A whole form of a `kind` that nobody filled in: rows of labels, an empty cell after each."""
    table = tuple(Row(tuple(c for name in row for c in (label(name, 0.4), Cell("", 0.6))), 90) for row in rows)
    tail = (Para(foot, 0, size=22),) if foot else ()
    blocks = (
        Head(title, 44, after=10), Para("编号：" + empty("number", "　　　　〔　　　〕　　　号"), 0, "right", 22), Table(table, 26),
        Para("填表日期：" + empty("date", OPEN_DATE), 0, "right"), *tail,
    )  # fmt: skip
    return Doc(kind, title, blocks, LOOK)


def old_evaluation(case: Case) -> Doc:
    """A sheet of an edition that has been superseded (forms.csv: a mark of 2018 or earlier)."""
    items = (
        ("接待与受理", 10),
        ("指派及时", 10),
        ("委托手续", 15),
        ("庭前准备", 20),
        ("出庭表现", 20),
        ("代理意见", 15),
        ("归档质量", 10),
    )
    rows = [Row((label("评查项目", 0.46), label("满分", 0.14), label("得分", 0.16), label("扣分原因", 0.24)), 56)]
    rows += [
        Row((Cell(n, 0.46), label(str(v), 0.14), Cell(ink(str(v - i % 2)), 0.16, align="center"), Cell("", 0.24, optional=True)), 60) for i, (n, v) in enumerate(items)
    ]  # fmt: skip
    total = sum(v - i % 2 for i, (_, v) in enumerate(items))
    rows.append(Row((label("合　计", 0.46), Cell(ink(f"{total}分"), 0.54)), 64))
    blocks = (
        Head("法律援助案件质量评估表", 44), Head("（2014年试行版）", 26, "kai"), Para(f"受援人：{hand(case.client.name)}　承办人：{hand(case.lawyer.name)}", 0),
        Table(tuple(rows), 26), Para(f"评查人：{sign('evaluator', case.words['evaluator'])}　{date('evaluation', case.on('evaluation'), 'slot')}", 0, "right"),
    )  # fmt: skip
    return Doc("quality_evaluation_form", "法律援助案件质量评估表", blocks, LOOK, case.words["evaluator"])
