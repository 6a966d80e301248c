"""Papers of the court in criminal cases: summons, hearing record, judgment, service."""

from __future__ import annotations

from sample_scans.generator.blocks import Cell, Closing, Doc, Gap, Head, Look, Para, Row, Seal, Table
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import date, ink, sign
from sample_scans.generator.police_papers import _measures, _who

COURT = Look(body="song", title="serif-bold", size=31, left=175, right=165, leading=1.8, paper=(253, 252, 247))
RECORD = Look(body="song", title="serif-bold", size=27, left=160, right=150, leading=1.62, top=140)


def summons(case: Case, *, title: str = "出庭通知书", organ: str = "") -> Doc:
    organ, when = organ or case.office.court, case.on("hearing")
    hour = case.words.get("hour", "上午9时30分")
    if title == "传票":
        rows = tuple(
            Row((Cell(k, 0.25, label=True), Cell(v, 0.75)), 88)
            for k, v in (
                ("案　　号", case.court_number), ("案　　由", case.about), ("被传唤人", case.client.name),
                ("传唤事由", case.words.get("matter", "开庭")), ("应到时间", f"{date('' if 'matter' in case.words else 'hearing', when, 'ar')}{hour}"),
                ("应到场所", f"{case.words['room']}"), ("注意事项", "须携带身份证件及本传票准时到庭；收到传票后应当在送达回证上签名。"),
            )
        )  # fmt: skip
        body: tuple = (Table(rows, 27),)
    else:
        body = (
            Para(case.court_number, 0, "right", 25), Gap(20), Para(f"{case.lawyer.name}：", 0),
            Para(f"本{'委' if '仲裁' in organ else '院'}受理的{case.client.name}{case.about}一案，定于{date('hearing', when, 'ar')}{hour}在"
                 f"{case.words['room']}公开开庭审理。你作为{'辩护人' if case.kind == 'criminal' else '委托代理人'}，请准时出庭。"),
            Para("特此通知。"),
        )  # fmt: skip
    issued = date("", case.on("summons"), "zh")
    blocks = (Head(organ, 46), Head(title, 52, after=26), *body, Closing((organ, issued), Seal(organ)))
    return Doc("hearing_summons", title, blocks, COURT, case.lawyer.name)


def hearing(case: Case, *, title: str = "庭审笔录") -> Doc:
    """A full record of ordinary (or simplified) procedure: investigation, evidence, debate, last statement."""
    assert case.crime
    crime, person, words = case.crime, case.client, case.words
    head = (
        f"时间：{date('hearing', case.on('hearing'), 'ar')}　{words.get('span', '9时30分至11时20分')}",
        f"地点：{words['room']}　　是否公开审理：公开",
        f"案号：{case.court_number}　　案由：{crime.charge}",
        f"审判人员：审判长{words['judge']}，人民陪审员{words['jurors']}　　书记员：{words['court_clerk']}",
        f"公诉人：{words['prosecutor']}　　辩护人：{case.lawyer.name}（法律援助）",
    )
    facts = crime.facts[0].format(who=f"被告人{person.name}", name="被告人")[:60]
    lines = [
        ("书记员", "请旁听人员遵守法庭规则。报告审判长，公诉人、辩护人均已到庭，准备工作就绪。"),
        (
            "审判长",
            f"（击法槌）现在开庭。传被告人{person.name}到庭。核对被告人身份：姓名、出生日期、住址、何时被采取强制措施？",
        ),
        ("被告人", f"{person.name}，{person.age_line}生，住{person.address}。强制措施的时间和起诉书上写的一样。"),
        ("审判长", "起诉书副本收到没有？合议庭组成人员和诉讼权利已经告知，是否申请回避？"),
        ("被告人", "收到了，不申请回避。"),
        ("审判长", "下面进行法庭调查。首先由公诉人宣读起诉书。"),
        ("公诉人", f"（宣读起诉书，略）指控{facts}……"),
        ("审判长", "被告人对指控的事实和罪名有无意见？"),
        ("被告人", words["court_answer"]),
        ("公诉人", "讯问被告人：案发当时的经过，再向法庭说明一下。"),
        ("被告人", crime.told[0][1]),
        ("辩护人", f"发问：{words['ask_question']}"),
        ("被告人", words["ask_answer"]),
        ("审判长", "现在由公诉人举证，被告人、辩护人质证。"),
        ("公诉人", "出示：" + "；".join(n for n, _ in crime.evidence) + "。以上证据已在庭前会议向辩方展示。"),
        ("被告人", "没有意见。"),
        ("辩护人", words["cross"]),
        ("审判长", "法庭调查结束，进行法庭辩论。"),
        (
            "公诉人",
            f"发表公诉意见：本案事实清楚，证据确实、充分，{crime.finding.format(who='被告人', name=person.name)}请合议庭依法判处。",
        ),
        ("辩护人", "发表辩护意见：" + "；".join(name for name, _ in crime.points) + "。详见书面辩护词。"),
        ("公诉人", "辩护人所述量刑情节，公诉机关在起诉书中已予认定或者请法庭综合考虑，不再答辩。"),
        ("审判长", "法庭辩论终结，被告人作最后陈述。"),
        ("被告人", words["last_words"]),
        ("审判长", "现在休庭，合议庭评议后定期宣判。（击法槌）"),
    ]
    blocks = (
        Head(case.office.court, 42), Head(title, 46), *(Para(h, 0) for h in head), Gap(12),
        *(Para(f"{who}：{text}", 0) for who, text in lines), Gap(16),
        Para(f"被告人：{sign('recipient', person.name, 'both')}　　审判长：{sign('judge', words['judge'])}", 0), Gap(8),
        Para(f"书记员：{sign('clerk', words['court_clerk'])}", 0),
    )  # fmt: skip
    return Doc("hearing_record", title, blocks, RECORD, person.name, number="第{n}页 共{total}页", copy=True)


