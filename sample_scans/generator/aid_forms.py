"""Forms of the legal-aid centre: cover, catalogue, application, means, approval, decision."""

from __future__ import annotations

from collections.abc import Sequence

from sample_scans.generator import houses
from sample_scans.generator.blocks import Bar, Cell, Closing, Doc, Entry, Gap, Head, IdCard, Para, Row, Seal, Table
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import date, hand, ink, sign

KINDS = {
    "criminal": "刑事",
    "civil": "民事",
    "labour_arbitration": "劳动仲裁",
    "non_litigation": "非诉讼",
    "administrative": "行政",
}
STAGES = {
    "investigation": "侦查", "prosecution_review": "审查起诉", "trial": "一审", "litigation": "一审", "arbitration": "仲裁",
    "non_litigation": "调解",
}  # fmt: skip


def label(text: str, width: float) -> Cell:
    return Cell(text, width, label=True)


def cells(*pairs: tuple[str, str], widths: Sequence[float] = (0.16, 0.34), height: int = 56) -> Row:
    """A row of printed labels, each with an entry by hand."""
    row: list[Cell] = []
    for i, (name, value) in enumerate(pairs):
        row.append(label(name, widths[(2 * i) % len(widths)]))
        row.append(Cell(ink(value) if value else "", widths[(2 * i + 1) % len(widths)]))
    return Row(tuple(row), height)


def way(case: Case) -> str:
    if case.kind == "criminal":
        return "刑事辩护"
    if case.kind == "administrative":
        return "行政诉讼代理"
    return (
        "调解" if case.kind == "non_litigation" else "仲裁代理" if case.kind == "labour_arbitration" else "民事诉讼代理"
    )


def organ(case: Case) -> str:
    """Before whom the case is."""
    office = case.office
    return case.words.get("organ") or {
        "investigation": office.police, "prosecution_review": office.procuratorate,
    }.get(case.stage, office.court)  # fmt: skip


def cover(case: Case, pages: int) -> Doc:
    kind, office = KINDS[case.kind], case.office
    closing = date("closing", case.on("closing"), houses.style(case, "slot"))
    taken = date("", case.on("assignment"), houses.style(case, "slot"))
    if office.house == "b":
        blocks = (
            Gap(120), Head(office.centre, 40), Head("法 律 援 助 卷 宗", 66, after=60), Bar(),
            Para(f"案    号：{hand(houses.number(case, '审'))}", 1), Gap(30),
            Para(f"受援人：{hand(case.client.name)}        类  别：{hand(kind)}", 1), Gap(30),
            Para(f"案  由：{hand(case.about)}", 1), Gap(30),
            Para(f"承办单位：{hand(case.lawyer.firm)}", 1), Gap(30),
            Para(f"承 办 人：{hand(case.lawyer.name)}        办案机关：{hand(organ(case))}", 1), Gap(30),
            Para(f"收案日期：{taken}     结案日期：{closing}", 1), Gap(30),
            Para(f"办理结果：{hand(case.words['result'])}       保管期限：{hand('长期')}", 1), Gap(30),
            Para(f"本卷共 {hand(str(pages))} 页        立卷人：{hand(case.lawyer.clerk)}", 1),
        )  # fmt: skip
    else:
        rows = (
            cells(("案    号", houses.number(case, "审")), widths=(0.22, 0.78), height=84),
            cells(("受 援 人", case.client.name), ("类    别", kind + "·" + way(case)), widths=(0.22, 0.28), height=84),
            cells(("案    由", case.about), ("所处阶段", STAGES[case.stage]), widths=(0.22, 0.28), height=84),
            cells(("承办机构", case.lawyer.firm), widths=(0.22, 0.78), height=84),
            cells(("承办人员", case.lawyer.name), ("办案机关", organ(case)), widths=(0.22, 0.28), height=84),
            Row((label("收案日期", 0.22), Cell(taken, 0.78)), 84),
            Row((label("结案日期", 0.22), Cell(closing, 0.78)), 84),
            cells(("办理结果", case.words["result"]), ("保管期限", "十年"), widths=(0.22, 0.28), height=84),
            cells(("立 卷 人", case.lawyer.clerk), ("页    数", f"{pages}页"), widths=(0.22, 0.28), height=84),
        )
        blocks = (Gap(150), Head(office.centre, 38), Head(houses.title(case, "cover"), 64, after=70), Table(rows, 28))
    return Doc("cover", houses.title(case, "cover"), blocks, houses.look(case), case.lawyer.clerk, listed="")


