"""Forms of centres that print letters with rules to write on (house d): hardly a table, numbers and dates left open.

Every function takes what is to be left empty as names of slots: number, unit, recipient, cause, date …
"""

from __future__ import annotations

from collections.abc import Sequence

from sample_scans.generator.aid_forms import KINDS, STAGES, label, organ, way
from sample_scans.generator.blocks import Bar, Cell, Closing, Doc, Entry, Gap, Head, Look, Para, Press, Row, Seal, Table
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import date, empty, hand, ink, sign

LOOK = Look(
    body="wenkai", title="sans-bold", size=28, left=155, right=150, top=150, leading=1.72, paper=(251, 249, 240)
)
SHEET = Look(body="wenkai", title="wenkai", size=27, left=150, right=150, top=140, leading=1.7, paper=(248, 249, 246))
KINDS_OF_SLOT = ("number", "unit", "recipient", "cause", "date", "name")
OPEN_DATE = "　　　　年　　月　　日"


def number(case: Case, letter: str, blank: Sequence[str] = ()) -> str:
    office = case.office
    if "number" in blank:
        return f"{office.short}援{letter}字" + empty("number", "〔　　　〕第　　　号")
    return f"{office.short}援{letter}字〔{case.year}〕第{case.number:04}号"


def slot(kind: str, value: str, blank: Sequence[str], width: int = 12, *, optional: bool = False) -> str:
    """What was written on a rule, or the bare rule."""
    if kind not in blank:
        return hand(value)
    return empty(kind if kind in KINDS_OF_SLOT else "other", "_" * width, optional=optional)


def front(case: Case, pages: int, rows: Sequence[Entry]) -> tuple[Doc, Doc]:
    """Cover and catalogue."""
    office, kind = case.office, KINDS[case.kind]
    taken = date("", case.on("taken" if "taken" in case.dates else "assignment"), "slot")
    blocks = (
        Para("全宗号________　目录号________　案卷号________".replace("_", ""), 0, "right", 22), Gap(110),
        Head(office.centre, 42), Head("案　　　卷", 70, after=70),
        Para(f"题　　名　{hand(f'{case.client.name}{case.about}法律援助案')}", 1), Gap(34),
        Para(f"类　　别　{hand(kind)}　　援助事项　{hand(way(case))}", 1), Gap(34),
        Para(f"法律援助人员　{hand(case.lawyer.name)}　　所属机构　{hand(case.lawyer.firm)}", 1), Gap(34),
        Para(f"办案单位　{hand(organ(case))}", 1), Gap(34),
        Para(f"受理　{taken}　　　办结　{date('closing', case.on('closing'), 'slot')}", 1), Gap(34),
        Para(f"办理结果　{hand(case.words['result'])}　　全卷　{hand(str(pages))}　页", 1), Gap(34),
        Para(f"归档人　{hand(case.lawyer.clerk)}　　保管期限　{hand('10年')}", 1),
    )  # fmt: skip
    cover = Doc("cover", "法律援助案卷", blocks, LOOK, case.lawyer.clerk, listed="", pen="running")
    return cover, catalogue(case, rows)


def catalogue(case: Case, rows: Sequence[Entry]) -> Doc:
    """A catalogue filled in by hand: number, name, pages, remark."""
    widths = (0.09, 0.55, 0.2, 0.16)
    heads = ("件号", "材　料　题　名", "起讫页码", "备　考")
    table = [Row(tuple(label(h, w) for h, w in zip(heads, widths, strict=True)), 48)]
    for row in rows:
        name, pages = (shown or ink(plain) for shown, plain in zip(row.shown, (row.title, row.pages), strict=True))
        cells = (label(row.number, widths[0]), Cell(name, widths[1]), Cell(pages, widths[2], align="center"))
        table.append(Row((*cells, Cell(ink(row.remark) if row.remark else "", widths[3])), 44, row))
    blocks = (
        Head("卷 内 材 料 目 录", 44, after=20),
        Table(tuple(table), 24, pad=4),
        Para(f"立卷人：{sign('clerk', case.lawyer.clerk)}　　检查人：{sign('reviewer', case.office.clerk)}", 0),
    )
    return Doc("file_catalogue", "卷内材料目录", blocks, SHEET, case.lawyer.clerk, listed="", pen="longcang")


