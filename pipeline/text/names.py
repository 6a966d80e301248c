"""Names of people: what can be one, and when two spellings may be one name misread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.text.lookalikes import look_alike

# The surnames of about 99 % of people (《百家姓》 and the reports on names of the Ministry of Public Security).
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹"
    "狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞"
    "万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜"
    "松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲"
    "邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏"
    "柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾"
    "辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海晋楚闫法汝鄢涂钦商牟佘佴"
    "伯赏墨哈谯笪年爱阳佟肖覃代付兰邸苟税阿占展次仝冼呼苑原揭门隋麦迟普宝召库鹿尉年粟植撒"
)
_COMPOUNDS = (
    "欧阳 司马 上官 诸葛 夏侯 东方 尉迟 皇甫 公孙 慕容 令狐 长孙 宇文 司徒 司空 轩辕 钟离 鲜于 闾丘 端木 南宫 独孤 "
    "百里 呼延 拓跋 申屠 太史 西门 第五 澹台 公冶 宗政 濮阳 淳于 单于 完颜 赫连 万俟 闻人 仲孙 东郭 南门"
)
_COMPOUND = frozenset(_COMPOUNDS.split())
_NO_NAME = re.compile(
    "签名|签字|签章|盖章|捺印|指印|姓名|性别|承办|单位|律师|中心|本人|申请|法院|受援|指派|安排|援助|代理|意见|委托|"
    "身份|日期|时间|人员|你所|贵所|你单|民族|案由|编号|文号|案号|电话|地址|住址|住所|担任|事务|工作|会见|应当|不得|有权|"
    "可以|同志|先生|女士|通知|决定|公函|法定|监护|辩护|被告|原告|嫌疑|被害|证人|证言|陈述|供述|家属|亲属|机关|公安|"
    "检察|审判|书记|民警|机构|审查|审批|负责|经办|联系|情况|材料|内容|理由|事项|类别|方式|阶段|结果|归档|立卷|合计|"
    "无误|属实|同意|要求|提供|办理|收到|接收|核对|年龄|出生|职业|文化|籍贯|户籍|以上|以下|上述|本案|该案|此案|一案|"
    "双方|当事|对方|公司|有限|没有|是否|什么|怎么|为何|如何|以及|或者|并且|因为|所以|不服|涉嫌|构成|认罪|关系|父子|"
    "母子|父女|母女|夫妻|本所|本局|本院|我局|我院|该局|该院|确认|完毕|权利|义务|责任|记录|记载|笔录|签收|送达|到庭|"
    "出庭|开庭|原件|复印|声明|承诺|身体|现在|羁押|被送|该笔|双方|原告|第一|第二|第三|第四|第五条|日起|自愿|协议|合同|特别|授权|一般|执业|证号|号码|备注|选填|说明|附卷|甲方|乙方"
)
_WORDY = frozenset(
    "归时能乐通公有都空从双相后经干解应计充向步国须年占次原代付多家和连平明成生长每所入到对造现书开依声支管扶项须关"
)
_NUMBERED = frozenset("甲乙丙丁戊己庚辛某")
HAN = "\u4e00-\u9fff"


def plausible_name(text: str) -> bool:
    """Whether this may be a person's name: 2 to 4 characters, or parts joined by a dot, and no word of the forms."""
    if "·" in text:
        return bool(re.fullmatch(rf"[{HAN}]{{1,10}}(?:·[{HAN}]{{1,10}}){{1,4}}", text)) and not _NO_NAME.search(text)
    return 2 <= len(text) <= 4 and bool(re.fullmatch(rf"[{HAN}]+", text)) and not _NO_NAME.search(text)


def surname(text: str) -> str:
    """The surname a name begins with, "" where it begins with none that is known."""
    if text[:2] in _COMPOUND and len(text) > 2:
        return text[:2]
    return text[:1] if text[:1] in _SURNAMES else ""


def likely_name(text: str) -> bool:
    """Whether it is built as most names are: a known surname and one or two characters (or a name with dots)."""
    if not plausible_name(text):
        return False
    known = surname(text)
    return "·" in text or bool(known and 1 <= len(text) - len(known) <= 2)


def unmistakable_name(text: str) -> bool:
    """Whether it would be taken for a name even in the middle of a sentence: its surname is no common word as well."""
    return likely_name(text) and text[0] not in _WORDY


def differences(one: str, other: str) -> tuple[int, int]:
    """(places where two names of one length differ, those of them whose characters do not look alike)."""
    wrong = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(wrong), sum(not look_alike(a, b) for a, b in wrong)


def told_apart(one: str, other: str) -> bool:
    """Whether the two differ in what tells people apart on purpose: 王某甲 and 王某乙, 张某 and 李某."""
    return one != other and (bool(_NUMBERED & set(one[1:])) or bool(_NUMBERED & set(other[1:])))


def elect(readings: Sequence[tuple[str, float]]) -> str:
    """The best reading of one name: place by place among the spellings of the commonest length, weighed.

    What comes out is one of the readings unless another spelling leads at every place that differs.
    """
    lengths: dict[int, float] = {}
    for name, weight in readings:
        lengths[len(name)] = lengths.get(len(name), 0.0) + weight
    if not lengths:
        return ""
    length = max(lengths, key=lambda one: (lengths[one], one))
    chosen = ""
    for place in range(length):
        votes: dict[str, float] = {}
        for name, weight in readings:
            if len(name) == length:
                votes[name[place]] = votes.get(name[place], 0.0) + weight
        chosen += max(sorted(votes), key=lambda char: votes[char])
    return chosen
