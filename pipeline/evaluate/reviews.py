"""`prescreen evaluate --reviews`: what people decided in some runs, as lines of text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.detectors.registry import all_rules
from pipeline.evaluate.agreement import Agreement, agreements
from pipeline.evaluate.trust import Counts, Judged, Reported, Share, Trust, trust
from pipeline.problems import InputError
from pipeline.store.reviews import Reviews
from pipeline.store.workspace import Workspace
from pipeline.summary.reasons import DECIDED, in_words

CASES = "cases"
HEAD = "规则    成立  不成立  拿不准  意见不一  未判断  其中已不再报告  因更正消失  成立/(成立+不成立), 95% 区间"


def evaluate_reviews(runs: Sequence[Path], *, as_json: bool = False) -> Iterator[str]:
    """Tell how people decided on the findings of these run folders. Raises `InputError` and `WorkspaceError`."""
    if not runs:
        raise InputError("没有给出运行文件夹", "写法如 prescreen evaluate --reviews RUN1 RUN2")
    kept = [(run, Reviews(Workspace(run).reviews), reported_in(run)) for run in runs]
    found = trust(
        Judged(run.resolve().name, reported, reviews.latest_of_all(), reviews.corrected_away())
        for run, reviews, reported in kept
    )
    agreed = agreements((reviews.history(), reviews.completions()) for _, reviews, _ in kept)
    if as_json:
        yield json.dumps(trust_json(found, agreed), ensure_ascii=False, indent=1)
    else:
        yield from lines(found, agreed)


def reported_in(run: Path) -> Reported:
    """Read what a run reports. Raises `InputError` where it has no results."""
    paths = sorted((run / CASES).glob("*.json"))
    if not paths:
        raise InputError(f"没有运行结果: {run}", "请给出 prescreen run --out 的文件夹")
    reported: dict[str, list[tuple[str, str]]] = {}
    for path in paths:
        try:
            case = json.loads(path.read_bytes())
            reported[case["case_id"]] = [(finding["rule"], finding["key"]) for finding in case["findings"]]
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"案卷结果读不了: {path.name}", "请重新运行 prescreen run") from error
    return reported


def trust_json(found: Trust, agreed: Sequence[Agreement]) -> dict[str, Any]:
    """Lay it out for programs. Shares are 0..1, null where nothing was decided."""
    return {
        "rules": [_counts_json(row) for row in found.findings],
        "doubts": [_counts_json(row) for row in found.doubts],
        "rejected": [
            {
                "run": one.run,
                "case_id": one.review.case_id,
                "rule": one.review.rule,
                "key": one.review.key,
                "about": one.review.about,
                "user": one.review.user,
                "reason": one.review.reason,
                "reason_words": in_words("reject", one.review.reason),
                "note": one.review.note,
                "at": one.review.at,
            }
            for one in found.rejected
        ],
        "agreement": [
            {
                "users": [one.one, one.other],
                "n": one.n,
                "same": one.same,
                "observed": one.observed,
                "kappa": one.kappa,
                "pairs": [list(pair) for pair in one.pairs],
            }
            for one in agreed
        ],
    }


def _counts_json(row: Counts) -> dict[str, Any]:
    interval = row.share.interval
    return {
        "rule": row.rule,
        "total": row.total,
        "accepted": row.accepted,
        "rejected": row.rejected,
        "unsure": row.unsure,
        "split": row.split,
        "undecided": row.undecided,
        "gone": row.gone,
        "corrected": row.corrected,
        "share": row.share.value,
        "interval": list(interval) if interval else None,
        "reasons": [{"decision": d, "reason": r, "words": in_words(d, r), "n": n} for d, r, n in row.reasons],
    }


def share_words(share: Share) -> str:
    """A share with its interval: `8 / 10 = 80 % (49 % – 94 %)`; `–` where nothing was decided."""
    value, interval = share.value, share.interval
    if value is None or interval is None:
        return "–"
    low, high = interval
    return f"{share.part} / {share.whole} = {value:.0%} ({low:.0%} – {high:.0%})"


def lines(found: Trust, agreed: Sequence[Agreement]) -> Iterator[str]:
    """Tell it to a person."""
    titles = {rule.code: rule.title for rule in all_rules()}
    if not any(row.total > row.undecided for row in found.findings) and not found.doubts:
        yield "还没有任何判断"
        return
    yield HEAD
    for row in found.findings:
        yield (
            f"{row.rule}  {row.accepted:>4}  {row.rejected:>6}  {row.unsure:>6}  {row.split:>8}  {row.undecided:>6}  "
            f"{row.gone:>14}  {row.corrected:>10}  {share_words(row.share)}  {titles.get(row.rule, '')}"
        )
    if found.doubts:
        yield ""
        yield "存疑和依法成立的项目 (成立 = 应当作为疑点)"
        for row in found.doubts:
            yield (
                f"{row.rule}  成立 {row.accepted}  不成立 {row.rejected}  拿不准 {row.unsure}  意见不一 {row.split}  "
                f"{titles.get(row.rule, '')}"
            )
    if found.rejected:
        yield ""
        yield "不成立的疑点"
        for one in found.rejected:
            told = one.review
            why = "; ".join(filter(None, (in_words("reject", told.reason), told.note.replace("\n", " "))))
            yield f"{told.rule}  {one.run} {told.case_id}: {told.about}" + (f"  [{why}]" if why else "")
    for pair in agreed:
        yield ""
        kappa = "无法计算 (双方只用了同一种判断)" if pair.kappa is None else f"{pair.kappa:.2f}"
        same = f"一致 {pair.same} 项 ({pair.observed:.0%})"
        yield f"{pair.one} 与 {pair.other}: 都判断过 {pair.n} 项, {same}, Cohen's kappa {kappa}"
        for first, second, count in pair.pairs:
            yield f"  {DECIDED[first]} / {DECIDED[second]}: {count}"
