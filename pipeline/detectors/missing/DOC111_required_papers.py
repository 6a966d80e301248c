"""缺少其他应归档文书

## 检查内容
规则包按案件类别、阶段、来源列明应当归档、又没有专门规则的文书 (封面、申请表、身份证明、审批表、决定书、公函、协议、
授权委托书、结案报告等), 卷内有没有。每缺一种报一条, 写明文书类型。

## 依据
《法律援助法》第四十一条至第五十二条; 《办理法律援助案件程序规定》; 河南省法律援助案件材料立卷归档办法; 规则包所列清单。

## 判定
规则包要求的文书不在卷, 且没有一页可能是它, 报疑点; 有可能是它而看不清的页时报“存疑”。
附条件的文书 (起诉状、庭审笔录、经济困难材料等), 条件不具备或看不出时不报。

## 合法例外
- 通知辩护、通知代理案件: 没有申请表、经济困难材料、决定书等。
- LA14 调解、撤诉、终止: 没有庭审笔录、判决书。
- 不开庭、书面审理: 没有传票、庭审笔录。
- 受援人是被告 (被申请人): 没有自己的起诉状 (仲裁申请书)。
- 免予核查经济困难状况 (法律援助法第三十二条、第四十二条): 没有经济困难材料。
- 自诉、强制医疗案件: 没有起诉书; 二审、再审、执行案件: 没有受理通知书。
- 申请和审批合用一张表、协议和授权合用一份文书: 算有。
- 规则包以存根归档的地区: 存根算。
- 卷内有情况说明, 说明缺少该文书的原因: 依法成立。

## 命中示例
依申请的民事案件, 卷内没有给予法律援助决定书。

## 不命中示例
通知辩护案件没有申请表; 调解结案没有判决书。
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.casefile import Document
from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, Lawful, Pass, Unsure, Weighed, detector
from pipeline.detectors.conditions import holds
from pipeline.detectors.view import CaseView
from pipeline.documents.types import doc_types, type_title
from pipeline.packs.pack import Required
from pipeline.text.normalise import fold

OWNED = frozenset(
    {
        "recipient_rights_notice", "lawyer_rights_notice", "file_reading_record", "defence_statement",
        "representation_statement", "legal_opinion", "detention_warrant", "arrest_warrant", "bail_decision",
        "residential_surveillance", "plea_affidavit", "apprehension_account", "client_interview", "client_talk",
        "assignment_notice", "file_catalogue",
    }
)  # fmt: skip
"""Types whose absence has a rule of its own."""
_TOGETHER: dict[str, tuple[tuple[str, str], ...]] = {
    "aid_application": (("approval_form", r"申请.{0,4}审批"), ("intake_record", r"申请")),
    "approval_form": (("aid_application", r"审批"),),
    "aid_agreement": (("power_of_attorney", r"协议|合同"),),
    "power_of_attorney": (("aid_agreement", r"授权|委托书"),),
    "aid_decision": (("approval_form", r"决定书"),),
    "identity_proof": (("aid_application", r"身份证(明|复印件)?(粘贴|附后|复印)"),),
    "hearing_summons": (("acceptance_notice", r"传票|开庭"),),
    "acceptance_notice": (("hearing_summons", r"受理|应诉"),),
    "defence_request": (("aid_letter", r"通知辩护"),),
}
"""Papers that are printed on one sheet with another: the other's type, and what its title or heading then says."""
_NEAR = ("aid_decision", "approval_form", "aid_application", "assignment_notice", "cover")


@detector(
    code="DOC111",
    title="缺少其他应归档文书",
    severity="medium",
    circular_item=0,
    basis={
        "R0": "法律援助条例; 办理法律援助案件程序规定(令124); 河南省法律援助案件材料立卷归档办法; 规则包所列清单",
        "*": "法律援助法; 办理法律援助案件程序规定(令148); 河南省法律援助案件材料立卷归档办法; 规则包所列清单",
    },
    advice="请核对卷内是否另有该文书; 确实没有的, 请承办机构说明或补正",
)
def required_papers(case: CaseView) -> Iterator[Answer]:
    profile = case.profile
    for entry in case.pack.required_of(profile.case_kind, profile.stage, profile.entry):
        for kind in entry.documents:
            if kind not in OWNED:
                yield from _judged(case, kind, entry)
    if case.by_notice:
        yield Lawful("通知辩护/通知代理案件, 没有申请, 不要求申请表、决定书、经济困难材料 (LA02)", "LA02")
    yield Pass("其余应归档文书在卷")


def _judged(case: CaseView, kind: str, entry: Required) -> Iterator[Answer]:
    if case.of_type(kind, *entry.instead):
        return
    together = _together(case, kind)
    if together is not None:
        yield together
        return
    condition = holds(case, entry.when)
    if not condition.met:
        if condition.met is False:
            yield condition.lawful or Lawful(f"{type_title(kind)}: {condition.why}", "note")
        return
    name = "或".join(type_title(one) for one in (kind, *entry.instead)[:2])
    message = f"卷内未见{name}"
    note = _unheld(kind, entry.instead)
    for answer in missing(case, kind, message=message, near=_NEAR, note=note, instead=entry.instead):
        if not isinstance(answer, Weighed | Pass):
            yield _about(answer, kind)


def _about(answer: Answer, kind: str) -> Answer:
    """Several papers are judged in one outcome: an answer that does not name its paper is made to."""
    if isinstance(answer, Lawful | Unsure) and type_title(kind) not in answer.why:
        return replace(answer, why=f"{type_title(kind)}: {answer.why}")
    return answer


def _together(case: CaseView, kind: str) -> Answer | None:
    """The paper stands on one sheet with another: 申请审批表, 委托代理协议 (含授权)."""
    for other, words in _TOGETHER.get(kind, ()):
        for document in case.of_type(other):
            if re.search(words, fold(document.title)) and (kind != "aid_application" or _applied_on(case, document)):
                return Pass(f"{type_title(kind)}与{document.title} (第{document.first}页) 合用一份")
    return None


def _applied_on(case: CaseView, document: Document) -> bool:
    """Whether somebody applies on this form: many a form is called 申请审批表 and only approves."""
    signed = any(one.document == document.id and one.role == "applicant" for one in case.case.signatures)
    return signed or any(date.document == document.id for date in case.dates("application"))


def _unheld(kind: str, instead: Sequence[str]) -> str:
    """What a 情况说明 says that explains why a paper of these types is not there."""
    titles = {fold(title) for one in (kind, *instead) for title in (type_title(one), *doc_types()[one].titles)}
    words = "|".join(sorted((re.escape(title) for title in titles if len(title) >= 3), key=len, reverse=True))
    if kind in ("hearing_record", "hearing_summons"):
        words += "|开庭|庭审|出庭"
    return (
        rf"(未|没有|无法|不能|不予|无|缺)((?!已)[^.;]){{0,20}}?({words})"
        rf"|({words})[^.;]{{0,16}}?(未|没有|无法|不能|遗失|缺失|存于|未予)"
    )
