"""Favourable circumstances that a charge or judgment tells of: 自首, 坦白, 立功 …, of whom, and whether they are found.

A circumstance counts where it is stated as found (系自首, 取得被害人谅解), not where the paper only uses the word
(告知认罪认罚的法律后果, 责令退赔). Of whom it is said is told by the defendant named last before it, with all who are
named in one list with him. A sentence that turns it down (不构成自首, 该意见不予采纳) rejects it; what is told as the
defence's plea is no finding. Which circumstances there are, and their words, stand in circumstances.toml.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from pipeline.text.names import likely_name

Standing = Literal["found", "rejected", "pleaded"]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One mention. `whose`: client | other | unknown. `late`: it came about when the case was already being tried.

    `start` and `end` are offsets into the folded text, the end exclusive.
    """

    kind: str
    start: int
    end: int
    standing: Standing
    whose: Literal["client", "other", "unknown"]
    late: bool = False


_IS = r"(?:系|是|属于?|构成|具有|有|认定为?|成立|以|存在|具备)"
_WORDS: dict[str, dict[str, list[str]]] = tomllib.loads(
    resources.files("pipeline.text").joinpath("circumstances.toml").read_text("utf-8")
)
_TOLD = {kind: re.compile("|".join(words["told"]).replace("{is}", _IS)) for kind, words in _WORDS.items()}
_RAISED = {kind: re.compile("|".join(words["raised"])) for kind, words in _WORDS.items()}
KINDS = tuple(_TOLD)
_REJECTED = re.compile(
    r"不(?:能|应|宜|予|足以)?(?:构成|成立|属于?|系|具有|具备|符合|认定|采纳|采信|支持|以)|不是|未(?:予)?(?:认定|采纳|构成|取得|获得|得到|退)"
    r"|(?:没有|并无|尚未|无)(?:法定)?(?:自首|坦白|立功|退|取得|获得|得到|过错)|难以(?:认定|采纳)|无法认定|于法无据|与[^,.;]{0,8}事实不符|拒不|拒绝"
)
_DIRECTLY = re.compile(r"(?:不|未|没有|并非|不能|无|非|拒不|尚未|不予|不应)[^,.;]{0,5}$")
_PLEADED = re.compile(
    r"(?:辩护人|辩护律师|被告人|上诉人|原审被告人)[^.;:]{0,30}?(?:提出|所提|认为|辩称|主张|辩解|建议|请求|称)|辩护意见|辩解意见"
    r"|(?:辩护人|辩护律师)(?:关于|就|所述|以)|^(?:关于|对于|就)"
)
_THE_PLEA = re.compile(r"^[^.;]{0,40}?的?(?:辩护|辩解|上诉)(?:意见|理由|观点)")
_ADOPTED = re.compile(r"予以(?:采纳|采信|支持)|(?:本院|应予?)(?:采纳|采信|支持)|意见成立")
_COUNSEL = re.compile(r"辩护人|辩护律师|辩护意见")
_PROSECUTION = re.compile(r"公诉机关|检察院|检察员|公诉人|起诉书")
_ORDERED = re.compile(r"(?:责令|判令|继续|应当?|追缴|限[^,.;]{0,10})[^,.;]{0,12}$")
_TOLD_OF_RIGHTS = re.compile(r"告知|听取|后果|征求|讯问[^.;]{0,12}是否|释明")
_EVIDENCE = re.compile(r"(?:谅解书|协议|收条|证明|笔录|经过|查询)[、,.;及和]")
_LATE = re.compile(
    r"庭审后|庭后|休庭后|开庭后|宣判前|判决前|宣告判决前|一审(?:判决|宣判)后|二审(?:期间|审理)|本院(?:审理|受理)(?:此案)?(?:期间|过程中|中|后)|审理(?:期间|过程中)"
)
_VICTIM = re.compile(r"被害(?:人|方|单位)[^,.;]{0,10}$")
_JOINED = re.compile(r"^[,和与及、]?(?:同案)?(?:被告人|犯罪嫌疑人|上诉人)?$")
_NOT_SUBJECT = re.compile(
    r"(?:受|被|随|跟随|伙同|听从|应|经|帮助|协助|按照?|根据|系|为)(?:同案)?(?:被告人|犯罪嫌疑人)?$"
)
"""Before a name: somebody else is spoken of (受王某指使望风, 系从犯)."""
_COLLECTIVE = re.compile(
    r"(?:[二两三四五六七八九十]|各|全体|本案|所有)(?:名)?(?:原审)?(?:被告人|人)|被告人均|均(?=[系有能自如已])"
)
_DEFENDANT = re.compile(
    r"(?:被告人|同案人|同案犯|上诉人)([一-龥]{2,3}?)(?=[^一-龥]|归案|[系犯在有自的与和具经于积虽认均共因能已赔退]|主动|到案|如实|案发|当庭)"
)
_NO_NAME = re.compile(
    r"^(?:及其|的|在|均|对|所|自|到|归|犯|系|有|能|本人|未|无|之|家属|亲属|供述|身份|当庭|案发|多次|共同|经过)"
)
_WITHIN = 260
"""Characters before a circumstance within which the defendant that it is said of is named."""


