"""Papers of the lawyer in criminal cases: interview, reading record, defence, written opinion, notes of what was not done."""

from __future__ import annotations

from collections.abc import Sequence

from sample_scans.generator import houses
from sample_scans.generator.aid_forms import organ
from sample_scans.generator.blocks import Closing, Doc, Gap, Head, Look, Para, Seal
from sample_scans.generator.facts import Case, Lawyer
from sample_scans.generator.markup import date, hand, ink, sign

FIRMS: dict[str, Look] = {
    "a": Look(body="song", title="sans-bold", size=28, leading=1.7),
    "b": Look(body="serif", title="serif-bold", size=28, left=150, right=150, leading=1.72, paper=(251, 250, 244)),
    "c": Look(body="kai", title="kai", size=30, left=170, right=160, leading=1.66),
}
LETTER = Look(body="pencil", title="sans-bold", size=30, left=140, right=130, top=120, paper=(250, 249, 240))


def interview(
    case: Case,
    *,
    when: str = "interview",
    lawyer: Lawyer | None = None,
    title: str = "会见笔录",
    by_hand: bool = False,
    turn: str = "第一次",
    usual: Sequence[tuple[str, str]] | None = None,
    told: Sequence[tuple[str, str]] | None = None,
    where: str = "",
) -> Doc:
    """Questions and answers; every item that a record must hold is in `usual` and the crime's own part."""
    assert case.crime
    who, person, words = lawyer or case.lawyer, case.client, case.words
    place = where or words["place"]
    start, end = words.get("from", "9时10分"), words.get("to", "10时25分")
    day = date("interview", case.on(when), "hand" if by_hand else "slot" if case.office.house != "b" else "ar")
    talk = [*(usual or case_questions(case, who)), *(told or case.crime.told), ("还有什么需要补充？", words["more"])]
    labels = {"a": ("问：", "答："), "b": ("律师：", "当事人："), "c": ("问 ", "答 ")}[case.office.house]
    header = (
        f"会见时间：{day}{start}至{end}", f"会见地点：{ink(place) if by_hand else place}",
        f"会见人：{hand(who.name)}　记录人：{hand(who.clerk)}　单位：{who.firm}",
        f"被会见人：{hand(person.name)}　涉嫌罪名：{case.about}　{turn}会见",
    )  # fmt: skip
    body: list[Para] = []
    for question, answer in talk:
        for label, text in zip(labels, (question, answer), strict=True):
            body.append(Para(ink(label + text) if by_hand else label + text, 0))
    signed = "both" if case.office.house == "a" else "hand"
    tail = (
        Para(ink("以上笔录我看过，与我讲的相符。") if by_hand else "以上笔录经我核对，与我说的一致。", 0),
        Para(f"被会见人：{sign('recipient', person.name, signed)}  {date('', case.on(when), 'handdot')}", 0), Gap(12),
        Para(f"会见律师：{sign('lawyer', who.name)}　记录人：{sign('clerk', who.clerk)}", 0),
    )  # fmt: skip
    look = LETTER if by_hand else FIRMS[case.office.house]
    heading = Head(title if case.office.house != "a" else "　".join(title), 44, after=10)
    blocks = (heading, *(Para(h, 0, after=0 if by_hand else 2) for h in header), Gap(8), *body, Gap(14), *tail)
    return Doc(
        "client_interview",
        title,
        blocks,
        look,
        who.clerk,
        foot="",
        number="" if by_hand else "第 {n} 页",
        ruled=by_hand,
    )


