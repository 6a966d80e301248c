"""Papers that only some files hold: of the centre's window, of the police, of boards and mediators."""

from __future__ import annotations

from collections.abc import Sequence

from sample_scans.generator.aid_forms import label, organ
from sample_scans.generator.blocks import Bar, Break, Cell, Closing, Doc, Gap, Head, Look, Para, Press, Row, Seal, Table
from sample_scans.generator.court_papers import RECORD
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import date, hand, ink, sign
from sample_scans.generator.police_papers import POLICE, PROCURACY

BOARD = Look(
    body="song", title="serif-bold", size=30, left=170, right=160, top=160, leading=1.75, paper=(252, 251, 248)
)


def intake(case: Case) -> Doc:
    rows = (
        Row((label("来访人", 0.16), Cell(ink(case.client.name), 0.34), label("电话", 0.14), Cell(ink(case.client.phone), 0.36)), 66),
        Row((label("来访时间", 0.16), Cell(date("", case.on("application"), "slot"), 0.34), label("方式", 0.14), Cell("■来访 □来电 □网络", 0.36)), 66),
        Row((label("咨询内容", 0.16), Cell(ink(case.words["reason"]), 0.84, top=True)), 300),
        Row((label("解答意见", 0.16), Cell(ink("告知可以申请法律援助，一次性告知所需材料。"), 0.84, top=True)), 160),
        Row((label("接待人", 0.16), Cell(sign("handler", case.office.clerk), 0.84)), 80),
    )  # fmt: skip
    return Doc(
        "intake_record",
        "来访登记表",
        (Head("法律援助来访登记表", 44, after=20), Table(rows, 25)),
        BOARD,
        case.office.clerk,
    )


def service_return(case: Case, *, what: str) -> Doc:
    rows = (
        Row((label("送达文书", 0.22), Cell(ink(what), 0.78)), 70), Row((label("受送达人", 0.22), Cell(ink(case.client.name), 0.78)), 70),
        Row((label("收件人签名", 0.22), Cell(f"{sign('addressee', case.client.name, 'both')}　{date('', case.on('recipient_notice'), 'slot')}", 0.78)), 110),
        Row((label("送达人", 0.22), Cell(sign("handler", case.office.clerk), 0.78)), 80),
    )  # fmt: skip
    blocks = (Head(case.office.centre, 40), Head("送 达 回 证", 48, after=24), Table(rows, 26))
    return Doc("aid_service_return", "法律援助送达回证", blocks, BOARD, case.office.clerk)


def agent_mandate(case: Case, *, agent: str, tie: str) -> Doc:
    """The applicant lets a relative apply for him."""
    blocks = (
        Head("法律援助申请委托书", 46, after=30), Para(f"委托人：{hand(case.client.name)}　　被委托人：{hand(agent)}（与委托人系{hand(tie)}关系）"),
        Para(f"本人因{hand('住院治疗')}不能到场，委托上列人员代为办理{hand(case.about)}法律援助申请手续，代为提交材料、签收文书。"), Gap(50),
        Para(f"委托人：{sign('applicant', case.client.name, 'over')}　　被委托人：{sign('guardian', agent)}", 0, "right"),
        Para(date("", case.on("application"), "slot"), 0, "right"),
    )  # fmt: skip
    return Doc("application_mandate", "法律援助申请委托书", blocks, BOARD, agent)


def refusal(case: Case, *, when: str, why: str) -> Doc:
    office = case.office
    blocks = (
        Head("不予法律援助决定书", 48), Para(f"{office.short}援不予字〔{case.on(when).year}〕第{case.number - 9:04}号", 0, "right", 24), Gap(20),
        Para(f"{hand(case.client.name)}：", 0), Para(f"你就{hand(case.about)}一案提出的法律援助申请，经审查，{why}，决定不予法律援助。"),
        Para("如有异议，可以自收到本决定书之日起向主管司法行政部门提出；补充材料后也可以重新申请。"),
        Closing((office.centre, date("", case.on(when), "zh")), Seal(office.centre)),
    )  # fmt: skip
    return Doc("aid_refusal", "不予法律援助决定书", blocks, BOARD, office.clerk)


