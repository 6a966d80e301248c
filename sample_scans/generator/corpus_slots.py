"""People, places, numbers and stories for the training corpus; all invented or too common to mean anybody."""

from __future__ import annotations

import random
from dataclasses import dataclass

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志红梅春生海燕小龙文博雪峰晓东国庆德明永福长林金凤素珍少华立新宝山喜财昌盛守义有根水旺庆元爱民淑芬子轩浩然思源雨桐"
PLACES = (
    "云溪县", "梧川区", "白鹭市", "石门坎县", "南屏区", "青岚县", "江宁埠区", "临桥市", "沧水县", "松岭县", "安阜县", "长汀坝区", "清源县", "永丰区", "东陵县",
    "凤栖县", "河口区", "太和镇县", "宁远县", "龙潭区", "平桥区", "新安县", "桐柏岭县", "大河市", "金沙区", "阳谷县", "海晏区", "枫林县", "玉泉区", "双河市",
)  # fmt: skip
CHARGES = (
    "盗窃",
    "故意伤害",
    "危险驾驶",
    "诈骗",
    "寻衅滋事",
    "交通肇事",
    "贩卖毒品",
    "抢劫",
    "掩饰、隐瞒犯罪所得",
    "帮助信息网络犯罪活动",
    "非法持有毒品",
    "聚众斗殴",
    "强奸",
    "开设赌场",
    "职务侵占",
    "妨害公务",
    "非法拘禁",
    "敲诈勒索",
    "失火",
    "滥伐林木",
)
CAUSES = (
    "民间借贷纠纷",
    "离婚纠纷",
    "追索劳动报酬纠纷",
    "机动车交通事故责任纠纷",
    "抚养费纠纷",
    "赡养费纠纷",
    "提供劳务者受害责任纠纷",
    "劳动争议",
    "工伤保险待遇纠纷",
    "买卖合同纠纷",
    "租赁合同纠纷",
    "健康权纠纷",
    "确认劳动关系争议",
    "相邻关系纠纷",
    "继承纠纷",
    "土地承包合同纠纷",
)
COMPANIES = (
    "宏达建筑劳务有限公司",
    "鑫源纺织厂",
    "顺通物流有限公司",
    "福满楼餐饮店",
    "永固建材有限公司",
    "新创电子有限公司",
    "绿野农业合作社",
    "诚信家政服务部",
    "大江保安服务公司",
    "恒升置业有限公司",
)
FIRMS = ("明理", "正衡", "云麓", "望湖", "天衡", "同济", "金盾", "信达", "方正", "博远", "大地", "公允")
DIGITS = "〇一二三四五六七八九"

