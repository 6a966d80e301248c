"""s03: fraud, trial on the court's notice. No notice to the lawyer, no reading record, approval filled in after closing."""

from sample_scans.generator import aid_forms, aid_letters, closing_papers, court_papers, lawyer_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import LINQIAO
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="诈骗罪",
    articles="第二百六十六条",
    facts=(
        "2023年7月至9月间，{who}在临桥市古渡镇谎称其表兄是农机公司销售经理，可以以内部价格代购插秧机、收割机并办理补贴，先后骗取"
        "村民卜金龙、柏有田、慕容根三人购机款共计人民币73600元，全部用于偿还网络赌债和个人消费。期间为拖延时间，{name}向三人出示伪造的"
        "提货单三张。",
        "2023年11月7日，{who}在临桥市汽车客运站被民警抓获，归案后如实供述了自己的罪行。",
    ),
    evidence=(
        ("提货单、微信转账记录、抓获经过等书证", "第一卷P6-P48"),
        ("被害人卜金龙、柏有田、慕容根的陈述", "第一卷P49-P77"),
        ("证人秋月红的证言", "第一卷P78-P84"),
        ("雍志远的供述和辩解", "第二卷P3-P35"),
        ("电子数据检查笔录", "第二卷P36-P58"),
    ),
    caught="2023年10月12日，卜金龙、柏有田、慕容根到临桥市公安局古渡派出所报案，称被雍志远以代购农机为由骗走73600元。我所立案后将雍志远"
    "列为网上追逃人员。2023年11月7日15时许，民警在临桥市汽车客运站候车厅巡查时将其抓获，其对诈骗事实供认不讳。",
    told=(
        (
            "把收钱的前后经过说一遍。",
            "我欠了网贷，想弄点钱周转，就跟卜金龙说能买到便宜插秧机，他又介绍了两个人，三个人一共给了我七万三千六，"
            "提货单是我在打印店做的。",
        ),
        ("有没有退过钱？", "退不出来，家里也没钱。我爸说卖了猪先还一万，不晓得办了没有。"),
        ("你表兄知道吗？", "他不知道，他早就不在农机公司了。"),
    ),
    notes=(),
    doubts=(),
    points=(
        (
            "如实供述，构成坦白",
            "雍志远到案后第一次讯问即交代骗款数额、去向和伪造提货单的经过，依照《中华人民共和国刑法》第六十七条第三款可以从轻处罚。",
        ),
        ("初犯", "雍志远此前没有前科劣迹，系初次犯罪，家属愿意陆续退赔，悔罪态度较好，可以酌情从轻。"),
    ),
    finding="{who}归案后如实供述，系坦白，可以从轻处罚；系初犯，酌情从轻。",
    proposal="提请依法判处。",
    sentence="一、被告人{name}犯诈骗罪，判处有期徒刑三年二个月，并处罚金人民币二万元；\n二、责令被告人{name}退赔被害人经济损失人民币73600元。",
)

