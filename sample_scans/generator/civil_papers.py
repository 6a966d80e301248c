"""Papers of civil, labour and mediated cases: talk, claim, evidence, hearing, statement, outcome."""

from __future__ import annotations

from collections.abc import Sequence

from sample_scans.generator.aid_forms import label, organ
from sample_scans.generator.blocks import Bar, Cell, Closing, Doc, Gap, Head, Look, Para, Row, Seal, Table
from sample_scans.generator.court_papers import COURT, RECORD
from sample_scans.generator.facts import Case, Dispute, Lawyer
from sample_scans.generator.lawyer_papers import FIRMS, LETTER
from sample_scans.generator.markup import date, hand, ink, sign

PLAIN = Look(body="serif", title="serif-bold", size=28, left=170, right=160)


def _dispute(case: Case) -> Dispute:
    assert case.dispute
    return case.dispute


def talk(
    case: Case, *, when: str = "interview", title: str = "谈话笔录", by_hand: bool = False, lawyer: Lawyer | None = None,
    questions: Sequence[tuple[str, str]] | None = None, place: str = "", unit: str = "",
) -> Doc:  # fmt: skip
    """The lawyer's talk with the client: consent, rights and risks, person, facts, demand, evidence."""
    who, words = lawyer or case.lawyer, case.words
    style = "hand" if by_hand else "slot" if case.office.house != "b" else "ar"
    header = (
        f"谈话时间：{date('interview', case.on(when), style)}{words.get('from', '9时30分')}至{words.get('to', '10时40分')}",
        f"谈话地点：{place or words['place']}",
        f"承办人：{hand(who.name)}　记录人：{hand(who.clerk)}　单位：{unit or who.firm}",
        f"受援人：{hand(case.client.name)}　案由：{case.about}",
    )
    pairs = questions or [*usual(case, who), *_dispute(case).told, ("还有什么要说明的？", words["more"])]
    body = []
    for question, answer in pairs:
        for mark, text in (("问：", question), ("答：", answer)):
            body.append(Para(ink(mark + text) if by_hand else mark + text, 0))
    closing = "以上笔录已看，与所讲一致。"
    blocks = (
        Head(title, 46, after=10), *(Para(h, 0, after=0 if by_hand else 2) for h in header), Gap(8), *body, Gap(10),
        Para(ink(closing) if by_hand else closing, 0),
        Para(f"受援人：{sign('recipient', case.client.name, 'both')}  {date('', case.on(when), 'handdot')}", 0), Gap(10),
        Para(f"承办人：{sign('lawyer', who.name)}　记录人：{sign('clerk', who.clerk)}", 0),
    )  # fmt: skip
    look = LETTER if by_hand else FIRMS[case.office.house]
    return Doc("client_talk", title, blocks, look, who.clerk, number="" if by_hand else "第{n}页", ruled=by_hand)


def usual(case: Case, who: Lawyer) -> list[tuple[str, str]]:
    words, person = case.words, case.client
    b = words["house_talk"] == "b"
    return [
        (f"我是{who.firm}{who.name}，法律援助机构指派我代理你的案子，不收费用，你同意吗？" if b
         else f"{case.office.centre}安排由我做你的代理人，全程免费，你是否同意？", words["consent"]),
        ("先把权利义务和打官司的风险跟你说清楚：证据不够可能不被支持，赢了也可能一时执行不到，你明白吗？" if b
         else "你享有知情、要求更换律师等权利，有如实陈述的义务；诉讼（仲裁）存在举证不能、超过时效、执行不能的风险，是否清楚？", words["rights"]),
        ("介绍一下基本情况。", f"{person.name}，{person.age_line}生，{person.job}，住{person.address}。{words['self']}"),
    ]  # fmt: skip


def complaint(case: Case) -> Doc:
    """民事起诉状, or 仲裁申请书 before an arbitration commission."""
    person, dispute = case.client, _dispute(case)
    labour = case.kind == "labour_arbitration"
    me, you = ("申请人", "被申请人") if labour else ("原告", "被告")
    title = "劳动人事争议仲裁申请书" if labour else case.words.get("complaint_title", "民事起诉状")
    blocks = (
        Head(title, 48, after=24),
        Para(f"{me}：{person.name}，{person.sex}，{person.age_line}出生，汉族，{person.job}，住{person.address}，联系电话{person.phone}。"),
        Para(f"{you}：{dispute.opponent}，{dispute.opponent_about}。"), Para("仲裁请求：" if labour else "诉讼请求：", 2),
        *(Para(f"{i}．{c}；") for i, c in enumerate(dispute.claims, 1)), Para("事实和理由：", 2), *(Para(f) for f in dispute.facts),
        Para(f"此致\n{organ(case)}", 2), Para(f"{'申请人' if labour else '具状人'}：{sign('recipient', person.name, 'both')}", 0, "right"),
        Para(date("", case.on("filed"), "ar"), 0, "right"),
    )  # fmt: skip
    return Doc("arbitration_application" if labour else "civil_complaint", title, blocks, PLAIN, person.name)


