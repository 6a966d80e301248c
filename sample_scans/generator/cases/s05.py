"""s05: aiding cybercrime, investigation on application, a folder of photographs. The client was met before approval."""

from sample_scans.generator import aid_forms, aid_letters, closing_papers, lawyer_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import SHIDU
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="帮助信息网络犯罪活动罪",
    articles="第二百八十七条之二",
    facts=(),
    evidence=(),
    caught="",
    told=(
        (
            "银行卡是怎么回事？",
            "网上有人说收卡走流水，一张给八百，我拿了两张卡和手机给一个外号叫耗子的人，就给了我一千块。",
        ),
        ("你知道他们拿去干什么吗？", "说是刷单，我心里也觉得不太对，但是没细想。"),
        ("卡里走了多少钱？", "警察说有二十多万，我不清楚。"),
        ("有没有老人孩子要照顾？", "我妈做了手术，妹妹在上学，都靠我打工。"),
    ),
    notes=(),
    doubts=(),
    points=(
        (
            "犯罪嫌疑人社会危险性较小",
            "阮星河系在校读完中专后外出务工人员，无前科，获利仅一千元，主观上仅为概括明知，羁押必要性不大，"
            "符合《中华人民共和国刑事诉讼法》第六十七条规定的取保候审条件。",
        ),
        (
            "到案后如实供述",
            "其接到民警电话后自行到派出所，如实供述，可能构成自首，依照《中华人民共和国刑法》第六十七条应当予以考虑。",
        ),
        ("家庭确有特殊困难", "母亲手术后需要照料，其愿意提供保证人并退缴违法所得。"),
    ),
    finding="",
    proposal="",
    sentence="",
)

CASE = Case(
    "s05", "criminal", "investigation", "application", "R2",
    Person("阮星河", "男", day("2002-7-19"), "澄州市石渡区西塘镇樟木坪村", "999934200207190019", "19900083911", "电子厂工人", "中专"),
    Lawyer("祝卿安", "江西望湖律师事务所", "19934202111770098", "19900070431", "鲍静宜"),
    SHIDU, 41,
    {
        "detention": day("2025-5-20"), "review_notice": day("2025-5-20"), "application": day("2025-5-26"), "interview": day("2025-5-27"),
        "review": day("2025-5-28"), "approval": day("2025-5-29"), "decision": day("2025-5-29"), "assignment": day("2025-5-30"),
        "recipient_notice": day("2025-6-3"), "lawyer_notice": day("2025-5-30"), "agreement": day("2025-6-3"),
        "power_of_attorney": day("2025-6-3"), "statement": day("2025-6-5"), "closing": day("2025-7-21"), "closing_report": day("2025-8-4"),
    },
    CRIME, None, "",
    {
        "result": "移送审查起诉", "reason": "我因为把银行卡借给别人被公安机关拘留，现在关在看守所，母亲刚做完手术没有收入，请不起律师，申请法律援助。",
        "family": "母亲、妹妹和本人三人", "income": "700元", "burden": "母亲手术欠款三万余元，妹妹读初中",
        "brief": "阮星河涉嫌将两张银行卡提供给他人用于转移资金，2025年5月20日被刑事拘留，处于侦查阶段。",
        "house_talk": "b", "place": "澄州市第二看守所会见区，侦查人员未在场", "from": "9时00分", "to": "10时00分",
        "consent": "愿意愿意。", "rights": "明白了，没有要回避的。", "self": "中专毕业在电子厂上班，爸爸不在了，家里有妈妈和妹妹。以前没犯过事，身体好。",
        "arrived": "5月20日派出所打电话叫我去，我自己坐车去的。", "measures": "5月20日拘留的，还没有逮捕。",
        "plead": "我认错，认罪认罚的告知书看过了，现在还没签具结书。", "more": "帮我跟我妈说不要着急。",
        "asked": "对犯罪嫌疑人阮星河变更为取保候审", "work": "会见犯罪嫌疑人一次，向办案单位了解涉嫌罪名，提交变更强制措施的法律意见一份。",
        "outcome": "公安机关侦查终结移送审查起诉，本阶段法律援助结束，已向检察机关转交意见。", "firm_head": "符海天", "evaluator": "燕来仪",
    },
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    police = case.office.police
    docs = (
        aid_forms.application(case), aid_forms.identity(case), aid_forms.hardship(case), aid_forms.approval(case), aid_forms.decision(case),
        aid_letters.assignment(case), aid_letters.aid_letter(case), aid_letters.recipient_notice(case, mark="both"), aid_letters.lawyer_notice(case),
        police_papers.authority_notice(case, by=police).but(copy=True, turn=180), aid_letters.agreement(case), aid_letters.mandate(case),
        lawyer_papers.visit_letter(case), lawyer_papers.interview(case, title="会见犯罪嫌疑人笔录", by_hand=True),
        lawyer_papers.legal_opinion(case, title="取保候审申请书"), closing_papers.closing_report(case).but(back=True),
    )  # fmt: skip
    findings = (
        {"rule": "DAT502", "note": "会见 2025-05-27 早于审批 2025-05-29"},
        {"rule": "DAT504", "constraint": "D06", "note": "会见 2025-05-27 早于指派 2025-05-30"},
    )
    traps = (
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "侦查阶段无阅卷权（刑诉法第四十条）"},
        {"rule": "DOC104", "reason": "侦查阶段以取保候审申请书代替辩护词"},
        {"rule": "DOC106", "reason": "侦查阶段案卷没有拘留证属正常"},
        {"rule": "DOC108", "reason": "侦查阶段取不到到案经过"},
        {"rule": "DOC101", "document_type": "authority_rights_notice", "reason": "公安机关的告知书与受援人告知书并存"},
    )
    return Binder(
        case,
        docs,
        Scan(skew=1.4, edge=58, holes=False, gradient=26, numbering="none"),
        findings,
        traps,
        package="folder",
    )
