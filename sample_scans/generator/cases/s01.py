"""s01: theft, trial on application. Assigned, agreed and met before approval; no notice to the client; reading record copied."""

from sample_scans.generator import aid_forms, aid_letters, closing_papers, court_papers, lawyer_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import QINGLAN
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="盗窃罪",
    articles="第二百六十四条",
    facts=(
        "2022年12月14日凌晨2时许，{who}携带扳手、断线钳窜至青岚县柳坞镇河湾工地，翻越围挡进入材料棚，剪断电缆线三捆装上事先停放在"
        "路边的三轮车，运至县城西郊一废品收购点，以人民币1260元的价格卖给他人，所得赃款被其用于日常开支。经青岚县价格认证中心认定，"
        "被盗电缆线价值人民币4380元。",
        "2022年12月20日，{who}在暂住处被公安机关抓获，到案后如实供述上述犯罪事实，其亲属已代为退赔被害单位人民币4380元，"
        "取得被害单位谅解。",
    ),
    evidence=(
        ("受案登记表、抓获经过、户籍信息等书证", "证据卷P3-P19"),
        ("证人屈大勇、廖水生的证言", "证据卷P20-P31"),
        ("被害单位工地负责人岑国梁的陈述", "证据卷P32-P36"),
        ("邓小川的供述和辩解", "证据卷P37-P58"),
        ("价格认定结论书", "证据卷P60-P64"),
        ("现场勘验笔录及辨认笔录", "证据卷P65-P79"),
    ),
    caught="2022年12月14日上午，青岚县公安局柳坞派出所接河湾工地负责人岑国梁报警，称工地电缆被盗。民警调取沿途监控，发现一名驾驶"
    "红色三轮车的男子有作案嫌疑，经辨认系邓小川。2022年12月20日19时许，民警在柳坞镇新街出租屋内将邓小川抓获，其当场承认盗窃电缆，"
    "未有反抗行为。",
    told=(
        (
            "说说那天晚上的事。",
            "我在河湾工地干过两个月小工，工头还差我三千多块工钱没给。那天夜里我睡不着，想着他们材料棚没人看，就骑三轮车去了，"
            "剪了三捆电缆，天亮前卖到西郊废品站，卖了一千二百六。",
        ),
        ("卖电缆的钱呢？", "交房租八百，剩下给娃儿买了奶粉。"),
        ("工地欠你工资有凭据吗？", "有个记工本，在我姐夫那里。"),
        ("赔偿了没有？", "我姐夫替我赔了四千三百八，工地上给写了谅解书。"),
    ),
    notes=(),
    doubts=(),
    points=(
        (
            "被告人具有坦白情节",
            "邓小川被抓获后第一次讯问即交代了全部经过，前后供述稳定，符合《中华人民共和国刑法》第六十七条第三款的规定，可以从轻处罚。",
        ),
        (
            "已经全额退赔并取得谅解",
            "其姐夫代为退赔4380元，被害单位出具谅解书，根据最高人民法院、最高人民检察院《关于办理盗窃刑事案件适用法律若干问题的解释》，"
            "退赃退赔、取得谅解的，可以从宽。",
        ),
        (
            "自愿认罪认罚",
            "被告人在审查起诉阶段签署具结书，当庭表示悔罪，依照《中华人民共和国刑事诉讼法》第十五条应当从宽处理。",
        ),
        ("被告人系初犯", "此前没有受过刑事和行政处罚，本次作案与被拖欠工资有一定关联，主观恶性不深，人身危险性较小。"),
    ),
    finding="{who}归案后如实供述，系坦白，可以从轻处罚；积极退赔并取得谅解，可以酌情从轻处罚；自愿认罪认罚，可以从宽处理；系初犯，可酌情考虑。",
    proposal="建议判处有期徒刑八个月，缓刑一年，并处罚金人民币三千元。",
    sentence="被告人{name}犯盗窃罪，判处有期徒刑七个月，缓刑一年，并处罚金人民币三千元（已缴纳）。",
)

