"""Signed, blank or unclear: places to sign with what lies on and beside them."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Literal

import pytest
from detector_cases import Paper, case_of

from pipeline.casefile import Box, Fingerprint, InkGrid, Mark, Signature
from pipeline.detectors.signing import legible, places_of, refused, signing, signs_off
from pipeline.detectors.view import CaseView

PLACE = Box(0.4, 0.6, 0.5, 0.63)


def _grid(inked: bool) -> InkGrid:
    bits = bytes([255 if inked else 0]) * (128 * 180 // 8)
    return InkGrid(128, 180, base64.b64encode(bits).decode("ascii"))


def _case(
    *states: Literal["signed", "blank", "unclear"],
    marks: tuple[Mark, ...] = (),
    ink: bool = False,
    role: str = "recipient",
    prints: bool = False,
) -> CaseView:
    view = case_of(Paper("power_of_attorney", (("授权委托书", "委托人："),)))
    content = replace(view.case.pages[0].content, marks=marks, ink=_grid(ink))
    page = replace(view.case.pages[0], content=content)
    signatures = tuple(Signature("d1", role, state, None, 1, PLACE) for state in states)
    fingers = (Fingerprint("d1", 1, Box(0.6, 0.6, 0.65, 0.63)),) if prints else ()
    return CaseView(replace(view.case, pages=(page,), signatures=signatures, fingerprints=fingers), view.pack)


def _state(case: CaseView, *, prints: bool = True) -> str:
    return signing(case, case.case.documents[0], ("recipient",), prints=prints).state


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("signed",), "signed"),
        (("blank",), "blank"),
        (("blank", "signed"), "signed"),
        (("blank", "unclear"), "unclear"),
        ((), "nowhere"),
    ],
)
def test_one_signature_will_do(states: tuple[Literal["signed", "blank", "unclear"], ...], state: str) -> None:
    assert _state(_case(*states)) == state


def test_other_peoples_places_do_not_count() -> None:
    assert _state(_case("signed", role="lawyer")) == "nowhere"


def test_ink_that_nobody_could_read_is_no_empty_place() -> None:
    assert _state(_case("blank", ink=True)) == "unclear"


@pytest.mark.parametrize(("top", "state"), [(0.61, "unclear"), (0.2, "blank")])
@pytest.mark.parametrize("kind", ["ink", "name_seal"])
def test_strokes_and_seals_near_by_may_be_the_signers(
    kind: Literal["ink", "name_seal"], top: float, state: str
) -> None:
    mark = Mark(kind, Box(0.7, top, 0.8, top + 0.02), "black")
    assert _state(_case("blank", marks=(mark,))) == state


def test_strokes_of_somebody_elses_place_are_his() -> None:
    mark = Mark("ink", PLACE, "black")
    case = _case("blank", marks=(mark,))
    signed = Signature("d1", "lawyer", "signed", "handwriting", 1, PLACE)
    case = CaseView(replace(case.case, signatures=(*case.case.signatures, signed)), case.pack)
    assert _state(case) == "blank"


def test_a_fingerprint_anywhere_on_the_clients_paper_will_do() -> None:
    assert _state(_case("blank", prints=True)) == "signed"
    assert _state(_case("blank", prints=True), prints=False) == "blank"


def test_blank_places_are_evidence() -> None:
    case = _case("blank")
    (place,) = places_of(signing(case, case.case.documents[0], ("recipient",)), "委托人签名处空白")
    assert (place.page, place.box, place.quote) == (1, PLACE, "委托人签名处空白")


@pytest.mark.parametrize(("line", "found"), [("张明辉", True), ("律师 张 明 辉", True), ("李四", False)])
def test_a_name_where_the_paper_ends(line: str, found: bool) -> None:
    case = case_of(Paper("defence_statement", (("辩护词", "请求从轻处罚。", line),)))
    assert signs_off(case, case.case.documents[0], ("张明辉",)) is found


def test_a_refusal_is_noted_on_the_paper() -> None:
    case = case_of(Paper("client_interview", (("会见笔录", "（被会见人拒绝签名）"),)))
    assert refused(case, case.case.documents[0]) == "拒绝签"


def test_an_unreadable_page_is_not_legible() -> None:
    case = case_of(Paper("aid_letter", (("公函",), None)))
    assert not legible(case, case.case.documents[0])
    assert legible(case_of(Paper("aid_letter", (("公函",),))), case_of(Paper("aid_letter")).case.documents[0])
