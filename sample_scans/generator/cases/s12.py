"""s12: traffic accident, trial on application. A catalogue full of corrections, forms with gaps, thin records, nobody signed."""

from sample_scans.generator import aid_forms, court_papers, lawyer_sheets, lined_forms, office_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.blocks import Entry
from sample_scans.generator.cases.offices import QIYUAN
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.markup import alter, ink
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="交通肇事罪",
    articles="第一百三十三条",
    facts=(
        "2023年12月8日18时40分许，{who}驾驶轻型自卸货车沿祁沙公路由北向南行驶至红崖村岔口时，未按照操作规范安全驾驶，与同向骑行电动三轮车的"
        "丁香玉发生碰撞，致丁香玉受伤后经抢救无效死亡。祁原县公安局交通警察大队认定，{name}承担事故主要责任，丁香玉承担次要责任。",
        "事故发生后，{who}拨打急救电话和报警电话，在现场等候处理，到案后如实供述了犯罪事实。其与被害人近亲属达成赔偿协议，已赔偿人民币268000元，"
        "取得谅解。",
    ),
    evidence=(
        ("受案登记表、传唤证、违法犯罪记录证明等书证", "卷一第2-21页"), ("道路交通事故认定书", "卷一第22-26页"), ("证人包文斌的证言", "卷一第30-34页"),
        ("赵满囤的供述和辩解", "卷二第1-18页"), ("尸体检验意见书、车辆技术检验报告", "卷二第19-40页"), ("现场勘验笔录及照片", "卷二第41-58页"),
    ),
    caught="2023年12月8日18时52分，我队接赵满囤电话报警，称其驾驶货车在红崖村岔口撞到一辆电动三轮车。民警到达时，赵满囤在现场等候，主动说明系其驾车肇事。"
    "民警将其传唤至我队接受调查，其如实交代了事故经过。",
    told=(),
    notes=(),
    doubts=(),
    points=(("家属已经赔偿", ""), ("自愿认罪认罚", "")),
    finding="{who}主动报警并在现场等候，如实供述，系自首，可以从轻处罚；赔偿被害人近亲属损失并取得谅解，可以酌情从轻处罚；自愿认罪认罚，可以从宽处理。",
    proposal="建议判处有期徒刑一年，缓刑一年六个月。",
    sentence="被告人{name}犯交通肇事罪，判处有期徒刑一年，缓刑一年六个月。",
)  # fmt: skip

CASE = Case(
    "s12", "criminal", "trial", "application", "R2",
    Person("赵满囤", "男", day("1979-4-22"), "祁原县沙柳镇红崖村三社", "999963197904220039", "19900041275", "货车司机", "小学"),
    Lawyer("慕容雪", "甘肃祁连雪律师事务所", "19963202011556780", "19900070012", "金沙"),
    QIYUAN, 67,
    {
        "caught": day("2023-12-8"), "detention": day("2023-12-9"), "bail": day("2023-12-20"), "prosecution_opinion": day("2024-2-5"),
        "sent_back": day("2024-3-11"), "plea": day("2024-5-15"), "indictment": day("2024-5-20"), "application": day("2024-6-3"),
        "review": day("2024-6-5"), "approval": day("2024-6-6"), "decision": day("2024-6-6"), "assignment": day("2024-6-7"), "lawyer_notice": day("2024-6-7"),
        "recipient_notice": day("2024-6-11"), "power_of_attorney": day("2024-6-11"), "interview": day("2024-6-12"), "file_reading": day("2024-6-13"),
        "summons": day("2024-6-20"), "hearing": day("2024-7-2"), "statement": day("2024-7-2"), "judgment": day("2024-7-16"),
        "service": day("2024-7-18"), "closing": day("2024-7-18"), "closing_report": day("2024-8-2"),
    },
    CRIME, None, "（2024）甘9963刑初29号",
    {
        "result": "判决（缓刑）", "reason": "我开货车出了交通事故，人没救过来。赔了人家二十六万多，家里借遍了，开庭请不起律师，请求给我派一个。",
        "family": "父母、妻子、两个孩子共六口", "income": "430元", "burden": "赔偿借款二十二万元，父亲瘫痪，两个孩子上学", "living": "打零工",
        "village": "祁原县沙柳镇红崖村村民委员会", "town": "祁原县沙柳镇人民政府",
        "brief": "赵满囤2023年12月8日驾驶货车与电动三轮车碰撞，致一人死亡，负主要责任，已赔偿并获谅解，现被提起公诉。",
        "officers": "巴特尔、韩立本", "reported": "本案由赵满囤于2023年12月8日电话报警案发", "reporter": "赵满囤（本人）",
        "reported_facts": "2023年12月8日18时40分许，祁沙公路红崖村岔口，货车与电动三轮车相撞，三轮车驾驶人丁香玉受伤。", "prosecutor": "铁木兰", "judge": "雍正平",
        "jurors": "戴胜、查海", "court_clerk": "卓玛", "room": "祁原县人民法院第二法庭", "span": "15时00分至15时20分", "ask": "有期徒刑一年，缓刑一年六个月",
        "weighed": "被告人有自首、赔偿谅解、认罪认罚情节。", "procedure": "普通程序", "tried": "本院依法适用普通程序，组成合议庭，公开开庭审理了本案。",
        "work": "会见一次，阅卷一次，出庭一次，提交辩护词。", "outcome": "判处缓刑，受援人未上诉。", "firm_head": "祁向东", "powers": "依法行使辩护权",
    },
)  # fmt: skip

