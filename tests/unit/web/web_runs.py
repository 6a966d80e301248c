"""Run folders to look at: made by a real run over real PDF files, but for the reading, which knows what it was to read.

`make_run` gives a batch of three: a criminal file with faults (an assignment before its approval, a copied reading
record, papers that are missing, a page that cannot be made out), a civil one that is hostile in name and in words, and
one that could not be read. Tests copy what was made once (`conftest.py`).
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from inline_engine import InlineEngine
from pages_builder import page_text
from PIL import Image, ImageDraw

import pipeline.batch.placing
import pipeline.batch.run
from pipeline.batch.work import REAL, Work
from pipeline.casefile import Box, Mark, PageText, Quality
from pipeline.config import Settings, load_settings
from pipeline.intake.names import shown
from pipeline.store.pages import pack_page

SIZE = (620, 877)
"""Pixels of a page of an invented file: A4 at 75 dpi."""
NASTY = "<script>alert(1)</script>\"onmouseover='x'&amp;{{ 7*7 }}\u202etxt.exe=cmd|' /C calc'!A0"
LONG = "长" * 2000
PLAIN_ID = "A001"
HOSTILE_NAME = "=cmd()'&{{7+7}}\u202egpj"
"""What its file is called; the mark that turns the direction of writing does not get into the case's id."""
HOSTILE_ID = HOSTILE_NAME.replace("\u202e", "_")
BROKEN_ID = "坏卷"
TODAY = dt.date(2026, 1, 5)

CATALOGUE = """
# 卷内目录
| 序号 | 文书名称 | 页码
| 1 | 法律援助申请表 | 1
| 2 | 法律援助审批表 | 2
| 3 | 指派通知书 | 3
| 4 | 会见笔录 | 4
| 5 | 阅卷笔录 | 5
| 6 | 起诉书 | 6
| 7 | 辩护词 | 7
| 8 | 结案报告表 | 9
"""
APPLICATION = """
# 法律援助申请表
| 申请人 | 周某甲 | 性别 | 男
| 案由 | 盗窃罪 | 联系电话 | 13000000000
申请理由：家庭经济困难，请求为被告人周某甲提供刑事辩护法律援助。
以上内容属实。
> 申请人：周某甲
> 2022年6月9日
"""
APPROVAL = """
# 法律援助审批表
| 受援人 | 周某甲 | 案由 | 盗窃罪
| 法律援助形式 | 刑事辩护 | 所处阶段 | 审判
机构工作人员审查意见：符合法律援助条件。　　签名：丁某　2022年6月17日
机构负责人审批意见：同意给予法律援助。　　签名：高某　2022年6月20日
"""
ASSIGNMENT = """
# 指派通知书
> 南法援指字〔2022〕第 55 号
南岭县正明律师事务所：
　　经审查，我中心决定为周某甲盗窃一案提供法律援助。现指派你所许某律师担任被告人周某甲的辩护人。
　　特此通知。
> 南岭县法律援助中心
> 2022年6月13日
"""
INTERVIEW = """
# 会 见 笔 录
会见时间：自2022年6月24日9时10分至2022年6月24日10时02分
会见地点：南岭县看守所第三会见室
会见人：许某　工作单位：南岭县正明律师事务所
被会见人：周某甲　性别：男　涉嫌罪名：盗窃罪
问：我是法律援助中心指派的律师，担任你的辩护人，你是否同意？
答：同意。
问：你是否认罪认罚？
答：我认罪认罚。
被会见人（签名捺印）：周某甲
"""
FACTS = (
    "　　经依法审查查明：2022年2月25日凌晨2时许，被告人周某甲来到南岭县城关镇人民路幸福小区三号楼楼下，趁四周无人之机，"
    "用随身携带的螺丝刀撬开被害人孙某停放在此处的一辆白色爱玛牌电动自行车的电门锁，将该车盗走，并以八百元的价格卖给"
    "收废品的钱某。经南岭县价格认证中心认定，被盗电动自行车价值人民币二千三百五十元。案发后被告人周某甲的家属已代为退赔"
    "被害人孙某全部经济损失，并取得被害人孙某的书面谅解。被告人周某甲到案后如实供述了自己的犯罪事实，自愿认罪认罚。"
)
INDICTMENT = f"""
# 南岭县人民检察院
# 起诉书
> 南检刑诉〔2022〕88号
　　被告人周某甲，男，1990年2月3日出生，汉族，初中文化，农民，住南岭县柳河镇。
{FACTS}
　　本院认为，被告人周某甲的行为已触犯刑法，应当以盗窃罪追究其刑事责任，提起公诉，请依法判处。
　　此致
南岭县人民法院
> 检察员：何某某
> 二〇二二年六月七日
"""
READING = f"""
# 阅 卷 笔 录
阅卷时间：2022年6月27日　阅卷地点：南岭县人民法院
阅卷人：许某　案由：盗窃罪
{FACTS}
"""
STATEMENT = """
# 辩 护 词
审判长、审判员：
　　受南岭县法律援助中心指派，南岭县正明律师事务所安排我担任被告人周某甲的辩护人，现发表辩护意见如下：
　　一、被告人如实供述，依法可以从轻处罚。二、被告人已退赔并取得谅解。
　　综上，请合议庭采纳并适用缓刑。
> 辩护人：许某
> 2022年7月8日
"""
CLOSING = """
# 法律援助结案报告表
| 受援人 | 周某甲 | 案由 | 盗窃罪
| 承办人 | 许某 | 承办单位 | 南岭县正明律师事务所
办理结果：判处拘役四个月，缓刑六个月。
> 承办人签名：许某
> 2022年7月30日
"""
LAWSUIT = f"""
# 民事起诉状
原告：马某某，女，汉族，1975年6月1日出生，住北川县。
被告：北川县某商贸有限公司，住所地北川县。
诉讼请求：判令被告支付货款12000元。{NASTY}
事实与理由：
　　原告与被告系买卖关系，被告收货后未付款。{LONG[:40]}
　　此致
北川县人民法院
> 起诉人：马某某
> 2023年4月6日
"""
CIVIL_ASSIGNMENT = """
# 指派通知书
> 川法援指字〔2023〕第 12 号
北川县正明律师事务所：
　　经审查，我中心决定为受援人马某某买卖合同纠纷一案提供法律援助。现指派你所许某律师承办该案。
> 北川县法律援助中心
> 2023年3月28日
"""
CIVIL_APPROVAL = """
# 法律援助审批表
| 受援人 | 马某某 | 案由 | 买卖合同纠纷
| 法律援助形式 | 民事诉讼代理 | 所处阶段 | 一审
机构负责人审批意见：同意。　　签名：高某　2023年3月30日
"""
SEAL = Mark("seal", Box(0.6, 0.3, 0.78, 0.42), "red", "南岭县法律援助中心", 0.9)
ILLEGIBLE = PageText("scanned", 0, (), (), Quality("unreadable", 0.2, ("墨迹浅淡",)), 1240, 1754)

