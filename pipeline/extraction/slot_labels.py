"""The words that printed forms put before their blanks, and of what kind the blank is.

A vocabulary, not layouts: forms of every county name their slots with these words, whether in cells, before a colon or
before an underline. Unlisted labels are known by their last word (…情况, …意见, …日期) where they fill a cell alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.text.normalise import fold_with_places

# Kind → how such labels read, folded (no spaces, ASCII brackets); the longest that fits wins. Kinds: casefile.Slot.
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "number",
        r"(文书|案件|档案|受理|登记|指派|审批|卷宗|申请|援助|收案|结案|案卷)?编号|文号|案号|卷号|档案?号|全宗号|收案号|字号",
    ),
    (
        "unit",
        r"(法律援助)?(承办|受理|发往|接收|主送|指派|受指派|所属|执业|所在|援助|提供|填报|报送|代理|原承办|办案|受托|委托|受理案件)(的)?"
        r"(单位|机构|律所|律师事务所)(名称)?|(承办)?律师事务所(名称)?|律所(名称)?|法律服务机构(名称)?|单位名称|机构名称|单位|机构|"
        r"(承办|受理|办理|办案|审理|侦查|公诉|受案|管辖|通知|送达|审判)(机关|法院|检察院|仲裁委)(名称)?|工作单位|工作单位(或|及|和|/)?(职业|职务)|服务处所|所在单位",
    ),
    (
        "recipient",
        r"(被)?受?援助?人(的)?(姓名|名称)?(\(申请人\))?|申请人(姓名|名称)?|被援助人(姓名)?|委托人(姓名|名称)?|当事人(姓名|名称)?|"
        r"犯罪嫌疑人\(?、?被告人\)?|犯罪嫌疑人(姓名)?|被告人(姓名)?|被代理人|被辩护人|甲方(\((受援人|委托人)\))?|承诺人|说明人|被告知人",
    ),
    (
        "cause",
        r"(申请|涉嫌|起诉|指控)?(案由|罪名)(性质)?|案件(名称|性质|事由)|申请(法律援助)?事项|援助事项|(法律援助)?事项|事由|"
        r"纠纷类型|案由及罪名|案由\(罪名\)",
    ),
    (
        "date",
        r"(申请|受理|审查|审批|批准|决定|指派|安排|收案|立案|结案|办结|结束|归档|立卷|填表|填报|填写|出生|签订|签收|签署|送达|收到|会见|谈话|"
        r"约见|阅卷|开庭|庭审|回访|评估|评查|领取|接收|接待|登记|通知|告知|承办|委托|提交|发放|宣判|判决|裁决|报告|制作|调查|记录|讨论|来访|"
        r"送审|移交|交卷|援助|到案|拘留|逮捕|羁押|签字|签名|起止|开始|结束|变更|更换|终止)(日期|时间|年月日?|日)|"
        r"出生(年月日?|日期)?|年月日|日期|时间|生效日期|有效期限?",
    ),
    (
        "name",
        r"(法律援助|原|现|拟|主要|协办|主办|指派|受指派)?(承办|办案|援助|经办|办理)(人员?|律师)(姓名)?|(法律援助|拟更换|原)人员(姓名)?|"
        r"(主办|协办|值班|会见|阅卷|代理|辩护|指派|执业|受委托)?律师(姓名)?|姓名|名称|法定代表人|(机构|单位|中心)?联系人|受托人|受委托人|"
        r"乙方(\((承办|受托)\w{1,4}\))?|辩护人|代理人|(被)?会见人|(被)?谈话人|(被)?约见人|(被)?调查人|(被)?询问人|主持人|参加人员?|在场人员?|翻译(人员)?|"
        r"对方当事人|被申请人|(主审|承办)法官|检察官|办案民警|经办法官",
    ),
    (
        "other",
        r"性别|民族|年龄|籍贯|国籍|文化程度|学历|职业|职务|政治面貌|婚姻状况|健康状况|身体状况|(居民|公民)?身份证?号码?|身份证(件)?号码?|"
        r"证件(号码|类型|名称|种类|号)|证号|(律师)?执业证(书)?号码?|住址|地址|住所地?|户籍(所在地|地址?)?|现(住址|住地|居住地)|(经常)?居住地|"
        r"(通讯|通信|家庭|联系|常住|户籍|送达|单位)(地址|住址)|(联系|移动|固定|办公|单位|家庭|手机|咨询|监督|投诉|机构)?电话(号码)?|联系方式|手机号?码?|"
        r"(受援)?人群类别|(受援人|案件|人员|当事人|申请人)?(类别|类型)|(案件)?来源|(申请|受理)方式|(法律)?(援助|服务)(方式|形式|种类|类型)|"
        r"(案件|诉讼|办案|办理)?(所处|所在)?阶段|诉讼(地位|程序)|(案件|承办|办理|处理|审理|裁判|诉讼)结果|(结案|处理|办结)(方式|情况)|"
        r"(简要|基本|主要)?(案情|案件)(简介|概况|情况|摘要|事实)?(及申请理由|及理由)?|简要案情|基本案情|案情|事实(和|与|及|、)?理由|"
        r"(申请|更换|终止|变更|转交|不予\w{2,4})?(的)?(事实)?(和|与|及)?(理由|原因)(及?事实经过|及事实)?|"
        r"(家庭)?(经济|财产|资产|收入|支出|负担|困难|成员)(困难)?(状况|情况|来源|原因)|家庭(人口|成员|住址|财产|收入)数?|(共同生活的)?家庭成员|劳动力(人口)?(数)?|"
        r"(家庭)?人?均?(月|年)?(均)?收入|家庭主要收入来源|主要收入来源|家庭月收入|(个人|本人)(月|年)?收入|其他情况|"
        r"(承办|办理|办案|工作|执行|代理|辩护|服务)(经过|过程|情况|小结)|办案(小结|体会|心得)|(承办|办理|办案)?结果及(意见)?采纳情况|"
        r"(意见|代理意见|辩护意见)?采纳情况|结案小结|(会见|阅卷|开庭|调查|出庭|约见|谈话|通报)(次数|情况)|"
        r"(\w{2,6}|机构|单位|中心|律所)?(审查|审批|审核|初审|承办人|经办人|工作人员|受理|负责人|领导|主管|承办单位|单位|机构|中心|拟办|处理|结案|"
        r"归档|出具单位|补贴)意见|处理意见|意见|会见地点|(会见|谈话|约见|阅卷|开庭|调查|签订|讨论|听证|羁押|关押)?(地点|场所)|强制措施(种类)?|"
        r"(委托|代理|授权)?(权限|期限)|保管期限|(归档)?(页数|件数|卷数|册数)|本卷共|(补贴|发放|申领|费用|标的|涉案)?(金额|标准|数额)|开户(银?行|名)|(银行)?(账|帐)号|"
        r"户名|评价|总体评价|总体印象|满意度|(评定|评估|案件)?等级|(评估|总|最后)?得分|总分|评语|评定结果|法律依据|援助范围|证明材料|提交(的)?材料|所附材料",
    ),
)  # fmt: skip
_OPTIONAL = re.compile(
    r"选填|不填|如有|如无|若有|无则|非必|可选|可以不填|有则填|代理申请人|代为?申请人|法定代理人|监护人|委托代理人|代理人情况|"
    r"与(申请|受援|委托|当事)人(的)?关系|邮政编码|邮编|电子邮[箱件]|传真|微信|QQ|曾用名|别名|备注|附注|其他(情况|事项|说明|需要)|"
    r"代收|转交|拒收|留置|"
    r"意见(和|及|与|或)?建议|建议|说明|复核意见|复议|补充(意见|说明)|翻译|在场人|见证人|协办|回执|存根|骑缝|全宗号|法定代表人|"
    r"^(政治面貌|婚姻状况|健康状况|身体状况|职务|固定电话|办公电话|单位电话|开户|银行)"
)
_MORE = (
    # Slots that only ever are optional stand in no list above.
    r"备注|附注|意见(和|及|与|或)?建议|(其他)?建议|(代理申请人|代为?申请人|法定代理人|监护人|委托代理人)(\w{0,4}姓名|情况|信息)?|"
    r"与(申请|受援|委托|当事)人(的)?关系|关系|邮政编码|邮编|电子邮[箱件]|传真|微信号?|QQ号?|曾用名|别名|复核意见|复议意见|其他事项|补充意见"
)
_SIGNING = re.compile(r"签名|签字|签章|盖章|捺印|捺指印|按指印|手印|公章|印章|\(盖?章\)")
_SIGNERS = re.compile(
    r"(初审|审查|审核|审批|批准|签发|经办|接待|受理|接收|签收|领取|领款|发放|复核|评估|评查|回访|立卷|检查|填表|制表|记录|校对|告知|送达|收件|代收|"
    r"受送达|具状|声明|承诺|保证|报告|负责|归档|监交|移交)(人员?|者)|(中心|机构|单位|部门)?(主任|负责人|领导)|(书记员|审判长|审判员|仲裁员|调解员|评估师)"
)
_ENDINGS = re.compile(
    r"^[\u4e00-\u9fff、及和与或]{0,10}(情况|意见|日期|时间|姓名|号码|编号|电话|地址|方式|类别|类型|机关|机构|单位|理由|经过|结果|"
    r"金额|次数|期限|状况|来源|简介|事项|评价|职业|职务|案由|住所|权限|签名|签字|盖章)$"
)
_NEEDS_ROOM = re.compile(r"^.{2}$|(律师|事务所|律所|法院|检察院|机关|机构|单位|人员?|意见|情况|理由|结果|\))$")
"""Labels that as well end a name or a sentence; they are labels only where nothing runs into them."""
_AFTER_A_NAME = re.compile(r"^(电话|性别|民族|年龄|职业|案由|罪名|类别|住址|地址|地点|时间|阶段|形式)$")
_LAST_WORD = re.compile(r"(?P<edge>^|[\d.、)(])(?P<word>[\u4e00-\u9fff、或及和与]{2,9}(?:\([^()]{1,16}\))?)$")
_BLOCKS = re.compile(r"案情|事实|理由|经过|情况|意见|内容|结果|小结|原因|事项|依据|权限|材料|家庭|状况|记录|评语|建议")
_HINT = r"(\([^()]{1,14}\)?)?"
_COLON = ":"


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a line of text: `start`/`end` are offsets into the line, hint in brackets and colon included.

    `listed`: the vocabulary holds it; else it is one by its ending. `signing`: a signature is what it asks for.
    `block`: what fills it is long and may stand below it.
    """

    text: str
    kind: str
    start: int
    end: int
    colon: bool
    listed: bool = True
    optional: bool = False
    signing: bool = False
    block: bool = False