def catalogue(case: Case, rows: Sequence[Entry]) -> Doc:
    house = case.office.house
    heads = {
        "a": ("序号", "文件名称", "页 码", "备 注"), "b": ("编号", "材 料 名 称", "起止页", "备注"),
        "c": ("顺序", "文 书 标 题", "所在页次", "附注"),
    }[house]  # fmt: skip
    widths = (0.1, 0.56, 0.18, 0.16)
    table = [Row(tuple(label(h, w) for h, w in zip(heads, widths, strict=True)), 46)]
    for row in rows:
        plainly = (ink(row.title), ink(row.pages)) if house == "b" else (row.title, row.pages)
        name, pages = (shown or usual for shown, usual in zip(row.shown, plainly, strict=True))
        parts = (label(row.number, widths[0]), Cell(name, widths[1]), Cell(pages, widths[2], align="center"))
        table.append(Row((*parts, Cell(row.remark, widths[3])), 42, row))
    name = houses.title(case, "file_catalogue")
    head = "  ".join(name) if house == "a" else name
    blocks = (
        Head(head, 46, after=30),
        Table(tuple(table), 23, pad=4),
        Para(f"立卷人：{sign('clerk', case.lawyer.clerk)}", 0),
    )
    return Doc("file_catalogue", name, blocks, houses.look(case), case.lawyer.clerk, listed="")


def application(case: Case, *, note: str = "", mark: str = "hand", agent: str = "") -> Doc:
    person, house, when = case.client, case.office.house, case.on("application")
    name = houses.title(case, "aid_application")
    reason = case.words["reason"] + (f"\n{note}" if note else "")
    signed = sign("applicant", person.name, mark)
    if house == "b":
        blocks: tuple = (
            Head(name, 48), Para(houses.number(case, "申"), 0, "right", 24), Gap(16),
            Para(f"申请人：{hand(person.name)}，性别：{hand(person.sex)}，出生日期：{hand(person.age_line)}，"
                 f"身份证号：{hand(person.number)}，住址：{hand(person.address)}，联系电话：{hand(person.phone)}，"
                 f"职业：{hand(person.job)}。"),
            Para(f"申请事项：因{hand(case.about)}一案，申请{hand(way(case))}法律援助。案件所处阶段：{hand(STAGES[case.stage])}。"),
            Para("事实和理由："), Para(ink(reason)), Gap(12),
            Para("申请人声明：本人所述情况和提交的材料真实，知悉隐瞒、虚报的，法律援助机构依照《中华人民共和国法律援助法》"
                 "可以终止援助并责令支付已实施法律援助的费用。"),
            Para(f"此致\n{case.office.centre}", 2), Gap(30),
            Para(f"申请人（签名或按指印）：{signed}", 0, "right"),
            Para(date("application", when, houses.style(case, "sign")), 0, "right"),
        )  # fmt: skip
    else:
        rows = [
            cells(("申请人", person.name), ("性别", person.sex), ("民族", "汉"), widths=(0.14, 0.22, 0.1, 0.16, 0.1, 0.28)),
            cells(("出生年月日", person.age_line), ("文化程度", person.schooling), widths=(0.18, 0.36, 0.18, 0.28)),
            cells(("公民身份号码", person.number), ("职  业", person.job), widths=(0.18, 0.44, 0.14, 0.24)),
            cells(("常住地址", person.address), widths=(0.18, 0.82)),
            cells(("联系电话", person.phone), ("代为申请人", agent or "无"), widths=(0.18, 0.36, 0.18, 0.28)),
            cells(("申请事项", case.about), ("案件阶段", STAGES[case.stage]), widths=(0.18, 0.42, 0.16, 0.24)),
            Row((label("申请理由\n及事实经过", 0.18), Cell(ink(reason), 0.82, top=True)), 420 if house == "a" else 340),
            Row((label("申请人承诺", 0.18), Cell(
                "以上填报内容及所附材料真实有效；如有不实，自愿承担《中华人民共和国法律援助法》第六十四条规定的后果。\n"
                f"申请人签名：{signed}      {date('application', when, houses.style(case, 'slot'))}", 0.82)), 190),
            Row((label("接收情况", 0.18), Cell(
                f"材料齐全，予以接收。  接收人：{sign('handler', case.office.clerk)}", 0.82)), 80),
        ]  # fmt: skip
        tail = (
            "填表须知：用黑色或者蓝黑色墨水填写；本人书写困难的，可以口述后由工作人员代填，本人核对后签名或者按指印。"
        )
        blocks = (
            Head(name, 46),
            Para(houses.number(case, "申"), 0, "right", 22),
            Table(tuple(rows)),
            Para(tail, 0, size=20),
        )
    return Doc("aid_application", name, blocks, houses.look(case), person.name)