def evidence_catalogue(case: Case, *, title: str = "证据清单") -> Doc:
    dispute = _dispute(case)
    widths = (0.08, 0.26, 0.2, 0.34, 0.12)
    rows = [
        Row(
            tuple(label(h, w) for h, w in zip(("序号", "证据名称", "来源", "证明目的", "页码"), widths, strict=True)),
            60,
        )
    ]
    for i, (name, source, proves) in enumerate(dispute.exhibits, 1):
        parts = (label(str(i), widths[0]), Cell(name, widths[1]), Cell(source, widths[2]), Cell(proves, widths[3]))
        rows.append(Row((*parts, label(str(i), widths[4])), 80))
    blocks = (
        Head(title, 48, after=26), Para(f"案由：{case.about}　　提交人：{case.client.name}", 0), Table(tuple(rows)),
        Para(f"提交人：{sign('recipient', case.client.name)}　　{date('', case.on('filed'), 'ar')}", 0, "right"),
    )  # fmt: skip
    return Doc("evidence_catalogue", title, blocks, PLAIN, case.client.name)


def exhibit(title: str, lines: Sequence[str], *, seal: str = "", closing: str = "", hand_written: bool = False) -> Doc:
    """One piece of evidence: a note by hand, a slip, a certificate."""
    body = [Para(ink(t) if hand_written else t, 2) for t in lines]
    tail = (
        (Closing((closing,), Seal(seal)),)
        if seal
        else (Para(ink(closing) if hand_written else closing, 0, "right"),)
        if closing
        else ()
    )
    blocks = (Gap(60), Head(ink(title) if hand_written else title, 44, after=40), *body, Gap(30), *tail)
    return Doc(
        "evidence_material", title, blocks, LETTER if hand_written else PLAIN, closing or title, copy=not hand_written
    )


def slip(title: str, pairs: Sequence[tuple[str, str]]) -> Doc:
    rows = tuple(Row((label(k, 0.3), Cell(v, 0.7)), 70) for k, v in pairs)
    return Doc("evidence_material", title, (Gap(60), Head(title, 42, after=30), Table(rows, 25)), PLAIN, copy=True)


def acceptance(case: Case, *, title: str = "受理案件通知书") -> Doc:
    unit = organ(case)
    short = "本委" if "仲裁" in unit else "本院"
    blocks = (
        Head(unit, 44), Head(title, 50), Para(case.court_number, 0, "right", 26), Gap(10), Para(f"{case.client.name}：", 0),
        Para(f"你诉{_dispute(case).opponent}{case.about}一案，经审查符合受理条件，{short}决定{'受理' if '仲裁' in unit else '登记立案'}。"
             "现将有关事项通知如下："),
        Para("一、应当依法行使权利，履行义务，遵守秩序。"), Para("二、应当在指定期限内提交证据，逾期提交的，可能承担不利后果。"),
        Para("三、可以委托代理人，委托代理人应当提交授权委托书，写明委托事项和权限。"),
        Para(f"四、承办人：{case.words['judge']}，记录人员：{case.words['court_clerk']}。"),
        Closing((unit, date("", case.on("accepted"), "zh")), Seal(unit)),
    )  # fmt: skip
    return Doc("acceptance_notice", title, blocks, COURT)