TALK = (
    ("我是给你派的律师，愿意让我辩护吗？", "愿意。"),
    ("说一下你的情况。", "赵满囤，四十五岁，红崖村的，开车的，家里父母都在，两个娃。没犯过事。"),
    ("怎么到案的？", "我自己报的警，在那里等着交警来的。"),
    ("事情经过？", "天黑了，三轮车没有灯，我看见的时候来不及了，踩了刹车还是撞上了。"),
    ("赔了多少？", "二十六万八，人家写了谅解书。"),
)
HEARD = (
    ("审判长", "现在开庭。核对身份。公诉人宣读起诉书。"), ("公诉人", "（宣读起诉书）"), ("被告人", "没有意见。"), ("审判长", "公诉人举证。"),
    ("公诉人", "证据庭前已经看过。"), ("被告人", "没有意见。"), ("审判长", "休庭。"),
)  # fmt: skip
READ = (
    ("卷一第2-5页", "赵满囤18时52分电话报警，在现场等候。", "与到案经过一致，属于主动投案。"),
    ("卷一第22-26页", "事故认定书：赵满囤主要责任，丁香玉次要责任。", "三轮车无灯光、占用机动车道，责任比例可以说明。"),
    ("卷一第30-34页", "包文斌：听到刹车声，货车司机下来打电话。", "印证现场情况和报警人。"),
    ("卷二第19-40页", "车辆制动合格，车速每小时52公里。", "未超速，过失程度较轻。"),
    ("卷二第60页", "谅解书一份，赔偿协议一份。", "核对付款凭证原件。"),
)


def corrected(rows: list[Entry]) -> list[Entry]:
    """What the clerk did: struck, overwrote and whitened with nothing to confirm it, and lost a row and gained another."""
    done = []
    for row in rows:
        title, pages, shown = row.title, row.pages, ("", "")
        match title:
            case "给予法律援助决定书":
                shown = (alter("struck", "不予法律援助决定书", "给予法律援助决定书", by_hand=True), "")
            case "法律援助公函":
                shown = ("", alter("overwritten", "9", pages, by_hand=True))
            case "律师事务所函":
                shown = (alter("whitened", "律师所函", "律师事务所函", by_hand=True), "")
            case "拘留证":
                shown = ("", alter("struck", "26", pages, by_hand=True))
            case "违法犯罪记录证明":
                shown = (alter("overwritten", "连", "违", by_hand=True) + ink(title[1:]), "")
            case "刑事判决书":
                first = int(pages.split("-")[0])
                pages = f"{first + 2}-{first + 3}"
                shown = ("", alter("struck", f"{first}-{first + 1}", pages, by_hand=True))
            case _:
                pass
        done.append(Entry(str(len(done) + 1), title, pages, row.remark, shown))
        if title == "认罪认罚具结书":
            done.append(Entry(str(len(done) + 1), "被害人近亲属谅解书", pages, "复印件"))
    return done


