"""Letters and notices of the legal-aid centre: assignment, letters to the organs, rights, agreement, mandate."""

from __future__ import annotations

from sample_scans.generator import houses
from sample_scans.generator.aid_forms import STAGES, organ, way
from sample_scans.generator.blocks import Closing, Doc, Gap, Head, Para, Seal
from sample_scans.generator.facts import Case, Lawyer
from sample_scans.generator.markup import bold, date, hand, sign


def _closing(case: Case, when: str, role: str) -> Closing:
    office = case.office
    issued = date(role, case.on(when), houses.style(case, "issue"))
    return Closing((office.centre, issued), Seal(office.centre), shift=0.02)


def assignment(
    case: Case, *, when: str = "assignment", lawyer: Lawyer | None = None, stage: str = "", mark: str = "指"
) -> Doc:
    house, office, who = case.office.house, case.office, lawyer or case.lawyer
    name = houses.title(case, "assignment_notice")
    at = stage or STAGES[case.stage]
    ground = "接到办案机关通知后" if case.entry == "notice" else "作出给予法律援助决定后"
    texts = {
        "a": (f"{who.firm}：",
              f"本中心{ground}，依据《中华人民共和国法律援助法》的规定，现将 {hand(case.client.name)} {hand(case.about)} 一案指派你所"
              f" {hand(who.name)} 律师承办，援助阶段为{hand(at)}。请通知承办人自收到本通知之日起五日内与受援人办理委托手续，"
              "并依法履行职责。",
              "案件办结后三十日内，应当将结案报告和有关材料报送本中心。"),
        "b": (f"{who.firm}：",
              f"兹指派贵所{hand(who.name)}（执业证号 {hand(who.licence)}）承办受援人{hand(case.client.name)}"
              f"{hand(case.about)}案的法律援助工作（{hand(at)}阶段）。承办中应当及时会见或者约见受援人，重大事项向本中心报告，"
              "不得向受援人收取财物。请于结案之日起三十日内归档。",
              f"联系人：{office.clerk}　电话：{office.phone}"),
        "c": (f"{who.firm}并{who.name}法律援助人员：",
              f"受援人：{hand(case.client.name)}；案由：{hand(case.about)}；阶段：{hand(at)}；办案机关：{hand(organ(case))}。",
              "本机构根据《中华人民共和国法律援助法》安排你承办上述案件。请在法定期限内签订协议、会见（约见）受援人，"
              "按照法律援助服务规范完成各项工作，结案后及时提交材料。"),
    }[house]  # fmt: skip
    blocks = (
        Head(name, 50), Para(houses.number(case, mark), 0, "center" if house == "c" else "right", 25), Gap(26),
        Para(texts[0], 0), *(Para(t) for t in texts[1:]), _closing(case, when, "assignment"),
    )  # fmt: skip
    return Doc("assignment_notice", name, blocks, houses.look(case), office.clerk)


def aid_letter(case: Case, *, when: str = "assignment") -> Doc:
    house, who = case.office.house, case.lawyer
    name = {
        "a": {"criminal": "刑事法律援助公函"}.get(case.kind, "民事法律援助公函"),
        "b": "法律援助公函",
        "c": "法援公函",
    }[house]
    if case.kind in ("labour_arbitration", "non_litigation"):
        name = "法律援助公函"
    role = "辩护人" if case.kind == "criminal" else "委托代理人"
    texts = {
        "a": f"{case.client.name}{case.about}一案，本中心已决定提供法律援助，由{who.firm}{hand(who.name)}律师担任其{role}。请予接洽。",
        "b": f"根据《中华人民共和国法律援助法》，我中心指派{who.firm}律师{hand(who.name)}为{case.client.name}（{case.about}）"
             f"提供法律援助，担任{role}，请贵单位依法保障其执业权利。律师电话：{hand(who.phone)}。",
        "c": f"兹有{who.firm}{who.name}（执业证号：{who.licence}，电话：{who.phone}）接受本机构指派，在{case.client.name}{case.about}"
             f"一案中提供{way(case)}，特此函告，请查照。",
    }[house]  # fmt: skip
    blocks = (
        Head(name, 50), Para(houses.number(case, "函"), 0, "right", 25), Gap(26), Para(f"{organ(case)}：", 0), Para(texts),
        _closing(case, when, ""),
    )  # fmt: skip
    return Doc("aid_letter", name, blocks, houses.look(case), case.office.clerk)


