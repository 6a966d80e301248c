"""s09: injury at work for a private employer, civil, in order: aid was given at once (limitation), the papers made up afterwards."""

from sample_scans.generator import aid_forms, aid_letters, civil_papers, closing_papers, court_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import LINQIAO
from sample_scans.generator.facts import Case, Dispute, Lawyer, Person, day
from sample_scans.generator.wear import Scan

DISPUTE = Dispute(
    "提供劳务者受害责任纠纷",
    "祁连海",
    "男，1970年1月14日出生，汉族，住临桥市北门街道粮食巷6号",
    ("判令被告赔偿原告医疗费、误工费、护理费、营养费、伤残赔偿金等共计86420元", "本案诉讼费用由被告承担"),
    (
        "2021年9月3日，原告受被告雇请到其承建的北门街道私人住宅工地做粉刷，日工资二百八十元。当日下午，因被告搭设的跳板断裂，原告从约三米高处跌落，"
        "经临桥市中医院诊断为左跟骨骨折，住院十九天，花费医疗费21300元，被告垫付6000元后拒绝再付。",
        "原告的损伤经鉴定构成十级伤残。被告作为接受劳务一方，未提供安全的作业条件，应当承担赔偿责任。双方多次协商未果，诉讼时效将届满，特提起诉讼。",
    ),
    (
        ("住院病历、诊断证明", "临桥市中医院出具", "证明受伤部位、治疗经过"),
        ("医疗费票据9张", "原告持有原件", "证明医疗费21300元"),
        ("司法鉴定意见书", "原告委托鉴定", "证明构成十级伤残、误工期"),
        ("微信聊天记录", "原告手机", "证明雇佣关系及被告垫付6000元"),
        ("证人花满堂的书面证言", "证人出具", "证明跳板断裂经过"),
    ),
    (
        (
            "事情的经过说一下。",
            "祁连海包的活，喊我去刷墙，一天二百八。跳板是他搭的，旧木板，我站上去就断了，左脚跟摔碎了。",
        ),
        ("他给过钱没有？", "住院给了六千，后面就不接电话了。"),
        ("你的要求是什么？", "医药费、误工、残疾这些依法算，大概八万多，要他赔。"),
        ("有哪些证据？", "病历、票据、鉴定，还有微信里他说让我去干活的话，花满堂当时在场，愿意作证。"),
        ("为什么这么急？", "三年时效到9月3日就满了，怕来不及。"),
    ),
    (
        ("原告", "请求判令被告赔偿86420元，事实理由同起诉状。"),
        ("被告", "原告自己踩空，跳板没有断。我给了六千元，不同意再赔。"),
        ("审判员", "原告举证。"),
        ("代理人", "出示病历、票据、鉴定意见书、微信记录和证人证言，证明损害事实、雇佣关系和损失数额。"),
        ("被告", "病历、票据真实性认可，鉴定是单方做的，证人是原告老乡，不认可。"),
        ("审判员", "对鉴定意见是否申请重新鉴定？"),
        ("被告", "不申请。"),
        ("审判员", "被告有无证据提交？"),
        ("被告", "没有。"),
        ("审判员", "问被告：跳板由谁搭设？"),
        ("被告", "是我找人搭的，用的是旧板。"),
        ("审判员", "问原告：当时有没有系安全绳？"),
        ("原告", "没有，工地上没有提供。"),
    ),
    (
        (
            "原、被告之间形成劳务关系",
            "微信记录中被告明确安排工作内容和报酬，被告当庭亦承认雇请原告，双方劳务关系成立。",
        ),
        (
            "被告具有过错，应当承担主要赔偿责任",
            "被告当庭认可跳板系其搭设且使用旧板，未提供安全防护，依照《中华人民共和国民法典》第一千一百九十二条，"
            "应当根据过错承担相应责任。",
        ),
        (
            "原告的损失有事实和法律依据",
            "医疗费、误工费、护理费、残疾赔偿金均有票据和鉴定佐证，计算标准符合《最高人民法院关于审理人身损害赔偿案件适用法律"
            "若干问题的解释》。",
        ),
        (
            "本案未超过诉讼时效",
            "原告于2024年8月30日提起诉讼，距受伤之日未满三年，依照《中华人民共和国民法典》第一百八十八条应受保护。",
        ),
    ),
    (
        "原告南宫石提出诉讼请求：判令被告赔偿各项损失86420元。被告祁连海辩称，原告自己踩空，不应由其承担责任。",
        "经审理认定事实如下：2021年9月3日，原告在被告承揽的工地提供劳务时，因被告搭设的跳板断裂跌落受伤，住院十九天，支出医疗费21300元，构成十级伤残，"
        "被告已垫付6000元。",
    ),
    "个人之间形成劳务关系，提供劳务一方因劳务受到损害的，根据双方各自的过错承担相应的责任。被告未提供安全作业条件，承担百分之八十的责任；原告疏于自我保护，"
    "自担百分之二十。依照《中华人民共和国民法典》第一千一百九十二条、第一千一百七十九条，《中华人民共和国民事诉讼法》第六十七条规定，判决如下：",
    ("一、被告祁连海于本判决生效之日起十日内赔偿原告南宫石各项损失61136元；", "二、驳回原告的其他诉讼请求。"),
)