def case_questions(case: Case, who: Lawyer) -> list[tuple[str, str]]:
    """The items every first interview covers (consent, rights, person, apprehension, measures, plea), in the case's words."""
    words, person = case.words, case.client
    a, b, c = (words["house_talk"] == k for k in "abc")
    consent = (
        f"你好，{case.office.centre}安排我为你提供法律援助，我是{who.firm}的{who.name}，免费的。你是否同意我做你的辩护人？" if a
        else f"我叫{who.name}，是律师，受法律援助机构指派来会见你。由我给你辩护，你愿意吗？" if b
        else f"根据法律援助机构的安排，由我（{who.firm}{who.name}）担任你的辩护律师，不收费。对此你是什么态度？"
    )  # fmt: skip
    rights = (
        "跟你讲一下你的权利义务：可以申请回避、自行辩护、核对笔录，对侵权行为可以控告，也可以另行委托律师。清楚没有？" if a
        else "你依法享有申请回避、自行委托辩护人、拒绝回答无关问题等权利，也有如实陈述的义务，明白吗？" if b
        else "权利义务告知书你已经看过，有回避、控告、申诉、自己委托辩护人等权利，风险也讲过了，有没有不懂的？"
    )  # fmt: skip
    return [
        (consent, words["consent"]), (rights, words["rights"]),
        ("你的基本情况，家里都有什么人，以前受过处理没有，身体怎么样？" if not c else "介绍一下个人和家庭情况、有无前科、健康状况。",
         f"我叫{person.name}，{person.age_line}出生，{person.schooling}文化，{person.job}。{words['self']}"),
        ("你是怎么到案的？" if a else "公安机关是怎么找到你的，还是你自己去的？" if b else "到案经过是怎样的？", words["arrived"]),
        ("对你采取过哪些强制措施，分别是哪一天？" if not b else "什么时候被拘留、逮捕或者取保的？", words["measures"]),
        ("你认不认罪？认罪认罚的规定了解吗，签过具结书没有？" if not a else "是否认罪认罚，有没有签具结书？", words["plead"]),
    ]  # fmt: skip


def own_reading(case: Case, *, title: str = "阅卷笔录", quote: str = "", by_hand: bool = False) -> Doc:
    """A reading record that works: page references, evidence, doubts, points; perhaps a short quotation of the charge."""
    assert case.crime
    crime = case.crime
    lines = [f"案卷情况：{case.words['volumes']}。"]
    if quote:
        lines.append(f"指控要点（摘引）：“{quote}”")
    lines += ["一、主要证据摘录", *crime.notes, "二、疑点及需要核实的问题"]
    lines += [f"{i}．{t}" for i, t in enumerate(crime.doubts, 1)]
    lines += ["三、辩护要点", *(f"（{i}）{name}。" for i, (name, _) in enumerate(crime.points, 1))]
    return _reading(case, title, lines, by_hand)


def copied_reading(case: Case, paragraphs: Sequence[str], *, title: str = "阅卷笔录") -> Doc:
    """A reading record that only copies: the paragraphs are the whole of it."""
    return _reading(case, title, list(paragraphs), by_hand=False)


def _reading(case: Case, title: str, lines: Sequence[str], by_hand: bool) -> Doc:
    who = case.lawyer
    when = date("file_reading", case.on("file_reading"), "hand" if by_hand else houses.style(case, "slot"))
    heads = {
        "a": (f"阅卷时间：{when}　　阅卷地点：{organ(case)}", f"案由：{case.about}　　当事人：{case.client.name}　　阅卷人：{who.name}"),
        "b": (f"当 事 人：{case.client.name}（{case.about}）", f"阅卷日期：{when}", f"地　　点：{organ(case)}律师阅卷室　律师：{who.name}"),
        "c": (f"{when}　在{organ(case)}查阅{case.client.name}{case.about}案卷宗，阅卷律师{who.name}，记录如下：",),
    }[case.office.house]  # fmt: skip
    look = LETTER if by_hand else FIRMS[case.office.house]
    body = [Para(ink(t) if by_hand else t, 2) for t in lines]
    blocks = (
        Head(title, 46), *(Para(h, 0) for h in heads), Gap(8), *body, Gap(30),
        Para(f"阅卷人（签名）：{sign('lawyer', who.name)}", 0, "right"),
    )  # fmt: skip
    return Doc("file_reading_record", title, blocks, look, who.name, ruled=by_hand)