@cache
def _listed() -> re.Pattern[str]:
    every = "|".join(f"(?:{pattern})" for _, pattern in _WORDS)
    return re.compile(rf"(?:{every}|{_MORE}|{_SIGNERS.pattern}|[\u4e00-\u9fff]{{0,8}}(?:{_SIGNING.pattern})){_HINT}$")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rf"(?:{pattern})")) for kind, pattern in _WORDS)


@cache
def whole_label(text: str) -> Label | None:
    """Give the label that a cell holds and nothing else, or None. A colon or a hint in brackets may close it."""
    folded, _ = fold_with_places(text)
    colon = folded.endswith(_COLON)
    bare = folded.rstrip(_COLON).lstrip("·.-|*")
    if bare == "年月日":
        return None  # a date that nobody filled in
    if not 2 <= len(bare) <= 24 or not re.search(r"[\u4e00-\u9fff]{2}", bare):
        return None
    if _listed().fullmatch(bare) or _listed().fullmatch(bare.replace("(", "").replace(")", "")):
        return _label(bare, 0, len(text), colon=colon)
    if _may_be_label(bare):
        return _label(bare, 0, len(text), colon=colon, listed=False)
    return None


def _may_be_label(words: str) -> bool:
    """Whether words that nobody listed end as labels do, and are no piece of a sentence."""
    bare = re.sub(r"\([^()]*\)?$", "", words)
    return bool(_ENDINGS.match(bare)) and len(bare) <= 8 and not re.search(r"[的本]", bare)