def hearing(case: Case, *, title: str = "开庭笔录") -> Doc:
    words, dispute, unit = case.words, _dispute(case), organ(case)
    labour = case.kind == "labour_arbitration"
    me, you = ("申请人", "被申请人") if labour else ("原告", "被告")
    chair = "仲裁员" if labour else "审判员"
    head = (
        f"时间：{date('hearing', case.on('hearing'), 'ar')}　{words.get('span', '9时00分至10时50分')}", f"地点：{words['room']}",
        f"案号：{case.court_number}　　案由：{case.about}", f"{chair}：{words['judge']}　　书记员：{words['court_clerk']}",
        f"到庭人员：{me}{case.client.name}及委托代理人{case.lawyer.name}；{you}{words['opponent_there']}",
    )  # fmt: skip
    opening = [
        ("书记员", f"{me}、{you}均已到庭，请遵守庭审纪律，未经允许不得录音录像。"),
        (chair, "现在开庭。核对当事人身份无误。告知各方有申请回避、提供证据、进行辩论、请求调解等权利，是否申请回避？"),
        (me, "不申请。"), (you, "不申请。"), (chair, f"进行{'庭审' if labour else '法庭'}调查，请{me}陈述请求、事实和理由。"),
    ]  # fmt: skip
    closing = [
        (chair, "调查结束，进行辩论。"), ("代理人", words["debate"]), (you, words["debate_other"]),
        (chair, "辩论终结。请各方作最后意见。"), (me, words["last_words"]), (you, "请依法处理。"),
        (chair, "是否愿意调解？"), (me, "愿意，但对方不同意给钱。"), (you, "不同意调解。"), (chair, "现在休庭，请各方核对笔录后签名。"),
    ]  # fmt: skip
    lines = [*opening, *dispute.hearing, *closing]
    blocks = (
        Head(unit, 40), Head(title, 44), *(Para(h, 0) for h in head), Gap(10), *(Para(f"{w}：{t}", 0) for w, t in lines), Gap(14),
        Para(f"{me}：{sign('recipient', case.client.name)}　代理人：{sign('lawyer', case.lawyer.name)}", 0), Gap(8),
        Para(f"{chair}：{sign('judge', words['judge'])}　书记员：{sign('clerk', words['court_clerk'])}", 0),
    )  # fmt: skip
    return Doc("hearing_record", title, blocks, RECORD, case.client.name, number="第{n}页 共{total}页", copy=True)


def statement(case: Case, *, title: str = "代理词", mark: str = "hand") -> Doc:
    dispute, who = _dispute(case), case.lawyer
    labour = case.kind == "labour_arbitration"
    me = "申请人" if labour else "原告"
    marks = "一二三四五六"
    body = [Para(f"{marks[i]}、{name}。{text}") for i, (name, text) in enumerate(dispute.arguments)]
    blocks = (
        Head(title, 52, after=22), Para("尊敬的仲裁员：" if labour else "审判员：", 0),
        Para(f"{who.firm}接受{case.office.centre}指派，委派我担任{me}{case.client.name}诉{dispute.opponent}{case.about}一案的委托代理人。"
             "根据庭审查明的事实和法律规定，提出如下代理意见："),
        *body, Para(f"综上，{me}的请求有事实和法律依据，请{'仲裁庭' if labour else '法庭'}依法支持。"), Gap(26),
        Para(f"委托代理人：{sign('lawyer', who.name, mark)}", 0, "right"), Para(who.firm, 0, "right"),
        Para(date("statement", case.on("statement"), "ar"), 0, "right"),
    )  # fmt: skip
    return Doc("representation_statement", title, blocks, FIRMS[case.office.house], who.name)


def outcome(case: Case, *, title: str = "") -> Doc:
    """民事判决书 or 仲裁裁决书, or what `title` says."""
    dispute, person, words, unit = _dispute(case), case.client, case.words, organ(case)
    labour = case.kind == "labour_arbitration"
    me, you = ("申请人", "被申请人") if labour else ("原告", "被告")
    title = title or ("仲 裁 裁 决 书" if labour else "民 事 判 决 书")
    end = (
        "对本裁决不服的，可以自收到裁决书之日起十五日内向有管辖权的人民法院起诉；期满不起诉的，裁决书发生法律效力。" if labour
        else "如不服本判决，可以在判决书送达之日起十五日内向本院递交上诉状，上诉于上一级人民法院。"
    )  # fmt: skip
    blocks = (
        Head(unit, 44), Head(title, 52), Para(case.court_number, 0, "right", 27), Gap(8),
        Para(f"{me}：{person.name}，{person.sex}，{person.age_line}出生，汉族，住{person.address}。"),
        Para(f"委托{'' if labour else '诉讼'}代理人：{case.lawyer.name}，{case.lawyer.firm}律师（法律援助）。"),
        Para(f"{you}：{dispute.opponent}，{dispute.opponent_about}。"),
        Para(f"{me}{person.name}与{you}{dispute.opponent}{case.about}一案，{'本委' if labour else '本院'}于{date('', case.on('accepted'), 'ar')}"
             f"{'受理后，依法由仲裁员独任审理' if labour else words.get('tried_as', '立案后，依法适用简易程序')}，公开开庭进行了审理。本案现已审理终结。"),
        *(Para(f) for f in dispute.found), Para(f"{'本委' if labour else '本院'}认为，{dispute.reasons}"), *(Para(r) for r in dispute.result), Para(end),
        Gap(10), Para(f"{'仲 裁 员' if labour else '审 判 员'}　{words['judge']}", 0, "right"),
        Closing((date("judgment", case.on("judgment"), "zh"),), Seal(unit), before=16), Para(f"书 记 员　{words['court_clerk']}", 0, "right"),
    )  # fmt: skip
    kind = "arbitral_award" if labour else "judgment"
    return Doc(kind, title.replace(" ", ""), blocks, COURT, number="- {n} -")


