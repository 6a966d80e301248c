"""s13: injury at work not recognised, administrative. An assignment with gaps, an unfilled form, old forms, old law, muddled evidence."""

from sample_scans.generator import aid_forms, boxed_forms, civil_papers, court_papers, lawyer_sheets, office_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import LANXI
from sample_scans.generator.facts import Case, Dispute, Lawyer, Person, day
from sample_scans.generator.wear import Scan

BOARD = "澜汐市人力资源和社会保障局"
DISPUTE = Dispute(
    "工伤认定纠纷",
    BOARD,
    "住所地澜汐市政务路8号，法定代表人茶金山，局长",
    ("判决撤销被告2024年8月12日作出的不予认定工伤决定书", "判令被告限期重新作出工伤认定", "本案诉讼费用由被告承担"),
    (
        "原告系澜汐市云锦石材厂切割工。2024年5月21日下午，原告按照车间主任安排在厂区搬运石料时被滑落的石板砸伤右脚，经澜汐市第一医院诊断为右足第二、三跖骨骨折。",
        "2024年6月18日，原告向被告申请工伤认定。被告以“事发时不在工作岗位”为由作出不予认定工伤决定。原告认为，搬运石料系工作安排，发生在工作时间和工作场所内，"
        "被告认定事实错误，适用法律不当，为维护合法权益，提起诉讼。",
    ),
    (),
    (),
    (),
    (),
    (
        "原告苏和平诉称：事故发生在工作时间、工作场所内，因工作原因受伤，请求撤销不予认定工伤决定书。被告辩称：事发时原告不在切割岗位，决定合法。",
        "经审理查明：2024年5月21日15时许，原告受车间主任指派在厂区搬运石料时被砸伤右脚，构成右足跖骨骨折。被告于2024年8月12日作出不予认定工伤决定。",
    ),
    "原告受单位安排临时从事搬运，属于因工作原因受到伤害，应当认定为工伤。被告认定主要证据不足。依照《中华人民共和国行政诉讼法》第七十条、《工伤保险条例》第十四条的规定，判决如下：",
    ("一、撤销被告澜汐市人力资源和社会保障局作出的不予认定工伤决定书；", "二、责令被告在判决生效后六十日内重新作出工伤认定。"),
)  # fmt: skip

CASE = Case(
    "s13", "administrative", "litigation", "application", "R2",
    Person("苏和平", "男", day("1983-9-14"), "澜汐市龙泉街道青柏社区18号", "999971198309140015", "19900051380", "石材厂工人"),
    Lawyer("白映雪", "云南金碧楼律师事务所", "19971201610334421", "19900051399", "和志刚"),
    LANXI, 215,
    {
        "decided": day("2024-8-12"), "application": day("2024-9-2"), "review": day("2024-9-4"), "approval": day("2024-9-5"), "decision": day("2024-9-5"),
        "assignment": day("2024-9-6"), "taken": day("2024-9-5"), "letter": day("2024-9-6"), "lawyer_notice": day("2024-9-6"), "recipient_notice": day("2024-9-9"),
        "agreement": day("2024-9-9"), "power_of_attorney": day("2024-9-9"), "interview": day("2024-9-10"), "filed": day("2024-9-13"), "accepted": day("2024-9-20"),
        "inquiry": day("2024-9-26"), "discussed": day("2024-10-9"), "summons": day("2024-10-21"), "hearing": day("2024-11-5"), "statement": day("2024-11-5"),
        "judgment": day("2024-12-3"), "service": day("2024-12-6"), "closing": day("2024-12-6"), "closing_report": day("2024-12-20"),
        "archive": day("2024-12-25"), "subsidy": day("2025-1-10"), "evaluation": day("2025-3-11"),
    },
    None, DISPUTE, "（2024）云9971行初33号",
    {
        "result": "判决", "reason": "我在石材厂搬石头砸伤了脚，人社局不给认定工伤，我想告到法院，不懂怎么写状子，也没有钱请律师，请求援助。",
        "family": "夫妻二人，一子读小学", "income": "760元", "burden": "医药费自付一万八千元，房租每月六百元", "against": BOARD, "against_letter": "澜汐市人民法院",
        "brief": "苏和平2024年5月21日在厂区搬运石料被砸伤，人社局不予认定工伤，欲提起行政诉讼。", "opinion": "请求撤销不予认定工伤决定，经济困难，建议给予援助。",
        "agreed": "同意，指派律师办理。", "complaint_title": "行政起诉状", "judge": "阿诗玛", "court_clerk": "段思平", "room": "澜汐市人民法院第四审判庭", "span": "9时00分至11时10分",
        "powers": "代为起诉、出庭、质证、辩论，代收法律文书", "work": "约见一次，调查取证一次，出庭一次，提交质证意见和代理意见各一份。",
        "outcome": "判决撤销不予认定决定，责令重新作出认定。", "evaluator": "沐英男", "tried_as": "立案后，依法适用普通程序，组成合议庭", "group": "一般困难群众",
        "opponent_there": "委托代理人到庭",
    },
)  # fmt: skip

