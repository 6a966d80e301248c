"""Rules that look across files, in a whole batch: real files, processes and outputs, but no OCR."""

import datetime as dt
import hashlib
import json
import shutil
import zipfile
from dataclasses import replace

import pytest
from across_work import reading
from PIL import Image

from pipeline.batch.run import run_batch
from pipeline.config import load_settings

pytestmark = pytest.mark.slow

FIRE = """会见笔录
时间：2024年5月27日15时10分至16时30分
会见人：谢东升  单位：某某律师事务所
被会见人：{name}  性别：男
问：你的家庭情况怎么样？
答：我家里就我和老娘两个人，老娘今年七十多了，腿有毛病，平常靠
我种二亩地和给人家看大门过日子，一个月也就千把块钱。
问：那天晚上你喝酒没有？
答：喝了，喝的是散装白酒，有半斤多，是在村东头小卖部喝的，就着
一包花生米。喝完以后头是晕的，但是路还认得，走路有点晃。
问：你为什么要去点人家的房子？
答：就是心里有气，越想越气，觉得人家看不起我、坏我的事，我去的
时候也没有想着要烧死人，就是想吓唬吓唬他，出出这口气。
被会见人签名：{name}"""
THEFT = """会见笔录
时间：2024年5月28日9时10分至10时30分
会见人：钱多多  单位：某某律师事务所
被会见人：陈小二  性别：男
问：你的家庭情况怎么样？
答：父母都在老家种地，我跟对象在城里租房子住，去年添了一个闺女，
对象在超市上班，我跑外卖，每个月能挣五六千块钱。
问：那天晚上你喝酒没有？
答：没有喝，我骑电动车不敢喝。那天送完最后一单快十二点了，看见
那个车没有锁，钥匙还插在上面，一时起了贪心就骑走了。
问：你为什么要去拿人家的东西？
答：我自己的车电瓶坏了，换一个要一千多，想着先骑几天再说，还没
来得及还回去，派出所就给我打电话了。
被会见人签名：陈小二"""


@pytest.fixture(scope="module")
def control(tmp_path_factory):
    return tmp_path_factory.mktemp("control")


@pytest.fixture(scope="module")
def batch(tmp_path_factory, control):
    """Three files: a folder and a ZIP that tell the same, and one of its own."""
    folder = tmp_path_factory.mktemp("批次")

    def picture(path, shade, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (300, 420), (shade, 250, 250)).save(path)
        name = hashlib.sha256(path.read_bytes()).hexdigest()
        (control / f"{name}.txt").write_text(text, "utf-8")

    picture(folder / "甲卷" / "1.png", 251, FIRE.format(name="苏贵成"))
    picture(folder / "丙卷" / "1.png", 252, THEFT)
    loose = tmp_path_factory.getbasetemp() / "1.png"
    picture(loose, 253, FIRE.format(name="姜永峰"))
    with zipfile.ZipFile(folder / "乙卷.zip", "w") as archive:
        archive.write(loose, "1.png")
    return folder


def run(batch, out, control, workers=2):
    settings = load_settings(None, run={"workers": workers})
    return run_batch(batch, out, settings, today=dt.date(2024, 7, 1), work=reading(control))


def case(out, name):
    return json.loads((out / "cases" / f"{name}.json").read_text("utf-8"))


def outcome(out, name):
    return next(one for one in case(out, name)["outcomes"] if one["rule"] == "CPY603")


def written(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for folder in ("cases", "cases_html", "assets")
        for path in sorted((out / folder).iterdir())
    } | {"summary.html": (out / "summary.html").read_bytes()}


@pytest.fixture(scope="module")
def first(batch, control, tmp_path_factory):
    out = tmp_path_factory.mktemp("first") / "RUN"
    return out, run(batch, out, control)


def test_a_copied_record_is_found_in_both_files(first):
    out, _ = first
    for name, other in (("甲卷", "乙卷"), ("乙卷", "甲卷")):
        assert outcome(out, name)["verdict"] == "flag"
        [found] = [one for one in case(out, name)["findings"] if one["rule"] == "CPY603"]
        assert found["document_type"] == "client_interview"
        assert other in found["message"]
        assert {item["page"] for item in found["evidence"]} == {1}
        assert {passage["origin"]["case"] for passage in found["passages"]} == {other}
        assert "散装白酒" in "".join(each["copy"]["text"] for each in found["passages"])
        for passage in found["passages"]:
            for side in ("copy", "origin"):
                x0, y0, x1, y1 = passage[side]["bbox"]
                assert 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1
    assert outcome(out, "丙卷")["verdict"] == "pass"