def referral(case: Case, *, by: str, when: str) -> Doc:
    blocks = (
        Head("转交法律援助申请公函", 46), Gap(20), Para(f"{case.office.centre}：", 0),
        Para(f"{hand(case.client.name)}因{hand(case.about)}向我单位提出法律援助申请，现将其申请书及有关材料转去，请依法审查。"),
        Closing((by, date("", case.on(when), "ar")), Seal(by)),
    )  # fmt: skip
    return Doc("referral_letter", "转交法律援助申请公函", blocks, BOARD)


def registration(case: Case) -> Doc:
    office = case.office
    rows = (
        Row((label("案由", 0.18), Cell(case.about, 0.32), label("案件来源", 0.18), Cell("■报案 □移送 □发现", 0.32)), 66),
        Row((label("报案人", 0.18), Cell(case.words["reporter"], 0.32), label("接报时间", 0.18), Cell(date("", case.on("caught"), "ar"), 0.32)), 66),
        Row((label("简要案情", 0.18), Cell(case.words["reported_facts"], 0.82, top=True)), 260),
        Row((label("受案意见", 0.18), Cell(f"属本单位管辖，建议立案侦查。\n受案民警：{sign('officer', case.words['officers'].split('、')[0])}", 0.82)), 150),
        Row((label("审批", 0.18), Cell(f"同意。\n{office.police}", 0.82, seal=Seal(office.police))), 220),
    )  # fmt: skip
    return Doc(
        "case_registration", "受案登记表", (Head("受 案 登 记 表", 48, after=20), Table(rows, 25)), POLICE, copy=True
    )


def summons_warrant(case: Case) -> Doc:
    office = case.office
    blocks = (
        Head(office.police, 42), Head("传　唤　证", 54), Para(f"{office.short}公（刑）传唤字〔{case.on('caught').year}〕{case.number + 71}号", 0, "right", 24), Gap(16),
        Para(f"根据《中华人民共和国刑事诉讼法》第一百一十九条，兹传唤涉嫌{case.about}的{case.client.name}到{office.police}接受讯问。"),
        Closing((office.police, date("", case.on("caught"), "zh")), Seal(office.police)), Gap(30), Bar(),
        Para(f"被传唤人：{sign('suspect', case.client.name, 'over')}　到达时间：{date('', case.on('caught'), 'slot')}", 0),
    )  # fmt: skip
    return Doc("summons_warrant", "传唤证", blocks, POLICE, case.client.name, copy=True)


def sentencing_proposal(case: Case) -> Doc:
    assert case.crime
    office = case.office
    blocks = (
        Head(office.procuratorate, 44), Head("量 刑 建 议 书", 52), Para(f"{office.short}检量建〔{case.on('indictment').year}〕{case.number + 30}号", 0, "right", 24), Gap(12),
        Para(f"被告人{case.client.name}涉嫌{case.about}一案，经本院审查认为，其行为触犯《中华人民共和国刑法》{case.crime.articles}。{case.words['weighed']}"
             f"根据《中华人民共和国刑事诉讼法》第一百七十六条，建议判处{case.words['ask']}。"),
        Para(f"此致\n{office.court}", 2), Closing((office.procuratorate, date("", case.on("indictment"), "zh")), Seal(office.procuratorate)),
    )  # fmt: skip
    return Doc("sentencing_proposal", "量刑建议书", blocks, PROCURACY)


def sent_back(case: Case) -> Doc:
    office = case.office
    blocks = (
        Head(office.procuratorate, 44), Head("补充侦查决定书", 52), Para(f"{office.short}检补侦〔{case.year}〕{case.number + 8}号", 0, "right", 24), Gap(16), Para(f"{office.police}：", 0),
        Para(f"你局移送审查起诉的{case.client.name}{case.about}一案，经审查认为部分事实不清，根据《中华人民共和国刑事诉讼法》第一百七十五条，决定退回你局"
             "补充侦查，期限一个月。"),
        Closing((office.procuratorate, date("", case.on("sent_back"), "zh")), Seal(office.procuratorate)),
    )  # fmt: skip
    return Doc("supplementary_investigation", "补充侦查决定书", blocks, PROCURACY, copy=True)