def application(case: Case, *, mark: str = "hand", blank: Sequence[str] = ()) -> Doc:
    person, words = case.client, case.words
    when = empty("date", OPEN_DATE) if "date" in blank else date("application", case.on("application"), "slot")
    blocks = (
        Head("法律援助申请表", 46, after=6), Para(number(case, "申", blank), 0, "right", 23), Gap(10),
        Para("一、申请人基本情况", 0, face="sans-bold"),
        Para(f"姓名：{hand(person.name)}　性别：{hand(person.sex)}　民族：{hand('汉')}　出生年月：{hand(person.age_line)}", 1),
        Para(f"证件号码：{hand(person.number)}　联系电话：{slot('phone', person.phone, blank, 14)}", 1),
        Para(f"住所地（经常居住地）：{hand(person.address)}", 1),
        Para(f"工作单位或职业：{slot('job', person.job, blank)}　文化程度：{slot('schooling', person.schooling, blank, 10)}", 1),
        Para(f"代理人（申请人本人申请的不填）：{empty('name', '__________', optional=True)}", 1),
        Para("二、申请事项", 0, face="sans-bold"),
        Para(f"案由：{slot('cause', case.about, blank)}　所处阶段：{hand(STAGES[case.stage])}　形式：{hand(way(case))}", 1),
        Para("三、事实和理由", 0, face="sans-bold"), Para(ink(words["reason"])), Gap(14),
        Para("四、声明", 0, face="sans-bold"),
        Para("本人保证以上内容和所附材料真实。如有不实，愿意依照《中华人民共和国法律援助法》承担相应责任。"), Gap(24),
        Para(f"申请人（签名或捺印）：{sign('applicant', person.name, mark)}", 0, "right"), Para(when, 0, "right"),
    )  # fmt: skip
    return Doc("aid_application", "法律援助申请表", blocks, LOOK, person.name)


def receipt_of_papers(case: Case) -> Doc:
    items = (
        "法律援助申请表 1 份",
        "身份证复印件 1 份",
        "经济状况材料 1 份",
        *case.words.get("handed", "起诉书副本 1 份").split("；"),
    )
    blocks = (
        Head("法律援助申请材料接收凭证", 42), Para(number(case, "接"), 0, "right", 23), Gap(14), Para(f"{hand(case.client.name)}：", 0),
        Para(f"你于{date('', case.on('application'), 'slot')}就{hand(case.about)}一案提交的下列材料已经收到："),
        *(Para(f"{i}．{hand(t)}") for i, t in enumerate(items, 1)), Gap(20),
        Para("本机构将自收到之日起七日内进行审查，并作出决定。"), Para(f"接收人：{sign('handler', case.office.clerk)}", 2),
        Closing((case.office.centre, date("", case.on("application"), "ar")), Seal(case.office.centre, "受理专用章", "oval")),
    )  # fmt: skip
    return Doc("application_receipt", "法律援助申请材料接收凭证", blocks, LOOK, case.office.clerk)


def hardship_certificate(case: Case) -> Doc:
    """The old certificate that a village or street confirms, with its seal and that of the town above it."""
    person, words = case.client, case.words
    blocks = (
        Head("法律援助申请人经济状况证明表", 42, after=24),
        Para(f"申请人{hand(person.name)}，{hand(person.sex)}，身份证号{hand(person.number)}，住{hand(person.address)}。"),
        Para(f"家庭成员：{hand(words['family'])}"), Para(f"家庭人均月收入：{hand(words['income'])}　主要来源：{hand(words.get('living', '务工'))}"),
        Para(f"主要支出：{hand(words['burden'])}"),
        Para(f"以上情况属实，其家庭经济困难，无力聘请律师。申请人：{sign('applicant', person.name)}"), Gap(30),
        Para("村（居）民委员会意见：　情况属实。"), Para("　　　　（盖章）", 0, "center"), Gap(90),
        Para("乡镇人民政府（街道办事处）意见：　同意。"), Para("　　　　（盖章）", 0, "center"),
        Para(date("", case.on("application"), "slot"), 0, "right"),
        Press("seal", 0.50, -210, Seal(words["village"])), Press("seal", 0.61, -70, Seal(words["town"])),
    )  # fmt: skip
    return Doc("hardship_certificate", "法律援助申请人经济状况证明表", blocks, LOOK, person.name)


