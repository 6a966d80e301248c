"""s07: receiving stolen goods, prosecution review on application. The reading record is the police's opinion, reworked.

Lawful on the way: the duty lawyer's plea before the assignment, and a change of lawyer after the first interview.
"""

from sample_scans.generator import aid_forms, aid_letters, closing_papers, court_papers, lawyer_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import BAILU
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="掩饰、隐瞒犯罪所得罪",
    articles="第三百一十二条第一款",
    facts=(
        "2024年4月至6月，{who}在白鹭县石埠乡经营废旧物资回收站期间，明知吕得水（另案处理）出售的铝合金门窗、空调外机系盗窃所得，仍先后四次"
        "以明显低于市场的价格予以收购，支付现金共计人民币5200元。收购后，{name}将上述物品拆解，混入其他废旧金属中转卖给外地货车司机，获利"
        "人民币2900元。经白鹭县价格认证中心认定，涉案物品价值人民币11860元。",
        "2024年7月3日，{who}经民警电话通知后主动到白鹭县公安局石埠派出所接受调查，如实供述了收购赃物的事实，并于次日退缴违法所得2900元。",
    ),
    evidence=(
        ("受案登记表、电话通知记录、退缴票据", "卷宗第3-17页"),
        ("另案被告人吕得水的供述", "卷宗第18-33页"),
        ("失主宫大川、麦秀兰的陈述", "卷宗第34-46页"),
        ("时有才的供述", "卷宗第47-63页"),
        ("价格认定书", "卷宗第64-67页"),
        ("收购站现场照片", "卷宗第68-72页"),
    ),
    caught="2024年7月2日，我所在侦办吕得水盗窃案中，查明其将赃物卖给石埠乡收购站经营者时有才。7月3日8时30分，民警电话通知时有才到所接受"
    "调查，时有才于当日9时20分自行到达，如实讲述收购经过，并于7月4日退缴2900元。",
    told=(
        (
            "收那些门窗和空调外机的经过？",
            "吕得水骑三轮拉来的，说是拆房子的，价钱便宜，我没多问就收了，前后四回，给了他五千二。",
        ),
        ("当时有没有怀疑来路？", "第三回的时候空调外机还是新的，我心里有数，就是贪便宜。"),
        ("赃款退了吗？", "退了两千九，有票。"),
    ),
    notes=(),
    doubts=(),
    points=(
        (
            "具有自首情节",
            "时有才接到电话后自行到案并如实供述，依照《中华人民共和国刑法》第六十七条第一款，可以从轻或者减轻处罚；犯罪较轻的可以免除处罚。",
        ),
        (
            "犯罪情节轻微",
            "涉案数额不大，全部退缴违法所得，失主损失已由家属代为弥补，依照《中华人民共和国刑法》第三十七条可以免予刑事处罚。",
        ),
        (
            "认罪认罚",
            "其于2024年8月在值班律师见证下签署具结书，根据《中华人民共和国刑事诉讼法》第十五条、第一百七十七条第二款，符合相对不起诉条件。",
        ),
        ("初犯", "其经营多年无违法记录，愿意接受社区帮教。"),
    ),
    finding="{who}经电话通知主动到案，如实供述，系自首；退缴违法所得；自愿认罪认罚；系初犯。",
    proposal="",
    sentence="",
)
FIRST = Lawyer("向晚晴", "福建石埠律师事务所", "19942201610223344", "19900099010", "凤小岳")

CASE = Case(
    "s07", "criminal", "prosecution_review", "application", "R2",
    Person("时有才", "男", day("1969-2-11"), "白鹭县石埠乡下垅村88号", "999942196902110097", "19900091234", "个体经营", "小学"),
    Lawyer("钟离澈", "福建鹭江口律师事务所", "19942201510667788", "19900099021", "凤小岳"),
    BAILU, 64,
    {
        "caught": day("2024-7-3"), "bail": day("2024-7-4"), "prosecution_opinion": day("2024-8-12"), "plea": day("2024-8-22"),
        "application": day("2024-8-29"), "review": day("2024-9-2"), "approval": day("2024-9-3"), "decision": day("2024-9-3"),
        "first": day("2024-9-4"), "recipient_notice": day("2024-9-4"), "lawyer_notice": day("2024-9-12"), "agreement": day("2024-9-13"),
        "power_of_attorney": day("2024-9-13"), "interview": day("2024-9-6"), "second": day("2024-9-14"), "reassignment": day("2024-9-12"),
        "assignment": day("2024-9-12"), "file_reading": day("2024-9-18"), "statement": day("2024-9-24"), "judgment": day("2024-10-15"),
        "service": day("2024-10-17"), "closing": day("2024-10-17"), "closing_report": day("2024-11-4"),
    },
    CRIME, None, "",
    {
        "result": "相对不起诉", "reason": "我收废品收了别人偷来的东西，已经退钱了。检察院正在审查，我文化低不会写材料，老伴常年吃药，请律师要花钱，申请法律援助。",
        "family": "老伴、本人，子女已分户", "income": "650元", "burden": "老伴糖尿病药费每月六百元", "brief": "时有才明知是赃物仍四次收购，涉案11860元，"
        "经电话通知到案，退缴违法所得，签署具结书。", "officers": "柯蓝天、钱塘江", "reported": "本案系我局办理吕得水盗窃案过程中发现",
        "ask": "有期徒刑六个月，缓刑一年，并处罚金五千元", "procedure": "速裁程序", "house_talk": "b", "place": "白鹭县法律援助中心", "from": "8时50分", "to": "9时55分",
        "consent": "愿意，辛苦你。", "rights": "明白，不申请回避。", "self": "和老伴过日子，小学三年级，以前没犯过法，血糖有点高。",
        "arrived": "七月三号早上派出所打电话，我骑车就去了。", "measures": "没有拘留，2024年7月4日给我办的取保候审。",
        "plead": "认罪认罚，八月二十二号在检察院签的，有个值班律师。", "more": "收购站我不开了，请从轻。",
        "asked": "对犯罪嫌疑人时有才作出相对不起诉决定", "reviewed": "2024年4月至6月间，时有才在其经营的废旧物资回收站内，四次低价收购吕得水盗窃所得的"
        "铝合金门窗、空调外机，价值11860元，从中获利2900元；案发后已全部退缴。", "court_clerk": "宁采薇",
        "work": "接替原承办律师后约见一次，阅卷一次，提交法律意见书一份，参加检察机关不起诉听证一次。",
        "outcome": "检察机关作出相对不起诉决定，受援人回归正常生产。", "firm_head": "孟浩渺", "evaluator": "司马南星",
    },
)  # fmt: skip


