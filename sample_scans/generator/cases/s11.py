"""s11: wages, labour arbitration. No notice to the lawyer; papers supplied late and another centre's talk are lawful."""

from sample_scans.generator import aid_forms, aid_letters, civil_papers, closing_papers, court_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import WUCHUAN
from sample_scans.generator.facts import Case, Dispute, Lawyer, Person, day
from sample_scans.generator.wear import Scan

DISPUTE = Dispute(
    "追索劳动报酬争议",
    "南屏市锦绣园林绿化有限公司",
    "住所地南屏市梧川区榕树街道绿茵路19号，法定代表人邬有道",
    (
        "裁决被申请人支付2024年1月至5月拖欠工资23500元",
        "裁决被申请人支付未订立书面劳动合同的二倍工资差额18800元",
        "裁决被申请人支付经济补偿4700元",
    ),
    (
        "申请人于2023年9月4日入职被申请人处从事苗木养护，月工资4700元，双方未订立书面劳动合同。自2024年1月起，被申请人以工程款未到位为由拖欠工资。",
        "2024年6月3日，申请人因被申请人拖欠工资提出解除劳动关系，被申请人拒不支付。",
    ),
    (
        ("工作证、考勤表", "申请人提供", "证明存在劳动关系"),
        ("银行工资流水", "银行打印", "证明月工资4700元及拖欠月份"),
        ("项目部工资欠条", "被申请人项目部出具", "证明拖欠23500元"),
        ("解除劳动关系通知及快递单", "申请人提供", "证明因欠薪解除"),
    ),
    (
        ("在公司干什么，干了多久？", "去年九月去的，种树浇水，一个月四千七，没签过合同，干到今年六月三号。"),
        ("欠多少，有条子吗？", "五个月，两万三千五，项目部盖章打的欠条。"),
        ("你的请求是什么？", "工资、没签合同的双倍、补偿，都按法律来。"),
        ("证据带齐了没有？", "工作证、流水、欠条、快递单都在这里。"),
    ),
    (
        ("申请人", "请求同申请书，工资23500元、二倍工资差额18800元、补偿4700元。"),
        ("被申请人", "欠工资认可，但双方是临时用工，不存在二倍工资。"),
        ("仲裁员", "申请人举证。"),
        ("代理人", "提交工作证、考勤表、银行流水、欠条、解除通知及快递单。"),
        ("被申请人", "真实性没有异议，考勤表是项目部自己做的。"),
        ("仲裁员", "被申请人举证。"),
        ("被申请人", "没有证据提交。"),
        ("仲裁员", "问被申请人：是否与申请人签订过合同？"),
        ("被申请人", "没有，人员流动大。"),
        ("仲裁员", "问申请人：考勤由谁管理？"),
        ("申请人", "项目部的带班，每天打卡。"),
    ),
    (
        (
            "双方存在劳动关系",
            "申请人接受被申请人管理，按月领取工资，有工作证、考勤和流水佐证，符合《劳动和社会保障部关于确立劳动关系有关事项的通知》的规定。",
        ),
        (
            "被申请人应当支付拖欠的工资",
            "欠条载明数额，被申请人当庭认可，依照《中华人民共和国劳动合同法》第三十条应当足额支付。",
        ),
        (
            "应当支付二倍工资差额和经济补偿",
            "未订立书面合同超过一个月不满一年，适用《中华人民共和国劳动合同法》第八十二条；因欠薪解除，适用该法第三十八条、第四十六条。",
        ),
    ),
    (
        "申请人诉称：被申请人拖欠工资，未订立书面劳动合同，请求支付工资、二倍工资差额和经济补偿。被申请人辩称：欠薪属实，双方系临时用工。",
        "经审理查明：申请人于2023年9月4日至2024年6月3日在被申请人处从事苗木养护，月工资4700元，未订立书面劳动合同，被申请人拖欠2024年1月至5月工资23500元。",
    ),
    "用人单位应当及时足额支付劳动报酬并依法订立书面劳动合同。根据《中华人民共和国劳动合同法》第三十条、第四十六条、第八十二条和《中华人民共和国劳动争议调解仲裁法》"
    "第四十九条之规定，裁决如下：",
    (
        "一、被申请人自本裁决书生效之日起十日内支付申请人工资23500元；",
        "二、被申请人支付申请人二倍工资差额18800元、经济补偿4700元。",
    ),
)
HELPER = Lawyer("蒙晓月", "", "", "", "蓝天明")

