"""Titles that two or more types share, told apart by issuer, addressee, signer and words (reference.md 4.4)."""

from __future__ import annotations

import pytest
from pages_builder import type_of

PROSECUTORS = """
# 南岭县人民检察院
# 起诉书
> 南检刑诉〔2022〕88号
　　被告人周某甲，男，1990年2月3日出生，汉族，初中文化，农民，住南岭县柳河镇。因涉嫌盗窃罪，于2022年3月1日被南岭县公安局刑事拘留。
　　本案由南岭县公安局侦查终结，以被告人周某甲涉嫌盗窃罪，于2022年5月9日向本院移送审查起诉。
　　经依法审查查明：2022年2月某日，被告人周某甲在南岭县城关镇盗窃电动车一辆。
　　本院认为，被告人周某甲以非法占有为目的，其行为已触犯刑法，应当以盗窃罪追究其刑事责任，提起公诉，请依法判处。
　　此致
南岭县人民法院
> 检察员：何某某
> 二〇二二年六月七日
"""
PROSECUTORS_ONE_WORD = PROSECUTORS.replace("# 南岭县人民检察院\n# 起诉书", "# 起诉书").replace("本院认为", "我院认为")
PARTYS_COMPLAINT = """
# 民事起诉书
原告：马某某，女，汉族，1975年6月1日出生，住北川县。
被告：北川县某商贸有限公司，住所地北川县。
法定代表人：林某，经理。
诉讼请求：
一、判令被告支付货款12000元；
二、本案诉讼费由被告承担。
事实与理由：
　　原告与被告系买卖关系，被告收货后未付款，原告多次催要未果。
　　此致
北川县人民法院
> 起诉人：马某某
> 2023年4月6日
"""
BARE_COMPLAINT = PARTYS_COMPLAINT.replace("# 民事起诉书", "# 起诉书")
POLICE_OPINION = """
# 南岭县公安局
# 起诉意见书
> 南公（刑）诉字〔2022〕30号
　　犯罪嫌疑人周某甲，男，1990年2月3日出生，户籍所在地南岭县。
　　犯罪嫌疑人周某甲涉嫌盗窃一案，由被害人报案至我局，我局于2022年2月27日立案侦查。
　　经依法侦查查明：犯罪嫌疑人周某甲有下列犯罪事实。上述犯罪嫌疑人对上述事实供认不讳。
　　综上所述，犯罪嫌疑人周某甲的行为涉嫌盗窃罪，特将本案移送审查起诉。
　　此致
南岭县人民检察院
> 局长 钱某
> 二〇二二年五月九日
"""
PARTYS_ANSWER = """
# 答辩状
答辩人：北川县某商贸有限公司
被答辩人：马某某
　　针对原告马某某诉答辩人买卖合同纠纷一案，答辩人提出如下答辩意见：
　　一、原告所述与事实不符。二、请求驳回原告的诉讼请求。
　　此致
北川县人民法院
> 答辩人：北川县某商贸有限公司
> 2023年5月6日
"""
COURT_SPEECH = """
# 代理词
尊敬的审判长、审判员：
　　北川县某律师事务所接受北川县法律援助中心指派，指派我担任原告马某某的诉讼代理人，参加本案诉讼。现发表如下代理意见：
　　一、双方买卖关系成立，被告应当支付货款。
　　以上代理意见，恳请合议庭予以采纳。
> 代理人：许某律师
> 2023年6月1日
"""
COURT_OPINION = COURT_SPEECH.replace("# 代理词", "# 代理意见")
ANSWER_OPINION = PARTYS_ANSWER.replace("# 答辩状", "# 答辩意见")


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (PROSECUTORS, "indictment"),
        (PROSECUTORS_ONE_WORD, "indictment"),
        (PARTYS_COMPLAINT, "civil_complaint"),
        (BARE_COMPLAINT, "civil_complaint"),
        (POLICE_OPINION, "prosecution_opinion"),
        (PARTYS_ANSWER, "answer"),
        (ANSWER_OPINION, "answer"),
        (COURT_SPEECH, "representation_statement"),
        (COURT_OPINION, "representation_statement"),
    ],
)
def test_statements_that_accuse_claim_or_answer(markup: str, kind: str) -> None:
    assert type_of(markup) == kind
