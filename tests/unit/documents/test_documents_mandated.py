"""A court asks for somebody to represent a person before compulsory treatment: no defence, no letter of the centre."""

from __future__ import annotations

import pytest
from pages_builder import type_of

ASKED = """
## 清源县人民法院
# 强制医疗通知代理公函
> （2024）清法医通字第3号
清源县法律援助中心：
　　本院审理的被申请人郝某强制医疗一案，被申请人及其法定代理人没有委托诉讼代理人。依照《中华人民共和国法律援助法》第二十八条的规定，请你中心指派律师担任其诉讼代理人，并将律师姓名、单位、联系方式函告本院。
承办法官：鲁某　电话：0000-7654321
> 清源县人民法院
> 二〇二四年六月十二日
"""


@pytest.mark.parametrize("title", ["强制医疗通知代理公函", "法律援助公函（强制医疗通知代理）", "通知代理公函"])
def test_a_request_for_representation_is_told_by_what_it_asks(title: str) -> None:
    assert type_of(ASKED.replace("强制医疗通知代理公函", title)) == "representation_request"
