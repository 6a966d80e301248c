"""s14: money for work done, settled by mediators, in order. Corrections with thumb and name seal, seals on one another and across edges."""

from sample_scans.generator import aid_forms, boxed_forms, lawyer_sheets, office_papers
from sample_scans.generator.binding import Binder
from sample_scans.generator.blocks import Break, Closing, Doc, Entry, Gap, Head, Para, Press, Seal
from sample_scans.generator.cases.offices import SONGTAI
from sample_scans.generator.facts import Case, Dispute, Lawyer, Person, day
from sample_scans.generator.markup import alter, date, sign
from sample_scans.generator.wear import Scan

DISPUTE = Dispute(
    "承揽合同纠纷", "北屏市新桥门窗有限公司", "住所地北屏市松台区铁西街道", (), (), (), (), (), (), (), "", ()
)
COMMITTEE = "松台区铁西街道人民调解委员会"

CASE = Case(
    "s14", "non_litigation", "non_litigation", "application", "R2",
    Person("关双喜", "男", day("1966-2-3"), "北屏市松台区铁西街道兴工社区5号楼", "999926196602030037", "19900061455", "木工"),
    Lawyer("纳兰若", "辽宁浑河湾律师事务所", "19926201910667788", "19900061466", "索丹"),
    SONGTAI, 58,
    {
        "worked": day("2019-10-12"), "referred": day("2025-3-3"), "application": day("2025-3-4"), "review": day("2025-3-5"), "approval": day("2025-3-6"),
        "decision": day("2025-3-6"), "assignment": day("2025-3-7"), "letter": day("2025-3-7"), "lawyer_notice": day("2025-3-7"), "recipient_notice": day("2025-3-10"),
        "agreement": day("2025-3-10"), "power_of_attorney": day("2025-3-10"), "interview": day("2025-3-11"), "statement": day("2025-3-18"),
        "judgment": day("2025-3-27"), "closing": day("2025-3-27"), "closing_report": day("2025-4-8"), "archive": day("2025-4-14"),
    },
    None, DISPUTE, "",
    {
        "result": "调解", "reason": "2019年我给新桥门窗公司做木工活，活早就交了，还差我两万六千元，一直拖着不给。我岁数大了又住院，想请律师帮着要。",
        "family": "夫妻二人", "income": "890元", "burden": "本人住院自费部分一万二千元，妻子糖尿病", "against": COMMITTEE, "against_letter": COMMITTEE, "group": "老年人",
        "brief": "关双喜2019年为新桥门窗公司加工木门，尚欠加工费26000元，请求调解。", "opinion": "材料齐全，符合条件，建议援助。", "organ": COMMITTEE,
        "powers": "代为参加调解，代为承认、变更请求，签署调解协议", "work": "约见一次，出具法律意见书一份，参加调解两次，促成协议。", "outcome": "公司当场支付16000元，余款一个月内付清。",
        "opponent_person": "佟铁军", "opponent_stamp": "新桥门窗合同专用章", "mediation_clerk": "商可心", "stamp_with": "北屏市松台区司法局铁西司法所",
    },
)  # fmt: skip

TALK = (
    ("我是中心指派的律师，由我免费代理你参加调解，同意吗？", "同意。"), ("你有知情、更换律师的权利，要如实陈述；调解不成还要起诉，有举证和执行的风险，明白吗？", "明白。"),
    ("你的基本情况？", "关双喜，五十九岁，木匠，跟老伴两个人过，前一阵心脏住院。"), ("活是怎么干的？", "2019年10月签的合同，做六十樘木门，年底就交完了，一共六万六，给了四万。"),
    ("这几年要过没有？", "年年要，去年腊月他还写了个条。"), ("你想怎么办？", "把两万六给我就行，利息不要了。"), ("有什么证据？", "合同、验收单，还有去年的欠条。"),
)  # fmt: skip


