"""Papers of police and procuratorate: measures, apprehension, opinion to prosecute, plea, indictment, notices."""

from __future__ import annotations

from sample_scans.generator.blocks import Bar, Closing, Doc, Gap, Head, Look, Para, Receipt, Seal
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import date, hand, sign

POLICE = Look(body="song", title="serif-bold", size=30, left=170, right=160)
PROCURACY = Look(body="song", title="serif-bold", size=31, left=175, right=165, leading=1.8, paper=(252, 252, 250))


def _number(case: Case, word: str, role: str) -> str:
    return (
        f"{case.office.short}公（{case.words.get('team', '刑')}）{word}字〔{case.on(role).year}〕{case.number + 200}号"
    )


def _who(case: Case) -> str:
    person = case.client
    return f"{person.name}，{person.sex}，{person.age_line}出生，公民身份号码{person.number}，{person.schooling}文化，{person.job}，住{person.address}"


def detention(case: Case, *, copy: bool = True) -> Doc:
    office, when = case.office, case.on("detention")
    blocks = (
        Head(office.police, 42), Head("拘  留  证", 56), Para(_number(case, "拘", "detention"), 0, "right", 25), Gap(20),
        Para(f"根据《中华人民共和国刑事诉讼法》第八十二条之规定，决定对涉嫌{case.about}的{case.client.name}（{case.client.sex}，"
             f"{case.client.age_line}出生，住{case.client.address}）执行拘留，送{office.prison}羁押。"),
        Closing((office.police, date("detention", when, "zh")), Seal(office.police)), Gap(40), Bar(),
        Para(f"本证副本已收到。    被拘留人：{sign('suspect', case.client.name, 'both')}", 0),
        Para(f"宣布时间：{date('', when, 'slot')}", 0),
    )  # fmt: skip
    return Doc("detention_warrant", "拘留证", blocks, POLICE, case.client.name, copy=copy)


def arrest(case: Case, *, copy: bool = True) -> Doc:
    office, when = case.office, case.on("arrest")
    blocks = (
        Head(office.police, 42), Head("逮  捕  证", 56), Para(_number(case, "捕", "arrest"), 0, "right", 25), Gap(20),
        Para(f"经{office.procuratorate}批准，兹由本局对涉嫌{case.about}的{case.client.name}执行逮捕，羁押于{office.prison}。"),
        Closing((office.police, date("arrest", when, "zh")), Seal(office.police)), Gap(40), Bar(),
        Para(f"已向我宣布逮捕。    被逮捕人：{sign('suspect', case.client.name, 'both')}", 0),
    )  # fmt: skip
    return Doc("arrest_warrant", "逮捕证", blocks, POLICE, case.client.name, copy=copy)


def bail(case: Case, *, copy: bool = True) -> Doc:
    office, when = case.office, case.on("bail")
    blocks = (
        Head(office.police, 42), Head("取保候审决定书", 52), Para(_number(case, "取保", "bail"), 0, "right", 25), Gap(20),
        Para(f"犯罪嫌疑人{case.client.name}，{case.client.sex}，{case.client.age_line}出生，住{case.client.address}。"),
        Para(f"我局侦查的{case.client.name}涉嫌{case.about}一案，因其采取取保候审不致发生社会危险性，依照《中华人民共和国刑事诉讼法》"
             f"第六十七条，决定对其取保候审，由{case.office.village}协助监督，期限自{date('', when, 'ar')}起计算。"),
        Closing((office.police, date("bail", when, "zh")), Seal(office.police)), Gap(30),
        Para(f"被取保候审人：{sign('suspect', case.client.name, 'hand')}", 0),
    )  # fmt: skip
    return Doc("bail_decision", "取保候审决定书", blocks, POLICE, case.client.name, copy=copy)


