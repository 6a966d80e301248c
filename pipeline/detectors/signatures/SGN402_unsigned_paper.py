"""其他文书未签名捺印

## 检查内容
会见 (谈话) 笔录、授权委托书、受援人权利义务告知书、律师权利义务告知书、申请表上, 应当签名的人有没有签名或者捺印。

## 依据
会见笔录: 受援人逐页签名或者捺印 (实务); 授权委托书: 《民事诉讼法》第六十二条; 申请表、告知书: 法律援助文书格式。

## 判定
应当签名的地方都留白, 报疑点, 每份文书一个。有一处签了的不报 (笔录个别页漏签在说明里列出)。
看不清、签名处有未能认出的笔迹, 或者没有找到签名处的, 报“存疑”。

## 合法例外
- 捺印代替签名; 律师名章。
- 法定代理人、代为申请的近亲属签名。
- 笔录注明当事人拒绝签名、不能签名。
- 同一种表格、告知书、委托书另有签了名的一份。

## 命中示例
受援人权利义务告知书“受援人 (签名或捺印)”处空白。

## 不命中示例
申请人不识字, 在签名处捺印。
"""

from collections.abc import Iterator

from pipeline.casefile import Document
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.signing import CLIENT, Signing, legible, places_of, refused, signing, signs_off
from pipeline.detectors.view import CaseView

SIGNERS = {
    "client_interview": "受援人",
    "client_talk": "受援人",
    "power_of_attorney": "委托人",
    "recipient_rights_notice": "受援人",
    "lawyer_rights_notice": "承办律师",
    "aid_application": "申请人",
}


@detector(
    code="SGN402",
    title="其他文书未签名捺印",
    severity="medium",
    circular_item=0,
    basis={"*": "民事诉讼法第六十二条; 法律援助文书格式(签名栏); 律师业务档案立卷归档办法"},
    advice="请看原件签名处; 捺印、名章可以代替签名, 法定代理人签名也可以",
)
def unsigned_paper(case: CaseView) -> Iterator[Answer]:
    papers = case.of_type(*SIGNERS)
    if not papers:
        yield NotApplicable("卷内没有须由受援人或承办律师签名的这几类文书")
        return
    for paper in papers:
        yield from _judge(case, paper)


def _judge(case: CaseView, paper: Document) -> Iterator[Answer]:
    lawyers = paper.type == "lawyer_rights_notice"
    found = signing(case, paper, ("lawyer",) if lawyers else CLIENT, prints=not lawyers)
    where, who = f"{paper.title} (第{_pages(paper)}页)", SIGNERS[paper.type]
    if found.state == "signed":
        yield from _signed(case, paper, where, lawyers)
        return
    if not lawyers and signing(case, paper, ("guardian",)).state == "signed":
        yield Lawful(f"{where} 由法定代理人或代为申请的人签名", "note", paper.id, (paper.last,))
        return
    said = refused(case, paper)
    if said:
        yield Lawful(f"{where} 注明“{said}”", "note", paper.id, (paper.last,))
        return
    twin = _twin(case, paper, lawyers)
    if twin is not None:
        yield Pass(f"{where} 未签名, 另有签了名的一份 (第{twin.first}页)")
        return
    if found.state == "unclear" or not legible(case, paper):
        yield Unsure(f"{where} 看不清{who}是否签名, 请人工查看", found.pages or tuple(paper.pages))
    elif found.state == "nowhere":
        yield from _nowhere(case, paper, where, who, lawyers)
    else:
        yield from _blank(paper, found, where, who)


def _signed(case: CaseView, paper: Document, where: str, lawyers: bool) -> Iterator[Answer]:
    own = [one for one in case.case.signatures if one.document == paper.id and one.state == "signed"]
    marks = {one.mark for one in own if (one.role == "lawyer") == lawyers}
    if "handwriting" not in marks and "name_seal" in marks:
        yield Lawful(f"{where} 以名章代替签名", "note", paper.id, (paper.last,))
    elif "handwriting" not in marks:
        yield Lawful(f"{where} 以捺印代替签名", "note", paper.id, (paper.last,))
    else:
        yield Pass(f"{where} 已签名")


def _twin(case: CaseView, paper: Document, lawyers: bool) -> Document | None:
    """Another copy of a form that is signed; records of meetings are signed each."""
    if paper.type in ("client_interview", "client_talk"):
        return None
    roles = ("lawyer",) if lawyers else CLIENT
    others = [one for one in case.of_type(paper.type) if one.id != paper.id]
    return next((one for one in others if signing(case, one, roles, prints=not lawyers).state == "signed"), None)


def _nowhere(case: CaseView, paper: Document, where: str, who: str, lawyers: bool) -> Iterator[Answer]:
    """No place to sign was made out: a name at the end is the signature, else a person must look."""
    people = case.people
    names = (*people.lawyers, people.lawyer) if lawyers else (people.recipient, *people.guardians)
    if signs_off(case, paper, names):
        yield Pass(f"{where} 文末有{who}姓名")
    else:
        yield Unsure(f"{where} 没有找到{who}签名处, 请人工查看", (paper.last,))


def _blank(paper: Document, found: Signing, where: str, who: str) -> Iterator[Answer]:
    yield Flag(
        f"{where} {who}签名处空白, 没有签名、捺印",
        evidence=places_of(found, f"{who}签名处空白"),
        document=paper.id,
        document_type=paper.type,
        confidence=0.93,
    )


def _pages(paper: Document) -> str:
    return str(paper.first) if paper.first == paper.last else f"{paper.first}-{paper.last}"
