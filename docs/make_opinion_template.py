"""Write pipeline/summary/templates/opinion.docx, the opinion sheet that bureaus edit in Word.

Run it only to change what comes with prescreen: `python docs/make_opinion_template.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

TARGET = Path(__file__).parents[1] / "pipeline" / "summary" / "templates" / "opinion.docx"
FONT = "宋体"


def main() -> None:
    """Make the document and save it."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("法律援助案件质量评查意见书")
    run.bold, run.font.size = True, Pt(18)
    _grid(
        document,
        (
            ("案卷", "{{ 案卷 }}", "受援人", "{{ 受援人 }}"),
            ("案件类型", "{{ 案件类型 }} {{ 所处阶段 }}", "来源", "{{ 来源 }}"),
            ("案由", "{{ 案由 }}", "案号", "{{ 案号 }}"),
            ("承办律师", "{{ 承办律师 }}", "承办单位", "{{ 承办单位 }}"),
            ("援助机构", "{{ 援助机构 }}", "页数", "{{ 页数 }}"),
        ),
        (2.4, 6.0, 2.4, 5.8),
    )
    document.add_paragraph()
    document.add_paragraph("一、疑点及评查意见").runs[0].bold = True
    _rows(
        document,
        "疑点",
        (("序号", 1.2), ("级别", 1.2), ("疑点", 3.4), ("页码", 2.2), ("情况", 4.6), ("意见", 4.0)),
    )
    document.add_paragraph()
    document.add_paragraph("二、存疑、需人工查看").runs[0].bold = True
    _rows(document, "存疑", (("疑点", 3.8), ("页码", 2.6), ("情况", 6.2), ("意见", 4.0)))
    document.add_paragraph()
    document.add_paragraph("三、看似问题、依法成立").runs[0].bold = True
    _rows(document, "依法成立", (("疑点", 3.8), ("页码", 2.6), ("情况", 6.2), ("意见", 4.0)))
    document.add_paragraph()
    document.add_paragraph("四、综合意见：")
    for _ in range(3):
        document.add_paragraph()
    document.add_paragraph("评估员：{{ 评估员 }}　　　　　　　　签名：　　　　　　　　{{ 日期 }}")
    note = document.add_paragraph("疑点由程序初筛提出，经评估员核对原卷后作出判断；未经核对的不作为评查结论。")
    note.runs[0].font.size = Pt(9)
    document.core_properties.author = "prescreen"
    document.save(str(TARGET))


def _grid(document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    for row in rows:
        _fill(table.add_row(), row, widths)


def _rows(document: Any, name: str, columns: Sequence[tuple[str, float]]) -> None:
    """A table with a heading and one row that is repeated for each item."""
    widths = [width for _, width in columns]
    table = document.add_table(rows=0, cols=len(columns))
    table.style = "Table Grid"
    _fill(table.add_row(), [title for title, _ in columns], widths, bold=True)
    _fill(table.add_row(), [f"{{%tr for 项 in {name} %}}", *[""] * (len(columns) - 1)], widths)
    _fill(table.add_row(), [f"{{{{ 项.{title} }}}}" for title, _ in columns], widths)
    _fill(table.add_row(), ["{%tr endfor %}", *[""] * (len(columns) - 1)], widths)


def _fill(row: Any, texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold, Pt(10)


if __name__ == "__main__":
    main()