def approval(case: Case, *, blank: Sequence[str] = ()) -> Doc:
    """A form whose two opinions are written on rules; `blank`: number, recipient, cause, opinion, review, final."""
    words, office, person = case.words, case.office, case.client
    review = empty("date", OPEN_DATE) if "review" in blank else date("review", case.on("review"), "slot")
    blocks = (
        Head("法律援助审批表", 46, after=6), Para(number(case, "审", blank), 0, "right", 23), Gap(10),
        Para(f"受援人：{slot('recipient', person.name, blank)}　　联系方式：{slot('phone', person.phone, blank, 14)}", 0),
        Para(f"案由：{slot('cause', case.about, blank)}　　援助形式：{slot('form', way(case), blank)}", 0),
        Para(f"办案单位：{slot('unit', organ(case), blank, 16)}　阶段：{slot('stage', STAGES[case.stage], blank, 8)}", 0),
        Para("案件来源：☑申请　□通知辩护　□通知代理　□转交".replace("☑", "■"), 0),
        Bar(), Para("简要案情：", 0), Para(ink(words["brief"])), Bar(),
        Para("审查意见：", 0), Para(ink(words.get("opinion", "经审查，符合法律援助条件，建议给予援助。"))),
        Para(f"审查人：{sign('reviewer', office.reviewer)}　　{review}", 0, "right"), Bar(),
        Para("审批意见：", 0), Para(empty("other", "_" * 30) if "opinion" in blank else ink(words.get("agreed", "同意。"))),
        Para(f"机构负责人：{sign('approver', office.head)}　　{date('approval', case.on('approval'), 'slot')}", 0, "right"), Bar(),
        Para(f"备注：{empty('other', '_' * 40, optional=True)}", 0),
    )  # fmt: skip
    return Doc("approval_form", "法律援助审批表", blocks, SHEET, office.reviewer)


def decision(case: Case) -> Doc:
    office = case.office
    blocks = (
        Head(office.centre, 40, red=True), Bar(red=True), Head("给予法律援助决定书", 46), Para(number(case, "决"), 0, "center", 24), Gap(20),
        Para(f"{hand(case.client.name)}：", 0),
        Para(f"你因{hand(case.about)}一案，于{date('', case.on('application'), 'slot')}申请法律援助。本机构审查认为，你的申请符合"
             f"《中华人民共和国法律援助法》的规定，决定给予{hand(way(case))}的法律援助。"),
        Para("如情况发生变化，请及时告知本机构。"),
        Closing((office.centre, date("decision", case.on("decision"), "zh")), Seal(office.centre)),
        Para(f"联系人：{office.clerk}　电话：{office.phone}", 0, size=24),
    )  # fmt: skip
    return Doc("aid_decision", "给予法律援助决定书", blocks, LOOK, office.clerk)


def assignment(case: Case, *, blank: Sequence[str] = ()) -> Doc:
    """`blank`: number, unit, recipient, cause, name, date."""
    office, who = case.office, case.lawyer
    issued = empty("date", OPEN_DATE) if "date" in blank else date("assignment", case.on("assignment"), "slot")
    blocks = (
        Head("法 律 援 助 指 派 通 知 书", 46, after=8), Para(number(case, "指", blank), 0, "right", 24), Gap(24),
        Para(f"{slot('unit', who.firm, blank, 18)}：", 0),
        Para(f"受援人{slot('recipient', case.client.name, blank)}因{slot('cause', case.about, blank, 16)}一案，本机构已决定给予法律援助，"
             f"现指派你单位{slot('name', who.name, blank)}为法律援助人员，提供{hand(way(case))}服务。"),
        Para("请自接到通知之日起五日内与受援人签订协议，依法、尽责、及时办理，办结后三十日内提交结案材料。"),
        Para(f"本机构联系人：{hand(office.clerk)}　电话：{office.phone}"),
        Closing((office.centre, issued), Seal(office.centre), shift=0.03),
    )  # fmt: skip
    return Doc("assignment_notice", "法律援助指派通知书", blocks, LOOK, office.clerk)