def judgment(case: Case) -> Doc:
    assert case.crime
    crime, person, office, words = case.crime, case.client, case.office, case.words
    facts = crime.facts[0].format(who="被告人" + person.name, name=person.name)
    blocks = (
        Head(office.court, 46), Head("刑 事 判 决 书", 54), Para(case.court_number, 0, "right", 27), Gap(10),
        Para(f"公诉机关{office.procuratorate}。"), Para(f"被告人{_who(case)}。{_measures(case, office.police)}"),
        Para(f"辩护人{case.lawyer.name}，{case.lawyer.firm}律师（法律援助中心指派）。"),
        Para(f"{office.procuratorate}以{office.short}检刑诉〔{case.on('indictment').year}〕Z{case.number + 30}号起诉书指控被告人{person.name}犯"
             f"{crime.charge}，于{date('', case.on('indictment'), 'ar')}向本院提起公诉。{words.get('tried', '本院依法组成合议庭，公开开庭审理了本案。')}现已审理终结。"),
        Para(f"经审理查明，{facts}"),
        Para("上述事实，有" + "、".join(n for n, _ in crime.evidence) + "等证据证实，足以认定。"),
        Para(f"本院认为，被告人{person.name}的行为已构成{crime.charge}，公诉机关指控的罪名成立。{crime.finding.format(who='被告人' + person.name, name=person.name)}"
             f"辩护人提出的相关从宽意见，与查明的事实相符，予以采纳。依照《中华人民共和国刑法》{crime.articles}及相关量刑规定，判决如下："),
        Para(crime.sentence.format(name=person.name)),
        Para("如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向上一级人民法院提出上诉。"), Gap(20),
        Para(f"审　判　长　{words['judge']}", 0, "right"), Para(f"人民陪审员　{words['jurors'].split('、')[0]}", 0, "right"),
        Closing((date("judgment", case.on("judgment"), "zh"),), Seal(office.court), before=24),
        Para(f"书　记　员　{words['court_clerk']}", 0, "right"),
    )  # fmt: skip
    return Doc("judgment", "刑事判决书", blocks, COURT, number="- {n} -")


def service(case: Case, *, what: str, organ: str = "", who: str = "") -> Doc:
    organ = organ or case.office.court
    taker = who or case.lawyer.name
    rows = (
        Row((Cell("案由", 0.22, label=True), Cell(case.about, 0.38), Cell("案号", 0.12, label=True), Cell(case.court_number, 0.28)), 80),
        Row((Cell("送达文书\n名称和件数", 0.22, label=True), Cell(f"{what} 壹份", 0.78)), 90),
        Row((Cell("受送达人", 0.22, label=True), Cell(f"{taker}", 0.78)), 80),
        Row((Cell("受送达人\n签名及时间", 0.22, label=True),
             Cell(f"{sign('addressee', taker)}      {date('service', case.on('service'), 'slot')}", 0.78)), 120),
        Row((Cell("送达方式", 0.22, label=True), Cell("■直接送达　□邮寄送达　□留置送达", 0.78)), 80),
        Row((Cell("备考", 0.22, label=True), Cell("无", 0.78)), 90),
    )  # fmt: skip
    blocks = (
        Head(organ, 44),
        Head("送 达 回 证", 52, after=30),
        Table(rows, 26),
        Para(f"送达人：{ink(case.words['court_clerk'])}", 0),
    )
    return Doc("court_service_return", "送达回证", blocks, COURT, taker)
