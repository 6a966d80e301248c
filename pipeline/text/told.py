"""What running text says happened on which day: arrests, filings and hearings told in charges and judgments.

`told_in` reads sentences such as 因涉嫌犯盗窃罪于2017年2月22日被某县公安局刑事拘留，同年3月1日被取保候审 and gives
each date its role and the person whom the sentence is about. What is told of an earlier offence (曾因), asked for
(提请批准逮捕), refused (不批准逮捕) or lifted (解除取保候审) is no event of the case.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.text.dates import find_dates

REACH = 90
"""Characters behind a date within which its verb must stand, in one sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event: its role, its day, where the date stands in the text, whom it is told of ("" where nobody is named).

    `role`: birth · apprehension · summoned · custody · detention · arrest · bail · residence · prosecution_received ·
    filed (提起公诉) · hearing · judged · appealed · applied, decided, assigned (for and of legal aid). `sure`: nothing
    of the date had to be repaired or supplied.
    """

    role: str
    value: dt.date
    start: int
    end: int
    raw: str
    person: str = ""
    sure: bool = True


_EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("birth", r"^[日,，]?\s*(?:出)?生(?![产效活])"),
        ("summoned", r"(?<!以)(?<!经)(?:口头|书面|电话)?传唤(?!证)"),
        (
            "apprehension",
            r"抓获|抓捕|到案|投案|归案|自首(?!情节)|缉拿|缉获|被(?:当场)?(?:查获|截获|控制)|扭送|捉获",
        ),
        ("custody", r"羁押(?![于在]?[^,，。]{0,12}看守所)|临时羁押"),
        ("detention", r"(?<!行政)(?<!司法)(?:刑事拘留|刑拘|(?:执行|决定|被|依法|予以|先行)拘留)|(?<=局)拘留"),
        ("residence", r"监视居住"),
        ("bail", r"取保候审|取保侯审"),
        ("arrest", r"逮捕|执行批捕"),
        (
            "prosecution_received",
            r"移送[^,，。;；]{0,16}(?:审查)?起诉|(?:审查起诉|起诉意见书)[^,，。;；]{0,8}移送|移送(?:我|本|至)[^,，。;；]{0,10}院"
            r"|受理(?:审查起诉|该?案|此案|本案)?后?(?=[,，。])(?=[^。]{0,40}(?:告知|审查起诉|讯问))",
        ),
        ("filed", r"提起公诉|起诉至(?:本|我)院|向(?:本|我)院(?:提起)?(?:公诉|起诉)|提请公诉|移送本院起诉"),
        ("hearing", r"开庭|公开(?:进行)?(?:了)?审理|进行了?(?:不公开)?审理|审理了本案|庭前会议(?=.{0,8}开庭)"),
        ("judged", r"作出[^。]{0,40}(?:判决|裁定|裁决)|宣判|判决(?:如下|认定)"),
        ("appealed", r"(?:提出|提起)上诉|提出抗诉"),
        (
            "applied",
            r"(?:提出|提交|递交)[^。;；]{0,30}(?:法律)?援助[^。;；]{0,6}申请|申请法律援助|(?:提出|提交)的?[^。]{0,30}申请",
        ),
        (
            "decided",
            r"(?:决定|同意|准予|批准)(?:给予|提供|予以|对[^,，。]{1,8}(?:给予|提供|予以))?(?:你|其)?[^,，。]{0,6}法律援助",
        ),
        ("assigned", r"指派[^。;；]{0,24}(?:律师|承办|担任|办理)|安排[^。;；]{0,24}(?:律师|承办)"),
    )
)
# Words right before the verb with which nothing happened yet, nothing happened at all, or the thing ended.
_NO_EVENT = re.compile(
    r"(?:不|未|无|没有|不予|不宜|解除|撤销|提请|报请|呈请|申请|要求|建议|拟|应当|可以|拒不|准备|违反|期间|期满|届满|羁押必要)"
    r"(?:其|对其|被)?(?:批准|决定|予以|采取|执行)?$"
)
_AFTER_NO_EVENT = re.compile(r"^(?:申请书|的申请|必要性|期间|条件|期限届满|措施不当)")
_EARLIER = re.compile(r"(?:曾(?!用名)|前科|刑满释放|劣迹|前罪)")
_SAME_DAY = re.compile(r"(?:(?<!不)同日|当日|当天|即日)(?=[,，]?[^。]{2,})|(?:次日|翌日|第二天)(?=[^。]{2,})")
_NEXT_DAY = frozenset(("次日", "翌日", "第二天"))
_OTHER_ACT = re.compile(r"[经院]|批准|[,，].*[,，]|后因")
_LIST = re.compile(r"[、和及与,，\s]*")
_STOP = re.compile(r"[。;；\n]")
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"(?:{words})(?:的?(?:时间|日期|年月日|之日))?[:：]?\s*(?:为|是)?\s*$"))
    for role, words in (
        ("birth", r"出生|生于|生日"),
        ("apprehension", r"(?:到案|归案|抓获|投案)(?:时间|日期)"),
        ("summoned", r"传唤(?:时间|日期)"),
        ("detention", r"(?:刑事)?拘留(?:时间|日期)|刑拘(?:时间|日期)"),
        ("arrest", r"逮捕(?:时间|日期)"),
        ("bail", r"取保候审(?:时间|日期|起始日)"),
        ("residence", r"监视居住(?:时间|日期|起始日)"),
        ("prosecution_received", r"移送(?:审查)?起诉(?:时间|日期)"),
    )
)
_NAME = r"[一-鿿㐀-䶿·•]{1,3}?[一-鿿㐀-䶿某×xX]"
_PERSON = re.compile(
    r"(?<!告知)(?<!讯问)(?<!听取)(?:被告人|犯罪嫌疑人|被不起诉人|嫌疑人|上诉人|罪犯|原审被告人|受援人|申请人)(?:自报|:|：)?\s*"
    rf"(?P<name>(?!诉讼|权利|有权|供述|认罪|及其|对|的|可以|应当|依法|认为){_NAME})"
    r"(?=[,，、(（。:：;；]|因|于|男|女|犯|涉嫌|在|被|主动|系|自动|经|伙同|到|至|接|酒|无|的|驾|明知|将|以|用|前往|持|窜|趁|"
    r"归|自愿|如实|\d)"
)


@dataclass(frozen=True, slots=True)
class _Day:
    value: dt.date
    start: int
    end: int
    raw: str
    sure: bool


def told_in(text: str) -> tuple[Told, ...]:
    """All events that `text` tells, in order. Join the lines of a page without breaks before: sentences run on."""
    days = _days(text)
    persons = [(match.end("name"), match["name"]) for match in _PERSON.finditer(text)]
    told: list[Told] = []
    pending: list[_Day] = []
    for place, day in enumerate(days):
        following = days[place + 1].start if place + 1 < len(days) else len(text)
        tail = text[day.end : min(following, day.end + REACH)]
        if following < day.end + REACH and _LIST.fullmatch(tail) and tail:
            pending.append(day)
            continue
        roles = list(_roles(text, day, tail))
        for one in (*pending, day) if roles and roles[0] == "hearing" else (day,):
            told.extend(_event(role, one, text, persons) for role in roles)
        pending = []
    return tuple(told)


def _event(role: str, day: _Day, text: str, persons: Sequence[tuple[int, str]]) -> Told:
    name = next((name for end, name in reversed(persons) if end <= day.start and day.start - end < 600), "")
    return Told(role, day.value, day.start, day.end, day.raw, name, day.sure)


def _days(text: str) -> list[_Day]:
    """The dates of the text with those that 同日, 当日 and 次日 stand for."""
    days: list[_Day] = []
    for date in find_dates(text):
        value, sure = date.value, not date.repaired or date.intact
        if value is None and date.form == "month_day" and days:
            value, sure = _in_course(date.raw, days[-1].value), False
        if value is not None:
            days.append(_Day(value, date.start, date.end, date.raw, sure))
    for match in _SAME_DAY.finditer(text):
        before = [day for day in days if day.end <= match.start()]
        if not before or any(day.start < match.end() and match.start() < day.end for day in days):
            continue
        last = max(before, key=lambda day: day.end)
        if "。" in text[last.end : match.start()] and match[0] in _NEXT_DAY:
            continue
        step = dt.timedelta(days=1 if match[0] in _NEXT_DAY else 0)
        days.append(_Day(last.value + step, match.start(), match.end(), match[0], last.sure and not step))
        days.sort(key=lambda day: day.start)
    return days


def _in_course(raw: str, last: dt.date) -> dt.date | None:
    """A day without a year, after another date of the same account: 8月1日 after 2017年6月25日 is of 2017."""
    found = find_dates(raw, last.year)
    value = found[0].value if found else None
    return value if value is not None and value >= last else None


def _roles(text: str, day: _Day, tail: str) -> Iterator[str]:
    head = text[max(0, day.start - 60) : day.start]
    sentence = _STOP.split(head)[-1]
    for role, label in _LABELS:
        if label.search(sentence):
            yield role
            return
    if _EARLIER.search(sentence[-40:]):
        return
    stop = _STOP.search(tail)
    clause = tail[: stop.start()] if stop else tail
    hits: list[tuple[int, int, str]] = []
    for role, pattern in _EVENTS:
        for match in pattern.finditer(clause):
            if _NO_EVENT.search(clause[: match.start()]) or _AFTER_NO_EVENT.search(clause[match.end() :]):
                continue
            hits.append((match.start(), match.end(), role))
            break
    hits.sort()
    if not hits:
        return
    _, end, role = hits[0]
    yield role
    # 抓获并刑事拘留: a second verb belongs to the same day only where nothing but a conjunction parts them.
    for at, _, other in hits[1:]:
        if other != role and at - end <= 12 and not _OTHER_ACT.search(clause[end:at]):
            yield other