def clean_record(case: Case) -> Doc:
    office = case.office
    blocks = (
        Gap(60), Head("违法犯罪记录证明", 46, after=30), Para(f"兹证明{case.client.name}，{case.client.sex}，公民身份号码{case.client.number}，经查询，截至出具之日未发现"
                                                       "其有违法犯罪记录。"),
        Closing((f"{office.police}刑事侦查大队", date("", case.on("prosecution_opinion"), "ar")), Seal(f"{office.police}", "户籍业务专用章", "oval")),
    )  # fmt: skip
    return Doc("expert_opinion", "违法犯罪记录证明", blocks, POLICE, copy=True)


def board_decision(case: Case, *, by: str, title: str, number: str, lines: Sequence[str]) -> Doc:
    """What an authority decided and the client fights."""
    blocks = (
        Head(by, 44), Head(title, 50), Para(number, 0, "right", 25), Gap(14), *(Para(t) for t in lines),
        Closing((by, date("", case.on("decided"), "zh")), Seal(by)),
    )  # fmt: skip
    return Doc("administrative_decision", title, blocks, BOARD, copy=True)


def court_record(
    case: Case,
    *,
    parties: str,
    lines: Sequence[tuple[str, str]],
    title: str = "庭审笔录",
    procedure: str = "",
    marks: Sequence[str] = ("both",),
) -> Doc:
    """A hearing record with nothing but the lines given."""
    words = case.words
    blocks = (
        Head(organ(case), 40), Head(title, 46), Para(f"时间：{date('hearing', case.on('hearing'), 'ar')}　{words['span']}", 0), Para(f"地点：{words['room']}", 0),
        Para(f"案号：{case.court_number}　案由：{case.about}{'　适用程序：' + procedure if procedure else ''}", 0), Para(parties, 0), Gap(10),
        *(Para(f"{w}：{t}", 0) for w, t in lines), Gap(16),
        Para(f"当事人：{sign('recipient', case.client.name, marks[0])}　　审判长：{sign('judge', words['judge'])}", 0), Gap(8),
        Para(f"书记员：{sign('clerk', words['court_clerk'])}", 0),
    )  # fmt: skip
    return Doc("hearing_record", title, blocks, RECORD, case.client.name, number="第{n}页", copy=True)


def mediated(case: Case, *, committee: str, witness: str, facts: str, terms: Sequence[str], opponent: str) -> Doc:
    """人民调解协议书, with seals on one another, thumbs on every name and a seal across the edges."""
    blocks = (
        Head("人民调解协议书", 50), Para(f"（{case.year}）{case.office.short}人调字第{case.number}号", 0, "right", 24), Gap(10),
        Para(f"当事人：{case.client.name}，{case.client.sex}，身份证号{case.client.number}，住{case.client.address}。"),
        Para(f"当事人：{opponent}。"), Para(f"纠纷主要事实：{facts}"), Para("经调解，双方自愿达成如下协议："), *(Para(t) for t in terms),
        Break(), Para("履行方式、期限：按上列约定。本协议一式三份，双方当事人、人民调解委员会各持一份，自双方签名（捺印）之日起生效。"), Gap(30),
        Para(f"当事人：{sign('recipient', case.client.name, 'over')}　　　当事人：{sign('witness', case.words['opponent_person'], 'both')}", 0), Gap(30),
        Para(f"人民调解员：{sign('mediator', witness)}　　记录人：{sign('clerk', case.words['mediation_clerk'])}", 0),
        Closing((committee, date("judgment", case.on("judgment"), "zh")), Seal(committee)), Press("seal", 0.53, -96, Seal(case.words["stamp_with"])),
        Press("seal", 0.82, -170, Seal(case.words["opponent_stamp"], shape="square")), Press("finger", 0.64, -60),
    )  # fmt: skip
    return Doc(
        "mediation_statement", "人民调解协议书", blocks, BOARD, case.words["mediation_clerk"], edge=Seal(committee)
    )


def ruling(case: Case) -> Doc:
    unit = organ(case)
    blocks = (
        Head(unit, 44), Head("民 事 裁 定 书", 52), Para(case.words["ruling_number"], 0, "right", 26), Gap(10),
        *(Para(t) for t in case.words["ruling"].split("\n")), Para(f"审 判 员　{case.words['judge']}", 0, "right"),
        Closing((date("", case.on("ruling"), "zh"),), Seal(unit), before=16), Para(f"书 记 员　{case.words['court_clerk']}", 0, "right"),
    )  # fmt: skip
    return Doc("ruling", "民事裁定书", blocks, BOARD, copy=True)