TALK = (
    ("我们是法律援助中心指派的律师，由我代理你打这个官司，不收费，同意吗？", "同意。"),
    ("你有要求更换律师、了解进展的权利，也要如实陈述、配合举证；诉讼有败诉、执行不到的风险，清楚吗？", "清楚了。"),
    ("说说基本情况。", "苏和平，四十一岁，在云锦石材厂开切割机，有个儿子读小学。"),
    ("受伤的经过？", "5月21日下午三点，车间主任喊我和另外一个人去搬石板，石板滑下来砸到右脚。"),
    ("人社局为什么不认？", "说我不在岗位上。可是主任叫我去的，工友都晓得。"),
    ("你的要求？", "撤销那个决定，重新给我认定。"),
    ("有什么证据？", "病历、主任发的微信、工友杨顺可以作证，还有劳动合同。"),
)
WITNESS = (
    ("你叫什么，在哪里上班？", "我叫杨顺，在云锦石材厂打包组。"), ("5月21日下午你在做什么？", "车间主任喊我和苏和平去料场搬石板，说客户急等着装车。"),
    ("苏和平怎么受伤的？", "抬到第三块，绳子断了，石板滑下来压在他右脚上。"), ("搬石板是不是你们的工作？", "平时不是，主任临时安排的。"),
    ("以上说的是事实吗？", "是事实，我愿意出庭。"),
)  # fmt: skip
HEARD = (
    ("审判长", "现在开庭。核对当事人身份，告知诉讼权利义务，是否申请回避？"), ("原告", "不申请。"), ("被告", "不申请。"),
    ("审判长", "进行法庭调查。原告陈述诉讼请求和事实理由。"), ("原告", "请求撤销不予认定工伤决定书，理由同起诉状。"), ("被告", "决定认定事实清楚，程序合法，请求驳回。"),
    ("审判长", "被告就被诉行政行为的合法性举证。"), ("被告", "出示工伤认定申请表、询问笔录、岗位说明书，证明原告不在切割岗位。"),
    ("代理人", "岗位说明书未经原告签字，询问笔录只问了人事人员，没有问车间主任和在场工友，不能证明事实。"),
    ("审判长", "原告举证。"), ("代理人", "出示病历、微信截图、证人杨顺的调查笔录，证明原告受车间主任指派搬运石料时受伤。"), ("被告", "微信截图真实性认可，但不能证明属于工作内容。"),
    ("审判长", "问被告：是否向车间主任核实？"), ("被告", "电话联系过，没有做笔录。"), ("审判长", "法庭调查结束，进行法庭辩论。"),
    ("代理人", "受指派临时搬运属于工作原因，事发在工作时间和工作场所，符合工伤保险条例第十四条第一项。"), ("被告", "坚持答辩意见。"),
    ("审判长", "辩论终结。各方作最后陈述。"), ("原告", "请求支持我的诉讼请求。"), ("被告", "请求驳回。"), ("审判长", "休庭，择期宣判。请核对笔录签名。"),
)  # fmt: skip
MUDDLE = (
    ("3", "病历和诊断书", "", "12"), ("", "劳动合同", "存在劳动关系", ""), ("1", "微信截图", "", "5-6"), ("", "不予认定工伤决定书", "", "3"), ("2", "证人杨顺调查笔录", "受指派搬运石料", ""),
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    statement = lawyer_sheets.statement(
        case, "representation_statement", "代 理 意 见", to="", opening="关于苏和平诉澜汐市人力资源和社会保障局工伤认定一案，现提出以下意见。",
        points=(
            "一、被诉决定主要证据不足。被告只询问了单位人事人员，没有向指派原告搬运的车间主任和在场工友核实，依据《最高人民法院关于执行〈中华人民共和国行政诉讼法〉"
            "若干问题的解释》第二十六条，被告应当承担举证不能的后果。",
            "二、原告系因工作原因受伤。原告在工作时间、厂区之内，服从用人单位的安排从事临时性搬运，属于《工伤保险条例》第十四条第（一）项规定的情形。",
            "三、用人单位对劳动者负有安全保障义务。依照《中华人民共和国侵权责任法》第三十四条的精神，因执行工作任务受到的损害不应由劳动者自行承担，被告的认定割裂了"
            "工作任务与岗位之间的联系。",
        ),
        end="综上，被诉不予认定工伤决定依法应予撤销。", mark="blank", dated=False,
    )  # fmt: skip
    docs = (
        office_papers.intake(case), boxed_forms.application(case), aid_forms.identity(case), boxed_forms.hardship(case), boxed_forms.approval(case),
        boxed_forms.decision(case), boxed_forms.assignment(case, blank=("number", "案　由", "date")), boxed_forms.stub(case), boxed_forms.letter(case),
        office_papers.service_return(case, what="法律援助决定书"), boxed_forms.recipient_notice(case, mark="finger", law="《法律援助条例》"),
        boxed_forms.lawyer_notice(case), boxed_forms.agreement(case), boxed_forms.mandate(case),
        boxed_forms.blank_form(
            "feedback_form", "征询受援人意见表", (("受援人姓名",), ("案　由",), ("承办律师",), ("服务态度评价",), ("办案质量评价",), ("意见和建议",), ("受援人签名",)),
            foot="本表由受援人填写，寄回法律援助机构。",
        ),
        lawyer_sheets.record(
            case, "client_talk", "谈话笔录", TALK, place="澜汐市法律援助中心接待室", span=("14时10分", "15时05分"), mark="both", foot=True,
        ),
        civil_papers.complaint(case), lawyer_sheets.messy_evidence(case, MUDDLE),
        civil_papers.slip("劳动合同（摘页）", (("甲方", "澜汐市云锦石材厂"), ("乙方", "苏和平"), ("岗位", "切割工"), ("期限", "2023年3月1日至2026年2月28日"))),
        civil_papers.exhibit(
            "澜汐市第一医院诊断证明书", ("患者苏和平，男，41岁，2024年5月21日急诊入院。", "诊断：右足第二、三跖骨骨折。建议休息三个月，定期复查。"),
            seal="澜汐市第一医院", closing="2024年6月3日",
        ),
        office_papers.board_decision(
            case, by=BOARD, title="不予认定工伤决定书", number="澜人社工不认字〔2024〕41号",
            lines=(
                "申请人苏和平，男，身份证号999971198309140015，职工，工作单位澜汐市云锦石材厂。",
                "本机关受理苏和平的工伤认定申请后，经调查核实，其2024年5月21日受伤时不在本人工作岗位，不符合《工伤保险条例》第十四条、第十五条规定的情形，"
                "现决定不予认定为工伤。",
                "如不服本决定，可以自收到之日起六十日内申请行政复议，或者六个月内向人民法院提起行政诉讼。",
            ),
        ),
        civil_papers.acceptance(case, title="受理案件通知书"),
        lawyer_sheets.record(
            case, "investigation_record", "调查笔录", WITNESS, when="inquiry", role="", place="云锦石材厂门卫室", span=("10时", "10时40分"), other="杨顺",
            mark="over", signer="witness", by_hand=False,
        ),
        lawyer_sheets.notes(
            case, "group_discussion", "疑难案件集体讨论记录",
            ("时间：2024年10月9日　地点：本所会议室", "参加人：白映雪、和志刚、郝连城", "白映雪汇报案情：关键是搬运算不算工作原因。", "郝连城：主任微信是直接证据，要做公证或者当庭出示手机。",
             "和志刚：被告没有调查在场人员，程序和证据都有问题。", "结论：以主要证据不足、适用法律错误为由请求撤销。"),
        ),
        court_papers.summons(case, title="传票"),
        lawyer_sheets.cross_examination(
            case, (("岗位说明书", "真实性不认可，没有原告签字；与本案无关联。"), ("询问笔录（人事人员）", "合法性无异议，但该人不在现场，不能证明事发经过。"), ("电话记录单", "没有被询问人签名，不能作为证据。")),
        ),
        office_papers.court_record(case, parties="原告苏和平及委托代理人白映雪；被告澜汐市人力资源和社会保障局委托代理人李自强", lines=HEARD, procedure="普通程序"),
        statement, civil_papers.outcome(case, title="行 政 判 决 书"), court_papers.service(case, what="行政判决书"), boxed_forms.closing_report(case),
        lawyer_sheets.subsidy(case), boxed_forms.old_evaluation(case),
        lawyer_sheets.notes(case, "work_log", "办案日志", ("9月9日　签订协议、委托书。", "9月10日　约见受援人，谈话笔录一份。", "9月13日　代书并立案。", "9月26日　到石材厂调查，笔录一份。", "11月5日　开庭。", "12月6日　领取判决书，告知受援人。")),
        lawyer_sheets.remarks(case, 38),
    )  # fmt: skip
    findings = (
        {"rule": "FRM301", "document_type": "assignment_notice", "about": "assignment_notice", "note": "指派通知书编号、案由、落款日期空白"},
        {"rule": "FRM302", "document_type": "feedback_form", "about": "feedback_form", "note": "征询受援人意见表整份未填"},
        {"rule": "CAT204", "document_type": "evidence_catalogue", "about": "evidence_catalogue", "note": "证据目录编号缺漏且颠倒，证明内容、页码多处空白"},
        {"rule": "SGN401", "document_type": "representation_statement", "about": "representation_statement", "note": "代理意见落款无签名"},
        {"rule": "FRM303", "document_type": "representation_statement", "about": "representation_statement", "note": "代理意见没有致送对象和日期"},
        {"rule": "OPN803", "document_type": "representation_statement", "about": "representation_statement", "note": "引用已废止的行诉法执行解释和侵权责任法，事实发生在2024年"},
        {"rule": "VER901", "document_type": "quality_evaluation_form", "about": "quality_evaluation_form", "note": "2025年评估仍用2014年试行版"},
        {"rule": "VER902", "document_type": "recipient_rights_notice", "note": "权利义务告知书只引用法律援助条例"},
    )  # fmt: skip
    traps = (
        {"rule": "SGN402", "document_type": "recipient_rights_notice", "reason": "受援人以捺印代替签名"},
        {"rule": "REC701", "document_type": "hearing_record", "reason": "普通程序，四个阶段齐全"},
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "行政案件不要求阅卷笔录"},
        {"rule": "FRM302", "document_type": "approval_form", "reason": "备注栏可以空白"},
    )
    tolerated = (
        {"rule": "DOC111", "document_type": "form_stub"},
        {"rule": "OPN801"},
        {"rule": "DAT505"},
    )
    return Binder(
        case, docs, Scan(skew=0.9, noise=0.6, numbering="machine", edge=228, auto=True, gradient=6, holes=False), findings, traps, tolerated, front=boxed_forms.front,
    )  # fmt: skip