def letter(case: Case) -> Doc:
    office, who = case.office, case.lawyer
    role = "辩护人" if case.kind == "criminal" else "诉讼代理人"
    blocks = (
        Head("法律援助公函", 48), Para(number(case, "函"), 0, "right", 24), Gap(24), Para(f"{organ(case)}：", 0),
        Para(f"你单位办理的{hand(case.client.name)}{hand(case.about)}一案，本机构已指派{hand(who.firm)}{hand(who.name)}担任{role}，"
             f"请依法予以支持。执业证号：{hand(who.licence)}。"),
        Closing((office.centre, date("", case.on("assignment"), "ar")), Seal(office.centre)),
    )  # fmt: skip
    return Doc("aid_letter", "法律援助公函", blocks, LOOK, office.clerk)


def recipient_notice(case: Case, *, mark: str = "hand", blank: Sequence[str] = ()) -> Doc:
    when = (
        empty("date", OPEN_DATE) if "date" in blank else date("recipient_notice", case.on("recipient_notice"), "slot")
    )
    rights = (
        "免费得到符合条件的法律帮助", "知道案件办到哪一步", "有正当理由时要求更换法律援助人员", "对不予援助、终止援助的决定提出异议", "举报索要财物的行为",
    )  # fmt: skip
    duties = (
        "如实讲明案情，不伪造证据",
        "按要求提供材料，配合调查、出庭",
        "家庭经济状况有变化时说明",
        "不干扰法律援助人员独立执业",
    )
    blocks = (
        Head("法律援助受援人权利义务告知书", 42, after=20), Para(f"受援人{hand(case.client.name)}：你申请的{hand(case.about)}一案已获准援助，特告知如下。"),
        Para("你的权利：", 2, face="sans-bold"), *(Para(f"{i}．{t}；") for i, t in enumerate(rights, 1)),
        Para("你的义务：", 2, face="sans-bold"), *(Para(f"{i}．{t}；") for i, t in enumerate(duties, 1)), Bar(),
        Para("以上内容，工作人员已向我说明，我已清楚。"), Gap(20),
        Para(f"受援人签字（捺印）：{sign('recipient', case.client.name, mark)}", 3), Para(f"时间：{when}", 3),
    )  # fmt: skip
    return Doc("recipient_rights_notice", "法律援助受援人权利义务告知书", blocks, SHEET, case.office.clerk)


def lawyer_notice(case: Case, *, mark: str = "hand") -> Doc:
    duties = (
        "接到指派后及时会见或者约见受援人，办理委托手续", "查阅、复制案卷，制作阅卷笔录；依法调查收集证据", "按时出庭，提交署名的书面意见",
        "向受援人通报进展，重大事项报告本机构", "不得收取、索要任何财物，不得转委托", "办结后三十日内交齐材料",
    )  # fmt: skip
    blocks = (
        Head("法律援助人员权利义务告知书", 42, after=20),
        Para(f"{hand(case.lawyer.name)}律师：你承办{hand(case.client.name)}{hand(case.about)}法律援助案件，依法享有会见、阅卷、调查取证和获得补贴的权利，"
             "并应履行下列义务："),
        *(Para(f"（{'一二三四五六'[i]}）{t}；") for i, t in enumerate(duties)), Gap(50),
        Para(f"被告知人：{sign('lawyer', case.lawyer.name, mark)}　　{date('lawyer_notice', case.on('lawyer_notice'), 'slot')}", 0, "right"),
    )  # fmt: skip
    return Doc("lawyer_rights_notice", "法律援助人员权利义务告知书", blocks, SHEET, case.office.clerk)


