"""Which procedure a case was tried in, as the court's papers say."""

from __future__ import annotations

import pytest
from detector_cases import Paper, case_of

from pipeline.detectors.procedures import procedure_of


@pytest.mark.parametrize(
    ("says", "procedure"),
    [
        ("本院适用普通程序，依法组成合议庭，公开开庭审理了本案。", "普通"),
        ("本院立案后，依法适用简易程序，公开开庭进行了审理。", "简易"),
        ("本院适用速裁程序，实行独任审判。", "速裁"),
        ("本案适用小额诉讼程序。", "简易"),
        ("本院受理后依法组成合议庭，公开开庭审理了本案。", "普通"),
        ("本院先适用简易程序，后转为普通程序审理。", "普通"),
        ("被告人同意适用简易程序。本院适用普通程序审理。", "普通"),
        ("本案不适用速裁程序，适用普通程序。", "普通"),
    ],
)
def test_the_judgment_says_it(says: str, procedure: str) -> None:
    found = procedure_of(case_of(Paper("judgment", (("判决书", says),))))
    assert found is not None
    assert (found[0], found[1].type, found[2]) == (procedure, "judgment", 1)


@pytest.mark.parametrize(
    "says",
    ["临桥市人民法院速裁二庭", "由审判员李某独任审判，公开开庭。", "合议庭成员名单附后", "是否适用简易程序审理？"],
)
def test_what_names_none(says: str) -> None:
    assert procedure_of(case_of(Paper("judgment", ((says,),)))) is None


def test_the_judgment_goes_before_the_summons() -> None:
    case = case_of(Paper("hearing_summons", (("适用普通程序",),)), Paper("judgment", (("适用简易程序",),)))
    found = procedure_of(case)
    assert found is not None
    assert (found[0], found[2]) == ("简易", 2)


def test_the_summons_will_do() -> None:
    found = procedure_of(case_of(Paper("hearing_summons", (("本案适用速裁程序审理",),))))
    assert found is not None
    assert found[0] == "速裁"