CASE = Case(
    "s01", "criminal", "trial", "application", "R1",
    Person("邓小川", "男", day("1991-5-17"), "青岚县柳坞镇双井村七组", "999921199105170033", "19900051711"),
    Lawyer("黎曼青", "湖南云麓律师事务所", "19921201710554321", "19900060021", "蒲扬"),
    QINGLAN, 31,
    {
        "caught": day("2022-12-20"), "detention": day("2022-12-21"), "arrest": day("2023-1-3"),
        "prosecution_opinion": day("2023-2-6"), "review_notice": day("2023-2-9"), "plea": day("2023-2-27"),
        "indictment": day("2023-3-6"), "application": day("2023-3-13"), "assignment": day("2023-3-15"),
        "lawyer_notice": day("2023-3-15"), "agreement": day("2023-3-16"), "power_of_attorney": day("2023-3-16"),
        "interview": day("2023-3-17"), "review": day("2023-3-17"), "approval": day("2023-3-20"), "decision": day("2023-3-20"),
        "file_reading": day("2023-3-22"), "summons": day("2023-4-4"), "hearing": day("2023-4-12"), "statement": day("2023-4-12"),
        "judgment": day("2023-4-24"), "service": day("2023-4-26"), "closing": day("2023-4-26"), "closing_report": day("2023-5-10"),
    },
    CRIME, None, "（2023）湘9921刑初47号",
    {
        "result": "判决（缓刑）", "reason": "我因拿了工地上的电缆被起诉到县法院，现在关在看守所。我家里老人有病，妻子没有工作，孩子才一岁多，"
        "请不起律师，请求法律援助中心给我派一名律师帮我辩护。",
        "family": "父亲、妻子、一子共四人", "income": "580元", "burden": "父亲患尘肺病长期服药，孩子一岁需购买奶粉，每月支出约2500元",
        "brief": "邓小川于2022年12月14日凌晨在河湾工地盗窃电缆线三捆，价值4380元，已退赔并获谅解，现被提起公诉。",
        "officers": "雷劲松、葛庆丰", "reported": "河湾工地电缆被盗一案，由该工地负责人岑国梁于2022年12月14日报案至我局", "prosecutor": "危远帆", "judge": "冷书航", "jurors": "毕春生、简月娥",
        "court_clerk": "应如兰", "room": "青岚县人民法院第三审判庭", "ask": "有期徒刑八个月，缓刑一年，并处罚金三千元",
        "procedure": "普通程序", "house_talk": "a", "place": "青岚县看守所第2会见室（侦查机关未派员在场）",
        "consent": "同意，谢谢你们。", "rights": "清楚了，不申请回避，我也不另外请律师。",
        "self": "家里有父亲、老婆和一个一岁多的儿子，没受过处理，身体没毛病。",
        "arrived": "2022年12月20日晚上派出所的人到我租的房子里把我带走的。", "measures": "12月21日拘留的，2023年1月3日逮捕。",
        "plead": "认罪认罚，2月27日签的具结书，有律师在旁边。", "more": "麻烦律师跟法官说，我出去就好好打工。",
        "court_answer": "没有意见，我认罪认罚。", "ask_question": "工地是否欠你工资？退赔是谁办的？",
        "ask_answer": "差我三千二百块。退赔是我姐夫去办的。", "cross": "对证据的真实性、合法性、关联性没有异议。请合议庭注意谅解书和退赔收条。",
        "last_words": "我对不起工地，也对不起家里人，请求从轻，我一定改。",
        "asked": "从轻处罚并适用缓刑", "work": "承办律师会见被告人一次，阅卷一次，参加庭审一次，提交书面辩护词一份，并与被害单位核实谅解情况。",
        "outcome": "法院采纳坦白、退赔谅解、认罪认罚的辩护意见，判处缓刑，受援人服判。", "firm_head": "汤显文", "evaluator": "纪南星",
    },
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    who = "被告人邓小川"
    copied = [f.format(who=who, name="邓小川") for f in CRIME.facts]
    copied = [
        "经阅卷，本案事实如下：",
        *copied,
        "认定上述事实的证据有：" + "；".join(n for n, _ in CRIME.evidence) + "。",
    ]
    docs = (
        aid_forms.application(case), aid_forms.identity(case), aid_forms.hardship(case), aid_forms.approval(case),
        aid_forms.decision(case), aid_letters.assignment(case).but(back=True), aid_letters.aid_letter(case),
        police_papers.authority_notice(case), aid_letters.lawyer_notice(case), aid_letters.agreement(case), aid_letters.mandate(case),
        lawyer_papers.visit_letter(case), lawyer_papers.interview(case), lawyer_papers.copied_reading(case, copied),
        police_papers.detention(case).but(turn=180), police_papers.arrest(case), police_papers.apprehension(case),
        police_papers.plea(case, helper="庄修竹"), police_papers.indictment(case), court_papers.summons(case),
        lawyer_papers.defence(case), court_papers.hearing(case), court_papers.judgment(case),
        court_papers.service(case, what="刑事判决书"), closing_papers.closing_report(case), closing_papers.feedback(case),
    )  # fmt: skip
    findings = (
        {
            "rule": "DOC101",
            "about": "recipient_rights_notice",
            "note": "无受援人权利义务告知书，卷内只有检察院的诉讼权利义务告知书",
        },
        {
            "rule": "CPY601",
            "about": "file_reading_record",
            "document_type": "file_reading_record",
            "note": "阅卷笔录照抄起诉书事实和证据名称，没有页码、比对和意见",
        },
        {
            "rule": "DAT501",
            "about": "assignment_notice",
            "document_type": "assignment_notice",
            "note": "指派 2023-03-15 早于审批 2023-03-20",
        },
        {"rule": "DAT502", "note": "协议 2023-03-16、会见 2023-03-17 早于审批 2023-03-20"},
    )
    traps = (
        {
            "rule": "DOC101",
            "reason": "检察院的诉讼权利义务告知书不能代替受援人权利义务告知书",
            "document_type": "authority_rights_notice",
        },
        {"rule": "SGN403", "reason": "拘留证、逮捕证为复印件，黑章视为有章", "document_type": "detention_warrant"},
    )
    return Binder(case, docs, Scan(skew=0.6, quality=42), findings, traps)