CRIMES = (
    "{d}{t}，{who}在{p}{因琐事与被害人某甲发生争执|酒后与他人发生口角}，{持木棍|用拳头|拿起啤酒瓶}{将被害人头部打伤|击打被害人面部|致被害人肋骨骨折}，经鉴定构成{轻伤一级|轻伤二级|轻微伤}。",
    "{d}{t}，{who}窜至{p}{某小区|某超市|一民房内}，{趁人不备|翻窗入室|用随身携带的工具撬锁}，盗走{现金|手机一部|电动自行车一辆|黄金项链一条}，价值人民币{m}元，{后将赃物销赃|所得赃款挥霍}。",
    "{d}{t}，{who}酒后驾驶{小型轿车|二轮摩托车}行至{p}路口时被交警查获，经检验其血液中乙醇含量为{n}mg/100ml，属醉酒驾驶机动车。",
    "{d}，{who}{虚构能办理工作的事实|谎称可以低价购车|以谈恋爱为名}，{骗取|先后骗得}被害人现金{m}元，{用于偿还个人债务|全部挥霍|拒不归还}。",
    "{d}{t}，{who}伙同他人在{p}{随意殴打他人|拦截过往车辆|打砸门店}，造成{一人轻微伤|财物损失{m}元}，{后经民警现场制止|社会影响恶劣}。",
    "{d}，{who}明知他人利用信息网络实施犯罪，仍将自己名下的{两张银行卡|三张电话卡}出借给他人使用，{支付结算金额{m}元|从中获利{n}元}。",
    "{d}{t}，{who}驾驶{重型货车|三轮汽车}行驶至{p}路段，因{疲劳驾驶|未让行|超速}，与行人相撞，致其当场死亡，{负事故全部责任|负主要责任}。",
    "{d}，{who}在{p}以{n}元的价格向吸毒人员贩卖{甲基苯丙胺|海洛因}约0.3克，{交易时被当场抓获|后被公安机关查获}。",
    "{d}{t}，{who}在{p}附近持刀{拦住下班途中的被害人|尾随一女子}，{威胁索要财物|抢走挎包一个}，内有现金{m}元及手机一部。",
)
DISPUTES = (
    "{d}，{b}以{做生意周转|盖房|给孩子看病}为由向{a}借款{m}元，{出具借条一张|约定月息一分|承诺半年归还}，到期后{多次催要拒不归还|一直推脱}。",
    "{a}于{d}到{b}{工地做木工|从事装配工作|做保洁}，{未签订劳动合同|约定日工资260元}，{b}{拖欠工资共计{m}元|至今未结清工资}，{多次讨要无果|有欠条为证}。",
    "{d}，{b}驾驶小型轿车与{a}骑行的电动自行车相撞，致{a}{左腿骨折|多处受伤}，住院{n}天，花医疗费{m}元，{交警认定{b}负全部责任|{b}拒绝赔偿}。",
    "{a}与{b}于{d}登记结婚，生育一子，{婚后因性格不合经常争吵|{b}长期赌博、实施家庭暴力|双方分居已满两年}，夫妻感情确已破裂。",
    "{a}系{b}之{父|母|女}，{年老多病没有收入|尚未成年}，{b}{多年不履行赡养义务|自{d}起不支付抚养费}，经村委会多次调解无果。",
    "{d}，{a}在{b}承包的工程中{从脚手架上摔下|被机器轧伤手指}，{经诊断为腰椎骨折|构成九级伤残}，{b}仅垫付医疗费{m}元后不再过问。",
    "{a}在{b}处购买{化肥|家具|二手车}，支付{m}元，{质量存在严重问题|{b}至今不发货}，{协商退款未果|请求解除合同}。",
    "{a}租住{b}房屋，{d}合同到期后{b}{拒不退还押金{m}元|强行换锁}，双方因此发生纠纷。",
)


