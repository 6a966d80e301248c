"""Whatever may have a seal, as a case's own pages name it: courts, offices, firms, companies, villages, schools."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KINDS = (
    "法律援助中心", "法律援助处", "法律援助工作站", "法律服务所", "律师事务所", "公安局", "公安分局", "公安厅", "分局",
    "派出所", "看守所", "人民检察院", "检察院", "人民法院", "人民法庭", "仲裁委员会", "仲裁院", "司法局", "司法所",
    "人民政府", "街道办事处", "办事处", "村民委员会", "居民委员会", "村委会", "居委会", "民政局", "社会保障局",
    "社会保险中心", "管理局", "税务局", "教育局", "医院", "卫生院", "小学", "中学", "学校", "学院", "公司", "支队",
    "大队", "鉴定所", "鉴定中心", "认证中心", "调解委员会", "委员会", "银行", "合作社", "工会", "残联", "妇联", "中心",
    "厂", "社区",
)  # fmt: skip
_BREAK = re.compile(
    r"[^\u3400-\u9fff]+|(?:经|由|向|在|至|到|与|受|被|对|于|请|送|因|是|系|为|致|及|将|从|某)(?=[\u3400-\u9fff]{4})"
)
_ANY = re.compile("|".join(sorted(_KINDS, key=len, reverse=True)))
_SHORTEST, _LONGEST = 4, 26


def kind_of(name: str) -> str:
    """What sort of institution a name ends in ("人民法院"), "" where it ends in none that is known."""
    return max((kind for kind in _KINDS if name.endswith(kind)), key=len, default="")


def institutions_in(texts: Iterable[str]) -> frozenset[str]:
    """Names of institutions in lines of text, as they are written there."""
    found: set[str] = set()
    for text in texts:
        bare = re.sub(r"\s", "", text)
        line = re.sub(r"[^\u3400-\u9fff]+$|^[^\u3400-\u9fff]+", "", bare)
        alone = {line} if kind_of(line) and re.fullmatch(r"[\u3400-\u9fff]+", line) else set()
        for piece in _BREAK.split(bare):
            for name in alone.union(_ends(piece or "")):
                if _SHORTEST <= len(name) <= _LONGEST and name != kind_of(name):
                    found.add(name)
    return frozenset(found)


def _ends(piece: str) -> list[str]:
    """Everything from the start of a piece up to each word of a kind: "平顶山市公安局卫东分局" gives two names."""
    return [piece[: match.end()] for match in _ANY.finditer(piece)]
