"""s04: traffic offence, trial on the court's notice, in order: a note explains why the file was not read; approval came later."""

from sample_scans.generator import aid_forms, aid_letters, closing_papers, court_papers, lawyer_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import QINGLAN
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="交通肇事罪",
    articles="第一百三十三条",
    facts=(
        "2024年10月22日18时40分许，{who}驾驶湘Z9T3K0号重型自卸货车沿县道013线由东向西行驶至青岚县鹿角镇粮管站路段时，未注意观察路面情况，"
        "与同向推行人力板车的行人池长贵发生碰撞，造成池长贵经抢救无效死亡的交通事故。经青岚县公安局交通警察大队认定，{name}承担事故的"
        "主要责任，池长贵承担次要责任。",
        "事故发生后，{who}拨打急救和报警电话，在现场等候处理，到案后如实供述。2025年1月，车主与{name}共同赔偿死者近亲属各项损失人民币"
        "六十八万元，取得谅解。",
    ),
    evidence=(
        ("道路交通事故认定书", "P9-P12"),
        ("现场勘查笔录、现场图及照片", "P13-P29"),
        ("死亡医学证明、尸体检验意见", "P30-P38"),
        ("证人蒙秀娥、俞大力的证言", "P39-P52"),
        ("索长河的供述", "P53-P68"),
        ("赔偿协议、谅解书", "P69-P74"),
    ),
    caught="2024年10月22日18时43分，我队接索长河本人电话报警，称其驾车在鹿角镇粮管站撞人。民警到达时索长河在现场等候，并配合救护，随后"
    "被口头传唤至交警大队接受调查，对事故经过如实陈述。",
    told=(
        (
            "事故发生时你的车速是多少，看见行人没有？",
            "四十多码，天快黑了，对面来车灯光刺眼，看见板车的时候已经来不及了。",
        ),
        ("发生事故以后你做了什么？", "马上停车打120和110，跟着交警做的笔录，没有离开过。"),
        ("赔偿是怎么解决的？", "保险公司赔了一部分，老板和我凑齐了六十八万，家属写了谅解书。"),
        ("驾驶证和从业资格有没有问题？", "都有，车子也年检过，没有超载。"),
    ),
    notes=(),
    doubts=(),
    points=(
        (
            "被告人系自首",
            "事故后主动报警并在现场等候，如实供述，最高人民法院《关于处理自首和立功若干具体问题的意见》对此有明确规定，"
            "依照《中华人民共和国刑法》第六十七条第一款可以从轻、减轻处罚。",
        ),
        ("积极赔偿并取得被害人近亲属谅解", "赔偿款六十八万元已经付清，家属书面请求对其从宽。"),
        ("认罪认罚", "审查起诉阶段在值班律师见证下签署具结书，依照《中华人民共和国刑事诉讼法》第十五条从宽。"),
        (
            "过失犯罪、初犯",
            "本案系过失犯罪，被告人无违法犯罪记录，行人推板车占道亦负次要责任，适用缓刑符合《中华人民共和国刑法》第七十二条。",
        ),
    ),
    finding="{who}主动报警并在现场等候，如实供述，系自首，可以从轻处罚；已赔偿损失并取得谅解，酌情从轻处罚；自愿认罪认罚，可以从宽处理；系初犯、过失犯罪。",
    proposal="建议判处有期徒刑一年，缓刑一年六个月。",
    sentence="被告人{name}犯交通肇事罪，判处有期徒刑十个月，缓刑一年二个月。",
)

