"""Papers that are of none of the types: `other`, or at least not said with confidence to be anything else."""

from __future__ import annotations

import pytest
from pages_builder import divided, only
from test_documents_letters import DECISION, LETTER_TO_COURT
from test_documents_records import INTERVIEW, READING

UNSURE = 0.75
"""What may be wrong must not be surer than that."""
TOURNAMENT = """
# 关于举办全市青少年乒乓球比赛的通知
各县区体育中心，各中小学校：
　　为丰富青少年课余生活，推动乒乓球运动普及，经研究决定举办全市青少年乒乓球比赛。
一、比赛时间：七月二十日至二十三日
二、参赛办法：每队可报领队一人、教练一人、运动员六人。
三、竞赛办法：采用十一分制，五局三胜，录取前八名，颁发奖牌和证书。
> 市体育局
"""
BROADBAND = """
# 宽带业务受理单
| 客户名称 | 某某 | 业务类型 | 新装 |
| 套餐名称 | 光纤五百兆 | 预约时间 | 工作日上午 |
设备：光猫一台，机顶盒一台，押金一百元。
温馨提示：装机人员上门前会与您联系，请保持电话畅通，如需改约请拨打客服热线。
"""
RICE = """
# 水稻种植技术要点
一、选种：选用抗倒伏、抗稻瘟病品种，播前晒种一至两天。
二、育秧：秧田每亩施腐熟农家肥一千公斤，播种量每亩二十公斤。
三、移栽：秧龄三十天左右，株行距十五乘三十厘米。
四、水肥管理：分蘖期浅水勤灌，孕穗期保持水层，灌浆期干湿交替。
"""
CHOIR = """
# 合唱团排练安排
　　本周六下午两点在文化馆排练厅集合，先练声二十分钟，再分声部练习第二乐章，请各声部长提前到场摆放谱架。
　　演出服装统一领取，请勿洗烫。
"""
RECIPE = """
　　五花肉切块冷水下锅，加姜片料酒煮开撇去浮沫，捞出沥干。锅中少油放冰糖小火炒出糖色，下肉块翻炒均匀，加八角桂皮香叶，倒入热水没过肉块，
　　大火烧开转小火炖四十分钟，最后加盐收汁，撒上葱花装盘即可。
"""
FOREIGN = [TOURNAMENT, BROADBAND, RICE, CHOIR, RECIPE]


@pytest.mark.parametrize("markup", FOREIGN)
def test_alone(markup: str) -> None:
    document = only(markup)
    assert document.type in ("other", "evidence_material") or document.score < UNSURE, document


@pytest.mark.parametrize("markup", FOREIGN)
def test_in_the_midst_of_a_file_it_stays_apart_and_the_others_stay_what_they_are(markup: str) -> None:
    documents = divided(DECISION, LETTER_TO_COURT, markup, INTERVIEW, READING).documents
    assert [(d.first, d.last) for d in documents] == [(page, page) for page in range(1, 6)]
    kinds = [d.type for d in documents]
    assert [*kinds[:2], *kinds[3:]] == ["aid_decision", "aid_letter", "client_interview", "file_reading_record"]
    assert kinds[2] in ("other", "evidence_material") or documents[2].score < UNSURE, documents[2]


def test_a_page_of_smears_is_not_said_to_be_anything() -> None:
    documents = divided(DECISION, "口 一 门丨\n下 儿 ,\n了 乙 厂\n> 丶 二", INTERVIEW).documents
    smears = next(document for document in documents if 2 in document.pages)
    assert smears.type in ("other", "evidence_material", "aid_decision") or smears.score < UNSURE
    assert documents[-1].type == "client_interview"