def defence(case: Case, *, title: str = "辩护词", mark: str = "hand") -> Doc:
    assert case.crime
    crime, who = case.crime, case.lawyer
    opening = {
        "a": f"{who.firm}接受{case.office.centre}指派，并征得被告人{case.client.name}同意，由我担任其一审辩护人。结合阅卷、会见和庭审情况，发表如下意见：",
        "b": f"我受法律援助机构指派为被告人{case.client.name}辩护。开庭前我会见了被告人，查阅了全部卷宗，今天又参加了法庭调查，现就本案的量刑谈几点看法，供合议庭参考。",
        "c": f"辩护人{who.name}依照《中华人民共和国刑事诉讼法》第三十五条的规定，为被告人{case.client.name}提供法律援助辩护。辩护观点如下：",
    }[case.office.house]  # fmt: skip
    marks = "一二三四五六七八"
    body = [Para(f"{marks[i]}、{name}。{text}") for i, (name, text) in enumerate(crime.points)]
    if crime.doubts and case.words.get("defence_note"):
        body.append(Para(case.words["defence_note"]))
    addressee = {"a": "审判长、人民陪审员：", "b": "尊敬的合议庭：", "c": f"{case.office.court}："}[case.office.house]
    end = f"综上，请求法庭对被告人{case.client.name}{case.words['asked']}。"
    blocks = (
        Head(title, 52, after=24), Para(addressee, 0), Para(opening), *body, Para(end), Gap(30),
        Para(f"辩护人：{sign('lawyer', who.name, mark)}", 0, "right"), Para(who.firm, 0, "right"),
        Para(date("statement", case.on("statement"), "ar" if case.office.house != "b" else "zh"), 0, "right"),
    )  # fmt: skip
    return Doc("defence_statement", title, blocks, FIRMS[case.office.house], who.name)


def legal_opinion(case: Case, *, title: str = "法律意见书", mark: str = "hand") -> Doc:
    assert case.crime
    crime, who, to = case.crime, case.lawyer, organ(case)
    marks = "一二三四五六"
    body = [Para(f"{marks[i]}、{name}。{text}") for i, (name, text) in enumerate(crime.points)]
    blocks = (
        Head(title, 50, after=24), Para(f"{to}：", 0),
        Para(f"{who.firm}受{case.office.centre}指派，由本律师担任犯罪嫌疑人{case.client.name}涉嫌{case.about}一案的辩护人。现依据"
             f"《中华人民共和国刑事诉讼法》{'第一百六十一条' if case.stage == 'investigation' else '第一百七十三条'}的规定，提出以下意见："),
        *body, Para(f"为此，建议贵{'局' if case.stage == 'investigation' else '院'}{case.words['asked']}。"), Gap(30),
        Para(f"辩护律师：{sign('lawyer', who.name, mark)}", 0, "right"),
        Closing((who.firm, date("statement", case.on("statement"), "ar")), Seal(who.firm)),
    )  # fmt: skip
    return Doc("legal_opinion", title, blocks, FIRMS[case.office.house], who.name)


def situation_note(case: Case, *, title: str, text: str, when: str) -> Doc:
    blocks = (
        Head(title, 48, after=26), Para(f"{case.office.centre}：", 0), Para(text), Para("特此说明。"), Gap(40),
        Para(f"承办律师：{sign('lawyer', case.lawyer.name)}", 0, "right"), Para(date("", case.on(when), "ar"), 0, "right"),
    )  # fmt: skip
    return Doc("situation_note", title, blocks, FIRMS[case.office.house], case.lawyer.name)


def visit_letter(case: Case) -> Doc:
    who = case.lawyer
    blocks = (
        Head(who.firm, 40), Head("会见犯罪嫌疑人（被告人）专用函", 44), Gap(20), Para(f"{case.office.prison}：", 0),
        Para(f"本所律师{who.name}（执业证号{who.licence}）系{case.client.name}{case.about}一案的法律援助辩护人，前来会见，请予安排。"),
        Closing((who.firm, date("", case.on("interview"), "ar")), Seal(who.firm)),
    )  # fmt: skip
    return Doc("detention_visit_letter", "会见专用函", blocks, FIRMS[case.office.house], who.clerk)
