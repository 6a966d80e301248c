"""Makes clean text look like what an engine reads from a scan: broken lines, wrong and lost characters, odd spaces."""

from __future__ import annotations

import random

CONFUSED = {
    "己": "已", "已": "己", "日": "曰口", "曰": "日", "人": "入八", "入": "人", "末": "未", "未": "末", "土": "士", "士": "土", "援": "缓媛",
    "受": "爱", "律": "津", "师": "帅", "证": "汪", "讯": "迅", "询": "洵", "辩": "辨辦", "辨": "辩", "诉": "拆讼", "书": "节", "笔": "毛", "阅": "阋",
    "卷": "巻券", "录": "彔", "庭": "廷", "审": "宙", "判": "刿", "决": "诀", "委": "季", "托": "托", "申": "中甲", "由": "田", "指": "措", "派": "泒",
    "拘": "枸", "捕": "铺", "检": "捡", "察": "寮", "院": "浣", "被": "披", "告": "吿", "嫌": "赚", "疑": "凝", "结": "结", "案": "桉", "〇": "○0O", "一": "—-",
    "（": "(", "）": ")", "，": ",", "。": ".", "：": ":", "〔": "[(", "〕": "])", "、": ",", "“": '"', "”": '"', "0": "O", "1": "l", "5": "S",
}  # fmt: skip
STRAY = "一丨、.·'`,~-_°口日"


def misread(text: str, rng: random.Random) -> str:
    """The text with the noise of one scan: clean as a rule, poor now and then, lines broken at one width."""
    rate = rng.choice((0.0, 0.003, 0.006, 0.012, 0.03, 0.06))
    width = rng.choice((24, 28, 32, 36, 40, 60))
    lines: list[str] = []
    for line in text.split("\n"):
        read = "".join(_character(c, rate, rng) for c in line)
        if rng.random() < 0.5:
            read = read.replace("　", "").replace("  ", " ")
        lines += [read[i : i + width] for i in range(0, len(read), width)] or [""]
    if rate >= 0.03:
        lines = [line for line in lines if rng.random() > 0.05] or lines
    return "\n".join(lines)


def _character(character: str, rate: float, rng: random.Random) -> str:
    if character == " " or rng.random() >= rate:
        return character
    what = rng.random()
    if what < 0.5 and character in CONFUSED:
        return rng.choice(CONFUSED[character])
    if what < 0.7:
        return ""
    if what < 0.85:
        return character + rng.choice(STRAY)
    return character + " "