def reply(case: Case) -> Doc:
    who = case.lawyer
    name = {"a": "确定法律援助人员通知函", "b": "关于指派辩护律师的复函", "c": "法律援助机构复函"}[case.office.house]
    text = (
        f"贵单位{date('', case.on('notice'), 'ar')}的通知收悉。依照《中华人民共和国法律援助法》第三十六条，本中心已指派"
        f"{who.firm}律师{who.name}为{case.client.name}提供辩护，联系电话{who.phone}。特此函复。"
    )
    blocks = (
        Head(name, 48), Para(houses.number(case, "复"), 0, "right", 25), Gap(26), Para(f"{organ(case)}：", 0), Para(text),
        _closing(case, "assignment", ""),
    )  # fmt: skip
    return Doc("assignment_reply", name, blocks, houses.look(case))


def recipient_notice(case: Case, *, mark: str = "hand") -> Doc:
    house, office = case.office.house, case.office
    name = houses.title(case, "recipient_rights_notice")
    rights = {
        "a": ("一、你的权利", "（一）免费获得法律咨询、代理、刑事辩护等法律援助服务；（二）了解案件办理进展；（三）法律援助人员不依法履责的，"
              "可以请求更换；（四）对终止援助等决定不服的，可以向司法行政部门提出异议；（五）对收取财物的行为进行投诉。",
              "二、你的义务", "（一）如实陈述与案件有关的事实，及时提交证据线索；（二）配合法律援助人员开展工作；"
              "（三）经济状况发生变化的，主动告知本中心；（四）不得要求提供超出法律规定的服务。"),
        "b": ("受援人应当知道：", "1.律师办理法律援助案件不收钱、不收物，谁收取谁违法。2.案件走到哪一步，你可以随时向律师和中心打听。"
              "3.律师无正当理由不办事，你有权要求换人。4.认为中心的决定不对，可以找主管的司法局反映。",
              "受援人应当做到：", "1.说实话，交真证据。2.按约定时间到场，联系方式变了要通知。3.家庭收入改善了要报告。"
              "4.不利用援助从事违法活动。"),
        "c": ("受援人享有的权利", "知悉援助事项办理情况；依法申请法律援助人员回避或者更换；对不履行职责的行为提出投诉；对有关决定申请审查。",
              "受援人承担的义务", "提供真实情况和材料；协助调查取证；遵守法庭、仲裁庭秩序；发现经济状况不再符合条件时如实报告。"),
    }[house]  # fmt: skip
    signed = f"{sign('recipient', case.client.name, mark)}    {date('recipient_notice', case.on('recipient_notice'), houses.style(case, 'sign'))}"
    last = {"a": "受援人签收", "b": "本人已阅读并理解。受援人（签名、指印）", "c": "上列内容已向我告知。被告知人"}[
        house
    ]
    lines = [Head(name, 48)]
    if house == "c":
        lines.append(Head(f"（{office.centre}制）", 24, "kai"))
    body = (Para(bold(rights[0]), 0), Para(rights[1]), Para(bold(rights[2]), 0), Para(rights[3]))
    blocks = (
        *lines,
        Gap(16),
        Para(f"{hand(case.client.name)}：", 0),
        *body,
        Gap(60),
        Para(f"{last}：{signed}", 0, "right"),
    )
    return Doc("recipient_rights_notice", name, blocks, houses.look(case), office.clerk)