def contract(case: Case) -> Doc:
    """Two pages with a company's round and square seals, thumbs beside the names, a seal across the edges."""
    terms = (
        "一、承揽人按照定作人提供的图样加工实木门六十樘，每樘一千一百元，合计陆万陆仟元整。", "二、定作人预付贰万元，余款验收后三十日内付清。",
        "三、承揽人自备工具和辅料，主材由定作人提供。", "四、交货期限为2019年12月20日，地点为定作人厂区。", "五、质量按照样品验收，三日内提出异议。",
        "六、一方违约的，按照未履行部分的百分之五支付违约金。", "七、承揽人应当亲自完成主要工作，不得转给第三人。", "八、定作人中途变更图样的，应当赔偿由此造成的损失。",
        "九、承揽人应当妥善保管定作人提供的材料，因保管不善毁损、灭失的，承担赔偿责任。", "十、工作中发生的人身损害，由有过错的一方承担。",
        "十一、因不可抗力不能履行的，根据影响部分或者全部免除责任。", "十二、本合同未约定的，适用《中华人民共和国合同法》。", "十三、争议由双方协商解决，协商不成的向定作人所在地人民法院起诉。",
        "十四、本合同一式两份，双方各执一份，签字盖章后生效。",
    )  # fmt: skip
    blocks = (
        Head("加 工 承 揽 合 同", 46, after=20), Para("定作人：北屏市新桥门窗有限公司", 0), Para(f"承揽人：{case.client.name}", 0), *(Para(t, after=10) for t in terms[:10]), Break(), *(Para(t, after=10) for t in terms[10:]), Gap(40),
        Para(f"定作人（章）：北屏市新桥门窗有限公司　　代表：{sign('witness', '佟铁军')}", 0), Gap(60),
        Para(f"承揽人：{sign('witness', case.client.name, 'beside')}", 0), Closing((date("", case.on("worked"), "ar"),)),
        Press("seal", 0.34, -190, Seal("北屏市新桥门窗有限公司")), Press("seal", 0.52, -160, Seal("新桥门窗合同专用章", shape="square")), Press("finger", 0.42, -130),
    )  # fmt: skip
    return Doc(
        "evidence_material",
        "加工承揽合同",
        blocks,
        office_papers.BOARD,
        case.client.name,
        edge=Seal("北屏市新桥门窗有限公司"),
    )


def note(case: Case) -> Doc:
    """A note of debt with a thumb over the name and an oval seal for money."""
    blocks = (
        Gap(80), Head("欠　条", 48, after=40), Para("今欠关双喜木门加工费贰万陆仟元整（¥26000.00），开春付清。"), Gap(30),
        Para(f"欠款单位：北屏市新桥门窗有限公司　经手人：{sign('witness', '佟铁军', 'over')}", 0), Para("2025年1月20日", 0, "right"),
        Press("seal", 0.30, -70, Seal("北屏市新桥门窗有限公司", "财务专用章", "oval")),
    )  # fmt: skip
    return Doc("evidence_material", "欠条", blocks, lawyer_sheets.PAD, "佟铁军", pen="running")


def corrected(rows: list[Entry]) -> list[Entry]:
    """Where each paper begins; two slips of the pen put right, one under a thumb, one under the clerk's name seal."""
    done = []
    for i, row in enumerate(rows):
        last = i == len(rows) - 1
        shown = ("", "")
        if row.title == "法律援助委托代理协议":
            shown = (alter("struck", "委托代理合同", row.title, seal="finger"), "")
        if row.title == "加工承揽合同":
            shown = (
                "",
                alter("overwritten", "71"[: len(row.pages.split("-")[0])], row.pages.split("-")[0], seal="索丹"),
            )
        pages = row.pages if last else row.pages.split("-")[0]
        done.append(Entry(row.number, row.title, pages, row.remark, shown, starts=True))
    return done