@dataclass(frozen=True, slots=True)
class Slots:
    """One set of people, places and numbers for a page."""

    rng: random.Random
    values: dict[str, str]

    @staticmethod
    def draw(rng: random.Random) -> Slots:
        place = rng.choice(PLACES)
        city = place[:-1]
        people = {role: name(rng) for role in ("client", "lawyer", "clerk", "judge")}
        opponent = name(rng) if rng.random() < 0.6 else place + rng.choice(COMPANIES)
        firm = rng.choice(("河南", "湖南", "四川", "江苏", "", "安徽", "陕西")) + rng.choice(FIRMS)
        centre = place + rng.choice(("法律援助中心", "法律援助中心", "法律援助处", "司法局法律援助中心"))
        about = rng.choice((rng.choice(CHARGES) + "罪", rng.choice(CHARGES), rng.choice(CAUSES)))
        values = {
            **people, "opp": opponent, "county": place, "centre": centre, "firm": firm + "律师事务所", "about": about,
            "charge": rng.choice(CHARGES), "cause": rng.choice(CAUSES), "sex": rng.choice("男女"),
            "police": place + rng.choice(("公安局", "公安局刑事侦查大队", "公安局城关派出所")), "proc": place + "人民检察院",
            "court": place + "人民法院", "prison": rng.choice((place, city + "市")) + "看守所",
            "village": place + rng.choice(("河西镇人民政府", "新街社区居民委员会", "大王村村民委员会")),
            "addr": place + rng.choice(("城关镇东街12号", "河东乡李家村三组", "建设路8号院2单元", "杨集镇后杨村", "滨河社区3栋")),
        }  # fmt: skip
        return Slots(rng, values)

    def get(self, key: str) -> str:
        rng = self.rng
        if key in self.values:
            return self.values[key]
        year = rng.randint(2018, 2026)
        month, day = rng.randint(1, 12), rng.randint(1, 28)
        if key in ("date", "date2"):
            return written(rng, year, month, day)
        if key == "datezh":
            return chinese(rng, year, month, day) if rng.random() < 0.7 else f"{year}年{month}月{day}日"
        short = self.values["county"][0]
        made = {
            "year": str(year), "n": str(rng.randint(2, 96)), "s": str(rng.randint(2, 15)), "money": str(rng.randint(5, 900) * 100),
            "born": f"{rng.randint(1950, 2006)}年{month}月{day}日", "phone": f"1{rng.randint(3, 9)}{rng.randint(10**8, 10**9 - 1)}",
            "id": f"{rng.randint(110000, 659999)}{rng.randint(1950, 2006)}{month:02}{day:02}{rng.randint(1000, 9999)}",
            "lic": f"1{rng.randint(10**15, 10**16 - 1)}",
            "aidno": rng.choice((
                f"{short}援{rng.choice('申审决指函')}字〔{year}〕第{rng.randint(1, 300)}号", f"编号：{rng.randint(1, 999):03}",
                f"（{short}）援{rng.choice('民刑')}字[{year}]{rng.randint(1, 300)}号", f"{short}法援〔{year}〕{rng.randint(1, 300)}号", "",
            )),
            "caseno": f"（{year}）{rng.choice('豫湘皖川赣陕苏鄂')}{rng.randint(1, 99):02}{rng.randint(1, 40):02}{rng.choice(('刑初', '民初', '行初', '民终'))}{rng.randint(1, 900)}号",
        }  # fmt: skip
        return made[key]


def name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2, 2))))


def written(rng: random.Random, year: int, month: int, day: int) -> str:
    return rng.choice((
        f"{year}年{month}月{day}日", f"{year} 年 {month} 月 {day} 日", f"{year}.{month}.{day}", f"{year}-{month:02}-{day:02}",
        chinese(rng, year, month, day), f"{year}年{month:02}月{day:02}日", "年  月  日" if rng.random() < 0.2 else f"{year}年{month}月{day}日",
    ))  # fmt: skip


def chinese(rng: random.Random, year: int, month: int, day: int) -> str:
    zero = rng.choice("〇〇○零O0")

    def tens(number: int) -> str:
        if number < 10:
            return DIGITS[number]
        return ("" if number < 20 else DIGITS[number // 10]) + "十" + (DIGITS[number % 10] if number % 10 else "")

    return "".join(DIGITS[int(c)] for c in str(year)).replace("〇", zero) + f"年{tens(month)}月{tens(day)}日"


def _story(rng: random.Random, text: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    while "{" in text:
        start = text.rindex("{")
        end = text.index("}", start)
        text = text[:start] + rng.choice(text[start + 1 : end].split("|")) + text[end + 1 :]
    return text


def _common(rng: random.Random) -> dict[str, str]:
    return {
        "d": f"{rng.randint(2018, 2025)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日", "m": str(rng.randint(8, 900) * 100),
        "n": str(rng.randint(60, 300)), "t": rng.choice(("21时许", "凌晨2时许", "上午", "晚上", "")),
        "p": rng.choice(PLACES) + rng.choice(("城关镇", "东街", "菜市场", "人民路", "火车站", "某村")),
    }  # fmt: skip


def crime(rng: random.Random, client: str) -> str:
    """What somebody is said to have done, in a sentence or two."""
    who = rng.choice(("被告人", "犯罪嫌疑人", "")) + client
    return _story(rng, rng.choice(CRIMES), {**_common(rng), "who": who})


def dispute(rng: random.Random, client: str, opponent: str) -> str:
    """What a civil or labour dispute is about."""
    a = rng.choice(("原告", "申请人", "")) + client
    return _story(rng, rng.choice(DISPUTES), {**_common(rng), "a": a, "b": opponent})
