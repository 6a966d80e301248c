"""s15: rent, civil, for the tenant who is sued. His own answer stands for a statement; gaps in letters; two papers unsigned."""

from sample_scans.generator import aid_forms, boxed_forms, court_papers, lawyer_sheets, lined_forms, office_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.blocks import Closing, Doc, Gap, Head, Para, Seal
from sample_scans.generator.cases.offices import QINGYAN
from sample_scans.generator.facts import Case, Dispute, Lawyer, Person, day
from sample_scans.generator.markup import date, sign
from sample_scans.generator.wear import Scan

OPPONENT = "冉光富"
DISPUTE = Dispute(
    "房屋租赁合同纠纷", OPPONENT, "男，1972年7月1日出生，住青砚县城关镇文昌路3号", (), (), (), (), (), (), (), "", ()
)

CASE = Case(
    "s15", "civil", "litigation", "application", "R2",
    Person("杨秀清", "女", day("1988-10-5"), "青砚县桐木乡茶坪村四组", "999948198810050028", "19900071102", "餐馆服务员"),
    Lawyer("尤可依", "贵州竹海律师事务所", "19948202111889900", "19900071199", "蓝小碟"),
    QINGYAN, 33,
    {
        "refused": day("2025-2-17"), "ruling": day("2025-2-20"), "filed": day("2025-2-18"), "application": day("2025-3-3"), "review": day("2025-3-5"),
        "approval": day("2025-3-6"), "decision": day("2025-3-6"), "assignment": day("2025-3-7"), "lawyer_notice": day("2025-3-7"), "recipient_notice": day("2025-3-10"),
        "agreement": day("2025-3-10"), "power_of_attorney": day("2025-3-10"), "interview": day("2025-3-10"), "answered": day("2025-3-14"), "accepted": day("2025-2-18"),
        "summons": day("2025-3-12"), "hearing": day("2025-4-1"), "judgment": day("2025-4-22"), "service": day("2025-4-24"), "closing": day("2025-4-24"),
        "closing_report": day("2025-5-12"),
    },
    None, DISPUTE, "（2025）黔9948民初217号",
    {
        "result": "判决", "reason": "我租了冉光富的门面开粉店，他说我欠八个月房租，告到法院要我还三万二。其实我退租的时候和他结清了。我现在在餐馆端盘子，没钱请律师。",
        "brief": "杨秀清被诉拖欠门面租金32000元，其主张已经结清，有收条和证人。", "family": "母亲、女儿和本人", "income": "980元", "burden": "母亲透析，女儿读初中",
        "powers": "代为答辩、举证、质证，参加法庭辩论和调解", "judge": "安顺义", "court_clerk": "苗岭", "room": "青砚县人民法院桐木法庭", "span": "9时30分至11时00分",
        "ruling_number": "（2025）黔9948财保11号", "work": "约见一次，指导撰写答辩状，出庭一次。", "outcome": "判决认定部分租金已付，判令支付9000元。", "firm_head": "龙行云",
        "ruling": "申请人冉光富于2025年2月19日向本院申请诉前财产保全，请求冻结被申请人杨秀清银行存款32000元，并提供了担保。\n"
        "本院经审查认为，申请人的申请符合法律规定。依照《中华人民共和国民事诉讼法》第一百零四条规定，裁定如下：\n冻结被申请人杨秀清的银行存款32000元，期限一年。",
    },
)  # fmt: skip