def lawyer_notice(case: Case, *, mark: str = "hand") -> Doc:
    house, office = case.office.house, case.office
    name = houses.title(case, "lawyer_rights_notice")
    texts = {
        "a": ("法律援助人员有权：依法会见、阅卷、调查取证；受援人隐瞒重要事实的，报告本中心处理；结案后领取办案补贴。",
              "法律援助人员应当：按时与受援人签订协议；亲自办理，不得转交他人；不得收受财物；"
              "通报进展、保守秘密；在规定期限内提交真实完整的案卷。"),
        "b": ("承办律师享有依法执业受保障、获得办案补贴、申请更换承办案件等权利。",
              "承办律师负有下列义务：尽职办案，全程留痕；会见、阅卷、开庭、提交书面意见不得缺项；不得以任何名目向受援人及其亲属收费；"
              "遇有终止情形及时报告；结案三十日内交卷。"),
        "c": ("1. 你承办的是法律援助案件，应当遵循《中华人民共和国法律援助法》《法律援助志愿者管理办法》等规定和执业规范。",
              "2. 你可以了解案情、查阅材料、获取补贴；你必须勤勉尽责、廉洁办案、及时报告、按期归档。违反义务的，本机构将"
              "建议主管部门处理。"),
    }[house]  # fmt: skip
    signed = f"{sign('lawyer', case.lawyer.name, mark)}    {date('lawyer_notice', case.on('lawyer_notice'), houses.style(case, 'sign'))}"
    last = {"a": "被告知人（法律援助人员）", "b": "承办律师签字", "c": "本人已知悉，签名"}[house]
    blocks = (
        Head(name, 46), Gap(20), Para(f"{hand(case.lawyer.name)} 律师：", 0),
        Para(f"你承办受援人{hand(case.client.name)}{hand(case.about)}一案，{office.centre}将有关权利义务告知如下："),
        *(Para(t) for t in texts), Gap(60), Para(f"{last}：{signed}", 0, "right"),
    )  # fmt: skip
    return Doc("lawyer_rights_notice", name, blocks, houses.look(case), office.clerk)


def agreement(case: Case, *, when: str = "agreement") -> Doc:
    house, who, person = case.office.house, case.lawyer, case.client
    criminal = case.kind == "criminal"
    name = houses.title(case, "aid_agreement") if house != "a" or criminal else "委托代理协议"
    role = "辩护人" if criminal else "代理人"
    heads = (f"甲方（受援人）：{hand(person.name)}", f"乙方（承办单位）：{hand(who.firm)}")
    terms = {
        "a": (f"甲方因{hand(case.about)}一案获准法律援助，双方协商一致，约定如下：",
              f"第一条　乙方指派{hand(who.name)}律师担任甲方{STAGES[case.stage]}阶段的{role}。",
              "第二条　乙方提供服务不收取报酬，亦不得接受甲方及其亲属的任何财物。",
              "第三条　甲方应当配合乙方工作，如实陈述；故意隐瞒重要事实的，乙方可以报请法律援助机构终止援助。",
              "第四条　甲方要求更换律师，应当说明理由并由法律援助机构决定。",
              "第五条　本协议自签订之日起生效，至本阶段终结时止；一式三份，双方及法律援助机构各存一份。"),
        "b": (f"依据《中华人民共和国法律援助法》，甲乙双方就{hand(case.about)}一案的法律援助事宜达成协议：",
              f"一、乙方委派{hand(who.name)}律师为甲方的{role}，权限以授权委托书为准。",
              "二、甲方保证所提供的情况和证据真实；乙方保证勤勉尽责、及时通报。",
              "三、法律援助是无偿的，除法律规定应由甲方负担的费用外，乙方不得向甲方收费。",
              "四、出现法定终止情形的，本协议随之解除。五、未尽事宜按国家规定执行。"),
        "c": (f"为办理{hand(case.about)}法律援助事项，甲方委托乙方指派的{hand(who.name)}担任{role}。",
              "（1）服务阶段：" + STAGES[case.stage] + "。（2）服务费用：无。",
              "（3）甲方权利义务：知情、监督、如实陈述、协助配合。（4）乙方权利义务：依法独立提供服务，维护甲方合法权益，保守秘密。",
              "（5）争议解决：由法律援助机构协调处理。（6）本协议双方签署后生效。"),
    }[house]  # fmt: skip
    signed = date("agreement", case.on(when), houses.style(case, "slot"))
    blocks = (
        Head(name, 48), Gap(20), *(Para(h, 0) for h in heads), *(Para(t) for t in terms), Gap(40),
        Para(f"甲方（签名）：{sign('recipient', person.name)}", 0), Gap(20),
        Para(f"乙方（盖章）：{who.firm}    承办人：{sign('lawyer', who.name)}", 0),
        Closing((f"签订日期：{signed}",), Seal(who.firm), shift=0.05, before=20),
    )  # fmt: skip
    return Doc("aid_agreement", name, blocks, houses.look(case), who.clerk)