def binder(case: Case = CASE) -> Binder:
    defence = lawyer_sheets.statement(
        case, "defence_statement", "辩 护 词", to="审判长、人民陪审员：", opening="我受法律援助中心指派，为被告人赵满囤辩护，现发表以下意见，请予考虑。",
        points=(
            "一、被告人家属已经赔偿。事发以后，被告人一家东拼西凑，向对方支付了二十六万八千元，尽了最大努力，说明其有悔过的表现，希望法庭量刑时考虑。",
            "二、被告人自愿认罪认罚。被告人在检察机关签署了具结书，今天在法庭上也没有异议，态度诚恳。",
            "三、被告人家庭困难。上有瘫痪的父亲，下有两个上学的孩子，全家靠其一人收入，如果收监，一家人的生活难以为继。",
        ),
        end="综上，恳请法庭对被告人从宽处罚，给其一个改过的机会。", mark="printed",
    )  # fmt: skip
    docs = (
        lined_forms.application(case, mark="both"), aid_forms.identity(case), lined_forms.receipt_of_papers(case), lined_forms.hardship_certificate(case),
        lined_forms.approval(case, blank=("form", "unit", "stage", "opinion")), lined_forms.decision(case), lined_forms.assignment(case), lined_forms.letter(case),
        lined_forms.recipient_notice(case, mark="blank"), lined_forms.lawyer_notice(case, mark="stamp"), lined_forms.agreement(case, blank=("powers", "until", "date")),
        lined_forms.mandate(case), lined_forms.firm_letter(case), lawyer_sheets.licence(case),
        lawyer_sheets.record(case, "client_interview", "会见笔录", TALK, mark="blank"),
        lawyer_sheets.reading(case, READ, ("自首成立，应当提出。", "取得谅解，争取缓刑。", "被害人有次要责任。")),
        office_papers.registration(case), office_papers.summons_warrant(case), police_papers.detention(case), police_papers.bail(case).but(turn=270),
        police_papers.apprehension(case, title="到案经过"), office_papers.clean_record(case), police_papers.opinion(case).but(copy=True), office_papers.sent_back(case),
        police_papers.plea(case, helper="乌兰"), office_papers.sentencing_proposal(case), police_papers.indictment(case).but(listed=""),
        court_papers.summons(case), defence,
        office_papers.court_record(case, parties="公诉人：铁木兰　被告人：赵满囤　辩护人：慕容雪", lines=HEARD, procedure="普通程序", marks=("over",)),
        court_papers.judgment(case), court_papers.service(case, what="刑事判决书"), lined_forms.closing_report(case),
    )  # fmt: skip
    findings = (
        {"rule": "CAT202", "about": "file_catalogue", "note": "起诉书在卷未列入目录；目录所列被害人近亲属谅解书不在卷；刑事判决书页码与实际不符"},
        {"rule": "CAT203", "about": "file_catalogue", "note": "目录六处涂改，均无捺印或者盖章"},
        {"rule": "FRM302", "document_type": "approval_form", "note": "援助形式、办案单位、阶段、审批意见空白"},
        {"rule": "FRM302", "document_type": "aid_agreement", "note": "代理权限、期限、签订日期空白"},
        {"rule": "SGN401", "document_type": "defence_statement", "about": "defence_statement", "note": "辩护词只有打印姓名，没有签名或者盖章"},
        {"rule": "SGN402", "document_type": "recipient_rights_notice", "note": "受援人未签名捺印"},
        {"rule": "SGN402", "document_type": "client_interview", "note": "被会见人未签名捺印"},
        {"rule": "REC701", "document_type": "hearing_record", "about": "hearing_record", "note": "普通程序，笔录只有数行，无质证、辩论、最后陈述"},
        {
            "rule": "REC702", "document_type": "client_interview", "about": "client_interview", "missing": ["起止时间", "地点", "权利告知", "强制措施", "是否认罪认罚"],
            "note": "会见笔录缺起止时间、地点、权利告知、强制措施、是否认罪认罚",
        },
        {"rule": "OPN801", "document_type": "defence_statement", "about": "defence_statement", "missing": ["自首", "谅解"], "note": "起诉书、判决书认定自首、取得谅解，辩护词未提"},
        {"rule": "OPN802", "document_type": "defence_statement", "about": "defence_statement", "note": "辩护词未引用任何法律条文"},
        {"rule": "VER902", "document_type": "hardship_certificate", "note": "2024年6月仍使用经济状况证明表"},
    )  # fmt: skip
    traps = (
        {"rule": "SGN402", "document_type": "power_of_attorney", "reason": "委托人签名上捺有指印"},
        {"rule": "SGN403", "document_type": "detention_warrant", "reason": "拘留证为复印件，黑章视为有章"},
        {"rule": "REC703", "document_type": "file_reading_record", "reason": "表格式阅卷笔录，有页码、摘录、意见"},
        {"rule": "FRM302", "document_type": "aid_application", "reason": "代理人一栏表内注明本人申请的不填"},
    )
    return Binder(
        case, docs, Scan(skew=0.5, noise=0.7, numbering="pencil", gradient=5, auto=True), findings, traps, front=lined_forms.front, edit=corrected,
        remarks={"identity_proof": "复印件"},
    )  # fmt: skip
