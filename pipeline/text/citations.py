"""Laws and articles that a text cites: 依照《中华人民共和国刑法》第六十七条第三款, 刑诉法第十五条, (法释〔2012〕21号).

Names are found in folded text, so that brackets may be of any kind or lost to the scanner; a bare short name (刑法)
counts where it begins a word. A title of a judicial interpretation is one citation, whatever laws it names inside.
Which laws there are is the caller's: `names` maps every spelling to the law that it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.text.normalise import content, fold, fold_with_places
from pipeline.text.numerals import number_value

NATION = "中华人民共和国"
_NUMERAL = r"[〇○O零一二三四五六七八九十百千\d]{1,9}"
_ARTICLE = re.compile(rf"第({_NUMERAL})条")
_NUMBER = re.compile(r"((?:法释|法发|高检发释字|国务院令|司法部令)[^\d]{0,3}?\(?\d{0,4}\)?第?\d{1,4}号)")
_YEAR = re.compile(r"^[)\"]{0,2}\(?((?:19|20)\d\d)年?(?:修[正订]|版)?")
_ISSUERS = (
    r"(?:最高人民法院|最高人民检察院|最高法院?|最高检(?:察院)?|两高三?部?|公安部|司法部|国务院(?:办公厅)?|国家安全部"
    r"|人力资源和?社会保障部|劳动和社会保障部|人社部|民政部)"
)
# 最高人民法院关于适用<…>若干问题的解释(二): from 关于 to the kind of paper that it is.
_TITLE = re.compile(
    rf"(?P<by>{_ISSUERS}(?:[,和与及]?{_ISSUERS})*)?(?P<open>[(\"]*)"
    r"关于(?:[^.;:!?,]|[^.;:!?]{2,24}(?=问题的)){2,60}?(?:司法解释|解释|规定|意见|批复|答复|办法|规则|通知|纪要)"
    r"(?:\((?:[一二三四五六七八九十]|试行|\d{4}年?)\))*"
)
_ANY_NAMED = re.compile(
    rf"\(({NATION})?([一-龥]{{2,24}}(?:法|法典|条例|解释|规定|办法|规则|通则|总则|细则))(?:\((?:[一二三四五六七八九十]|试行)\))?\)"
)
_FULL_NAMED = re.compile(rf"{NATION}([一-龥]{{1,22}}?(?:法典|法|条例|通则|总则))(?=\)|第|之|的|,|\.|规定|$)")
_OPENS_BEFORE = re.compile(
    r"(?:[^一-龥]|依|照|据|按|用|反|犯|合|国|我|的|和|与|及|了|原|系|即|属|对|在|从|由|是|为|以|到|于|引|如|该|旧|新|款|条|项)$"
)
_GOES_ON = re.compile(r"[律庭院理制治学规]|定(?!的)|人(?!民)")
"""What makes another word of a short name: 合同法律关系, 行政诉讼法庭."""
_CONTRACT = re.compile(
    rf"(?:合同|协议书?|约定|章程|手册|制度|规章|承诺书|公约)\)?的?(?:第{_NUMERAL}条(?:第{_NUMERAL}[款项])*(?:[,和及与至]|以及)?)+"
)
"""Articles of what parties agreed on."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A law cited. Offsets are into the text given, ends exclusive.

    `law`: what `names` gives for its name, "" where it is not in it. `name`: the name as it stands there (folded).
    `article`: the number of the first article, None where none is named or it was not made out. `number`: the number of
    issue behind the name (法释2012-21), `year`: a year put to the name, "" and None where there is none. `exact`: the
    name was read letter by letter; otherwise it is the only known one that comes near.
    """

    law: str
    name: str
    article: int | None
    number: str
    year: int | None
    start: int
    end: int
    exact: bool = True


def issue_number(text: str) -> str:
    """Reduce a number of issue to what tells it from others: 法释〔2012〕21号 and 法释(2012)第21号 are 法释2012-21."""
    letters = re.sub(r"[^一-龥]", "", content(text)).replace("第", "").rstrip("号")
    return f"{letters}{'-'.join(str(int(digits)) for digits in re.findall(r'[0-9]+', content_digits(text)))}"


def content_digits(text: str) -> str:
    """The figures of a text, runs kept apart."""
    return re.sub(r"[^0-9]+", " ", fold_with_places(text)[0])


def find_citations(text: str, names: Mapping[str, str]) -> tuple[Citation, ...]:
    """Find every law cited in a text, in order.

    `names`: spellings of names (any width and brackets) → what identifies the law.
    """
    folded, places = fold_with_places(text)
    known = {content(name): law for name, law in names.items()}
    spelled = {content(name): fold(name) for name in names}
    found: list[Citation] = []
    taken = bytearray(len(folded))

    def take(start: int, end: int, name: str, law: str, exact: bool) -> None:
        if any(taken[start:end]):
            return
        taken[start:end] = b"\x01" * (end - start)
        tail = folded[end : end + 60]
        bare = tail.lstrip(')"')
        number = _NUMBER.search(tail[:26])
        if number:
            bare = bare[bare.find(number[0]) + len(number[0]) :].lstrip(')"')
        year = _YEAR.match(tail)
        if year:
            bare = bare[bare.find(year[1]) + len(year[1]) :].lstrip(')年修正订版"')
        article = re.match(rf"[^.;]{{0,6}}?第({_NUMERAL})条", bare)
        value = number_value(article[1].replace("O", "0")) if article else None
        stop = places[min(end, len(places)) - 1] + 1
        found.append(
            Citation(
                law,
                name,
                value,
                issue_number(number[1]) if number else "",
                int(year[1]) if year else None,
                places[start],
                stop,
                exact,
            )
        )

    for match in _TITLE.finditer(folded):
        law, exact = _identify(match[0], known)
        # An unknown one must be issued by somebody or stand in brackets: 关于自首的规定, 关于本案的意见 are no titles.
        if law or match["by"] or match["open"].startswith("("):
            take(match.start(), match.end(), match[0], law, exact)
    for match in _bare(folded, spelled):
        take(match.start(), match.end(), match[0], known[content(match[0])], True)
    for pattern in (_ANY_NAMED, _FULL_NAMED):
        for match in pattern.finditer(folded):
            law, exact = _near(match[0], known)
            take(match.start(), match.end(), match[0].strip("()"), law, exact)
    return tuple(sorted(found, key=lambda one: one.start))


def names_articles(text: str) -> bool:
    """Whether an article of something that is no contract is named: the trace of a citation whose name was lost."""
    folded, _ = fold_with_places(text)
    return bool(_ARTICLE.search(_CONTRACT.sub("", folded)))


def _bare(folded: str, spelled: Mapping[str, str]) -> list[re.Match[str]]:
    """Known names wherever they begin a word, brackets inside them read or not; the longest of those at one place."""
    words = sorted((name for name in spelled if not name.startswith(("最高人民", "关于"))), key=len, reverse=True)
    loose = [re.escape(spelled[name]).replace(r"\(", r"\(?").replace(r"\)", r"\)?") for name in words]
    pattern = re.compile("|".join(loose)) if loose else None
    if pattern is None:
        return []
    return [
        m
        for m in pattern.finditer(folded)
        if (m.start() == 0 or _OPENS_BEFORE.search(folded[: m.start()][-1:])) and not _GOES_ON.match(folded, m.end())
    ]


def _identify(title: str, known: Mapping[str, str]) -> tuple[str, bool]:
    """The law that a title of an interpretation stands for: letter by letter, else the only near one."""
    plain = content(title)
    short = plain[plain.find("关于") :]
    endings = {name: law for name, law in known.items() if "关于" in name}
    for candidate in (plain, short, short.removesuffix("试行")):
        for name, law in endings.items():
            if candidate in (name, name[name.find("关于") :], name[name.find("关于") :].removesuffix("试行")):
                return law, True
    near = {
        law
        for name, law in endings.items()
        if short[-1:] == name[-1:] and Levenshtein.distance(short, name[name.find("关于") :], score_cutoff=2) <= 1
    }
    return (next(iter(near)), False) if len(near) == 1 else ("", True)


def _near(name: str, known: Mapping[str, str]) -> tuple[str, bool]:
    """The only known law whose name differs from this one in one character of four or more."""
    plain = content(name).removeprefix(NATION)
    if len(plain) < 4:
        return "", True
    near = {
        law
        for other, law in known.items()
        if (short := other.removeprefix(NATION))
        and len(short) == len(plain)
        and Levenshtein.distance(plain, short, score_cutoff=1) <= 1
    }
    return (next(iter(near)), False) if len(near) == 1 else ("", True)