CASE = Case(
    "s11", "labour_arbitration", "arbitration", "application", "R2",
    Person("覃阿兰", "女", day("1976-11-30"), "南屏市梧川区榕树街道三岔村9组", "999958197611300026", "19900066081", "农民工"),
    Lawyer("韦一笑", "广西榕江律师事务所", "19958202010334466", "19900077802", "韦小北"),
    WUCHUAN, 140,
    {
        "application": day("2024-6-11"), "supplement": day("2024-6-13"), "supplemented": day("2024-6-20"), "ask": day("2024-6-13"),
        "helped": day("2024-6-18"), "review": day("2024-6-24"), "approval": day("2024-6-25"), "decision": day("2024-6-25"),
        "assignment": day("2024-6-26"), "recipient_notice": day("2024-6-28"), "agreement": day("2024-6-28"), "power_of_attorney": day("2024-6-28"),
        "interview": day("2024-6-28"), "filed": day("2024-7-2"), "accepted": day("2024-7-8"), "summons": day("2024-7-15"), "hearing": day("2024-7-30"),
        "statement": day("2024-7-30"), "judgment": day("2024-8-20"), "service": day("2024-8-23"), "closing": day("2024-8-23"),
        "closing_report": day("2024-9-10"),
    },
    None, DISPUTE, "南梧劳人仲案〔2024〕286号",
    {
        "result": "裁决", "reason": "我在锦绣园林公司种树，公司欠了五个月工资两万三千五百元，没有签合同。我是农民工，要讨薪，不懂法律，请求援助。",
        "brief": "覃阿兰2023年9月起为锦绣园林公司养护苗木，被拖欠五个月工资，申请劳动仲裁。",
        "opinion": "进城务工人员追索劳动报酬，依照法律援助法第四十二条免予核查经济困难状况，材料已补齐，拟同意援助。", "agreed": "同意给予援助。",
        "organ": "南屏市梧川区劳动人事争议仲裁委员会", "wanted": "用人单位名称、拖欠工资的证明材料",
        "house_talk": "b", "place": "梧川区法律援助中心", "from": "9时20分", "to": "10时15分", "consent": "同意你代理。", "rights": "明白，举证的事我配合。",
        "self": "丈夫也在外打工，两个孩子上学。", "more": "希望早点拿到钱。", "judge": "庄周梦", "court_clerk": "黄鹂", "room": "仲裁第二庭",
        "opponent_there": "委托代理人卜算子（公司人事）", "debate": "双方具备劳动关系的全部特征，欠薪事实清楚，未签书面合同应支付二倍工资差额，因欠薪解除应支付补偿。",
        "debate_other": "公司困难，愿意分期付工资，不同意其他请求。", "last_words": "坚持请求。",
        "work": "约见一次，代书仲裁申请书，整理证据四组，参加仲裁庭审一次，提交代理词。", "outcome": "裁决支持全部请求，合计47000元。", "firm_head": "农丰年", "evaluator": "陆小曼",
    },
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    helped = [
        ("我们是百里县法律援助中心的，梧川区法律援助中心委托我们协助约见你，由我们先做个谈话笔录，你同意吗？", "同意，我现在在百里县妹妹家照看病人，回不去。"),
        ("告知你：你有知情、投诉的权利，应当如实陈述；打官司有举证和执行的风险。清楚吗？", "清楚。"),
        ("个人情况讲一下。", "覃阿兰，1976年11月30日生，三岔村9组的，农民工。"),
        ("被欠薪的经过？", "给锦绣园林公司种树，从去年九月干到今年六月，一月到五月的工资没发，一共两万三千五。"),
        ("你想要什么？", "把工资要回来，其他的听律师的。"), ("有什么凭证？", "欠条和银行流水，复印件给你们寄过去。"),
    ]  # fmt: skip
    docs = (
        aid_forms.application(case), aid_forms.identity(case), civil_papers.supplement(case), aid_letters.cooperation(case, to="百里县法律援助中心", when="ask"),
        civil_papers.talk(case, when="helped", title="谈话笔录（协作）", lawyer=HELPER, questions=helped, place="百里县法律援助中心", unit="百里县法律援助中心").but(copy=True),
        aid_forms.approval(case), aid_forms.decision(case), aid_letters.assignment(case), aid_letters.aid_letter(case), aid_letters.recipient_notice(case),
        aid_letters.agreement(case), aid_letters.mandate(case), civil_papers.talk(case, title="约见受援人笔录"), civil_papers.complaint(case),
        civil_papers.evidence_catalogue(case, title="证据材料清单"),
        civil_papers.slip("工 作 证", (("单位", "锦绣园林绿化有限公司"), ("姓名", "覃阿兰"), ("工种", "苗木养护"), ("编号", "JX-0419"))),
        civil_papers.slip("个人账户交易明细", (("2023-10-15", "工资 4700.00"), ("2023-11-15", "工资 4700.00"), ("2023-12-16", "工资 4700.00"), ("2024-01-18", "工资 4700.00"))),
        civil_papers.exhibit("欠  条", ("今欠覃阿兰2024年1月至5月工资共计贰万叁仟伍佰元整（23500元），待甲方拨款后支付。",), closing="锦绣园林绿茵路项目部 2024年6月1日", hand_written=True),
        civil_papers.exhibit("解除劳动关系通知", ("南屏市锦绣园林绿化有限公司：因贵公司拖欠本人五个月工资，依照《中华人民共和国劳动合同法》第三十八条，本人通知解除劳动关系。",),
                             closing="覃阿兰 2024年6月3日"),
        civil_papers.acceptance(case, title="仲裁受理通知书"), court_papers.summons(case, title="仲裁开庭通知书", organ=case.words["organ"]),
        civil_papers.hearing(case, title="仲裁庭审笔录"), civil_papers.statement(case), civil_papers.outcome(case),
        court_papers.service(case, what="仲裁裁决书", organ=case.words["organ"]), closing_papers.closing_report(case).but(back=True),
    )  # fmt: skip
    findings = ({"rule": "DOC102", "about": "lawyer_rights_notice", "note": "无律师权利义务告知书"},)
    traps = (
        {"rule": "DAT505", "constraint": "T01", "reason": "补正期间不计入审查期限（LA11）"},
        {"rule": "DAT502", "document_type": "client_talk", "reason": "异地协作机构受托约见，早于审批（LA06）"},
        {"rule": "DAT504", "constraint": "D06", "reason": "协作机构的谈话早于指派（LA06）"},
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "仲裁案件不要求阅卷笔录"},
        {"rule": "DOC111", "document_type": "hardship_statement", "reason": "进城务工人员追索劳动报酬免予核查经济困难"},
    )
    return Binder(case, docs, Scan(skew=0.8, grey=True, numbering="pencil", streak=True, edge=225), findings, traps)