def circumstances(folded: str, client: Sequence[str], others: Iterable[str]) -> tuple[Circumstance, ...]:
    """Every circumstance that a folded text tells of, in order.

    `client`: spellings of the client's name; `others`: names of other defendants that are known. Those that the text
    itself calls defendants are found in it.
    """
    mentions = _mentions(folded, tuple(filter(None, client)), tuple(filter(None, others)))
    several = any(not mine for _, _, mine in mentions)
    found: list[Circumstance] = []
    for start, end in _spans(folded, ".;!?"):
        segment = folded[start:end]
        pleaded = _PLEADED.search(segment) or _COUNSEL.search(segment)
        rest = folded[start : _sentence_end(folded, end)] if pleaded else segment
        for kind, pattern in _TOLD.items():
            for match in pattern.finditer(segment):
                standing = _standing(kind, segment, match, rest)
                if standing is None:
                    continue
                whose = "client" if kind == "被害人过错" else _whose(folded, start + match.start(), mentions, several)
                late = bool(_LATE.search(segment[: match.end()]))
                found.append(Circumstance(kind, start + match.start(), start + match.end(), standing, whose, late))
    return tuple(sorted(found, key=lambda one: (one.start, one.kind)))


def raises(folded: str, kind: str) -> bool:
    """Whether a statement speaks of a circumstance, in its own word or in words that stand for it."""
    return bool(_RAISED[kind].search(folded))


def _spans(text: str, marks: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in re.finditer(f"[{re.escape(marks)}]", text)), len(text)]
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _sentence_end(text: str, place: int) -> int:
    """Where the answer to a plea ends: the next sentence counts with it where it begins with 经查."""
    following = re.match(r"(?:[一-龥,]{0,6}经查|对此|本院认为)[^.]*\.", text[place:])
    return place + following.end() if following else place


def _standing(kind: str, segment: str, match: re.Match[str], rest: str) -> Standing | None:
    before, after = segment[: match.start()], segment[match.end() :]
    clause = before[max(before.rfind(","), before.rfind(":")) + 1 :]
    if _TOLD_OF_RIGHTS.search(clause) or (kind == "认罪认罚" and re.match(r"(?:的|可能|制度|告知|权利)", after)):
        return None
    if kind == "未成年" and _VICTIM.search(clause):
        return None
    if kind == "坦白" and "坦白" not in match[0] and re.search(r"投案|自首|主动报警|主动到案|系自$", before):
        return None
    if kind == "退赔" and _ORDERED.search(clause):
        return None
    if kind == "谅解" and re.search(r"希望|请求|争取$|能够", clause[-6:]):
        return None
    if _DIRECTLY.search(clause) or re.match(r"(?:情节)?(?:,|的)?(?:不成立|不予|依法不|不能成立)", after):
        return "rejected"
    if (_PLEADED.search(before) or _THE_PLEA.match(after)) and not _PROSECUTION.search(before[-40:]):
        if _REJECTED.search(rest[match.end() :]):
            return "rejected"
        if _COUNSEL.search(before) or _COUNSEL.search(after[:60]):
            return "pleaded"
        return "found" if _ADOPTED.search(rest[match.end() :]) else "pleaded"
    if _REJECTED.search(clause) and not re.search(r"虽|尽管", clause):
        return "rejected"
    return "found"


def _mentions(text: str, client: tuple[str, ...], others: tuple[str, ...]) -> list[tuple[int, int, bool]]:
    """Where defendants are named: start, end, whether it is the client."""
    found: dict[int, tuple[int, bool]] = {}
    for names, mine in ((client, True), (others, False)):
        for name in names:
            for match in re.finditer(re.escape(name), text):
                found.setdefault(match.start(), (match.end(), mine))
    for match in _DEFENDANT.finditer(text):
        name, place = match[1], match.start(1)
        if (
            place in found
            or _NO_NAME.match(name)
            or not (likely_name(name) or any(_alike(name, one) for one in client))
        ):
            continue
        if any(_alike(name, known) for known in client):
            found[place] = (match.end(1), True)
        elif client:
            found[place] = (match.end(1), False)
    for match in _COLLECTIVE.finditer(text):
        found.setdefault(match.start(), (match.end(), True))
    return sorted(
        (start, end, mine)
        for start, (end, mine) in found.items()
        if not _NOT_SUBJECT.search(text[max(0, start - 12) : start])
    )


def _alike(name: str, known: str) -> bool:
    """The same name with one character misread, or cut short by what follows it."""
    if known.startswith(name) or name.startswith(known):
        return True
    return len(name) == len(known) and sum(a != b for a, b in zip(name, known, strict=True)) <= 1


def _whose(
    text: str, place: int, mentions: Sequence[tuple[int, int, bool]], several: bool
) -> Literal["client", "other", "unknown"]:
    if not several:
        return "client"
    before = [one for one in mentions if one[1] <= place and place - one[1] <= _WITHIN]
    if not before:
        return "unknown"
    start, _, mine = before[-1]
    for earlier in reversed(before[:-1]):
        if not _JOINED.match(text[earlier[1] : start]):
            break
        start, mine = earlier[0], mine or earlier[2]
    return "client" if mine else "other"