def test_the_page_shows_the_passages_and_leads_to_the_other_file(first):
    out, _ = first
    text = (out / "cases_html" / "甲卷.html").read_text("utf-8")
    assert "案卷 乙卷 第 1 页" in text and "%E4%B9%99%E5%8D%B7.html" in text  # 乙卷.html
    pictures = list((out / "assets").iterdir())
    assert pictures, "pictures of both pages, the ZIP's too"
    shown = {name: (out / "cases_html" / f"{name}.html").read_text("utf-8") for name in ("甲卷", "乙卷")}
    both = [picture for picture in pictures if all(picture.name in page for page in shown.values())]
    assert len(both) == 2, "each shows its own page and the other's"


def test_the_files_that_most_need_a_person_come_first(first):
    _, result = first
    assert [row.case_id for row in result.summary.cases][-1] == "丙卷"


def test_workers_and_runs_change_no_byte(first, batch, control, tmp_path):
    out, _ = first
    before = written(out)
    run(batch, tmp_path / "ONE", control, workers=1)
    assert written(tmp_path / "ONE") == before
    run(batch, out, control)
    assert written(out) == before


def test_a_batch_of_one_has_nothing_to_compare_with(batch, control, tmp_path):
    run(batch / "乙卷.zip", tmp_path / "RUN", control)
    assert outcome(tmp_path / "RUN", "乙卷")["verdict"] == "not_applicable"


def test_a_comparison_that_was_lost_leaves_the_question_open(batch, control, tmp_path):
    settings = load_settings(None, run={"workers": 1})
    work = replace(reading(control), compare=lost)
    run_batch(batch, tmp_path / "RUN", settings, today=dt.date(2024, 7, 1), work=work)
    assert outcome(tmp_path / "RUN", "甲卷")["verdict"] == "unsure"
    assert outcome(tmp_path / "RUN", "丙卷")["verdict"] == "pass"


def lost(abstracts, pairs, printed):
    raise RuntimeError("broken")


def test_a_case_that_lies_there_twice_is_one_file(first, batch, control, tmp_path):
    """The second keeps its outputs, is told to be the same, and makes nobody a copyist."""
    copied = tmp_path / "批次"
    shutil.copytree(batch, copied)
    shutil.copytree(copied / "甲卷", copied / "甲卷 副本")
    with zipfile.ZipFile(copied / "甲卷压缩.zip", "w") as archive:
        archive.write(copied / "甲卷" / "1.png", "另一个名字.png")
    out, before = tmp_path / "RUN", first[0]
    result = run(copied, out, control)
    assert result.pages_read == 3
    same = {row.case_id: row.same_as for row in result.summary.cases}
    [original] = {name for name in same if name.startswith("甲卷") and not same[name]}
    assert {name for name, other in same.items() if other == original} == {
        "甲卷", "甲卷 副本", "甲卷压缩"
    } - {original}  # fmt: skip
    for name in ("甲卷", "甲卷 副本", "甲卷压缩"):
        assert outcome(out, name)["verdict"] == "flag"
        [found] = [one for one in case(out, name)["findings"] if one["rule"] == "CPY603"]
        assert {passage["origin"]["case"] for passage in found["passages"]} == {"乙卷"}
    [found] = [one for one in case(out, "乙卷")["findings"] if one["rule"] == "CPY603"]
    assert {passage["origin"]["case"] for passage in found["passages"]} == {original}
    assert case(out, "丙卷") == case(before, "丙卷")
    assert (out / "summary.html").read_text("utf-8").count(f"与 <bdi>{original}</bdi> 内容相同") == 2
    again = run(copied, tmp_path / "AGAIN", control, workers=1)
    assert {row.case_id: row.same_as for row in again.summary.cases} == same
    assert written(tmp_path / "AGAIN") == written(out)