def apprehension(case: Case, *, title: str = "抓获经过") -> Doc:
    assert case.crime
    office = case.office
    officers = case.words["officers"].split("、")
    blocks = (
        Head(title, 50, after=30), Para(case.crime.caught), Para("以上情况属实。"), Gap(30),
        Para(f"办案人：{sign('officer', officers[0])}  {sign('officer', officers[1])}", 2),
        Closing((office.police, date("", case.on("caught"), "ar")), Seal(office.police)),
    )  # fmt: skip
    return Doc("apprehension_account", title, blocks, POLICE, officers[0], copy=True)


def request(case: Case, *, by: str, title: str) -> Doc:
    """An organ asks the centre for a defender; the centre's receipt stamp stands on it."""
    office = case.office
    ground = case.words["ground"]
    who = {"被告人": "审理的被告人", "犯罪嫌疑人": "办理的犯罪嫌疑人"}[
        "被告人" if case.stage == "trial" else "犯罪嫌疑人"
    ]
    blocks = (
        Receipt(f"{office.county}法律援助中心 收文章", case.on("notice_received"), (0.60, 0.035)),
        Head(by, 44), Head(title, 50), Para(f"{office.short}{case.words.get('notice_letter', '法通')}〔{case.year}〕{case.number + 60}号", 0, "right", 25),
        Gap(20), Para(f"{office.centre}：", 0),
        Para(f"本{'院' if '院' in by else '局'}{who}{case.client.name}涉嫌{case.about}一案，{case.client.name}{ground}，没有委托辩护人。依照"
             "《中华人民共和国刑事诉讼法》第三十五条、《中华人民共和国法律援助法》第二十五条的规定，请你中心指派律师担任其辩护人，"
             "并于三日内将律师姓名、单位和联系方式函告。"),
        Para(f"承办人：{case.words['organ_clerk']}　联系电话：{case.words['organ_phone']}"),
        Closing((by, date("notice", case.on("notice"), "zh")), Seal(by)),
    )  # fmt: skip
    return Doc("defence_request", title, blocks, PROCURACY)


def authority_notice(case: Case, *, by: str = "", when: str = "review_notice") -> Doc:
    """The organ's own notice of procedural rights: no substitute for the centre's."""
    office = case.office
    by = by or office.procuratorate
    items = (
        "有权使用本民族语言文字进行诉讼；", "有权自行辩护或者委托辩护人，符合条件的可以申请法律援助；", "有权申请回避；",
        "对与本案无关的问题有权拒绝回答；", "有权申请变更强制措施；", "有权知悉鉴定意见内容并申请补充鉴定或者重新鉴定；",
        "自愿如实供述、承认指控、愿意接受处罚的，可以依法从宽；", "有权核对笔录，有权对侵犯诉讼权利的行为提出控告。",
    )  # fmt: skip
    who = "犯罪嫌疑人" if "检察院" in by or "公安" in by else "被告人"
    blocks = (
        Head(by, 42), Head(f"{who}诉讼权利义务告知书", 46), Gap(10),
        Para(f"{hand(case.client.name)}：{case.about}一案，根据《中华人民共和国刑事诉讼法》，你在{'审查起诉' if '检察' in by else '诉讼'}期间"
             "享有以下权利并承担相应义务："),
        *(Para(f"{i}．{t}") for i, t in enumerate(items, 1)),
        Para("对侦查、检察、审判人员的讯问应当如实回答；不得毁灭、伪造证据，不得干扰证人作证。"), Gap(20),
        Para(f"被告知人：{sign('suspect', case.client.name, 'both')}    {date('', case.on(when), 'slot')}", 0, "right"),
    )  # fmt: skip
    return Doc("authority_rights_notice", f"{who}诉讼权利义务告知书", blocks, PROCURACY, case.client.name)


