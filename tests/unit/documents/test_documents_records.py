"""Records (笔录) and what lawyers write: who asks, who answers, before whom (reference.md 4.4)."""

from __future__ import annotations

import pytest
from pages_builder import type_of

INTERVIEW = """
# 会 见 笔 录
会见时间：自2023年3月5日9时10分至2023年3月5日10时02分
会见地点：东河县看守所第三会见室
会见人：邓某　工作单位：东河县正明律师事务所
被会见人：周某甲　性别：男　涉嫌罪名：盗窃罪
问：我是法律援助中心指派的律师，担任你的辩护人，你是否同意？
答：同意。
问：请你讲一下到案的经过。
答：2月20日派出所民警打电话让我去的。
问：你是否认罪认罚？
答：我认罪认罚。
被会见人（签名捺印）：周某甲
"""
INTERVIEW_FIRST = INTERVIEW.replace("# 会 见 笔 录", "# 第一次会见犯罪嫌疑人笔录")
INTERVIEW_NO_TITLE = INTERVIEW.replace("# 会 见 笔 录\n", "")
INTERVIEW_BARE = INTERVIEW.replace("# 会 见 笔 录", "# 笔    录")
INTERROGATION = """
# 讯 问 笔 录
> 第 2 次
时间：2023年2月21日8时10分至9时30分　地点：东河县公安局办案中心
询问/讯问人（签名）：金某　工作单位：东河县公安局刑侦大队
记录人（签名）：尤某　工作单位：东河县公安局
被讯问人：周某甲　性别：男　年龄：30　身份证号码：
问：我们是东河县公安局的民警，现依法对你进行讯问，你应当如实回答。
答：我听清楚了。
问：你把事情经过讲一下。
答：我骑走了一辆电动车。
"""
WITNESS_ASKED = INTERROGATION.replace("# 讯 问 笔 录", "# 询问笔录").replace("被讯问人", "被询问人")
TALK = """
# 谈 话 笔 录
时间：2023年3月5日15时　地点：北川县正明律师事务所
谈话人：许某律师　被谈话人：马某某
问：我是法律援助中心指派给你的律师，你的诉求是什么？
答：要求公司支付拖欠工资。
问：你有什么证据？
答：有工资欠条。
"""
TALK_MET = TALK.replace("# 谈 话 笔 录", "# 约见受援人谈话笔录")
TALK_BARE = TALK.replace("# 谈 话 笔 录", "# 笔录")
INQUIRY = """
# 调 查 笔 录
调查时间：2023年4月1日　调查地点：北川县柳河村
调查人：许某、邓某　记录人：邓某
被调查人：秦某　与当事人关系：工友
问：我们是北川县正明律师事务所律师，现向你调查马某某工资的事，请如实陈述。
答：好的。
问：马某某何时到公司上班？
答：2021年3月。
被调查人签名：秦某
"""
READING = """
# 阅 卷 笔 录
阅卷时间：2023年5月20日　阅卷地点：东河县人民检察院案管中心
阅卷人：邓某　案由：盗窃罪
卷一 P3—P5 受案登记表：2023年2月20日受理。
卷一 P20—P31 讯问笔录：供述稳定，有自首情节。
卷二 P4 价格认定结论书：价值1800元。
辩点：自首、退赔、谅解。
"""
HEARING = """
# 东河县人民法院
# 法 庭 审 理 笔 录（第一次）
时间：2023年7月8日9时　地点：第二审判庭
审判长：史某　审判员：陶某、姜某　书记员：谢某
书：宣布法庭纪律。
审：现在开庭。核对当事人身份。
被：周某甲，男。
审：下面进行法庭调查，请公诉人宣读起诉书。
公：宣读起诉书（略）。
辩：对指控罪名无异议。
审：现在休庭。
"""
HEARING_LABOUR = """
# 仲 裁 庭 审 笔 录
案号：北劳人仲案字〔2023〕第101号
时间：2023年5月9日　地点：仲裁庭
首席仲裁员：戚某　仲裁员：喻某　书记员：柏某
仲：现在开庭，核对双方当事人身份。
申：马某某。
被：北川县某商贸有限公司委托代理人。
仲：请申请人陈述仲裁请求。
"""
HEARING_APPEAL = HEARING.replace("# 东河县人民法院\n# 法 庭 审 理 笔 录（第一次）", "# 开庭笔录").replace(
    "请公诉人宣读起诉书", "请上诉人陈述上诉理由"
)
OWN_NOTES = """
# 律师出庭记录
案由：盗窃罪　受援人：周某甲　承办律师：邓某
开庭时间：2023年7月8日　地点：东河县人民法院第二审判庭
庭审情况：法庭调查阶段，公诉人出示证据三组，本律师对被害人陈述发表质证意见；法庭辩论阶段发表罪轻辩护意见。
记录人：邓某
"""
BEFORE_COURT = """
# 辩 护 词
审判长、审判员：
　　受东河县法律援助中心指派，东河县正明律师事务所安排我担任被告人周某甲的辩护人，现发表辩护意见如下：
　　一、被告人具有自首情节，依法可以从轻或者减轻处罚。
　　综上，请合议庭采纳并适用缓刑。
> 辩护人：邓某
> 2023年7月10日
"""
BEFORE_COURT_UNTITLED = BEFORE_COURT.replace("# 辩 护 词\n", "")
BEFORE_PROSECUTOR = """
# 辩护意见
东河县人民检察院：
　　本人接受指派担任犯罪嫌疑人周某甲的辩护人。经会见、阅卷，现提出如下意见：
　　犯罪嫌疑人系初犯，积极退赔，已取得谅解，建议对其作出不起诉决定。
> 辩护人：邓某
> 2023年6月1日
"""
OPINION_TO_PROSECUTOR = BEFORE_PROSECUTOR.replace("# 辩护意见", "# 法 律 意 见 书")
TO_POLICE = """
# 关于对犯罪嫌疑人周某甲不予批准逮捕的法律意见
东河县人民检察院：
　　本律师认为犯罪嫌疑人无社会危险性，建议不批准逮捕。
> 律师：邓某
> 2023年3月1日
"""
SPEECH_ARBITRATION_UNTITLED = """
尊敬的仲裁员：
　　受北川县法律援助中心指派，我担任申请人马某某的委托代理人参加仲裁活动。现发表代理意见如下：
　　一、双方存在劳动关系。二、被申请人应当支付拖欠工资。
　　以上意见请仲裁庭予以采纳。
> 代理人：许某
> 2023年5月9日
"""
SECOND_INSTANCE_SPEECH = BEFORE_COURT.replace("# 辩 护 词", "# 二审辩护词").replace("被告人周某甲", "上诉人周某甲")
REVIEW_OF_EVIDENCE = """
# 质证意见
　　一、对原告提交的证据一真实性无异议，对关联性有异议；
　　二、对证据二的合法性有异议。
> 代理人：许某
> 2023年5月9日
"""
ARRIVAL = """
# 情况说明
　　2023年2月20日，我所民警在东河县城关镇将犯罪嫌疑人周某甲传唤到案，到案后其如实供述了盗窃的事实。
　　特此说明。
> 东河县公安局城关派出所
> 办案民警：金某、尤某
> 2023年2月21日
"""
NO_READING = """
# 情况说明
　　本案在侦查阶段，依法尚不能查阅案卷，故未能阅卷，没有阅卷笔录。
　　特此说明。
> 承办律师：邓某
> 2023年4月1日
"""
NO_HEARING = """
# 关于未开庭的说明
　　本案二审法院决定不开庭审理，承办人已提交书面意见，因此无庭审笔录。
> 东河县正明律师事务所　邓某
> 2023年9月1日
"""
DISCUSSED = """
# 重大疑难案件集体讨论记录
时间：2023年5月1日　地点：律所会议室　主持人：龚某
参加人：许某、邓某
讨论内容：对本案定性进行讨论。
"""
DIARY = """
# 办案工作日志
| 日期 | 工作内容 | 备注
| 2023.3.1 | 电话联系受援人家属 |
| 2023.3.5 | 到看守所会见 |
"""


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (INTERVIEW, "client_interview"),
        (INTERVIEW_FIRST, "client_interview"),
        (INTERVIEW_NO_TITLE, "client_interview"),
        (INTERVIEW_BARE, "client_interview"),
        (INTERROGATION, "interrogation_record"),
        (WITNESS_ASKED, "interrogation_record"),
        (TALK, "client_talk"),
        (TALK_MET, "client_talk"),
        (TALK_BARE, "client_talk"),
        (INQUIRY, "investigation_record"),
        (READING, "file_reading_record"),
        (READING.replace("# 阅 卷 笔 录", "# 刑事案件阅卷摘要"), "file_reading_record"),
        (HEARING, "hearing_record"),
        (HEARING_LABOUR, "hearing_record"),
        (HEARING_APPEAL, "hearing_record"),
        (OWN_NOTES, "lawyer_hearing_notes"),
        (OWN_NOTES.replace("# 律师出庭记录", "# 庭审记录（律师）"), "lawyer_hearing_notes"),
        (DISCUSSED, "group_discussion"),
        (DIARY, "work_log"),
    ],
)
def test_records(markup: str, kind: str) -> None:
    assert type_of(markup) == kind


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (BEFORE_COURT, "defence_statement"),
        (BEFORE_COURT_UNTITLED, "defence_statement"),
        (SECOND_INSTANCE_SPEECH, "defence_statement"),
        (BEFORE_PROSECUTOR, "legal_opinion"),
        (OPINION_TO_PROSECUTOR, "legal_opinion"),
        (TO_POLICE, "legal_opinion"),
        (SPEECH_ARBITRATION_UNTITLED, "representation_statement"),
        (REVIEW_OF_EVIDENCE, "cross_examination_opinion"),
        (ARRIVAL, "apprehension_account"),
        (ARRIVAL.replace("# 情况说明", "# 说    明"), "apprehension_account"),
        (NO_READING, "situation_note"),
        (NO_READING.replace("# 情况说明", "# 说    明"), "situation_note"),
        (NO_HEARING, "situation_note"),
    ],
)
def test_opinions_and_notes(markup: str, kind: str) -> None:
    assert type_of(markup) == kind