def identity(case: Case) -> Doc:
    person = case.client
    card = IdCard(
        person.name, person.sex, person.born, person.address, person.number, case.office.police,
        f"{person.born.year + 36}.03.09-{person.born.year + 56}.03.09",
    )  # fmt: skip
    tail = Para(f"复印件与原件一致。  核对人：{sign('handler', case.office.clerk)}", 4)
    return Doc("identity_proof", "居民身份证复印件", (Gap(40), card, tail), houses.look(case), copy=True)


def hardship(case: Case) -> Doc:
    person, house, when = case.client, case.office.house, case.on("application")
    name = houses.title(case, "hardship_statement")
    signed = f"{sign('applicant', person.name)}    {date('', when, houses.style(case, 'slot'))}"
    family, income = case.words["family"], case.words["income"]
    if house == "a":
        rows = (
            cells(("姓  名", person.name), ("身份证号", person.number), widths=(0.15, 0.27, 0.16, 0.42)),
            cells(("共同生活的家庭成员", family), widths=(0.3, 0.7), height=110),
            cells(("人均月收入", income), ("家庭财产", "自住房一处，无车辆、无存款"), widths=(0.2, 0.2, 0.18, 0.42), height=90),
            cells(("支出情况", case.words["burden"]), widths=(0.2, 0.8), height=130),
            Row((label("说明人承诺", 0.2), Cell(
                "上述情况由本人如实说明，同意法律援助机构通过信息共享或者其他方式核查。\n" f"说明人签名：{signed}", 0.8)), 170),
        )  # fmt: skip
        blocks: tuple = (Head(name, 46, after=30), Table(rows))
    else:
        blocks = (
            Head(name, 48, after=30),
            Para(f"本人{hand(person.name)}，身份证号码{hand(person.number)}，现就家庭经济困难状况向{case.office.centre}"
                 f"{'作出如下承诺' if house == 'b' else '说明如下'}："),
            Para(f"一、共同生活的家庭成员：{hand(family)}。"),
            Para(f"二、家庭人均月收入：{hand(income)}；财产状况：{hand('除自住房外无其他财产')}。"),
            Para(f"三、主要支出：{hand(case.words['burden'])}。"),
            Para("以上内容属实。如有虚假，本人愿意退还法律援助费用，接受信用惩戒，并承担法律责任。"), Gap(40),
            Para(f"{'承诺人' if house == 'b' else '说明人'}：{signed}", 0, "right"),
        )  # fmt: skip
    return Doc("hardship_statement", name, blocks, houses.look(case), person.name)