CASE = Case(
    "s04", "criminal", "trial", "notice", "R2",
    Person("索长河", "男", day("1971-12-8"), "青岚县鹿角镇白沙洲村一组", "999921197112080076", "19900055609", "货车司机"),
    Lawyer("夏侯青", "湖南云麓律师事务所", "19921201912098870", "19900060077", "蒲扬"),
    QINGLAN, 9,
    {
        "caught": day("2024-10-22"), "bail": day("2024-10-25"), "prosecution_opinion": day("2024-12-16"), "plea": day("2025-1-20"),
        "indictment": day("2025-2-10"), "notice": day("2025-2-19"), "notice_received": day("2025-2-20"), "assignment": day("2025-2-21"),
        "recipient_notice": day("2025-2-24"), "lawyer_notice": day("2025-2-21"), "power_of_attorney": day("2025-2-24"),
        "interview": day("2025-2-24"), "review": day("2025-2-26"), "approval": day("2025-2-27"), "summons": day("2025-3-5"),
        "hearing": day("2025-3-12"), "statement": day("2025-3-14"), "judgment": day("2025-3-26"), "service": day("2025-3-28"),
        "closing": day("2025-3-28"), "closing_report": day("2025-4-15"), "note": day("2025-3-11"),
    },
    CRIME, None, "（2025）湘9921刑初22号",
    {
        "result": "判决（缓刑）", "brief": "索长河驾驶货车与推板车的池长贵相撞致其死亡，负主要责任，已赔偿谅解；法院通知指派辩护人。",
        "opinion": "青岚县人民法院通知辩护，已先行指派，补办内部审批。", "agreed": "同意。",
        "ground": "属于刑事案件律师辩护全覆盖范围", "organ_clerk": "冷书航", "organ_phone": "0999-5518820", "notice_letter": "法指辩",
        "officers": "韶光远、丛林峰", "team": "交", "reported": "本案由索长河本人电话报警", "prosecutor": "危远帆", "judge": "冷书航", "jurors": "毕春生、缪小芳",
        "court_clerk": "应如兰", "room": "青岚县人民法院第二审判庭", "hour": "下午14时30分", "span": "14时30分至16时05分",
        "ask": "有期徒刑一年，缓刑一年六个月", "procedure": "普通程序", "house_talk": "c", "place": "青岚县法律援助中心接待室", "from": "15时00分", "to": "16时10分",
        "consent": "同意，麻烦你了。", "rights": "听懂了，告知书我也签了字。", "self": "老婆在家种地，两个儿子都成家了。没有前科，有点腰椎间盘突出。",
        "arrived": "是我自己报的警，一直在现场等交警来。", "measures": "没有拘留，2024年10月25日取保候审。",
        "plead": "认罪认罚，今年1月20日签的具结书，当时值班律师在。", "more": "没有其他的，希望能缓刑，我还要还债。",
        "court_answer": "没有意见，是我没有看清路。", "ask_question": "事故发生后是谁报的警？", "ask_answer": "我自己打的120和110。",
        "cross": "对证据三性无异议，请注意报警记录和谅解书。", "last_words": "对不起池家，请求从轻处理。", "asked": "从轻处罚，适用缓刑",
        "work": "约见受援人一次，三次联系法院阅卷未果（附说明），出庭一次，庭后提交书面辩护词。",
        "outcome": "法院认定自首并采纳缓刑意见。", "firm_head": "汤显文", "evaluator": "纪南星",
    },
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    question = police_papers.interrogation(
        case, ("我们是青岚县公安局交通警察大队的民警，把事故经过讲一下。", "我开车从石料场出来往县城走，到粮管站那里会车，没看见前面有板车，就撞上了。"),
        ("事故以后你怎么处理的？", "停车，打电话叫救护车，又报了警。"), ("车辆有没有超载？", "没有，装了十二吨石子，核载十五吨。"),
    )  # fmt: skip
    note = lawyer_papers.situation_note(
        case, title="关于未能阅卷的情况说明", when="note",
        text="本律师承办的索长河交通肇事一案，自2025年2月25日起三次联系青岚县人民法院要求阅卷，因该院电子卷宗系统升级、纸质卷宗调往上级法院评查，"
        "开庭前未能查阅全部案卷材料，故没有制作阅卷笔录。法院于开庭当日提供了起诉书、到案材料等部分复印件。",
    )  # fmt: skip
    docs = (
        police_papers.request(case, by=case.office.court, title="指定辩护人通知书"), aid_forms.approval(case, source="法院通知"),
        aid_letters.assignment(case), aid_letters.reply(case), aid_letters.aid_letter(case), aid_letters.recipient_notice(case),
        aid_letters.lawyer_notice(case, mark="stamp"), aid_letters.mandate(case), lawyer_papers.interview(case, title="会见笔录"),
        note, police_papers.bail(case), police_papers.apprehension(case, title="到案情况说明"), question.but(lost=True),
        police_papers.plea(case, helper="闻静姝").but(copy=True, back=True), police_papers.indictment(case).but(turn=180),
        court_papers.summons(case, title="传票"), court_papers.hearing(case), lawyer_papers.defence(case), court_papers.judgment(case),
        court_papers.service(case, what="刑事判决书"), closing_papers.closing_report(case), closing_papers.feedback(case),
    )  # fmt: skip
    traps = (
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "有承办律师签名的未能阅卷情况说明"},
        {"rule": "DAT501", "document_type": "assignment_notice", "reason": "通知辩护案件，内部审批后补（LA02）"},
        {"rule": "DAT502", "reason": "通知辩护案件（LA02）；值班律师见证具结在先（LA03）"},
        {"rule": "DAT504", "constraint": "D11", "reason": "辩护词在庭后、判决前提交（LA08）"},
        {"rule": "DOC106", "reason": "只采取取保候审，没有拘留证、逮捕证属正常"},
        {"rule": "SGN402", "document_type": "lawyer_rights_notice", "reason": "盖律师名章视为签名"},
    )
    return Binder(case, docs, Scan(skew=0.5, noise=1.4, numbering="pencil", edge=240), (), traps)
