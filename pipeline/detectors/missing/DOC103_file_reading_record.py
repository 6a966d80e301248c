"""缺少阅卷笔录

## 检查内容
刑事案件审查起诉、审判阶段的案卷里有没有阅卷笔录。

## 依据
《刑事诉讼法》第四十条 (辩护律师自审查起诉之日起可以查阅、摘抄、复制案卷材料); 平顶山市司法局通报(2022-05-23)第四项。

## 判定
刑事、审查起诉或审判阶段, 卷内没有阅卷笔录 (阅卷摘要、阅卷记录), 且没有一页可能是它, 报疑点;
有可能是它而看不清的页时报“存疑”。

## 合法例外
- 侦查阶段: 没有阅卷权, 不适用。
- 民事、行政、劳动仲裁、非诉讼案件: 不要求, 不适用 (规则包要求的除外)。
- 卷内有情况说明, 说明未能阅卷的原因: 依法成立, 指明该说明。

## 命中示例
审判阶段案卷, 有会见笔录、辩护词、判决书, 没有阅卷笔录。

## 不命中示例
第 18 页为“阅卷摘要”; 侦查阶段案卷没有阅卷笔录。
"""

from collections.abc import Iterator

from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, NotApplicable, detector
from pipeline.detectors.view import CaseView

# A step that was left out beside the reading that was done ("未调查取证, 已查阅案卷"; "阅卷后未发现") explains nothing.
NOT_READ = "|".join(
    (
        r"(未|没有|无法|不能|不予|不准)((?!已|通过)[^.;]){0,18}?(阅卷|查阅|摘抄|复制.{0,6}(案卷|卷宗|材料))(?!后|时|中发现|发现)",
        r"(阅卷|查阅案卷)(?!后|时|中发现|发现)[^.;]{0,24}?(未|没有|无法|不能|不予)"
        r"(能|获|得|准|安排|进行|成|果|批|办|同意|允许|答复|实现|完成)",
    )
)


@detector(
    code="DOC103",
    title="缺少阅卷笔录",
    severity="high",
    circular_item=4,
    basis={"*": "刑事诉讼法第四十条; 平顶山市司法局通报(2022)第四项"},
    advice="请核对卷内是否另有阅卷笔录(阅卷摘要); 确未阅卷的, 应有情况说明",
)
def file_reading_record(case: CaseView) -> Iterator[Answer]:
    if not case.criminal:
        if case.demands("file_reading_record"):
            near = ("client_talk", "hearing_summons", "representation_statement")
            yield from missing(case, "file_reading_record", message="案卷未见阅卷笔录", near=near, note=NOT_READ)
        else:
            yield NotApplicable("非刑事案件, 不要求阅卷笔录")
        return
    if case.profile.stage == "investigation":
        yield NotApplicable("侦查阶段没有阅卷权 (刑事诉讼法第四十条), 不要求阅卷笔录")
        return
    stage = "审查起诉" if case.profile.stage == "prosecution_review" else "审判"
    yield from missing(
        case,
        "file_reading_record",
        message=f"{stage}阶段案卷未见阅卷笔录",
        near=("client_interview", "prosecution_opinion", "indictment", "defence_statement"),
        note=NOT_READ,
    )