def mandate(case: Case, *, when: str = "power_of_attorney", mark: str = "") -> Doc:
    house, who, person = case.office.house, case.lawyer, case.client
    criminal = case.kind == "criminal"
    powers = (
        "为其提供辩护，行使法律规定的辩护人的各项权利" if criminal
        else "代为承认、放弃、变更请求，进行和解、调解，代领法律文书" if house != "b" else "一般代理：代为陈述事实、参加辩论和调解，代收法律文书"
    )  # fmt: skip
    until = "本阶段办理终结" if criminal else "本案一审审理终结"
    text = {
        "a": f"委托人{hand(person.name)}因{hand(case.about)}一案，委托{hand(who.firm)}的{hand(who.name)}律师"
             f"{powers}。委托期限自签字之日起至{until}止。",
        "b": f"现委托{hand(who.firm)}律师{hand(who.name)}在本人{hand(case.about)}一案中作为受托人，权限为：{powers}。有效期至{until}。",
        "c": f"本人{hand(person.name)}（身份证号：{hand(person.number)}）就{hand(case.about)}委托{hand(who.name)}（{who.firm}）"
             f"{powers}。有效期至{until}。",
    }[house]  # fmt: skip
    name = {"a": "授权委托书", "b": "委 托 书", "c": "授权委托书"}[house]
    signed = f"{sign('recipient', person.name, mark or ('both' if criminal else 'hand'))}"
    blocks = (
        Head(name, 54, after=40), Para(text), Gap(60), Para(f"委托人：{signed}", 0, "right"),
        Para(date("power_of_attorney", case.on(when), houses.style(case, "slot")), 0, "right"),
    )  # fmt: skip
    return Doc("power_of_attorney", name, blocks, houses.look(case), person.name)


def reassignment_approval(case: Case, *, before: Lawyer, reason: str) -> Doc:
    office, when = case.office, date("", case.on("reassignment"), houses.style(case, "slot"))
    blocks = (
        Head("更换法律援助人员审批表", 46, after=24), Para(f"受援人：{hand(case.client.name)}　　案由：{hand(case.about)}", 0),
        Para(f"原法律援助人员：{hand(before.name)}　　所在机构：{before.firm}", 0), Para(f"更换理由：{hand(reason)}", 0),
        Para(f"拟更换为：{hand(case.lawyer.name)}（{case.lawyer.firm}）", 0), Gap(20),
        Para(f"申请人：{sign('applicant', before.name)}　　{when}", 0), Gap(16),
        Para(f"工作人员意见：情况属实，建议更换。　签名：{sign('handler', office.clerk)}", 0), Gap(16),
        Para(f"机构负责人意见：同意更换。　签名：{sign('approver', office.head)}　　{date('reassignment', case.on('reassignment'), houses.style(case, 'slot'))}", 0),
    )  # fmt: skip
    return Doc("reassignment_approval", "更换法律援助人员审批表", blocks, houses.look(case), before.name)


def reassignment_notice(case: Case, *, before: Lawyer) -> Doc:
    office = case.office
    issued = date("reassignment", case.on("reassignment"), houses.style(case, "issue"))
    blocks = (
        Head("更换法律援助人员通知书", 48), Para(houses.number(case, "换"), 0, "right", 25), Gap(20), Para(f"{case.client.name}：", 0),
        Para(f"你申请的{case.about}法律援助一案，原法律援助人员{before.name}因故不能继续承办，依照《中华人民共和国法律援助法》第五十五条，"
             f"本机构决定更换为{case.lawyer.firm}{case.lawyer.name}。原法律援助人员的工作材料已移交。"),
        Closing((office.centre, issued), Seal(office.centre)),
    )  # fmt: skip
    return Doc("reassignment_notice", "更换法律援助人员通知书", blocks, houses.look(case))


def cooperation(case: Case, *, to: str, when: str) -> Doc:
    """A letter that asks another centre to do a piece of the work."""
    office = case.office
    blocks = (
        Head("法律援助协作函", 50), Para(houses.number(case, "协"), 0, "right", 25), Gap(20), Para(f"{to}：", 0),
        Para(f"我中心收到{case.client.name}{case.about}法律援助申请。因其现居住在你辖区、行动不便，请贵中心协助约见申请人、制作谈话笔录，"
             "并将笔录原件寄送我中心。"),
        Closing((office.centre, date("", case.on(when), houses.style(case, "issue"))), Seal(office.centre)),
    )  # fmt: skip
    return Doc("other", "法律援助协作函", blocks, houses.look(case))