def risk_notice(case: Case) -> Doc:
    labour = case.kind == "labour_arbitration"
    name = "仲裁风险告知书" if labour else "诉讼风险告知书"
    texts = (
        "请求要适当，超出法律规定的部分不会得到支持，由此增加的费用自行负担；", "应当在规定期限内举证，证据不充分的，要承担不利后果；",
        "无正当理由不到庭或者中途退庭的，按撤回处理；", "超过时效期间，对方提出抗辩的，请求可能被驳回；", "对方没有财产可供执行的，权利可能暂时不能实现。",
    )  # fmt: skip
    blocks = (
        Head(name, 48, after=20), Para(f"{hand(case.client.name)}：为便于你正确行使权利，现将可能遇到的风险告知如下："),
        *(Para(f"{i}．{t}") for i, t in enumerate(texts, 1)), Gap(40),
        Para(f"以上内容已经知晓。　受援人：{sign('recipient', case.client.name)}　{date('', case.on('recipient_notice'), 'slot')}", 0, "right"),
    )  # fmt: skip
    return Doc("litigation_risk_notice", name, blocks, PLAIN, case.office.clerk)


def supplement(case: Case) -> Doc:
    """补正: what is still wanted; the days until it comes do not count."""
    from sample_scans.generator import houses

    office = case.office
    blocks = (
        Head("补充材料通知书", 50), Para(houses.number(case, "补"), 0, "right", 25), Gap(20), Para(f"{case.client.name}：", 0),
        Para(f"你于{date('', case.on('application'), 'ar')}提出的{case.about}法律援助申请，经审查，尚缺下列材料：{case.words['wanted']}。请自收到本通知"
             "之日起七日内补充提交。补充材料所需时间不计入审查期限；逾期未补充又无正当理由的，视为撤销申请。"),
        Closing((office.centre, date("supplement", case.on("supplement"), houses.style(case, "issue"))), Seal(office.centre)), Bar(),
        Para(f"签收人：{sign('recipient', case.client.name)}　　补充材料收到日期：{date('', case.on('supplemented'), 'slot')}　接收人："
             f"{sign('handler', office.clerk)}", 0),
    )  # fmt: skip
    return Doc("supplement_notice", "补充材料通知书", blocks, houses.look(case), office.clerk)


def opponent_answer(case: Case, points: Sequence[str]) -> Doc:
    """The other party's answer: no statement of the client's lawyer."""
    dispute = _dispute(case)
    marks = "一二三四"
    blocks = (
        Head("民事答辩状", 48, after=24), Para(f"答辩人（被告）：{dispute.opponent}，{dispute.opponent_about}。"),
        Para(f"被答辩人（原告）：{case.client.name}，住{case.client.address}。"), Para(f"答辩人就被答辩人所诉{case.about}一案，答辩如下："),
        *(Para(f"{marks[i]}、{p}") for i, p in enumerate(points)), Para("请求驳回原告的诉讼请求。"), Para(f"此致\n{organ(case)}", 2),
        Para(f"答辩人：{ink(dispute.opponent)}", 0, "right"), Para(date("", case.on("summons"), "ar"), 0, "right"),
    )  # fmt: skip
    return Doc("answer", "民事答辩状", blocks, PLAIN, dispute.opponent)


def mediation(case: Case, terms: Sequence[str]) -> Doc:
    """民事调解书 of the court."""
    dispute, person, words, unit = _dispute(case), case.client, case.words, organ(case)
    blocks = (
        Head(unit, 44), Head("民 事 调 解 书", 52), Para(case.court_number, 0, "right", 27), Gap(8),
        Para(f"原告：{person.name}，{person.sex}，{person.age_line}出生，汉族，住{person.address}。"),
        Para(f"委托诉讼代理人：{case.lawyer.name}，{case.lawyer.firm}律师（法律援助）。"),
        Para(f"被告：{dispute.opponent}，{dispute.opponent_about}。"),
        Para(f"原告{person.name}与被告{dispute.opponent}{case.about}一案，本院于{date('', case.on('accepted'), 'ar')}立案。审理过程中，经本院主持调解，"
             "当事人自愿达成如下协议："),
        *(Para(t) for t in terms), Para("上述协议不违反法律规定，本院予以确认。本调解书经各方当事人签收后，即具有法律效力。"), Gap(10),
        Para(f"审 判 员　{words['judge']}", 0, "right"), Closing((date("judgment", case.on("judgment"), "zh"),), Seal(unit), before=16),
        Para(f"书 记 员　{words['court_clerk']}", 0, "right"),
    )  # fmt: skip
    return Doc("mediation_statement", "民事调解书", blocks, COURT)
