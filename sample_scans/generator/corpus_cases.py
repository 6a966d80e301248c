"""Pages of the sample cases' own documents for the training corpus, with other people and other printed forms."""

from __future__ import annotations

import importlib
import random
from dataclasses import replace
from functools import cache

from sample_scans.generator.blocks import doc_text
from sample_scans.generator.cases import HELD_BACK, KEYS
from sample_scans.generator.corpus_slots import PLACES, name
from sample_scans.generator.facts import Case, Office

VARIANTS = 12
"""How many sets of people and forms each case is written out with."""


def _elsewhere(office: Office, rng: random.Random) -> Office:
    """The same organs in another county, with another set of forms."""
    place = rng.choice(PLACES)

    def moved(text: str) -> str:
        return text.replace(office.county, place)

    return replace(
        office, centre=moved(office.centre), county=place, house=rng.choice("abc"), short=place[0], village=moved(office.village),
        police=moved(office.police), procuratorate=moved(office.procuratorate), court=moved(office.court), prison=moved(office.prison),
        clerk=name(rng), reviewer=name(rng), head=name(rng),
    )  # fmt: skip


def _other(case: Case, rng: random.Random) -> Case:
    lawyer = replace(case.lawyer, name=name(rng), clerk=name(rng))
    words = {**case.words, "house_talk": rng.choice("abc")}
    return replace(
        case,
        client=replace(case.client, name=name(rng)),
        lawyer=lawyer,
        office=_elsewhere(case.office, rng),
        words=words,
    )


@cache
def by_type() -> dict[str, tuple[str, ...]]:
    """Texts of whole documents by type."""
    found: dict[str, list[str]] = {}
    for key in KEYS:
        if key in HELD_BACK:
            continue
        module = importlib.import_module(f"sample_scans.generator.cases.{key}")
        for variant in range(VARIANTS):
            rng = random.Random(f"{key}/{variant}")
            for doc in module.binder(_other(module.CASE, rng)).docs:
                found.setdefault(doc.type, []).append(doc_text(doc))
    return {kind: tuple(dict.fromkeys(texts)) for kind, texts in found.items()}


def page(kind: str, rng: random.Random) -> tuple[str, bool] | None:
    """A page of a document of this type, or None where the cases have none; long documents are cut into pages."""
    texts = by_type().get(kind)
    if not texts:
        return None
    text = rng.choice(texts)
    room = rng.randint(420, 760)
    if len(text) <= room or rng.random() < 0.55:
        return text[:room], True
    start = rng.randrange(room // 2, len(text) - 40)
    return text[start : start + room], False
