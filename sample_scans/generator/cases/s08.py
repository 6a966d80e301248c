"""s08: affray, prosecution review on the procuratorate's notice, in order: a reading record by hand that quotes the charge."""

from sample_scans.generator import aid_letters, closing_papers, court_papers, lawyer_papers, police_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.cases.offices import WUCHUAN
from sample_scans.generator.facts import Case, Crime, Lawyer, Person, day
from sample_scans.generator.wear import Scan

CRIME = Crime(
    charge="寻衅滋事罪",
    articles="第二百九十三条第一款",
    facts=(
        "2025年2月8日23时30分许，{who}与同村青年蒙老三、覃小亮（均另案处理）酒后途经梧川区榕树街道好客烧烤店，因店主表示已经打烊，蒙老三"
        "首先踢翻门口的桌椅，{name}随后用啤酒瓶砸碎店内冰柜玻璃，三人共同打砸，造成店内桌椅、冰柜、收银机等物品毁损，店员邰小妹手臂被玻璃"
        "划伤。经认定，毁损物品价值人民币3780元，邰小妹的损伤程度为轻微伤。",
        "2025年2月9日，{who}在家中被民警传唤到案，如实供述参与打砸的事实。",
    ),
    evidence=(
        ("报警记录、传唤证、户籍资料", "一卷1-14页"),
        ("被害人邰小妹、店主卓玛的陈述", "一卷15-29页"),
        ("同案人蒙老三、覃小亮的供述", "一卷30-58页"),
        ("岑大海的供述", "一卷59-72页"),
        ("价格认定结论书、伤情鉴定", "二卷3-15页"),
        ("店内监控视频", "二卷光盘"),
    ),
    caught="2025年2月8日23时41分，我局接卓玛报警称其烧烤店被三名男子打砸。次日10时，民警到岑大海家中将其传唤到案，岑大海未抗拒，到案后对"
    "参与打砸一事如实陈述。",
    told=(
        (
            "那晚上是谁先动手？你做了什么？",
            "蒙老三先踢的桌子，我喝多了，拿瓶子砸了冰柜一下，后面收银机不是我砸的，是覃小亮。",
        ),
        ("店员的伤是怎么来的？", "冰柜玻璃飞出去划到的，我不是故意划她。"),
        ("赔了没有？", "三家一起赔了八千，老板娘和店员都签了谅解书。"),
    ),
    notes=(
        "1、监控（二卷光盘，23:33:05起）：蒙先踢桌；23:33:40岑砸冰柜一次后被覃拉开；收银机由覃推倒，岑未参与。",
        "2、店主卓玛陈述（一卷22-29页）：“高个子先动手”，指蒙。",
        "3、邰小妹陈述（一卷15-21页）：玻璃飞溅受伤，无人直接打她。",
        "4、蒙老三供述（一卷30-44页）与覃小亮供述（一卷45-58页）：前者称岑先砸，与监控不符。",
        "5、价格认定（二卷3-9页）：冰柜1200元，收银机1650元，其余930元。",
        "6、讯问录像与笔录（一卷59-72页）一致。",
    ),
    doubts=("同案人供述与监控先后顺序矛盾；", "收银机损失能否归责于岑；", "传唤到案是否可认定为主动配合。"),
    points=(
        (
            "在共同犯罪中作用较小",
            "监控证明岑大海只砸冰柜一次，系起次要作用，依照《中华人民共和国刑法》第二十七条应当从轻、减轻处罚。",
        ),
        ("到案后如实供述", "到案即如实供述，构成坦白，依照《中华人民共和国刑法》第六十七条第三款可以从轻。"),
        ("赔偿并获得谅解", "三名行为人共同赔偿八千元，店主和店员均已谅解，社会矛盾已经化解。"),
        ("认罪认罚、初犯", "愿意认罪认罚，无前科，建议提出缓刑量刑建议。"),
    ),
    finding="{who}归案后如实供述，系坦白；赔偿并取得谅解；在共同犯罪中作用相对较小；系初犯。",
    proposal="建议判处拘役四个月，缓刑六个月。",
    sentence="",
)