def opinion(case: Case) -> Doc:
    """起诉意见书: police to procuratorate."""
    assert case.crime
    crime, office, person = case.crime, case.office, case.client
    who = f"犯罪嫌疑人{person.name}"
    facts = [f.format(who=who, name=person.name) for f in crime.facts]
    blocks = (
        Head(office.police, 44), Head("起 诉 意 见 书", 54), Para(_number(case, "诉", "prosecution_opinion"), 0, "right", 25), Gap(16),
        Para(f"犯罪嫌疑人{_who(case)}。{_measures(case, '我局')}"),
        Para(f"{case.words['reported']}。我局经审查立案侦查，现已侦查终结。"), Para("经依法侦查查明："), *(Para(f) for f in facts),
        Para("认定上述事实的证据如下：" + "；".join(f"{n}（{p}）" for n, p in crime.evidence) + "。"),
        Para(f"上述事实清楚，证据确实、充分，足以认定。{who}的行为触犯《中华人民共和国刑法》{crime.articles}，涉嫌{crime.charge}。"
             "依照《中华人民共和国刑事诉讼法》第一百六十二条之规定，移送审查起诉。"),
        Para(f"此致\n{office.procuratorate}", 2),
        Closing((office.police, date("prosecution_opinion", case.on("prosecution_opinion"), "zh")), Seal(office.police)),
        Para(f"附：案卷材料二卷；{who}现{_where(case)}。", 0, size=25),
    )  # fmt: skip
    return Doc("prosecution_opinion", "起诉意见书", blocks, POLICE, number="- {n} -", copy=False)


def _where(case: Case) -> str:
    return f"羁押于{case.office.prison}" if "arrest" in case.dates else "取保候审于住所"


def _measures(case: Case, by: str) -> str:
    parts = []
    if "detention" in case.dates:
        parts.append(f"于{date('', case.on('detention'), 'ar')}被{by}刑事拘留")
    if "arrest" in case.dates:
        parts.append(f"经批准于{date('', case.on('arrest'), 'ar')}被{by}执行逮捕")
    if "bail" in case.dates:
        parts.append(f"于{date('', case.on('bail'), 'ar')}被{by}取保候审")
    return f"因涉嫌{case.about}，" + "，".join(parts) + "。" if parts else ""


def indictment(case: Case) -> Doc:
    assert case.crime
    crime, office, person = case.crime, case.office, case.client
    who = f"被告人{person.name}"
    facts = [f.format(who=who, name=person.name) for f in crime.facts]
    blocks = (
        Head(office.procuratorate, 46), Head("起  诉  书", 56),
        Para(f"{office.short}检刑诉〔{case.on('indictment').year}〕Z{case.number + 30}号", 0, "right", 25), Gap(16),
        Para(f"被告人{_who(case)}。{_measures(case, office.police)}"),
        Para(f"本案由{office.police}侦查终结，以{who}涉嫌{crime.charge}，于{date('', case.on('prosecution_opinion'), 'ar')}移送本院审查起诉。"
             "本院受理后，依法告知被告人诉讼权利，讯问了被告人，听取了辩护人（值班律师）的意见，审阅了全部案件材料。"),
        Para("经依法审查查明："), *(Para(f) for f in facts),
        Para("认定上述事实的证据如下：" + "；".join(f"{i}．{n}" for i, (n, _) in enumerate(crime.evidence, 1)) + "。"),
        Para(f"本院认为，{who}的行为触犯了《中华人民共和国刑法》{crime.articles}，犯罪事实清楚，证据确实、充分，应当以{crime.charge}追究其"
             f"刑事责任。{crime.finding.format(who=who, name=person.name)}{crime.proposal}根据《中华人民共和国刑事诉讼法》第一百七十六条的规定，"
             "提起公诉，请依法判处。"),
        Para(f"此致\n{office.court}", 2), Para(f"检察员：{case.words['prosecutor']}", 0, "right"),
        Closing((office.procuratorate, date("indictment", case.on("indictment"), "zh")), Seal(office.procuratorate)),
        Para(f"附：1．{who}现{_where(case)}；2．案卷材料二册。", 0, size=25),
    )  # fmt: skip
    return Doc("indictment", "起诉书", blocks, PROCURACY, number="第{n}页")