def agreement(case: Case, *, blank: Sequence[str] = (), edge: bool = False) -> Doc:
    person, who = case.client, case.lawyer
    role = "辩护人" if case.kind == "criminal" else "代理人"
    when = empty("date", OPEN_DATE) if "date" in blank else date("agreement", case.on("agreement"), "slot")
    terms = (
        f"甲方因{slot('cause', case.about, blank)}一案接受法律援助，乙方指派{slot('name', who.name, blank)}担任其{STAGES[case.stage]}阶段的{role}。",
        f"代理权限：{slot('powers', case.words.get('powers', '依法行使辩护权'), blank, 20)}。", "乙方不收取任何费用，甲方不向乙方及法律援助人员赠送财物。",
        "甲方应当真实陈述案情，提供证据；乙方应当尽职办案，保守秘密。", "甲方隐瞒重要事实或者提供虚假证据的，乙方报告法律援助机构后可以终止。",
        f"期限：自签订之日起至{slot('until', STAGES[case.stage] + '终结', blank)}止。", "本协议一式三份，甲方、乙方、法律援助机构各一份。",
    )  # fmt: skip
    blocks = (
        Head("法律援助委托协议", 46, after=20), Para(f"甲方（受援人）：{hand(person.name)}　　身份证号：{hand(person.number)}", 0),
        Para(f"乙方（承办机构）：{hand(who.firm)}", 0), *(Para(f"{i}．{t}") for i, t in enumerate(terms, 1)), Gap(36),
        Para(f"甲方：{sign('recipient', person.name, 'beside')}　　　　乙方（章）：{who.firm}", 0), Gap(30), Para(f"签订日期：{when}", 0, "right"),
        Press("seal", 0.72, -110, Seal(who.firm)),
    )  # fmt: skip
    return Doc("aid_agreement", "法律援助委托协议", blocks, SHEET, who.clerk, edge=Seal(who.firm) if edge else None)


def mandate(case: Case, *, mark: str = "over") -> Doc:
    person, who = case.client, case.lawyer
    powers = case.words.get("powers", "为本人辩护")
    blocks = (
        Head("授 权 委 托 书", 50, after=30), Para(f"委托人：{hand(person.name)}　　受委托人：{hand(who.name)}，{hand(who.firm)}律师"),
        Para(f"委托人因{hand(case.about)}一案，委托上列受委托人为{'辩护人' if case.kind == 'criminal' else '诉讼代理人'}。"),
        Para(f"委托权限：{hand(powers)}。"), Para(f"期限：至{STAGES[case.stage]}终结。"), Gap(60),
        Para(f"委托人：{sign('recipient', person.name, mark)}", 0, "right"), Gap(16),
        Para(date("power_of_attorney", case.on("power_of_attorney"), "slot"), 0, "right"),
    )  # fmt: skip
    return Doc("power_of_attorney", "授权委托书", blocks, LOOK, person.name)


def firm_letter(case: Case, *, to: str = "") -> Doc:
    who = case.lawyer
    blocks = (
        Head(who.firm, 42), Head("函", 56), Para(f"〔{case.year}〕援函第{case.number}号", 0, "right", 24), Gap(20), Para(f"{to or organ(case)}：", 0),
        Para(f"本所接受{case.office.centre}指派，由{hand(who.name)}律师办理{hand(case.client.name)}{hand(case.about)}一案。特此函告。"),
        Closing((who.firm, date("", case.on("assignment"), "ar")), Seal(who.firm)),
    )  # fmt: skip
    return Doc("law_firm_letter", "律师事务所函", blocks, LOOK, who.clerk)


def closing_report(case: Case) -> Doc:
    who, words = case.lawyer, case.words
    blocks = (
        Head("法律援助案件结案报告", 46, after=20), Para(f"受援人：{hand(case.client.name)}　案由：{hand(case.about)}　援助形式：{hand(way(case))}", 0),
        Para(f"法律援助人员：{hand(who.name)}　机构：{hand(who.firm)}", 0), Para(f"办结时间：{date('closing', case.on('closing'), 'slot')}", 0), Bar(),
        Para("案件基本情况", 0, face="sans-bold"), Para(words["brief"]), Para("工作情况", 0, face="sans-bold"), Para(words["work"]),
        Para("结果与效果", 0, face="sans-bold"), Para(words["outcome"]), Gap(24),
        Para(f"报告人：{sign('handler', who.name)}　　{date('closing_report', case.on('closing_report'), 'slot')}", 0, "right"), Bar(),
        Para(f"所在机构意见：{ink('同意结案')}　负责人：{sign('handler', words['firm_head'])}", 0), Gap(14),
        Para(f"法律援助机构意见：{ink('材料齐全，同意归档')}　审查人：{sign('reviewer', case.office.reviewer, 'stamp')}", 0),
        Press("seal", 0.66, -86, Seal(who.firm)),
    )  # fmt: skip
    return Doc("closing_report", "法律援助案件结案报告", blocks, LOOK, who.name)