TALK = (
    ("我是法律援助中心指派的律师，由我做你的代理人，不收费，你同意吗？", "同意。"), ("你的权利义务和打官司的风险都写在告知书里，你看过没有？举证不够可能败诉，知道吗？", "看过了，知道。"),
    ("介绍一下你的情况。", "杨秀清，三十六岁，以前开粉店，现在在餐馆上班，妈妈生病，女儿读初二。"), ("租金是怎么回事？", "2023年3月租的，一个月四千，2024年6月退的租，当时算了账，给了他两万三，打了收条。"),
    ("对方的起诉你什么意见？", "不同意，我只差他一点水电。"), ("有哪些证据？", "收条在我手机里有照片，隔壁开理发店的罗姐看着我们结的账。"),
)  # fmt: skip
HEARD = (
    ("审判员", "现在开庭。核对当事人身份，告知权利义务，是否申请回避？"), ("原告", "不申请。"), ("被告", "不申请。"), ("审判员", "进行法庭调查，原告陈述。"),
    ("原告", "请求判令被告支付租金32000元。"), ("被告", "已经结清，有收条。"), ("审判员", "原告举证。"), ("原告", "出示租赁合同、催款短信。"), ("代理人", "合同真实性认可，短信是退租以前的。"),
    ("审判员", "被告举证。"), ("代理人", "出示收条照片、证人罗美兰的证言，证明2024年6月结清。"), ("原告", "收条是我写的，但只收了部分。"),
    ("审判员", "调查结束，进行辩论。"), ("原告", "还差租金。"), ("代理人", "收条写明“房租结清”，原告没有相反证据，请求驳回。"), ("审判员", "请作最后意见。"), ("原告", "坚持请求。"), ("被告", "请求驳回。"),
    ("审判员", "是否同意调解？"), ("原告", "不同意。"), ("审判员", "休庭。"),
)  # fmt: skip


def claim(case: Case) -> Doc:
    blocks = (
        Head("民 事 起 诉 状", 48, after=20), Para(f"原告：{OPPONENT}，{DISPUTE.opponent_about}。"), Para(f"被告：{case.client.name}，女，住{case.client.address}。"),
        Para("诉讼请求：判令被告支付拖欠的房屋租金32000元，并承担诉讼费。"),
        Para("事实和理由：2023年3月1日，被告租用原告位于桐木乡街上的门面一间，月租金四千元。自2023年11月起被告拖欠租金八个月，经催要不付，特提起诉讼。"),
        Para("此致\n青砚县人民法院", 2), Para(f"具状人：{sign('witness', OPPONENT, 'both')}", 0, "right"), Para(date("", case.on("filed"), "ar"), 0, "right"),
    )  # fmt: skip
    return Doc("civil_complaint", "民事起诉状", blocks, office_papers.BOARD, OPPONENT, copy=True)


def answer(case: Case) -> Doc:
    """The client's own answer, filed where the lawyer's statement should be."""
    blocks = (
        Head("民 事 答 辩 状", 48, after=20), Para(f"答辩人：{case.client.name}，女，1988年10月5日出生，住{case.client.address}。"), Para(f"被答辩人：{OPPONENT}。"),
        Para("答辩人因房屋租赁合同纠纷一案，针对原告的起诉，答辩如下："),
        Para("一、租金已经结清。2024年6月9日退租时，双方当面结算，答辩人支付23000元，被答辩人书写收条，注明“房租结清”。"),
        Para("二、被答辩人所称拖欠八个月与事实不符。其间答辩人多次转账付款，有记录可查，依照《中华人民共和国民法典》第七百二十一条，承租人已经履行支付租金的义务。"),
        Para("综上，请求驳回被答辩人的诉讼请求。"), Para("此致\n青砚县人民法院", 2), Gap(20), Para(f"答辩人：{sign('recipient', case.client.name, 'both')}", 0, "right"),
        Para(date("", case.on("answered"), "ar"), 0, "right"),
    )  # fmt: skip
    return Doc("answer", "民事答辩状", blocks, office_papers.BOARD, case.client.name)


def notice(case: Case) -> Doc:
    blocks = (
        Head("青砚县人民法院", 44), Head("应 诉 通 知 书", 50), Para(case.court_number, 0, "right", 25), Gap(10), Para(f"{case.client.name}：", 0),
        Para(f"本院受理{OPPONENT}诉你房屋租赁合同纠纷一案，现送达起诉状副本，你应当在收到之日起十五日内提出答辩状，并按规定期限举证。"),
        Closing(("青砚县人民法院", date("", case.on("summons"), "zh")), Seal("青砚县人民法院")),
    )  # fmt: skip
    return Doc("acceptance_notice", "应诉通知书", blocks, office_papers.BOARD)