Papers = Sequence[str | PageText]
PLAIN: Papers = (
    CATALOGUE, APPLICATION, APPROVAL, page_text(ASSIGNMENT, marks=[SEAL]), INTERVIEW, READING, INDICTMENT, STATEMENT,
    ILLEGIBLE, CLOSING,
)  # fmt: skip
HOSTILE: Papers = (CIVIL_APPROVAL, CIVIL_ASSIGNMENT, LAWSUIT)


def make_run(folder: Path, cases: dict[str, Papers] | None = None, *, broken: bool = True) -> Path:
    """Run a batch of these cases (of the three above where none are given), by name, into `folder`/RUN; gives RUN.

    `folder`/批次 holds the files: a page is an upright A4 sheet with a black bar where each line stands.
    """
    batch = folder / "批次"
    batch.mkdir(parents=True)
    known: dict[tuple[str, int], PageText] = {}
    for name, papers in ({PLAIN_ID: PLAIN, HOSTILE_NAME: HOSTILE} if cases is None else cases).items():
        contents = [paper if isinstance(paper, PageText) else page_text(paper) for paper in papers]
        path = batch / f"{name}.pdf"
        sheets = [_sheet(content) for content in contents]
        sheets[0].save(path, save_all=True, append_images=sheets[1:], resolution=75.0, title=name)
        known |= {(shown(path.name), index): content for index, content in enumerate(contents)}
    if broken:
        (batch / f"{BROKEN_ID}.pdf").write_bytes(b"%PDF-1.7\nno more")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.batch.placing, "local_engine", InlineEngine)
        pipeline.batch.run.run_batch(batch, folder / "RUN", settings(), today=TODAY, work=_knowing(known))
    if cases is None:
        _make_hostile(folder / "RUN" / "cases" / f"{HOSTILE_ID}.json")
    return folder / "RUN"


def copy_run(made: Path, folder: Path) -> Path:
    """Copy a RUN that `make_run` made; its batch stays where it is."""
    return shutil.copytree(made, folder / made.name)


def settings() -> Settings:
    return load_settings(None, run={"workers": 1})


def _sheet(content: PageText) -> Image.Image:
    sheet = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(sheet)
    for line in content.lines:
        x0, y0, x1, y1 = line.box.x0, line.box.y0, line.box.x1, line.box.y1
        pen.rectangle((x0 * SIZE[0], y0 * SIZE[1], x1 * SIZE[0], y1 * SIZE[1]), fill="black")
    return sheet


def _knowing(known: dict[tuple[str, int], PageText]) -> Work:
    """The work of a batch with a reader that knows each page."""

    def read(file: Any, index: int, *_: object) -> bytes:
        return pack_page(known[file.name, index])

    def prepare(*_: object) -> str:
        return "stand-in 1"

    return replace(REAL, prepare=prepare, read=read)


def _make_hostile(path: Path) -> None:
    """Put into a case's JSON what no reading would let through."""
    case = json.loads(path.read_text("utf-8"))
    case["people"] |= {"recipient": NASTY, "lawyer": LONG, "agency": f"=SUM(A1){NASTY}"}
    for finding in case["findings"]:
        finding["message"] += NASTY
        for evidence in finding["evidence"]:
            evidence["text"] += NASTY
    for outcome in case["outcomes"]:
        outcome["why"] += NASTY
    case["documents"][0]["title"] = LONG + NASTY
    path.write_text(json.dumps(case, ensure_ascii=False, indent=1) + "\n", "utf-8")