def plea(case: Case, *, helper: str, role: str = "值班律师") -> Doc:
    assert case.crime
    person, when = case.client, date("plea", case.on("plea"), "slot")
    blocks = (
        Head("认罪认罚具结书", 52, after=30),
        Para(f"一、身份情况　姓名：{hand(person.name)}　性别：{person.sex}　出生日期：{person.age_line}　住址：{person.address}"),
        Para("二、告知情况　我已阅读《认罪认罚从宽制度告知书》，明白自愿认罪认罚的性质和法律后果。"),
        Para(f"三、具结内容　1．对{case.office.procuratorate}指控的{case.about}事实及罪名没有异议；2．对量刑建议（{case.words['ask']}）"
             f"没有异议；3．同意适用{case.words.get('procedure', '简易程序')}。"),
        Para("四、声明　以上系我在律师在场的情况下自愿签署，没有受到强迫或者欺骗。"), Gap(20),
        Para(f"犯罪嫌疑人（签名、捺印）：{sign('suspect', person.name, 'both')}  {when}", 0), Gap(10),
        Para(f"{role}（签名）：{sign('lawyer', helper)}  {date('plea', case.on('plea'), 'slot')}", 0),
        Para("律师意见：犯罪嫌疑人系自愿具结，过程真实、合法。"),
    )  # fmt: skip
    return Doc("plea_affidavit", "认罪认罚具结书", blocks, PROCURACY, person.name)


def interrogation(case: Case, *talk: tuple[str, str]) -> Doc:
    """A record of questioning by the police: never an interview by the lawyer."""
    officers = case.words["officers"].split("、")
    head = (
        f"时间：{date('', case.on('caught'), 'ar')}20时10分至21时30分", f"地点：{case.office.police}办案区",
        f"侦查员：{officers[0]}、{officers[1]}　　记录人：{officers[1]}", f"被讯问人：{case.client.name}　性别：{case.client.sex}　住址：{case.client.address}",
    )  # fmt: skip
    body = [Para(f"{mark}{text}", 0) for pair in talk for mark, text in zip(("问：", "答："), pair, strict=True)]
    blocks = (
        Head("讯 问 笔 录", 48), *(Para(h, 0) for h in head), Gap(10), *body, Gap(20),
        Para(f"以上笔录我看过，和我说的相符。{sign('suspect', case.client.name, 'both')}", 0),
    )  # fmt: skip
    return Doc("interrogation_record", "讯问笔录", blocks, POLICE, copy=True)


def non_prosecution(case: Case) -> Doc:
    assert case.crime
    crime, office, person = case.crime, case.office, case.client
    who = f"被不起诉人{person.name}"
    blocks = (
        Head(office.procuratorate, 46), Head("不 起 诉 决 定 书", 54),
        Para(f"{office.short}检刑不诉〔{case.on('judgment').year}〕Z{case.number + 12}号", 0, "right", 25), Gap(10),
        Para(f"被不起诉人{_who(case)}。{_measures(case, office.police)}"),
        Para(f"本案由{office.police}侦查终结，以{person.name}涉嫌{crime.charge}，于{date('', case.on('prosecution_opinion'), 'ar')}移送本院审查起诉。"),
        Para("经本院依法审查查明："), Para(case.words["reviewed"]),
        Para(f"本院认为，{who}实施了《中华人民共和国刑法》{crime.articles}规定的行为，但犯罪情节轻微。{crime.finding.format(who=who, name=person.name)}"
             "根据《中华人民共和国刑法》第三十七条的规定，不需要判处刑罚。依据《中华人民共和国刑事诉讼法》第一百七十七条第二款的规定，决定对其不起诉。"),
        Para("被不起诉人如不服本决定，可以自收到本决定书后七日内向本院申诉。"),
        Closing((office.procuratorate, date("", case.on("judgment"), "zh")), Seal(office.procuratorate)),
    )  # fmt: skip
    return Doc("non_prosecution_decision", "不起诉决定书", blocks, PROCURACY, number="- {n} -")
