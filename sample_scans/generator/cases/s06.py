"""s06: robbery by a minor, investigation on the police's notice, in order; a ZIP with GBK names."""

from sample_scans.generator import aid_letters, closing_papers, lawyer_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import CANGSHUI
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="抢劫罪",
    articles="第二百六十三条",
    facts=(),
    evidence=(),
    caught="",
    told=(
        (
            "说一下拦人的事。",
            "那天下晚自习，二虎喊我一起去堵一个初中生要钱，二虎搂着他脖子，我站在巷子口，二虎拿了他六十块和一块手表，分给我二十块。",
        ),
        ("你动手了没有，带刀没有？", "没动手，没有刀，我就是站着。"),
        ("事后呢？", "第二天我害怕，把二十块还给那个学生了。"),
        ("在学校表现怎么样？", "上过职校，后来没去了，老师说可以回去读。"),
    ),
    notes=(),
    doubts=(),
    points=(
        (
            "阿木系未成年人，应当慎用羁押措施",
            "其作案时十六周岁，依照《中华人民共和国刑事诉讼法》第二百八十条，对未成年犯罪嫌疑人应当严格限制适用逮捕措施。",
        ),
        (
            "在共同犯罪中作用较小",
            "其仅在巷口站立，没有实施暴力，分得二十元，符合《中华人民共和国刑法》第二十七条关于从犯的规定。",
        ),
        ("案发后主动归还财物，有监护条件", "职校同意其复学，父亲具备监护条件，对其取保候审不致发生社会危险性。"),
    ),
    finding="",
    proposal="",
    sentence="",
)

CASE = Case(
    "s06", "criminal", "investigation", "notice", "R2",
    Person("阿木石", "男", day("2008-4-2"), "沧水县大垭乡枫树坪村三社", "999915200804020037", "19900044120", "无业", "初中"),
    Lawyer("岑雪松", "四川沧江律师事务所", "19915201810992211", "19900040506", "乐小米"),
    CANGSHUI, 7,
    {
        "detention": day("2024-11-14"), "notice": day("2024-11-15"), "notice_received": day("2024-11-15"), "assignment": day("2024-11-18"),
        "recipient_notice": day("2024-11-19"), "lawyer_notice": day("2024-11-18"), "power_of_attorney": day("2024-11-19"),
        "interview": day("2024-11-19"), "statement": day("2024-11-22"), "closing": day("2025-1-10"), "closing_report": day("2025-1-24"),
    },
    CRIME, None, "",
    {
        "result": "侦查终结", "brief": "阿木石（未成年人）涉嫌与他人共同拦截学生索要财物，公安机关通知辩护。", "ground": "系未成年人",
        "organ_clerk": "詹天赐", "organ_phone": "0996-8845110", "notice_letter": "公法援", "house_talk": "a",
        "place": "沧水县看守所讯问三室（法定代理人到场，侦查人员不在场）", "from": "13时50分", "to": "14时55分",
        "consent": "同意，我爸也同意。", "rights": "懂了，不申请回避。", "self": "和爸爸、奶奶一起住，妈妈在外地。以前没有被处理过，身体正常。",
        "arrived": "11月13日晚上派出所的人到家里找我，我爸带我去的。", "measures": "2024年11月14日拘留，后面的还没通知。",
        "plead": "我知道错了，愿意认罪认罚，具结书还没有签过。", "more": "我想回学校。",
        "asked": "对犯罪嫌疑人阿木石不提请批准逮捕，变更为取保候审", "work": "在法定代理人到场情况下会见一次，与职校、监护人联系，提交法律意见一份。",
        "outcome": "公安机关采纳意见变更强制措施，案件侦查终结移送，本阶段援助结束。", "firm_head": "盖世英", "evaluator": "季无双",
        "organ": "沧水县公安局",
    },
)  # fmt: skip


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    docs = (
        police_papers.request(case, by=case.office.police, title="通知辩护公函"), aid_letters.assignment(case), aid_letters.reply(case),
        aid_letters.aid_letter(case), aid_letters.recipient_notice(case, mark="finger"), aid_letters.lawyer_notice(case),
        aid_letters.mandate(case), lawyer_papers.visit_letter(case), lawyer_papers.interview(case, title="律师会见笔录").but(back=True),
        lawyer_papers.legal_opinion(case, title="不予批准逮捕法律意见书"), closing_papers.closing_report(case),
    )  # fmt: skip
    traps = (
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "侦查阶段无阅卷权"},
        {"rule": "DAT501", "document_type": "assignment_notice", "reason": "通知辩护，无审批表属正常（LA02）"},
        {"rule": "DAT502", "reason": "通知辩护（LA02）"},
        {
            "rule": "DOC111",
            "document_type": "approval_form",
            "reason": "通知辩护不要求申请、审批、决定书和经济困难材料",
        },
        {"rule": "DAT505", "constraint": "T03", "reason": "收文 2024-11-15 周五，三日届满在周一，未超期"},
        {"rule": "SGN402", "document_type": "recipient_rights_notice", "reason": "捺印代替签名"},
    )
    return Binder(case, docs, Scan(skew=0.9, edge=20, numbering="pencil"), (), traps, package="zip")
