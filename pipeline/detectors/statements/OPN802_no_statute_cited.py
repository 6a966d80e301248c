"""代理/辩护意见缺乏法律依据

## 检查内容
代理词、辩护词 (没有这两种时为法律意见书) 有没有引用任何法律、法规或司法解释。

## 依据
平顶山市司法局通报(2022-05-23)第九项 (代理词说服力不强, 缺乏法律依据)。

## 判定
全文没有出现任何法律、行政法规、司法解释的名称, 也没有条文序号, 报疑点。全称、简称, 有无书名号, 都算引用。
有看不清的页, 或只读出很少的字, 未见引用时报“存疑”。

## 合法例外
只写法律名称、没有写条文序号的, 不算缺乏依据。卷内有多份意见的, 有一份引用即可。
“合同第三条”之类是当事人的约定, 不算引用法律。

## 命中示例
辩护词只说“家境贫寒, 一时糊涂, 请从轻处罚”, 通篇没有引用法律。

## 不命中示例
“依照刑法第六十七条第三款, 可以从轻处罚”; “根据《工伤保险条例》的规定, 应当认定为工伤”。
"""

from collections.abc import Iterator

from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.opinions import called, doubtful_pages, main_opinions, opinion_text
from pipeline.detectors.view import CaseView, listed
from pipeline.law.statutes import spellings
from pipeline.text.citations import find_citations, names_articles


@detector(
    code="OPN802",
    title="代理/辩护意见缺乏法律依据",
    severity="low",
    circular_item=9,
    basis={"*": "平顶山市司法局通报(2022)第九项; 律师法第三十条、第三十一条 (根据事实和法律提出意见)"},
    advice="请看该意见的观点是否需要并能够引用法律、司法解释; 只提示有无引用, 不评价说服力",
)
def no_statute_cited(case: CaseView) -> Iterator[Answer]:
    opinions = main_opinions(case)
    if not opinions:
        yield NotApplicable("卷内无代理词、辩护词、法律意见书 (缺少与否见 DOC104)")
        return
    for document in opinions:
        text = opinion_text(case, document).text
        cited = find_citations(text, spellings())
        if cited:
            named = "、".join(dict.fromkeys(one.law or one.name.strip('()"') for one in cited[:4]))
            yield Pass(f"第{document.first}页{called(document)}引用了{named}等{len(cited)}处")
            return
        if names_articles(text):
            yield Pass(f"第{document.first}页{called(document)}引有条文 (法律名称未能读清)")
            return
    doubtful = tuple(page for document in opinions for page in doubtful_pages(case, document))
    if doubtful:
        yield Unsure(f"已读出的部分未见引用法律, 但第{listed(doubtful)}页看不清, 不能断定", doubtful)
        return
    for document in opinions:
        place = f"第{document.first}页" if document.first == document.last else f"第{document.first}-{document.last}页"
        yield Flag(
            f"{place}{called(document)}全文未引用任何法律、法规或司法解释",
            evidence=(case.whole(document),),
            document=document.id,
            document_type=document.type,
            confidence=0.9,
        )
