"""How far each rule is trusted: what people decided on its findings, counted, and what they rejected, to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline.evaluate.agreement import agreements
from pipeline.evaluate.reviews import share_words, trust_json
from pipeline.evaluate.trust import Judged, trust
from pipeline.store.reviews import Completion, Review, Reviews
from pipeline.web.answers import twin
from pipeline.web.blind import opened, visible
from pipeline.web.people import may_see, run_of, site_of, user_of
from pipeline.web.shelf import Run, case_slug

router = APIRouter()


@router.get("/r/{run}/trust")
@router.get("/r/{run}/trust.json")
def trust_of(request: Request, run: str, every: Annotated[bool, Query(alias="all")] = False) -> Response:
    """Count the decisions in a run, or in all runs of this desk; an evaluator's count holds what he may see."""
    found = run_of(request, run)
    runs = site_of(request).shelf.runs if every else (found,)
    judged, histories = zip(*(_seen(request, one) for one in runs), strict=True)
    counted, agreed = trust(judged), agreements(histories)
    data = {
        "run": {"slug": found.slug, "name": found.name},
        "runs": [{"slug": one.slug, "name": one.name} for one in runs],
        "all": every,
        **trust_json(counted, agreed),
    }
    site = site_of(request)
    return twin(
        request,
        "trust.html.j2",
        data,
        counted=counted,
        agreed=agreed,
        names=site.names,
        several=len(site.shelf.runs) > 1,
        share_words=share_words,
        case_slug=case_slug,
        run_names={one.slug: one.name for one in runs},
    )


def _seen(request: Request, run: Run) -> tuple[Judged, tuple[Sequence[Review], Sequence[Completion]]]:
    """What who asks may see of a run's decisions: as the blind rule has it, case by case."""
    site, user = site_of(request), user_of(request)
    kept, assigned = Reviews(run.workspace.reviews), site.assignments(run).all()
    done = kept.done_of_all()
    rows, _ = site.rows(run)
    cases = {row.case_id for row in rows if may_see(request, run, row.case_id)}

    def shown(case_id: str, reviews: Sequence[Review]) -> tuple[Review, ...]:
        return visible(reviews, user, assigned.get(case_id, frozenset()), done.get(case_id, frozenset()))

    latest = {case_id: shown(case_id, said) for case_id, said in kept.latest_of_all().items() if case_id in cases}
    open_cases = {
        case_id for case_id in cases if opened(user, assigned.get(case_id, frozenset()), done.get(case_id, frozenset()))
    }
    reported = {row.case_id: [(flag.rule, flag.key) for flag in row.flags] for row in rows if row.case_id in cases}
    corrected = [one for one in kept.corrected_away() if one[0] in cases]
    history = [review for review in kept.history() if review.case_id in open_cases]
    completions = [one for one in kept.completions() if one.case_id in open_cases]
    return Judged(run.slug, reported, latest, corrected), (history, completions)
