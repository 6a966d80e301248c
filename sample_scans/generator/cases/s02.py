"""s02: injury, trial on application, in order: an earlier stage's assignment, a quoted charge, the procuratorate's own notice."""

from sample_scans.generator import aid_forms, aid_letters, closing_papers, court_papers, lawyer_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import SHIDU
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="故意伤害罪",
    articles="第二百三十四条第一款",
    facts=(
        "2023年11月18日21时许，{who}在石渡区白塔街道渔梁菜市场北门收摊时，与相邻摊主温保山因占用过道发生口角，温保山先行推搡并用塑料筐"
        "砸向对方，{name}随即抄起摊位上的木秤杆朝温保山左前臂击打两下，致温保山左尺骨骨折。经澄州市公安司法鉴定中心鉴定，温保山的损伤"
        "程度为轻伤二级。",
        "2023年11月19日，{who}在家人陪同下主动到石渡分局白塔派出所投案，如实供述了上述事实。案发后，双方达成赔偿协议，{name}一方赔偿"
        "温保山医疗费、误工费等共计人民币四万二千元并取得谅解。",
    ),
    evidence=(
        ("到案经过、户籍证明、谅解书及收条", "卷一第2-21页"),
        ("被害人温保山的陈述", "卷一第22-30页"),
        ("证人蓝玉枝、佟老四的证言", "卷一第31-44页"),
        ("丁巧云的供述", "卷一第45-61页"),
        ("法医学人体损伤程度鉴定书", "卷一第66-72页"),
        ("木秤杆照片、菜市场北门监控光盘", "卷一第73-80页"),
    ),
    caught="2023年11月18日21时20分，白塔派出所接温保山报警称在渔梁菜市场被打伤。出警时丁巧云已离开现场。次日8时许，丁巧云由其丈夫"
    "陪同主动到派出所投案，如实讲述打人经过，并交出木秤杆一根。",
    told=(
        (
            "案发当晚怎么打起来的？",
            "温保山把筐子堆到我摊子跟前，我叫他挪，他骂人还推我，一个筐子砸在我肩膀上，我急了，顺手拿秤杆打了他胳膊两下。"
            "看见他捂着胳膊蹲下我就不打了。",
        ),
        ("他砸你的时候有人看到吗？", "卖豆腐的蓝玉枝在旁边，收鱼的佟老四也看到了。"),
        ("你受伤没有？", "肩膀青了一块，没有去医院，手机里拍了照片。"),
        ("赔偿情况说一下。", "社区调解的，四万二都给清了，他写了谅解书。"),
    ),
    notes=(
        "1．监控（卷一第78-80页）：21时03分11秒温保山双手推丁巧云，21时03分19秒掷出塑料筐，21时03分24秒丁巧云持秤杆击打，前后13秒。",
        "2．证人蓝玉枝（卷一第31-37页）：听见争吵后看到温“先把筐子甩过去”，筐子碰到丁的肩膀。",
        "3．证人佟老四（卷一第38-44页）：只看到丁打了“一下或者两下”，没有看到起因。",
        "4．被害人陈述（卷一第22-30页）：第一次笔录未提自己先动手，第二次笔录（第28页）承认推过丁巧云。",
        "5．鉴定书（卷一第66-72页）：左尺骨中段骨折，轻伤二级；鉴定时间在伤后第9日，片子编号与病历一致。",
        "6．供述（卷一第45-61页）：三次稳定，均称对方先动手。到案经过（卷一第5页）载明主动投案。",
    ),
    doubts=(
        "被害人两次陈述关于起因不一致，应结合监控认定其有过错；",
        "击打次数一说一下、一说两下，监控有遮挡；",
        "社区矫正调查评估尚未入卷，需与办案人联系。",
    ),
    points=(
        (
            "被告人系自首",
            "丁巧云次日即到派出所投案并如实供述，符合《中华人民共和国刑法》第六十七条第一款，可以从轻或者减轻处罚。",
        ),
        (
            "被害人对引发冲突有过错",
            "监控显示温保山先推搡、后掷筐，证人蓝玉枝亦有证实，《最高人民法院、最高人民检察院关于常见犯罪的量刑指导意见》"
            "对因被害人过错引发的伤害案件有从宽规定。",
        ),
        ("已经赔偿损失并取得谅解", "赔偿款42000元全部付清，被害人书面谅解，双方矛盾化解。"),
        ("认罪认罚", "被告人自愿签署具结书，依照《中华人民共和国刑事诉讼法》第十五条，可以依法从宽。"),
        (
            "初犯偶犯，家庭情况特殊",
            "丁巧云一贯守法经营，独自照料患病婆婆，适用缓刑不致再危害社会，符合《中华人民共和国刑法》第七十二条。",
        ),
    ),
    finding="{who}犯罪后自动投案，如实供述，系自首，可以从轻处罚；赔偿被害人损失并取得谅解，酌情从轻处罚；被害人对矛盾激化负有一定责任；"
    "自愿认罪认罚，可以从宽处理；系初犯。",
    proposal="建议判处拘役五个月，缓刑八个月。",
    sentence="被告人{name}犯故意伤害罪，判处拘役四个月，缓刑八个月。\n作案工具木秤杆一根予以没收。",
)

