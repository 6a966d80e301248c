"""The signs of a page as numbers that the sequence model weighs: what speaks for each type, what for going on.

`type_features` has one row for every type: how well title, words, classifier and catalogue fit it. `join_features`
says how well the page goes on from the one before, whatever its type. All numbers are of the order of one, so that
their weights (models/page_type/sequence.json, learned) can be compared.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from pipeline.documents.placement import Placement
from pipeline.documents.signs import Signs
from pipeline.documents.titles import speaks_for_itself
from pipeline.documents.types import BLANK, EVIDENCE, OTHER, doc_types

Array = NDArray[np.float64]
FLOOR = 0.002
"""What the classifier may be wrong by: no probability counts as less."""
PLAIN = 3.0
"""What leaves little doubt (page 2 of 3 behind page 1 of 3, clause 7 behind clause 6) counts for more than one: the
invented files hold it seldom, and weights are kept small."""
FORM = "blank_form"
EXACT = 0.97
"""Likeness from which on a heading is the title and not only like it."""
BARE = frozenset({EVIDENCE, "identity_proof", "practising_certificate"})
"""Types whose papers as often as not have no title: cards, bills, screenshots, photographs."""
LONG = frozenset(
    {
        "client_interview", "client_talk", "file_reading_record", "interrogation_record", "investigation_record",
        "hearing_record", "lawyer_hearing_notes", "group_discussion", "defence_statement", "representation_statement",
        "legal_opinion", "answer", "civil_complaint", "arbitration_application", "appeal", "indictment",
        "prosecution_opinion", "non_prosecution_decision", "judgment", "ruling", "arbitral_award",
        "administrative_decision", "mediation_statement", "expert_opinion", "aid_agreement", "closing_report",
        "file_catalogue", "evidence_catalogue", "work_log", "cross_examination_opinion",
    }
)  # fmt: skip
"""Types whose papers often take more than one page."""
TEXT_NAMES = (
    "cues_for", "cues_against", "class", "class_log", "class_unsupported", "class_overruled", "evidence_short",
    "row_within", "row_other_within", "other_unborne", "evidence_unborne",
)  # fmt: skip
"""What the page says of its type, whether it begins a paper or goes on with one."""
TYPE_NAMES = (
    "title", "title_best", "title_exact", "title_short", "opening", "row_begins", "row_other_begins", "bare_alone",
    "bare_headed", "other_alone", "other_headed", "named_alone", "named_headed", "evidence", "other", "identity_alone",
    "long", "form",
)  # fmt: skip
"""What speaks for a type in another way where a paper begins than where it goes on."""
JOIN_NAMES = (
    "always", "number_next", "number_later", "number_first", "number_none", "number_of_same", "before_last",
    "before_not_last", "mid_sentence", "broken_off", "both_broken", "closed", "closed_above", "room_left",
    "clause_next", "clause_again", "clause_later", "dialogue", "dialogue_ends", "header_again",
    "letters_differ", "margins_differ", "scans_differ", "titled",
    "titled_best", "headed", "plain", "opening", "after_blank", "row_same", "row_begins", "row_changes", "row_none",
    "classes_alike", "titled_later", "sparse", "before_sparse", "same_title", "list_runs_on",
)  # fmt: skip


@cache
def kinds() -> tuple[str, ...]:
    """All types that a written page may have, in the order of the rows of `type_features`."""
    return tuple(sorted(set(doc_types()) - {BLANK}))


@cache
def _places() -> dict[str, int]:
    return {kind: index for index, kind in enumerate(kinds())}


@cache
def _columns() -> dict[str, int]:
    return {name: index for index, name in enumerate((*TEXT_NAMES, *TYPE_NAMES))}


def type_features(sign: Signs, place: Placement | None) -> Array:
    """One row for each of `kinds()`, one column for each of TEXT_NAMES and then TYPE_NAMES."""
    at, column = _places(), _columns()
    made = np.zeros((len(at), len(column)))
    titled, exact = np.zeros(len(at)), np.zeros(len(at))
    for title in sign.titles:
        weight = 0.35 + 0.65 * title.prominence
        for kind, likeness in title.matches:
            if kind in at:
                titled[at[kind]] = max(titled[at[kind]], likeness**1.5 * weight)
                told = likeness >= EXACT and speaks_for_itself(title.text)
                exact[at[kind]] = max(exact[at[kind]], weight if told else 0.0)
    best = titled.max()
    if sign.classes:  # a form that nobody filled in bears the title of the paper that it was to become, and words
        titled[at[FORM]], exact[at[FORM]] = best, exact.max()
    made[at[FORM], column["form"]] = 1.0
    made[:, column["title"]] = titled
    made[:, column["title_best"]] = (titled == best) & (best > 0.3)
    made[:, column["title_exact"]] = exact
    made[:, column["title_short"]] = best - titled
    for kind, points in sign.cues.items():
        if kind in at:
            made[at[kind], column["cues_for" if points > 0 else "cues_against"]] = abs(points) / 4
    for kind, points in sign.openings.items():
        if kind in at:
            made[at[kind], column["opening"]] = points / 3
    _class_columns(sign, made, titled, exact)
    if place:
        _row_columns(place, made)
    _alone_columns(sign, made, titled)
    # Where no heading, no word and no row of the catalogue speaks for any type, the paper may well be of none.
    borne = max(best, made[:, column["cues_for"]].max(), made[:, column["row_begins"]].max())
    unborne = max(0.0, 1 - max(borne, made[:, column["row_within"]].max()))
    made[at[OTHER], column["other_unborne"]] = made[at[EVIDENCE], column["evidence_unborne"]] = unborne
    return made


def _class_columns(sign: Signs, made: Array, titled: Array, exact: Array) -> None:
    column, chances = _columns(), np.zeros(len(made))
    for kind, chance in sign.classes.items():
        if kind in _places():
            chances[_places()[kind]] = chance
    if not sign.classes:
        return
    made[:, column["class"]] = chances
    made[:, column["class_log"]] = np.log((chances + FLOOR) / (1 / len(made) + FLOOR)) / 4
    supported = (titled > 0) | (made[:, column["cues_for"]] > 0)
    made[:, column["class_unsupported"]] = np.where(supported, 0.0, chances)
    made[:, column["class_overruled"]] = np.where(exact == exact.max(), 0.0, chances * exact.max())


def _row_columns(place: Placement, made: Array) -> None:
    column, likeness = _columns(), np.zeros(len(made))
    for kind, value in place.types:
        if kind in _places():
            likeness[_places()[kind]] = value
    side = "begins" if place.begins else "within"
    made[:, column[f"row_{side}"]] = likeness
    if place.types:
        made[:, column[f"row_other_{side}"]] = likeness == 0


def _alone_columns(sign: Signs, made: Array, titled: Array) -> None:
    """Papers of most types have a title that somebody knows; a page without one is more likely of the others."""
    at, column = _places(), _columns()
    state = "headed" if sign.heading is not None else "alone"
    for kind, index in at.items():
        made[index, column["evidence"]] = kind == EVIDENCE
        made[index, column["other"]] = kind == OTHER
        made[index, column["long"]] = kind in LONG
        if titled[index] > 0 or sign.openings.get(kind):
            continue
        group = "bare" if kind in BARE else "other" if kind == OTHER else "named"
        made[index, column[f"{group}_{state}"]] = 1.0
    letters = sum(len(row.text) for row in sign.rows)
    made[at[EVIDENCE], column["evidence_short"]] = max(0.0, 1 - letters / 120)
    if titled[at["identity_proof"]] == 0:
        made[at["identity_proof"], column["identity_alone"]] = 1.0


def join_features(sign: Signs, before: Signs, place: Placement | None, earlier: Placement | None) -> Array:
    """How the page joins the written page before it: one number for each of JOIN_NAMES."""
    values = {"always": 1.0}
    values.update(_numbering(sign, before))
    values.update(_text_flow(sign, before))
    values.update(_looks(sign, before))
    best = max((title.best**1.5 * (0.35 + 0.65 * title.prominence) for title in sign.titles), default=0.0)
    later = (sign.number_within or 0) >= 2
    values["titled"] = 0.0 if later else best
    values["titled_best"] = float(best > 0.55 and not later)
    values["titled_later"] = best if later else 0.0
    values["headed"] = float(not sign.titles and sign.heading is not None)
    values["plain"] = float(not sign.titles and sign.heading is None)
    values["opening"] = max((points for points in sign.openings.values()), default=0.0) / 3
    if place and earlier:
        same = bool(set(place.rows) & set(earlier.rows))
        values["row_same"] = float(same and not place.begins)
        values["row_changes"] = float(not same)
    values["row_begins"] = float(place is not None and place.begins)
    values["row_none"] = float(place is None)
    return np.array([values.get(name, 0.0) for name in JOIN_NAMES])


def _numbering(sign: Signs, before: Signs) -> dict[str, float]:
    number, previous, total = sign.number_within, before.number_within, before.total_within
    follows = number is not None and previous is not None and number == previous + 1
    return {
        "number_next": float(follows),
        "number_later": float(number is not None and number >= 2 and not follows),
        "number_first": float(number == 1),
        "number_none": float(number is None and previous is not None),
        "number_of_same": PLAIN * float(follows and total is not None and sign.total_within == total),
        "before_last": float(total is not None and previous is not None and previous >= total),
        "before_not_last": float(total is not None and previous is not None and previous < total),
    }


def _text_flow(sign: Signs, before: Signs) -> dict[str, float]:
    last = {style: number for style, _, number in before.clauses}
    nexts = [first == last[style] + 1 for style, first, _ in sign.clauses if style in last]
    again = [first == 1 for style, first, _ in sign.clauses if style in last and last[style] >= 1]
    room = min(1.0, max(0.0, 0.9 - before.bottom) / 0.5)
    return {
        "mid_sentence": float(sign.opens_mid_sentence),
        "broken_off": float(before.breaks_off),
        "both_broken": float(sign.opens_mid_sentence and before.breaks_off),
        "closed": float(before.closes),
        "closed_above": float(before.closes) * room,
        "room_left": room,
        "clause_next": PLAIN * float(any(nexts)),
        "clause_again": float(any(again) and not any(nexts)),
        "clause_later": PLAIN * float(bool(sign.clauses) and min(first for _, first, _ in sign.clauses) >= 2),
        "list_runs_on": float(sign.runs_on),
        "dialogue": float(sign.dialogue and before.dialogue),
        "dialogue_ends": float(before.dialogue and not sign.dialogue),
        "classes_alike": sum(math.sqrt(p * before.classes.get(kind, 0.0)) for kind, p in sign.classes.items()),
    }


def _looks(sign: Signs, before: Signs) -> dict[str, float]:
    width, height = sign.page.content.width, sign.page.content.height
    earlier = before.page.content
    letters = abs(math.log(sign.letter / before.letter)) if sign.letter and before.letter else 0.0
    shape = (
        abs(math.log(width * earlier.height / (height * earlier.width)))
        if min(width, height, earlier.width, earlier.height) > 0
        else 0.0
    )
    own, theirs = (sum(len(row.text) for row in one.rows) for one in (sign, before))
    header = len(sign.head) >= 3 and fuzz.ratio(sign.head, before.head) > 85
    titles = {_titled(one) for one in (sign, before)}
    return {
        "header_again": float(header and not sign.titles),
        "same_title": float(len(titles) == 1 and titles != {""}),
        "letters_differ": min(1.0, letters * 3),
        "margins_differ": min(1.0, abs(sign.margin - before.margin) * 10),
        "scans_differ": min(1.0, shape * 10),
        "sparse": max(0.0, 1 - own / 150) if sign.classes else 0.0,
        "before_sparse": max(0.0, 1 - theirs / 150),
        "after_blank": float(sign.page.number - before.page.number > 1),
    }


def _titled(sign: Signs) -> str:
    """The most convincing title of the page, or "" where it has none worth the name."""
    return sign.titles[0].matches[0][0] if sign.titles and sign.titles[0].best > 0.8 else ""