CASE = Case(
    "s03", "criminal", "trial", "notice", "R2",
    Person("雍志远", "男", day("1988-3-26"), "临桥市古渡镇桑园村组2号", "999907198803260051", "19900022417", "农民", "高中"),
    Lawyer("慕青禾", "安徽渡口律师事务所", "19907202011334455", "19900011882", "甘露"),
    LINQIAO, 52,
    {
        "caught": day("2023-11-7"), "detention": day("2023-11-8"), "arrest": day("2023-11-21"),
        "prosecution_opinion": day("2024-1-19"), "indictment": day("2024-4-29"), "notice": day("2024-5-13"),
        "notice_received": day("2024-5-14"), "assignment": day("2024-5-15"), "recipient_notice": day("2024-5-17"),
        "power_of_attorney": day("2024-5-17"), "interview": day("2024-5-17"), "summons": day("2024-5-27"), "hearing": day("2024-6-5"),
        "statement": day("2024-6-5"), "judgment": day("2024-6-18"), "service": day("2024-6-20"), "closing": day("2024-6-20"),
        "review": day("2024-6-24"), "approval": day("2024-6-25"), "closing_report": day("2024-7-5"),
    },
    CRIME, None, "（2024）皖9907刑初118号",
    {
        "result": "判决", "brief": "雍志远以代购农机为名骗取三名村民73600元，法院审理中因其未委托辩护人通知法律援助。",
        "opinion": "临桥市人民法院通知辩护案件，补录审批手续，建议同意。", "agreed": "同意（通知辩护，补录）。",
        "ground": "可能被判处三年以上有期徒刑", "organ_clerk": "狄春晓", "organ_phone": "0997-7731166", "notice_letter": "法援通",
        "officers": "班志勇、仇海生", "reported": "卜金龙等人被诈骗一案，由卜金龙等三人于2023年10月12日报案", "prosecutor": "凌波微", "judge": "狄春晓",
        "jurors": "阙文亮、舒小琴", "court_clerk": "游心缘", "room": "临桥市人民法院第一审判庭", "house_talk": "c",
        "place": "临桥市看守所律师会见室5号，侦查机关没有派员在场", "from": "10时05分", "to": "11时15分",
        "consent": "同意由你辩护。", "rights": "没有不懂的，不申请回避。", "self": "父母务农，未婚。没有前科，身体健康。",
        "arrived": "去年11月7日在汽车站候车的时候被民警抓的。", "measures": "2023年11月8日刑事拘留，11月21日逮捕，一直关在这里。",
        "plead": "事情我认，但是数额和退赔还没谈好，认罪认罚具结书我没有签，不打算签。", "more": "转告我爸，让他帮我还一部分。",
        "court_answer": "属实。", "ask_question": "骗得的钱用到哪里去了？家属有无退赔的打算？",
        "ask_answer": "还网贷和赌债了。我爸说卖了猪先退一万。", "cross": "对证据没有异议，数额以转账记录为准。",
        "last_words": "对不起三位乡亲，我出去以后挣钱还他们。", "asked": "从轻处罚",
        "work": "到看守所会见一次，向法官了解案情，出庭一次，当庭并书面发表辩护意见。",
        "outcome": "判决认定坦白和初犯，量刑较公诉人当庭意见有所减轻。", "firm_head": "程门雪", "evaluator": "闻人杰",
    },
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    docs = (
        police_papers.request(case, by=case.office.court, title="提供法律援助通知书"), aid_forms.approval(case, source="法院通知"),
        aid_letters.assignment(case), aid_letters.reply(case), aid_letters.aid_letter(case), aid_letters.recipient_notice(case, mark="finger"),
        aid_letters.mandate(case).but(back=True), lawyer_papers.visit_letter(case), lawyer_papers.interview(case, title="会见被告人笔录"),
        police_papers.opinion(case).but(copy=True), police_papers.detention(case), police_papers.arrest(case).but(turn=270),
        police_papers.apprehension(case, title="归案经过"), police_papers.indictment(case), court_papers.summons(case),
        lawyer_papers.defence(case, title="辩护意见书", mark="blank"), court_papers.hearing(case, title="法庭审理笔录"), court_papers.judgment(case),
        court_papers.service(case, what="刑事判决书"), closing_papers.closing_report(case),
    )  # fmt: skip
    findings = (
        {"rule": "DOC102", "about": "lawyer_rights_notice", "note": "无律师权利义务告知书"},
        {"rule": "DOC103", "about": "file_reading_record", "note": "审判阶段无阅卷笔录，也无情况说明"},
        {
            "rule": "SGN401",
            "about": "defence_statement",
            "document_type": "defence_statement",
            "note": "辩护意见书落款处没有签名或者盖章",
        },
        {"rule": "DAT503", "note": "结案 2024-06-20 早于审批 2024-06-25（通知辩护，补录审批）"},
    )
    traps = (
        {"rule": "DAT501", "document_type": "assignment_notice", "reason": "通知辩护案件，内部审批后补（LA02）"},
        {"rule": "DAT502", "reason": "通知辩护案件，会见早于内部审批不算（LA02）"},
        {"rule": "DOC111", "document_type": "aid_application", "reason": "通知辩护无需申请表、决定书、经济困难材料"},
        {"rule": "SGN402", "document_type": "recipient_rights_notice", "reason": "受援人以捺印代替签名"},
        {"rule": "DOC107", "reason": "未适用认罪认罚，没有具结书属正常"},
    )
    return Binder(case, docs, Scan(skew=0.8, grey=True, numbering="machine", streak=True), findings, traps)