@cache
def labels_in(text: str) -> tuple[Label, ...]:
    """Labels of a line that a colon closes, in order."""
    folded, places = fold_with_places(text)
    found: list[Label] = []
    last = 0
    for index, char in enumerate(folded):
        if char != _COLON or index == 0:
            continue
        before = folded[last:index]
        match = _listed().search(before)
        start = last + match.start() if match else -1
        end = places[index] + 1
        if match and len(match.group()) >= 2 and not _runs_on(before, match.start(), behind_label=last > 0):
            found.append(_label(match.group(), places[start], end, colon=True))
            last = index + 1
            continue
        word = _LAST_WORD.search(before)
        if word and (word["edge"] or last == 0) and _may_be_label(word["word"]):
            found.append(_label(word["word"], places[last + word.start("word")], end, colon=True, listed=False))
            last = index + 1
    return tuple(found)


def _runs_on(before: str, start: int, *, behind_label: bool) -> bool:
    """Whether the label is only the end of a longer word or a name: 本案的处理结果:, 张三律师:, but 张三 联系电话:.

    `behind_label`: another label stands before in the line, so that a name may run into this one: 联系人:张三电话:.
    """
    if start == 0 or not re.search(r"[\u4e00-\u9fff]$", before[:start]):
        return False
    if behind_label and start <= 12 and _AFTER_A_NAME.search(before[start:]):
        return False
    return bool(_NEEDS_ROOM.search(before[start:]) or re.search(r"[的之该本各其]$", before[:start]))


def begins_with_label(text: str) -> Label | None:
    """Give the listed label with which a line begins while its filling follows without a colon (文化程度初中)."""
    folded, places = fold_with_places(text)
    for length in range(min(14, len(folded) - 1), 1, -1):
        head = folded[:length]
        if _listed().fullmatch(head) and head.count("(") == head.count(")") and head[-1] not in "的及和":
            return _label(head, 0, places[length - 1] + 1, colon=False)
    return None


def kind_of(label: str) -> str:
    """The kind of slot that a label (folded) announces."""
    bare = re.sub(r"\([^()]*\)?$", "", label)
    if _SIGNING.search(label) or _SIGNERS.fullmatch(bare):
        return "signature"
    for kind, pattern in _kinds():
        if pattern.fullmatch(bare):
            return kind
    if re.search(r"(日期|时间|年月日)$", bare):
        return "date"
    return "other"


def _label(folded: str, start: int, end: int, *, colon: bool, listed: bool = True) -> Label:
    kind = kind_of(folded)
    bare = re.sub(r"\([^()]*\)?$", "", folded)
    return Label(
        folded,
        kind,
        start,
        end,
        colon,
        listed,
        optional=bool(_OPTIONAL.search(folded)),
        signing=kind == "signature",
        block=bool(_BLOCKS.search(bare)),
    )