def approval(case: Case, *, source: str = "本人申请", note: str = "") -> Doc:
    """Reviewer and head sign with dates; `source`: where the case comes from."""
    person, house, office = case.client, case.office.house, case.office
    name = houses.title(case, "approval_form")
    slot = houses.style(case, "slot")
    sources = ("本人申请", "法院通知", "检察院通知", "公安机关通知", "转交申请")
    boxes = "  ".join(("■" if s == source else "□") + s for s in sources)
    opinion = (
        case.words.get("opinion") or "经审查，申请事项属于法律援助范围，申请人符合经济困难条件，拟同意给予法律援助。"
    )
    rows = [
        cells(
            ("受援人", person.name),
            ("性别", person.sex),
            ("电话", person.phone),
            widths=(0.13, 0.21, 0.1, 0.12, 0.12, 0.32),
        ),
        cells(("案由", case.about), ("援助形式", way(case)), widths=(0.13, 0.41, 0.18, 0.28)),
        Row((label("来源", 0.13), Cell(boxes, 0.87))),
        cells(("阶段", STAGES[case.stage]), ("办案机关", organ(case)), widths=(0.13, 0.21, 0.18, 0.48)),
        Row((label("简要案情", 0.18), Cell(ink(case.words["brief"]), 0.82, top=True)), 240 if house != "c" else 180),
    ]
    review = f"{sign('reviewer', office.reviewer)}    {date('review', case.on('review'), slot)}"
    final = f"{sign('approver', office.head)}    {date('approval', case.on('approval'), slot)}"
    words = {"a": ("审查意见", "审批意见", "审查人", "负责人"), "b": ("初审意见", "领导审批", "经办人", "中心主任"),
             "c": ("受理人员\n审查意见", "机构负责人\n意见", "签名", "签名")}[house]  # fmt: skip
    rows += [
        Row((label(words[0], 0.18), Cell(f"{opinion}\n{words[2]}：{review}", 0.82)), 210),
        Row(
            (label(words[1], 0.18), Cell(f"{ink(case.words.get('agreed', '同意援助。'))}\n{words[3]}：{final}", 0.82)),
            190,
        ),
    ]
    if note:
        rows.append(Row((label("备注", 0.18), Cell(ink(note), 0.82)), 100))
    blocks = (Head(name, 46), Para(houses.number(case, "审"), 0, "right", 22), Table(tuple(rows)))
    return Doc("approval_form", name, blocks, houses.look(case), office.reviewer)


def decision(case: Case) -> Doc:
    house, office = case.office.house, case.office
    name = houses.title(case, "aid_decision")
    applied = date("", case.on("application"), "ar" if house != "c" else "spaced")
    texts = {
        "a": (f"你就{case.about}一案，于{applied}向本机构提出法律援助申请。经审查，符合《中华人民共和国法律援助法》规定的条件，"
              f"决定给予法律援助。援助形式为{way(case)}。",
              "本机构将安排法律援助人员为你提供服务。办理中需要你配合的，请按要求提供线索和材料。"),
        "b": (f"本中心收到你{applied}提交的{case.about}一案申请材料。依照《中华人民共和国法律援助法》第四十三条，"
              f"现准予法律援助，方式：{way(case)}。",
              "请保持通讯畅通，与承办律师联系并办理委托手续。对决定内容有疑问的，可以拨打本中心电话咨询。"),
        "c": (f"关于你申请的{case.about}一案（申请日期：{applied}），本机构审查后认为属于应当援助的情形，"
              f"依据《中华人民共和国法律援助法》有关规定，作出给予法律援助的决定，由法律援助人员提供{way(case)}服务。",
              "特此决定。"),
    }[house]  # fmt: skip
    blocks = (
        Head(name, 50), Para(houses.number(case, "决"), 0, "center" if house == "a" else "right", 25), Gap(24),
        Para(f"{case.client.name}：", 0), *(Para(t) for t in texts),
        Closing((office.centre, date("decision", case.on("decision"), houses.style(case, "issue"))), Seal(office.centre)),
    )  # fmt: skip
    return Doc("aid_decision", name, blocks, houses.look(case))
