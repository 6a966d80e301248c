"""Who signs which paper, and the labels by which forms leave a place for it (signers.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

from pipeline.extraction.letters import Letters

NOBODY = "nobody"
_ACT = (
    "签名|签字|签收(?!人|日期)|签章|签署|署名|盖章|盖印|捺指印|捺手印|捺印|按指印"
    "|按手印|按印|指印|手印|画押|加盖名章|印章"
)
_DAMAGED = "鉴名|答名|签各|签宇|签学|簽名|簽字|筌名|盒章|盖草|奈印|擦印|按捺|签[\u4e00-\u9fff](?=[:)]|$)"
_SIGN = rf"(?:(?:亲笔|本人|手写|并|及|或|或者|、|,|/|和|加)*(?:{_ACT}|{_DAMAGED})(?:处|栏)?)+"
_PAREN = re.compile(rf"\(({_SIGN}|签.|.[字名章印])\)|\(({_SIGN})|\(([^()]{{0,18}})\)")
_ALSO = re.compile(r"(?:及|、|,)?(?:时间|日期|签收日期)")
_LINK = re.compile(r"(?:或者|或|及|、|/|和)其?")
_STRANGER = re.compile(r"[\u4e00-\u9fff]{2}[人员者方属]$")
_HIS_OWN = "承办单位|承办机构|事务所|律所|所在(?:机构|单位)|(?:执业|所属)(?:机构|单位)|指派单位|法律服务所"
"""The house of the lawyer, not the agency that assigns him."""
_TEXT_BEFORE = "由经应须请让需使待被各双均供"
_TEXT_AFTER = re.compile(r"(?:之日|之后|后|时|即|的|并|生效|确认|属实|为准|有效|或|以|在|和|与|、|,|;|。|材料|文件)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a row: who is meant (a group of signers.toml, "" where only "签名" stands there) and where.

    `sign`: it says that somebody signs. `colon`: it ends in a colon. `told`: its group is read off damaged letters.
    """

    group: str
    word: str
    start: int
    end: int
    sign: bool
    colon: bool
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds of signing beyond labels, by type of document or role (signers.toml, rules)."""

    pen_only: frozenset[str]
    print_counts: frozenset[str]
    optional: frozenset[str]
    several: frozenset[str]
    every_page: frozenset[str]
    closing: frozenset[str]
    sections: frozenset[str]
    head_signs: frozenset[str]


@cache
def _table() -> dict[str, dict[str, dict[str, list[str]]]]:
    text = resources.files("pipeline.extraction").joinpath("signers.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def rules() -> Rules:
    """The rules of signers.toml."""
    return Rules(**{key: frozenset(values) for key, values in _table()["rules"].items()})


@cache
def roles_of(kind: str) -> dict[str, str]:
    """The signer role of each group on a type of document; empty where nobody signs it. The first is the main one."""
    paper = _table()["papers"].get(kind, {})
    roles: dict[str, str] = {}
    for role, groups in paper.items():
        for group in groups:
            roles.setdefault(group, role)
    return roles


def main_role(kind: str) -> str:
    """The role that signs a type of document before all others, "" where nobody does."""
    return next(iter(_table()["papers"].get(kind, {})), "")


@cache
def _groups() -> dict[str, str]:
    return {word: group for group, words in _table()["words"].items() for word in words}


@cache
def _who() -> re.Pattern[str]:
    words = sorted(_groups(), key=len, reverse=True)
    # not the first letters of another word ("律师事务所", "申请人民法院")
    return re.compile("(?:" + "|".join(words) + ")(?!事务所|协会|民法院|民检察|民政府|权利|须知|义务|资格|执业)")


def section_group(text: str) -> str:
    """The group that signs in a section of a form with this heading, "" where none is known."""
    agency = re.search("机构|中心|司法局", text) and not re.search(_HIS_OWN, text)
    if not agency and re.search(_HIS_OWN, text):
        return "firm_head"
    for group, words in _table()["sections"].items():
        if any(word in text for word in words):
            return "agency_head" if group == "head" and agency else group
    return ""


def labels_in(letters: Letters, kind: str) -> tuple[Label, ...]:
    """Every label of a row that could stand before a signature, from left to right, none overlapping."""
    text = letters.text
    found: list[Label] = []
    at = 0
    while match := _who().search(text, at):
        label = _whole(text, match.start(), match.end(), _groups()[match.group()])
        found.append(label)
        at = max(label.end, match.end())
    found.extend(_mended(text, kind, found))
    found = _with_trailing(text, found, _bare(text, found))
    return tuple(sorted(found, key=lambda label: label.start))


def _whole(text: str, start: int, end: int, group: str) -> Label:
    """Take in what belongs to the label behind its word: alternatives, brackets, "签名", "及时间", the colon."""
    word, sign = text[start:end], False
    while True:
        if bracket := _PAREN.match(text, end):
            inside = bracket.group(1) or bracket.group(2) or bracket.group(3) or ""
            sign = sign or bracket.group(1) is not None or bool(re.search(_SIGN, inside))
            closer = _who().fullmatch(inside)
            if closer and group in ("told", "client", "undertaker", "self", "party", "agent"):
                group = _groups()[closer.group()]
            elif not (sign or closer or len(inside) <= 10):
                break
            end = bracket.end()
        elif done := re.compile(_SIGN).match(text, end):
            sign, end = True, done.end()
        elif (link := _LINK.match(text, end)) and (other := _who().match(text, link.end())):
            end = other.end()
        else:
            break
    if sign and (also := _ALSO.match(text, end)):
        end = also.end()
    colon = text[end : end + 1] in (":", "：")
    if colon:
        end += 1
        # "申请人：        （签字）": the bracket behind the empty place belongs to the label
        if (bracket := _PAREN.match(text, end)) and (bracket.group(1) or bracket.group(2)):
            sign, end = True, bracket.end()
    elif sign and text[end : end + 1] in (";", ".", "·", "-", "_", "一", "."):
        end += 1
    return Label(group, word, start, end, sign, colon)


def _bare(text: str, taken: Sequence[Label]) -> list[Label]:
    """Find the act alone, without a word who ("签名：", "（签字）")."""
    found: list[Label] = []
    for match in re.finditer(rf"\({_SIGN}\)?:?|{_SIGN}(?:\([^()]{{0,10}}\))?(?::|$)", text):
        if any(label.start < match.end() and match.start() < label.end for label in taken):
            continue
        if stranger := _STRANGER.search(text, 0, match.start()):
            # "来访人签名：": somebody whom no paper here asks for
            found.append(Label(NOBODY, stranger.group(), stranger.start(), match.end(), True, True))
        elif re.search("[签捺手指]", match.group()):
            found.append(Label("", "", match.start(), match.end(), True, match.group().endswith(":")))
    return found


def _with_trailing(text: str, labels: list[Label], bare: list[Label]) -> list[Label]:
    """A bracket behind a name ("申请人：张三（签字）") says of the label before it that somebody signs there."""
    for act in bare:
        owner = max((one for one in labels if one.end <= act.start), key=lambda one: one.end, default=None)
        if text[act.start] == "(" and not act.colon and owner is not None and act.start - owner.end <= 6:
            labels = [replace(one, sign=True) if one is owner else one for one in labels]
        else:
            labels = [*labels, act]
    return labels


@lru_cache(maxsize=4096)
def _near(tail: str) -> Set[tuple[str, str]]:
    """Words of three letters and more, with their groups, that are at most one letter away."""
    alike = (word for size in (-1, 0, 1) for word in _by_length().get(len(tail) + size, ()))
    return frozenset((word, _groups()[word]) for word in alike if Levenshtein.distance(word, tail, score_cutoff=1) <= 1)


@cache
def _by_length() -> dict[int, tuple[str, ...]]:
    """The words of three letters and more, by how many they have."""
    lengths = sorted({len(word) for word in _groups()} - {1, 2})
    return {length: tuple(word for word in _groups() if len(word) == length) for length in lengths}


def _mended(text: str, kind: str, taken: Sequence[Label]) -> list[Label]:
    """Labels before a colon that are one misread or lost letter away from a known word."""
    roles = roles_of(kind)
    found: list[Label] = []
    for match in re.finditer(rf"([\u4e00-\u9fff]{{2,10}})(\({_SIGN}\)?|\(.{{2}}\)|{_SIGN})?:", text):
        if any(label.start < match.end() and match.start() < label.end for label in taken):
            continue
        chunk = match.group(1)
        best: Set[tuple[str, str]] = frozenset()
        for size in range(min(len(chunk), 9), 1, -1):
            tail = chunk[-size:]
            near = _near(tail)
            # a lost first letter only where nothing stands before it
            near = {(word, group) for word, group in near if len(word) <= size or size == len(chunk)}
            if near:
                best = near
                break
        best = {(word, group) for word, group in best if group in roles}
        meant = {roles[group] for _, group in best}
        if meant:
            word, group = min(best)
            # between two signers the section decides
            group = group if len(meant) == 1 else ""
            start = match.start(1) + max(0, len(chunk) - max(len(word), 2))
            found.append(Label(group, word, start, match.end(), match.group(2) is not None, True, True))
    return found


def in_running_text(letters: Letters, label: Label) -> bool:
    """Whether the words belong to a sentence ("由申请人签名或者捺印；", "自双方签字之日起") and leave no place."""
    gap = next((i for i in range(label.end + 1, len(letters.text)) if letters.letters[i].breaks), len(letters.text))
    before, after = letters.text[: label.start], letters.text[label.end : gap]
    if after.startswith((")", "\u201d", "》")):
        return True
    if (
        label.sign
        and not label.colon
        and before
        and not (letters.letters[label.start].breaks or before[-1] in ":。;)_" or label.word == "")
    ):
        return True
    if label.sign and before[-1:] and before[-1] in _TEXT_BEFORE and not letters.letters[label.start].breaks:
        return True
    if not label.colon and (_TEXT_AFTER.match(after) or re.match(r"[\u4e00-\u9fff]{7}", after)):
        return True
    return len(re.match(r"[\u4e00-\u9fff,、;\"“”《》]*", after).group()) > 14  # type: ignore[union-attr]