CASE = Case(
    "s09", "civil", "litigation", "application", "R2",
    Person("南宫石", "男", day("1968-6-6"), "临桥市古渡镇新圩村12组", "999907196806060039", "19900020806", "粉刷工", "小学"),
    Lawyer("顾惜朝", "安徽渡口律师事务所", "19907201610556677", "19900011890", "甘露"),
    LINQIAO, 93,
    {
        "assignment": day("2024-8-29"), "agreement": day("2024-8-29"), "power_of_attorney": day("2024-8-29"), "interview": day("2024-8-29"),
        "recipient_notice": day("2024-8-29"), "lawyer_notice": day("2024-8-29"), "filed": day("2024-8-30"), "accepted": day("2024-9-4"),
        "application": day("2024-9-2"), "review": day("2024-9-5"), "approval": day("2024-9-6"), "decision": day("2024-9-6"),
        "summons": day("2024-9-23"), "hearing": day("2024-10-16"), "statement": day("2024-10-18"), "judgment": day("2024-11-12"),
        "service": day("2024-11-15"), "closing": day("2024-11-15"), "closing_report": day("2024-12-3"),
    },
    None, DISPUTE, "（2024）皖9907民初866号",
    {
        "result": "判决", "reason": "我给祁连海刷墙摔断脚跟，他不赔钱，我没有收入请不起律师。因为三年时效9月3日就到期，中心8月29日已先派律师帮我立案。",
        "family": "夫妻二人", "income": "900元", "burden": "本人伤后不能做重活，妻子慢性病", "brief": "南宫石受雇粉刷时因跳板断裂摔伤致十级伤残，雇主拒赔，诉讼时效将届满。",
        "opinion": "时效届满不足七日，依照法律援助法第四十四条先行提供法律援助，现补办手续，申请人符合条件，建议同意。", "agreed": "同意补办，给予法律援助。",
        "house_talk": "a", "place": "临桥市法律援助中心谈话室", "consent": "同意。", "rights": "清楚，风险我知道。", "self": "老婆有慢性病，孩子在外地打工。",
        "more": "请快点立案，不要过了期。", "judge": "宿云微", "court_clerk": "游心缘", "room": "临桥市人民法院速裁二庭", "opponent_there": "祁连海本人到庭",
        "debate": "被告是接受劳务一方，跳板由其搭设，应负主要责任；损失均有票据和鉴定为据；起诉未过时效。", "debate_other": "原告自己不小心，我垫的六千应当扣除。",
        "last_words": "请求支持我的诉讼请求。", "work": "先行提供援助：当日约见、代书起诉状并协助立案；整理证据五组，出庭一次，庭后提交代理词，补办审批手续。",
        "outcome": "判决被告赔偿61136元，受援人满意。", "firm_head": "程门雪", "evaluator": "闻人杰",
    },
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    answer = civil_papers.opponent_answer(
        case, ("原告在工地干活是事实，但跳板没有断裂，是其自己踩空跌落。", "答辩人已经垫付6000元，出于人道，不代表承认责任。", "鉴定系单方委托，不应采信。"),
    )  # fmt: skip
    docs = (
        aid_forms.application(case, note="【先行提供法律援助，补办申请手续】"), aid_forms.identity(case), aid_forms.hardship(case),
        aid_forms.approval(case, note="诉讼时效2024年9月3日届满，8月29日先行提供法律援助，本表系补办。"), aid_forms.decision(case),
        aid_letters.assignment(case), aid_letters.aid_letter(case), aid_letters.recipient_notice(case), aid_letters.lawyer_notice(case),
        civil_papers.risk_notice(case), aid_letters.agreement(case), aid_letters.mandate(case), civil_papers.talk(case),
        civil_papers.complaint(case), civil_papers.evidence_catalogue(case, title="原告证据目录"),
        civil_papers.slip("临桥市中医院诊断证明", (("姓名", "南宫石"), ("入院日期", "2021年9月3日"), ("出院日期", "2021年9月22日"),
                          ("诊断", "左跟骨粉碎性骨折"), ("处理意见", "切开复位内固定，休息三个月，专人护理一个月"))).but(turn=90),
        civil_papers.exhibit("门诊住院收费票据汇总", ("共九张，合计人民币贰万壹仟叁佰元整（¥21300.00）。其中住院费19860元，门诊复查费1440元。",)),
        civil_papers.exhibit("司法鉴定意见书（摘页）", ("被鉴定人：南宫石。", "鉴定意见：左跟骨骨折术后遗留足弓结构部分破坏，构成十级伤残；误工期一百五十日，护理期六十日，"
                             "营养期六十日。"), seal="皖江法医司法鉴定所", closing="2022年3月8日"),
        civil_papers.exhibit("微信聊天记录", ("祁连海：明天带工具来北门，刷三层，二百八一天。", "南宫石：好的，几点到？", "祁连海：七点。（2021年9月2日 20:14）",
                             "祁连海：六千先拿去住院，后面再说。（2021年9月5日 11:32）")),
        civil_papers.exhibit("证 言", ("我叫花满堂，和南宫石一起刷墙。2021年9月3日下午三点多，他踩的那块跳板从中间断了，人掉到地上。板子是老板找人搭的。以上是我亲眼看到的。",),
                             closing="花满堂", hand_written=True),
        civil_papers.acceptance(case), answer.but(copy=True), court_papers.summons(case, title="传票"), civil_papers.hearing(case),
        civil_papers.statement(case, title="代理意见"), civil_papers.outcome(case), court_papers.service(case, what="民事判决书"),
        closing_papers.closing_report(case),
    )  # fmt: skip
    traps = (
        {
            "rule": "DAT501",
            "document_type": "assignment_notice",
            "reason": "时效届满不足七日，先行提供法律援助，申请表、审批表注明补办（LA01）",
        },
        {"rule": "DAT502", "reason": "先行提供法律援助（LA01）；授权委托书当日签署（LA07）"},
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "民事案件不要求阅卷笔录"},
        {"rule": "DOC105", "document_type": "answer", "reason": "答辩状系对方当事人的，卷内另有代理意见"},
        {"rule": "DAT504", "constraint": "D06", "reason": "会见、协议与指派同日（LA10）"},
        {"rule": "DAT504", "constraint": "D11", "reason": "代理意见在庭后、判决前提交（LA08）"},
    )
    return Binder(case, docs, Scan(skew=0.6, numbering="pencil"), (), traps)