CASE = Case(
    "s08", "criminal", "prosecution_review", "notice", "R2",
    Person("岑大海", "男", day("1999-9-9"), "南屏市梧川区榕树街道三岔村", "999958199909090018", "19900066770", "装修工"),
    Lawyer("苍松玉", "广西榕江律师事务所", "19958201910778899", "19900077881", "韦小北"),
    WUCHUAN, 27,
    {
        "caught": day("2025-2-9"), "detention": day("2025-2-10"), "arrest": day("2025-2-24"), "prosecution_opinion": day("2025-4-14"),
        "notice": day("2025-4-21"), "notice_received": day("2025-4-22"), "assignment": day("2025-4-23"), "review_notice": day("2025-4-16"),
        "recipient_notice": day("2025-4-25"), "lawyer_notice": day("2025-4-23"), "power_of_attorney": day("2025-4-25"),
        "interview": day("2025-4-25"), "file_reading": day("2025-4-28"), "statement": day("2025-5-7"), "indictment": day("2025-5-20"),
        "service": day("2025-5-22"), "closing": day("2025-5-22"), "closing_report": day("2025-6-10"),
    },
    CRIME, None, "",
    {
        "result": "提起公诉", "brief": "岑大海酒后与他人打砸烧烤店，损失3780元，一人轻微伤，审查起诉阶段由检察院通知辩护。",
        "ground": "属于审查起诉阶段律师辩护全覆盖试点范围", "organ_clerk": "农时雨", "organ_phone": "0994-3326677", "notice_letter": "检通辩",
        "officers": "覃文武、罗汉松", "reported": "烧烤店被打砸一案，由卓玛于2025年2月8日报案", "prosecutor": "农时雨", "court_clerk": "黎雪梅",
        "house_talk": "c", "place": "南屏市第一看守所第6会见室，办案人员未在场", "from": "9时25分", "to": "10时30分",
        "consent": "可以，我没钱请律师，听你的。", "rights": "风险和权利都懂了，不申请回避。", "self": "单身，和父母住，做装修。没有前科，身体没有问题。",
        "arrived": "第二天上午民警来家里喊我去的，我就跟着走了。", "measures": "2025年2月10日拘留，2月24日逮捕。",
        "plead": "认罪认罚，听检察官讲过，还没签具结书，打算签。", "more": "酒我再也不喝了。", "volumes": "诉讼证据卷二册，光盘一张",
        "asked": "认定其作用较小，从轻提出量刑建议", "work": "会见一次、阅卷一次、当面向检察官陈述意见一次、提交法律意见书一份。",
        "outcome": "检察机关采纳坦白、赔偿谅解、作用较小的意见，提出缓刑量刑建议。", "firm_head": "农丰年", "evaluator": "陆小曼",
    },
)  # fmt: skip


NO_COURT = ({"rule": "FRM302", "document_type": "court_service_return"},)
"""The procuratorate has no number of a court to put into the return's slot."""


def binder(case: Case = CASE) -> Binder:
    """The file; the corpus asks for it with other people and other forms."""
    quote = CRIME.facts[0].format(who="犯罪嫌疑人岑大海", name="岑大海")[:88] + "……"
    docs = (
        police_papers.request(case, by=case.office.procuratorate, title="法律援助公函（通知辩护）"), aid_letters.assignment(case),
        aid_letters.reply(case), aid_letters.aid_letter(case), aid_letters.recipient_notice(case), aid_letters.lawyer_notice(case),
        police_papers.authority_notice(case).but(copy=True), aid_letters.mandate(case).but(back=True),
        lawyer_papers.interview(case, title="会见记录"), lawyer_papers.own_reading(case, title="阅卷笔录", quote=quote, by_hand=True),
        police_papers.opinion(case), police_papers.detention(case), police_papers.arrest(case), police_papers.apprehension(case, title="抓获经过").but(turn=90),
        lawyer_papers.legal_opinion(case, title="审查起诉阶段辩护意见"), police_papers.indictment(case).but(copy=True),
        court_papers.service(case, what="起诉书副本", organ=case.office.procuratorate), closing_papers.closing_report(case), closing_papers.feedback(case, mark="both"),
    )  # fmt: skip
    traps = (
        {
            "rule": "CPY601",
            "document_type": "file_reading_record",
            "reason": "只摘引指控一段，另有页码、证据比对、疑点和辩点",
        },
        {"rule": "DAT501", "document_type": "assignment_notice", "reason": "通知辩护（LA02）"},
        {"rule": "DAT502", "reason": "通知辩护（LA02）"},
        {"rule": "DOC101", "document_type": "authority_rights_notice", "reason": "检察院告知书与受援人告知书并存"},
        {"rule": "DOC104", "reason": "审查起诉阶段以书面辩护意见代替辩护词"},
        {"rule": "DOC107", "reason": "起诉书没有适用认罪认罚，会见时只表示愿意"},
        {"rule": "DOC111", "document_type": "aid_application", "reason": "通知辩护无需申请材料"},
    )
    return Binder(case, docs, Scan(skew=1.1, grey=True, numbering="pencil", edge=210), (), traps, NO_COURT)
