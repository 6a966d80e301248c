"""s10: loan, civil, ended by mediation. Assigned, met, agreed and even closed before approval; no notice to the client."""

from sample_scans.generator import aid_forms, aid_letters, civil_papers, closing_papers, court_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import CANGSHUI
from sample_scans.generator.facts import Case, Dispute, Lawyer, Person, day
from sample_scans.generator.wear import Scan

DISPUTE = Dispute(
    "民间借贷纠纷",
    "郝大路",
    "男，1982年8月30日出生，汉族，住沧水县城南街道电站家属院",
    ("判令被告偿还借款本金38000元", "判令被告自起诉之日起按一年期贷款市场报价利率支付逾期利息", "诉讼费由被告负担"),
    (
        "2020年3月，被告郝大路以承包鱼塘缺少资金为由，向原告借款38000元，原告将出售生猪的货款分两次以现金和转账方式交付，被告出具借条一张，承诺年底归还。",
        "借款到期后，原告多次上门催要，被告以鱼塘亏损为由推脱，后更换电话。为维护合法权益，特诉至贵院。",
    ),
    (
        ("借条一张", "被告出具，原告持有", "证明借款38000元及还款期限"),
        ("农村信用社转账凭条", "信用社打印", "证明转账交付20000元"),
        ("催款短信截图", "原告手机", "证明多次催要"),
    ),
    (
        ("借钱的事情讲一下。", "他是我表侄女婿，说包鱼塘，我卖猪的钱有一万八现金，信用社转了两万，他当着我写的借条。"),
        ("还过没有？", "一分没还，打电话不接。"),
        ("你想达到什么结果？", "本金要还，利息少点也行，能调解就调解，都是亲戚。"),
        ("证据在哪里？", "借条、转账条子、短信都带来了。"),
    ),
    (),
    (),
    (),
    "",
    (),
)

CASE = Case(
    "s10", "civil", "litigation", "application", "R1",
    Person("田素贞", "女", day("1956-1-25"), "沧水县大垭乡枫树坪村五社", "999915195601250042", "19900041156", "务农", "文盲"),
    Lawyer("白云飞", "四川沧江律师事务所", "19915201410667755", "19900040520", "乐小米"),
    CANGSHUI, 76,
    {
        "application": day("2022-10-10"), "assignment": day("2022-10-11"), "lawyer_notice": day("2022-10-11"), "agreement": day("2022-10-12"),
        "power_of_attorney": day("2022-10-12"), "interview": day("2022-10-12"), "filed": day("2022-10-14"), "accepted": day("2022-10-17"),
        "summons": day("2022-10-31"), "hearing": day("2022-11-14"), "judgment": day("2022-11-14"), "service": day("2022-11-16"),
        "closing": day("2022-11-16"), "closing_report": day("2022-12-5"), "review": day("2022-11-22"), "approval": day("2022-11-23"),
        "decision": day("2022-11-23"),
    },
    None, DISPUTE, "（2022）川9915民初541号",
    {
        "result": "调解", "reason": "郝大路2020年向我借了三万八千块卖猪的钱不还，我年纪大了不识字，没有钱请律师打官司。（本人口述，工作人员代填，本人捺印）",
        "family": "独居，儿子在外务工", "income": "350元", "burden": "种地收入少，常年腿痛买药", "brief": "田素贞2020年借给郝大路38000元，到期不还，起诉后经法院主持调解。",
        "house_talk": "b", "place": "沧水县法律援助处", "from": "10时00分", "to": "10时50分", "consent": "同意。", "rights": "听明白了。",
        "self": "老伴去世了，儿子在广东打工，自己种点地。", "more": "不要闹得太僵。", "judge": "景行止", "court_clerk": "云知意", "room": "沧水县人民法院诉调对接中心调解室",
        "matter": "庭前调解", "work": "约见一次，代书起诉状，协助立案，参加法院调解一次。", "outcome": "双方达成调解协议，被告分三期偿还38000元，当庭支付8000元。",
        "firm_head": "盖世英", "evaluator": "季无双",
    },
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    docs = (
        aid_forms.application(case, mark="finger"), aid_forms.identity(case), aid_forms.hardship(case), aid_forms.approval(case),
        aid_forms.decision(case), aid_letters.assignment(case).but(turn=180), aid_letters.aid_letter(case), aid_letters.lawyer_notice(case),
        aid_letters.agreement(case), aid_letters.mandate(case, mark="blank"), civil_papers.talk(case, title="约见笔录", by_hand=True), civil_papers.complaint(case),
        civil_papers.evidence_catalogue(case), civil_papers.exhibit("借  条", ("今借到田素贞人民币叁万捌仟元整（38000元），用于承包鱼塘，2020年12月31日前还清。",),
                                                              closing="郝大路 2020年3月16日", hand_written=True),
        civil_papers.slip("农村信用社转账凭条", (("交易日期", "2020年3月16日"), ("付款人", "田素贞"), ("收款人", "郝大路"), ("金额", "人民币20,000.00元"), ("摘要", "转账"))),
        civil_papers.exhibit("催款短信截图", ("2021年1月5日：大路，钱说好年底给的。", "2021年5月20日：你再不给我就去告了。", "2022年8月2日：我腿痛要看病，先还一点。")).but(back=True),
        civil_papers.acceptance(case, title="受理通知书"), court_papers.summons(case, title="传票"),
        civil_papers.mediation(case, (
            "一、被告郝大路偿还原告田素贞借款本金38000元，当庭给付8000元，余款30000元于2023年1月15日、2023年6月30日前各给付15000元；",
            "二、原告自愿放弃利息请求；", "三、案件受理费减半收取375元，由被告负担。")),
        court_papers.service(case, what="民事调解书"), closing_papers.closing_report(case), closing_papers.feedback(case, mark="finger"),
    )  # fmt: skip
    findings = (
        {"rule": "DOC101", "about": "recipient_rights_notice", "note": "无受援人权利义务告知书"},
        {
            "rule": "DAT501",
            "about": "assignment_notice",
            "document_type": "assignment_notice",
            "note": "指派 2022-10-11 早于审批 2022-11-23",
        },
        {"rule": "DAT502", "note": "协议、约见 2022-10-12 早于审批 2022-11-23"},
        {"rule": "DAT503", "note": "结案 2022-11-16 早于审批 2022-11-23"},
        {
            "rule": "SGN402",
            "document_type": "power_of_attorney",
            "about": "power_of_attorney",
            "note": "授权委托书没有委托人签名、捺印",
        },
        {"rule": "DAT505", "constraint": "T01", "note": "申请 2022-10-10 至审批 2022-11-23 超过七日，无补正"},
    )
    traps = (
        {"rule": "DOC104", "document_type": "representation_statement", "reason": "调解结案，无代理词属正常（LA14）"},
        {"rule": "DOC111", "document_type": "judgment", "reason": "调解书代替判决书，没有开庭笔录"},
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "民事案件不要求阅卷笔录"},
        {"rule": "SGN402", "document_type": "aid_application", "reason": "申请人不识字，以捺印代替签名"},
    )
    return Binder(case, docs, Scan(skew=0.9, edge=16, numbering="machine", gradient=14), findings, traps)
