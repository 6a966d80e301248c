"""Papers that end a file: closing report, the client's opinion, evaluation."""

from __future__ import annotations

from sample_scans.generator import houses
from sample_scans.generator.aid_forms import cells, label, organ, way
from sample_scans.generator.blocks import Cell, Doc, Gap, Head, Para, Row, Seal, Table
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import date, hand, ink, sign


def closing_report(case: Case) -> Doc:
    house, who, words = case.office.house, case.lawyer, case.words
    name = houses.title(case, "closing_report")
    slot = houses.style(case, "slot")
    closed, written = date("closing", case.on("closing"), slot), date("closing_report", case.on("closing_report"), slot)
    if house == "b":
        blocks: tuple = (
            Head(name, 50), Para(f"受援人：{hand(case.client.name)}　案由：{hand(case.about)}　援助方式：{way(case)}", 0),
            Para(f"办案机关：{hand(organ(case))}　承办人：{hand(who.name)}", 0), Para(f"结案日期：{closed}", 0),
            Para("一、案情简介"), Para(words["brief"]), Para("二、承办经过"), Para(words["work"]), Para("三、办理结果及意见采纳情况"),
            Para(words["outcome"]), Gap(30), Para(f"承办人签名：{sign('handler', who.name)}　　{written}", 0),
            Para(f"承办单位意见：{ink('情况属实，同意结案。')}　负责人：{sign('handler', words['firm_head'])}", 0), Gap(20),
            Para(f"法律援助机构审查：{ink('同意结案')}　审查人：{sign('reviewer', case.office.reviewer)}", 0),
        )  # fmt: skip
    else:
        rows = (
            cells(("受援人", case.client.name), ("案由", case.about), widths=(0.16, 0.24, 0.12, 0.48)),
            cells(("承办单位", who.firm), ("承办人", who.name), widths=(0.16, 0.48, 0.12, 0.24)),
            Row((label("办案机关", 0.16), Cell(ink(organ(case)), 0.4), label("结案日期", 0.14), Cell(closed, 0.3)), 64),
            Row((label("案情摘要", 0.16), Cell(ink(words["brief"]), 0.84, top=True)), 180),
            Row((label("办理情况", 0.16), Cell(words["work"], 0.84, top=True)), 260),
            Row((label("处理结果及\n援助效果", 0.16), Cell(words["outcome"], 0.84, top=True)), 180),
            Row((label("承办人", 0.16), Cell(f"签名：{sign('handler', who.name)}     {written}", 0.84)), 96),
            Row((label("承办单位意见", 0.16), Cell(f"{ink('同意结案。')}  负责人：{sign('handler', words['firm_head'])}", 0.84,
                                               seal=Seal(who.firm))), 130),
            Row((label("机构审核意见", 0.16), Cell(f"{ink('材料齐全，同意归档。')}  审核人：{sign('reviewer', case.office.reviewer)}", 0.84)), 96),
        )  # fmt: skip
        blocks = (Head(name, 46), Para(houses.number(case, "结"), 0, "right", 22), Table(rows))
    return Doc("closing_report", name, blocks, houses.look(case), who.name)


def feedback(case: Case, *, mark: str = "hand") -> Doc:
    name = houses.title(case, "feedback_form")
    questions = (
        "律师是否及时与你联系、会见（约见）",
        "律师是否收取费用或者财物",
        "律师是否告知案件进展",
        "对律师的专业水平是否满意",
        "对办理结果是否满意",
    )
    answers = ("是", "没有", "是", "满意", "满意")
    rows = [cells(("受援人", case.client.name), ("承办律师", case.lawyer.name), height=64)]
    rows += [
        Row((Cell(q, 0.72), Cell(ink(a), 0.28, align="center")), 72) for q, a in zip(questions, answers, strict=True)
    ]
    rows.append(Row((label("其他意见", 0.2), Cell(ink(case.words.get("praise", "谢谢律师。")), 0.8)), 130))
    signed = f"受援人：{sign('recipient', case.client.name, mark)}　　{date('', case.on('closing_report'), houses.style(case, 'sign'))}"
    blocks = (Head(name, 46, after=26), Table(tuple(rows), 26), Gap(20), Para(signed, 0, "right"))
    return Doc("feedback_form", name, blocks, houses.look(case), case.client.name)


def evaluation(case: Case) -> Doc:
    name = "法律援助案件质量同行评估表"
    items = (
        ("委托代理（辩护）关系确立", 10),
        ("会见（约见）", 15),
        ("阅卷", 15),
        ("调查取证", 10),
        ("法律意见", 25),
        ("庭审", 10),
        ("告知与报告", 5),
        ("材料归档", 10),
    )
    rows = [Row((label("评估指标", 0.5), label("分值", 0.2), label("得分", 0.3)), 56)]
    rows += [
        Row((Cell(n, 0.5), label(str(v), 0.2), Cell(ink(str(v - (i % 3))), 0.3, align="center")), 62)
        for i, (n, v) in enumerate(items)
    ]
    total = sum(v - (i % 3) for i, (_, v) in enumerate(items))
    rows.append(Row((label("总分及等次", 0.5), Cell(ink(f"{total}分  {'优秀' if total >= 90 else '良好'}"), 0.5)), 70))
    blocks = (
        Head(name, 46), Head("（依据 SF/T 0084—2020 制作）", 24, "kai"), Para(f"受援人：{hand(case.client.name)}　案由：{hand(case.about)}", 0),
        Table(tuple(rows), 26),
        Para(f"评估人：{sign('evaluator', case.words['evaluator'])}　　{date('evaluation', case.on('evaluation'), 'slot')}", 0, "right"),
    )  # fmt: skip
    return Doc("quality_evaluation_form", name, blocks, houses.look(case), case.words["evaluator"])