def binder(case: Case = CASE) -> Binder:
    opinion = lawyer_sheets.statement(
        case, "legal_opinion", "法律意见书", to=f"{COMMITTEE}：", opening="受关双喜委托和法律援助中心指派，现就其与北屏市新桥门窗有限公司承揽合同纠纷提出以下意见，供调解参考。",
        points=(
            "一、承揽合同成立并已经履行。双方2019年10月12日签订书面合同，关双喜于当年12月交付全部木门，依照当时施行的《中华人民共和国合同法》第二百五十一条、第二百六十三条，"
            "定作人应当支付报酬。本案法律事实发生在民法典施行之前，适用当时的法律。",
            "二、诉讼时效没有届满。定作人多次承诺付款，2025年1月出具欠条，依照《中华人民共和国民法典》第一百九十五条，时效中断。",
            "三、建议当场支付大部分，余款约定期限和担保。",
        ),
        end="以上意见，请予考虑。", seal=True,
    )  # fmt: skip
    docs = (
        office_papers.referral(case, by="北屏市松台区司法局铁西司法所", when="referred"), boxed_forms.application(case, mark="beside"),
        office_papers.agent_mandate(case, agent="关小双", tie="父女"), aid_forms.identity(case), boxed_forms.hardship(case), boxed_forms.approval(case),
        boxed_forms.decision(case), boxed_forms.assignment(case), boxed_forms.letter(case), boxed_forms.recipient_notice(case, mark="both"),
        boxed_forms.lawyer_notice(case, mark="stamp"), boxed_forms.agreement(case), boxed_forms.mandate(case, mark="over"),
        lawyer_sheets.record(case, "client_talk", "约见笔录", TALK, place="松台区中心医院住院部", span=("9时", "9时50分"), mark="over", by_hand=False),
        contract(case), note(case), opinion,
        office_papers.mediated(
            case, committee=COMMITTEE, witness="富察安", opponent="北屏市新桥门窗有限公司，住所地北屏市松台区铁西街道，代表佟铁军",
            facts="2019年10月12日，双方签订承揽合同，由关双喜加工木门六十樘，合计66000元。关双喜如期交付，公司已付40000元，尚欠26000元。公司提出资金周转困难，关双喜提出生病急需用钱，"
            "经本调解委员会多次调解，双方就付款数额和期限协商一致。",
            terms=(
                "一、北屏市新桥门窗有限公司确认尚欠关双喜加工费26000元；", "二、公司于签订本协议时当场支付16000元，余款10000元于2025年4月27日前付清；",
                "三、逾期付款的，按照未付部分每日万分之三支付违约金；", "四、关双喜自愿放弃利息请求，双方再无其他争议；", "五、双方可以自协议生效之日起三十日内共同向人民法院申请司法确认。",
            ),
        ),
        boxed_forms.closing_report(case), lawyer_sheets.remarks(case, 22),
    )  # fmt: skip
    traps = (
        {"rule": "CAT203", "document_type": "file_catalogue", "reason": "目录两处更正，一处捺印、一处盖名章"},
        {"rule": "CAT202", "document_type": "file_catalogue", "reason": "目录只记起始页号，符合案卷目录的写法"},
        {"rule": "OPN803", "document_type": "legal_opinion", "reason": "事实发生在2019年，适用当时的合同法"},
        {"rule": "DOC103", "document_type": "file_reading_record", "reason": "非诉讼案件不要求阅卷笔录"},
        {"rule": "DOC104", "document_type": "representation_statement", "reason": "调解结案，不需要代理词（LA14）"},
        {"rule": "SGN402", "document_type": "power_of_attorney", "reason": "委托人签名上捺有指印"},
    )
    return Binder(
        case, docs, Scan(skew=0.6, noise=0.6, numbering="pencil", auto=True, gradient=5, edge=20), (), traps, ({"rule": "DOC111"},),
        front=boxed_forms.front, edit=corrected,
    )  # fmt: skip