def judgment(case: Case) -> Doc:
    blocks = (
        Head("青砚县人民法院", 44), Head("民 事 判 决 书", 52), Para(case.court_number, 0, "right", 26), Gap(8), Para(f"原告：{OPPONENT}，{DISPUTE.opponent_about}。"),
        Para(f"被告：{case.client.name}，女，1988年10月5日出生，住{case.client.address}。"), Para(f"委托诉讼代理人：{case.lawyer.name}，{case.lawyer.firm}律师（法律援助）。"),
        Para("原告冉光富与被告杨秀清房屋租赁合同纠纷一案，本院立案后，依法适用简易程序，公开开庭进行了审理。本案现已审理终结。"),
        Para("经审理查明：2023年3月，被告承租原告门面，月租金4000元，2024年6月退租，原告出具收条，载明收到23000元。双方对2024年5月、6月租金是否包括在内有争议。"),
        Para("本院认为，收条没有写明结算期间，被告主张全部结清，证据不足；原告主张拖欠八个月，与付款记录不符。结合转账记录，本院认定尚欠租金9000元。依照《中华人民共和国民法典》"
             "第七百二十一条、《中华人民共和国民事诉讼法》第六十七条规定，判决如下："),
        Para("一、被告杨秀清于本判决生效之日起十日内支付原告租金9000元；"), Para("二、驳回原告的其他诉讼请求。"), Para("如不服本判决，可以在判决书送达之日起十五日内提起上诉。"),
        Para(f"审 判 员　{case.words['judge']}", 0, "right"), Closing((date("judgment", case.on("judgment"), "zh"),), Seal("青砚县人民法院"), before=16),
        Para(f"书 记 员　{case.words['court_clerk']}", 0, "right"),
    )  # fmt: skip
    return Doc("judgment", "民事判决书", blocks, office_papers.BOARD, number="- {n} -")


def binder(case: Case = CASE) -> Binder:
    docs = (
        office_papers.refusal(case, when="refused", why="未提交经济困难状况说明，尚不能认定符合条件"), lined_forms.application(case, blank=("phone", "job", "cause")),
        aid_forms.identity(case), boxed_forms.hardship(case), lined_forms.approval(case), lined_forms.decision(case),
        lined_forms.assignment(case, blank=("number", "unit", "recipient")), lined_forms.letter(case), lined_forms.recipient_notice(case, mark="beside"),
        lined_forms.lawyer_notice(case, mark="blank"), lined_forms.agreement(case), lined_forms.mandate(case, mark="blank"),
        lawyer_sheets.record(case, "client_talk", "接谈笔录", TALK, place="青砚县法律援助中心", span=("15时", "15时45分"), mark="both", by_hand=False),
        claim(case), office_papers.ruling(case), notice(case), answer(case), court_papers.summons(case, title="传票"),
        office_papers.court_record(case, parties="原告冉光富；被告杨秀清及委托代理人尤可依", lines=HEARD, procedure="简易程序"), judgment(case),
        court_papers.service(case, what="民事判决书"), lined_forms.closing_report(case),
    )  # fmt: skip
    findings = (
        {
            "rule": "DOC105",
            "document_type": "representation_statement",
            "about": "representation_statement",
            "note": "卷内只有受援人自己的答辩状，没有代理词",
        },
        {
            "rule": "FRM301",
            "document_type": "assignment_notice",
            "about": "assignment_notice",
            "note": "指派通知书编号、承办单位、受援人空白",
        },
        {"rule": "FRM302", "document_type": "aid_application", "note": "联系电话、职业、案由空白"},
        {"rule": "SGN402", "document_type": "lawyer_rights_notice", "note": "律师未签名"},
        {"rule": "SGN402", "document_type": "power_of_attorney", "note": "委托人未签名"},
    )
    traps = (
        {"rule": "DOC111", "document_type": "civil_complaint", "reason": "受援人为被告，卷内起诉状系对方的"},
        {"rule": "REC701", "document_type": "hearing_record", "reason": "简易程序"},
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "民事案件不要求阅卷笔录"},
        {"rule": "SGN402", "document_type": "recipient_rights_notice", "reason": "受援人签名旁捺有指印"},
        {"rule": "DAT504", "constraint": "D01", "reason": "财产保全裁定、起诉状早于申请属正常（LA09）"},
    )
    return Binder(
        case, docs, Scan(skew=1.0, noise=0.8, numbering="pencil", fax=True, gradient=7, edge=240, streak=True), findings, traps, ({"rule": "DOC104"}, {"rule": "DAT502"}),
        front=lined_forms.front,
    )  # fmt: skip