def copied() -> list[str]:
    """The opinion's facts in another order, a word changed here and there: still a copy."""
    return [
        "时有才于2024年7月3日经民警电话通知后主动到石埠派出所接受调查，如实供述收购赃物的事实，次日退缴违法所得2900元。",
        "2024年4月至6月，时有才在石埠乡经营废旧物资回收站期间，明知吕得水出售的铝合金门窗、空调外机系盗窃所得，先后四次以明显低于市场的价格予以"
        "收购，共支付现金人民币5200元。涉案物品经县价格认证中心认定价值人民币11860元。收购后，时有才将上述物品进行拆解，混入其他废旧金属中"
        "转卖给外地货车司机，获利2900元。",
        "认定以上事实的证据如下：受案登记表、电话通知记录、退缴票据；另案被告人吕得水的供述；失主宫大川、麦秀兰的陈述；时有才的供述；价格认定书。",
    ]


NO_COURT = ({"rule": "FRM302", "document_type": "court_service_return"},)
"""The procuratorate has no number of a court to put into the return's slot."""


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    second = [
        ("钟离律师已经看过前面的笔录，更换律师的通知你收到没有？你是否同意由我继续为你辩护？", "收到了，同意你继续帮我。"),
        ("你的权利义务再说一遍：可以申请回避、自行辩护，对侵权可以控告。清楚吗？", "清楚。"),
        ("基本情况、前科和身体状况跟上次说的有变化没有？", "没有变化，没有前科。"),
        ("到案经过再确认一下：是接到电话自己去的吗？", "是的，七月三号早上接的电话，我自己骑车去的派出所。"),
        ("强制措施呢？", "2024年7月4日取保候审，没有关过。"), ("认罪认罚具结书是自愿签的吗？", "自愿的，我认罪认罚。"),
    ]  # fmt: skip
    told = [
        ("第一回收货是什么时候，谁在场？", "四月中旬吧，老伴在场，她劝我别收，我没听。"),
        ("空调外机后来卖给谁了？", "卖给过路的货车，外地牌照，没有留电话。"),
        ("失主那边有没有联系过？", "我儿子去道了歉，补了四千块钱，对方写了条子。"),
    ]
    docs = (
        aid_forms.application(case), aid_forms.identity(case), aid_forms.hardship(case), aid_forms.approval(case), aid_forms.decision(case),
        aid_letters.assignment(case, when="first", lawyer=FIRST), aid_letters.reassignment_approval(case, before=FIRST, reason="承办律师怀孕住院保胎"),
        aid_letters.reassignment_notice(case, before=FIRST), aid_letters.assignment(case), aid_letters.aid_letter(case),
        aid_letters.recipient_notice(case), aid_letters.lawyer_notice(case), aid_letters.agreement(case), aid_letters.mandate(case),
        lawyer_papers.interview(case, lawyer=FIRST, title="会见笔录"),
        lawyer_papers.interview(case, when="second", title="会见笔录", turn="第二次", usual=second, told=told, where="白鹭县石埠乡司法所"),
        lawyer_papers.copied_reading(case, copied(), title="阅卷记录"), police_papers.opinion(case).but(copy=True),
        police_papers.bail(case), police_papers.apprehension(case, title="到案经过"),
        police_papers.plea(case, helper="宿雨晴").but(copy=True), lawyer_papers.legal_opinion(case), police_papers.non_prosecution(case),
        court_papers.service(case, what="不起诉决定书", organ=case.office.procuratorate), closing_papers.closing_report(case),
    )  # fmt: skip
    findings = (
        {"rule": "CPY601", "about": "file_reading_record", "document_type": "file_reading_record",
         "note": "阅卷记录为起诉意见书事实部分的抄录，语序和个别字词有改动，没有页码、比对和意见"},
    )  # fmt: skip
    traps = (
        {"rule": "DAT502", "document_type": "plea_affidavit", "reason": "值班律师见证具结早于审批和指派（LA03）"},
        {"rule": "DAT504", "constraint": "D06", "reason": "原承办人的会见早于更换后的指派（LA05）"},
        {"rule": "DOC104", "reason": "审查起诉阶段以法律意见书代替辩护词"},
        {"rule": "DOC106", "reason": "未拘留、未逮捕，只有取保候审"},
        {"rule": "DAT505", "constraint": "T02", "reason": "决定后次日即指派首位承办人；更换后重新指派不计（LA05）"},
        {"rule": "DAT505", "constraint": "T07", "reason": "协议由更换后的承办人签订，从更换之日起算（LA05）"},
    )
    return Binder(
        case,
        docs,
        Scan(skew=0.7, quality=38, numbering="machine"),
        findings,
        traps,
        NO_COURT,
        lawyers=("向晚晴", "钟离澈"),
    )