CASE = Case(
    "s02", "criminal", "trial", "application", "R2",
    Person("丁巧云", "女", day("1979-10-2"), "澄州市石渡区白塔街道渔梁社区12栋302", "999934197910020048", "19900083320", "个体摊贩", "小学"),
    Lawyer("欧阳澈", "江西望湖律师事务所", "19934201811220765", "19900070456", "鲍静宜"),
    SHIDU, 18,
    {
        "caught": day("2023-11-19"), "detention": day("2023-11-20"), "bail": day("2023-12-1"),
        "prosecution_opinion": day("2024-1-15"), "review_notice": day("2024-1-17"), "earlier": day("2024-1-24"),
        "plea": day("2024-2-20"), "indictment": day("2024-3-4"), "application": day("2024-3-11"), "review": day("2024-3-13"),
        "approval": day("2024-3-14"), "decision": day("2024-3-14"), "assignment": day("2024-3-15"),
        "recipient_notice": day("2024-3-15"), "lawyer_notice": day("2024-3-15"), "agreement": day("2024-3-18"),
        "power_of_attorney": day("2024-3-18"), "interview": day("2024-3-18"), "file_reading": day("2024-3-20"),
        "summons": day("2024-4-1"), "hearing": day("2024-4-9"), "statement": day("2024-4-9"), "judgment": day("2024-4-19"),
        "service": day("2024-4-22"), "closing": day("2024-4-22"), "closing_report": day("2024-5-8"), "evaluation": day("2024-6-20"),
    },
    CRIME, None, "（2024）赣9934刑初39号",
    {
        "result": "判决", "reason": "我摆摊时和旁边摊主打架，把人打成轻伤，已经赔了钱。法院要开庭了，我不懂法律，丈夫常年在外打零工，"
        "婆婆瘫痪在床，没有钱请律师。",
        "family": "丈夫、婆婆、本人和一个上学的女儿，共四人", "income": "860元", "burden": "婆婆护理和药费每月约1500元，女儿读高中",
        "brief": "丁巧云2023年11月18日晚在渔梁菜市场因占道与温保山发生冲突，用秤杆打伤温保山（轻伤二级），次日投案，已赔偿并获谅解。",
        "officers": "郎宏图、阮平", "reported": "温保山被伤害一案，由温保山于2023年11月18日报案", "prosecutor": "霍清和", "judge": "沙海阔", "jurors": "季银花、虞大有",
        "court_clerk": "盛小雨", "room": "澄州市石渡区人民法院第五审判庭", "ask": "拘役五个月，缓刑八个月", "procedure": "普通程序",
        "house_talk": "b", "volumes": "共一卷八十页，另有光盘一张", "place": "石渡区法律援助中心约谈室", "from": "14时40分", "to": "15时50分",
        "consent": "愿意，有律师我心里踏实。", "rights": "明白，我不换人也不申请回避。",
        "self": "结婚二十年，女儿上高二，婆婆瘫痪。没犯过事，就是血压高。",
        "arrived": "第二天早上我男人陪着我自己去派出所的，没有等他们来抓。",
        "measures": "2023年11月20日拘留，12月1日办的取保候审，一直在家。",
        "plead": "认，2024年2月20日在检察院签的具结书，那时候是之前的吴律师陪我。", "more": "婆婆离不开人，希望不要关我。",
        "court_answer": "是我打的，我认罪，但是他先动的手。", "ask_question": "对方的塑料筐砸到你哪里？事后是怎么处理的？",
        "ask_answer": "砸在右肩膀上。社区调解，我赔了四万二，他原谅我了。",
        "cross": "对被害人第一次陈述的完整性有异议，其隐瞒了先动手的情节，应以监控和第二次陈述为准；其余证据无异议。",
        "last_words": "我不该动手打人，以后遇事找社区，求法庭给我一个照顾婆婆的机会。", "asked": "从轻处罚，并适用缓刑",
        "work": "会见一次，到法院阅卷一次，与社区核实调解情况一次，出庭一次，提交辩护意见一份。",
        "outcome": "判决采纳自首、被害人过错、赔偿谅解等意见，宣告缓刑，受援人表示满意。", "firm_head": "符海天", "evaluator": "燕来仪",
        "praise": "欧阳律师很耐心",
    },
)  # fmt: skip
EARLIER = Lawyer("吴嘉树", "江西望湖律师事务所", "19934201510998877", "19900070458", "鲍静宜")


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    quote = CRIME.facts[0].format(who="被告人丁巧云", name="丁巧云")[:96] + "……"
    docs = (
        aid_forms.application(case, mark="both"), aid_forms.identity(case), aid_forms.hardship(case),
        aid_forms.approval(case), aid_forms.decision(case), aid_letters.assignment(case),
        aid_letters.assignment(case, when="earlier", lawyer=EARLIER, stage="审查起诉").but(copy=True, back=True),
        aid_letters.aid_letter(case), aid_letters.recipient_notice(case, mark="both"), aid_letters.lawyer_notice(case),
        police_papers.authority_notice(case).but(copy=True), aid_letters.agreement(case), aid_letters.mandate(case),
        lawyer_papers.interview(case, title="会见当事人笔录"), lawyer_papers.own_reading(case, title="阅卷摘要", quote=quote),
        police_papers.opinion(case).but(copy=True), police_papers.detention(case), police_papers.bail(case).but(turn=90),
        police_papers.apprehension(case, title="到案经过"),
        police_papers.plea(case, helper="吴嘉树", role="辩护人").but(copy=True), police_papers.indictment(case),
        court_papers.summons(case, title="传票"), lawyer_papers.defence(case, title="辩护意见", mark="stamp"),
        court_papers.hearing(case, title="法庭笔录"), court_papers.judgment(case), court_papers.service(case, what="刑事判决书"),
        closing_papers.closing_report(case), closing_papers.feedback(case), closing_papers.evaluation(case),
    )  # fmt: skip
    traps = (
        {
            "rule": "DAT501",
            "document_type": "assignment_notice",
            "reason": "卷内另有审查起诉阶段的指派函（LA04），与本阶段审批比较无倒置",
        },
        {
            "rule": "CPY601",
            "document_type": "file_reading_record",
            "reason": "摘引指控一段，另有页码、证据比对、疑点和辩点",
        },
        {"rule": "CPY602", "reason": "辩护意见只概括案情，不是抄录"},
        {"rule": "SGN401", "document_type": "defence_statement", "reason": "辩护意见盖有律师名章，视为署名"},
        {"rule": "DAT504", "constraint": "D16", "reason": "审查起诉阶段具结、公安文书早于申请属正常（LA09）"},
        {"rule": "SGN403", "document_type": "bail_decision", "reason": "复印件黑章视为有章"},
    )
    return Binder(
        case,
        docs,
        Scan(skew=1.0, quality=40, numbering="machine", edge=205, holes=False),
        (),
        traps,
        lawyers=("吴嘉树", "欧阳澈"),
    )
