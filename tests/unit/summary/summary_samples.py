"""A hand-made case in the contract's JSON, with everything a page can show; used by several tests of this folder."""

import copy
from typing import Any

NASTY = "<script>alert(1)</script>\" onmouseover='x' &amp; {{ 7*7 }}"


def sample_case(case_id: str = "A001") -> dict[str, Any]:
    """A partial case of four pages: two findings, a doubt, a lawful look-alike, a failed page."""
    pages = [
        {
            "page": n,
            "file": "A.pdf",
            "file_page": n,
            "kind": "failed" if n == 4 else "scanned",
            "rotation": 0,
            "text": NASTY,
            "quality": {"grade": "good", "confidence": 0.9, "reasons": []},
            "width": 600,
            "height": 840,
            "marks": [],
        }
        for n in (1, 2, 3, 4)
    ]
    types = ("approval_form", "assignment_notice", "file_reading_record", "other")
    documents = [
        {"id": f"d{n}", "type": kind, "title": NASTY, "pages": [n, n], "confidence": 0.5, "evidence": ["title"]}
        for n, kind in enumerate(types, 1)
    ]
    early = {
        "rule": "DAT501",
        "circular_item": 6,
        "severity": "high",
        "confidence": 0.97,
        "title": "指派日期早于审批日期",
        "message": NASTY,
        "document": "d2",
        "document_type": "assignment_notice",
        "basis": "法律援助法第四十三条",
        "advice": "请核对原件",
        "evidence": [
            {"page": 2, "bbox": [0.6, 0.8, 0.8, 0.83], "text": "二〇二二年八月三日" + NASTY},
            {"page": 1, "bbox": [0.6, 0.5, 0.8, 0.53], "text": "2022年8月6日"},
        ],
        "details": {"constraint": "D04"},
        "key": "k1",
        "passages": [],
    }
    copied = early | {
        "rule": "CPY601",
        "severity": "low",
        "title": "阅卷笔录复制摘抄起诉书",
        "message": "约 82 % 相同",
        "document": "d3",
        "document_type": "file_reading_record",
        "details": {"missing": ["自首"]},
        "key": "k2",
        "evidence": [{"page": 3, "bbox": [0, 0, 1, 1], "text": ""}],
        "passages": [
            {
                "similarity": 0.82,
                "copy": {"page": 3, "bbox": [0.1, 0.1, 0.9, 0.3], "text": "被告人甲持棍殴打乙" + NASTY},
                "origin": {"page": 1, "bbox": [0.1, 0.1, 0.9, 0.3], "text": "被告人甲手持木棍殴打乙"},
            }
        ],
    }
    outcomes = [
        {
            "rule": "DAT501",
            "verdict": "flag",
            "why": "早于",
            "considered": [
                {"verdict": "lawful", "lawful": "LA11", "why": "补正期间" + NASTY, "document": "d1", "pages": [1]}
            ],
        },
        {"rule": "CPY601", "verdict": "flag", "why": "相同"},
        {"rule": "DOC103", "verdict": "unsure", "why": "第 4 页无法辨认" + NASTY, "pages": [3, 4]},
        {"rule": "DAT502", "verdict": "lawful", "lawful": "LA01", "why": "先行提供", "document": "d1", "pages": [1]},
        {"rule": "DOC101", "verdict": "pass", "why": "已检查"},
        {"rule": "OPN801", "verdict": "not_applicable", "why": "民事案件"},
        {"rule": "VER902", "verdict": "error", "why": "规则执行出错"},
    ]
    return copy.deepcopy(
        {
            "schema": 1,
            "case_id": case_id,
            "status": "partial",
            "errors": [
                {"page": 4, "file": "A.pdf", "message": "页面无法渲染" + NASTY, "code": "P201",
                 "advice": "请重新扫描该页", "file_page": 4, "lost": "page"},
            ],
            "notes": [],
            "sources": [{"file": "A.pdf", "sha256": "ab" * 32, "pages": 4}],
            "case_kind": "criminal",
            "stage": "trial",
            "entry": "application",
            "regime": "R1",
            "basis": ["起诉书" + NASTY],
            "people": {"recipient": NASTY, "lawyer": "李某", "lawyers": ["赵某", "李某"], "law_firm": None,
                       "agency": "", "charge_or_cause": "盗窃罪", "case_numbers": []},
            "pages": pages,
            "documents": documents,
            "dates": [
                {"role": "assignment", "value": "2022-08-03", "document": "d2", "page": 2,
                 "bbox": [0.6, 0.8, 0.8, 0.83], "raw": NASTY, "certain": False, "source": ""},
            ],
            "signatures": [
                {"document": "d2", "role": "lawyer", "state": "signed", "mark": "handwriting", "page": 2,
                 "bbox": [0, 0, 0.1, 0.1], "name": NASTY},
            ],
            "seals": [{"document": "d2", "page": 2, "bbox": [0, 0, 0.1, 0.1], "text": NASTY}],
            "catalogue": [{"number": "1", "title": NASTY, "first": 1, "last": 2, "page": 1, "bbox": [0, 0, 1, 0.1]}],
            "findings": [copied, early],
            "outcomes": outcomes,
        }
    )  # fmt: skip


def failed_case(case_id: str = "坏卷") -> dict[str, Any]:
    """A case of which nothing was read."""
    case = sample_case(case_id) | {"status": "failed", "case_kind": None, "stage": None, "entry": None, "regime": None}
    case["errors"] = [
        {"page": None, "file": "坏卷.pdf", "message": "文件有密码, 打不开", "code": "F101",
         "advice": "请另存为无密码的 PDF", "file_page": None, "lost": "file"},
    ]  # fmt: skip
    for key in ("pages", "documents", "dates", "signatures", "seals", "catalogue", "findings", "basis"):
        case[key] = []
    case["people"] = {"recipient": None, "lawyer": None, "lawyers": [], "case_numbers": []}
    case["outcomes"] = [{"rule": "DOC101", "verdict": "unsure", "why": "案卷未能读取"}]
    return case
