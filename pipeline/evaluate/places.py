"""What a run saw and where, against truth files with boxes (`sample_scans`): rows, slots, thumbs, corrections.

Pure: each function takes the truth and the output of one case and yields counts and notes. Boxes are fractions of the
upright page. Truth without boxes or without these keys is not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pipeline.box import Box
from pipeline.evaluate.matching import Entry, edits, fold, person

Json = dict[str, Any]
Counted = Iterator[tuple[Counter[str], str]]
"""Counts to add, and a note ("" where all is well)."""

SAME = 0.5
"""Intersection over union from which two boxes are the same place."""
COVERED = 0.5
"""Shared part of the smaller box from which a slot or correction is the one meant: forms rule blanks variously."""
FREE = frozenset({"defence_statement", "representation_statement", "legal_opinion"})
"""Written freely, on no form: what they lack (FRM303) is no slot of the truth."""
TITLE_ERRORS = 0.2
"""Share of a title's characters that may be misread."""


def count(truth: Json, out: Json, illegible: set[int]) -> Counted:
    """Count one case in."""
    legible = {key: [e for e in truth.get(key) or [] if e.get("page") not in illegible] for key in _KEYS}
    yield from _catalogue(legible["catalogue"], out.get("catalogue", []))
    yield from _slots(truth, legible, out)
    yield from _fingerprints(truth, legible, out)
    yield from _alterations(truth, legible, out)
    written: dict[object, list[Entry]] = {}
    for date in legible["dates"]:
        written.setdefault((date["role"], date.get("value"), date["page"]), []).append(date)
    yield from _boxes("date", written.values(), out.get("dates", []), _same_date)
    types = _types(out)
    signed = [[s] for s in legible["signatures"] if s["state"] == "signed"]
    yield from _boxes("signature", signed, out.get("signatures", []), lambda a, b: _same_signature(a, b, types))
    yield from _boxes("seal", ([s] for s in legible["seals"]), out.get("seals", []), lambda _, __: True)


_KEYS = ("catalogue", "slots", "fingerprints", "alterations", "dates", "signatures", "seals")


def iou(one: Sequence[float], other: Sequence[float]) -> float:
    """Shared area of two boxes over the area of both together."""
    a, b = Box(*one), Box(*other)
    shared = a.overlap(b)
    whole = a.width * a.height + b.width * b.height - shared
    return shared / whole if whole else 0.0


def covers(one: Sequence[float], other: Sequence[float]) -> float:
    """Shared area of two boxes as a part of the smaller."""
    a, b = Box(*one), Box(*other)
    smaller = min(a.width * a.height, b.width * b.height)
    return a.overlap(b) / smaller if smaller else 0.0


def _types(out: Json) -> dict[str, str]:
    return {d.get("id", ""): d["type"] for d in out.get("documents", [])}


def _catalogue(rows: Iterable[Entry], found: Sequence[Entry]) -> Counted:
    left = list(found)
    rows = list(rows)
    for row in rows:
        hit = next((f for f in left if _same_row(row, f)), None)
        if hit is not None:
            left.remove(hit)
            yield Counter(row_tp=1), ""
        else:
            span = f"{row['first']}-{row['last']}"
            yield Counter(row_fn=1), f"page {row['page']} catalogue row {row['number']} {row['title']} {span} not read"
    if rows:
        for extra in left:
            span = f"{extra.get('first')}-{extra.get('last')}"
            yield Counter(row_fp=1), f"page {extra.get('page')} catalogue row {extra.get('title')} {span} is false"


def _same_row(row: Entry, found: Entry) -> bool:
    title, read = fold(row["title"]), fold(found.get("title"))
    if row["page"] != found.get("page") or edits(title, read) > TITLE_ERRORS * len(title):
        return False
    first, last = found.get("first"), found.get("last")
    if row["first"] is not None and row["last"] is None:  # the catalogue says where papers begin, not where they end
        return bool(row["first"] == first)
    return bool(row["first"] == first and row["last"] == (first if last is None else last))


def _slots(truth: Json, legible: dict[str, list[Entry]], out: Json) -> Counted:
    """Count empty slots. Of a whole blank form the type says enough; where nobody signed is the signatures' matter."""
    if "slots" not in truth:
        return
    wanted = [s for s in legible["slots"] if s["state"] == "empty" and s["type"] != "blank_form"]
    allowed = [s for s in legible["slots"] if s["state"] == "empty" and s["type"] == "blank_form"]
    allowed += [s for s in legible["signatures"] if s["state"] == "blank"]
    types = _types(out)
    found = [
        s for s in out.get("slots", []) if s.get("state") == "empty" and types.get(s.get("document", "")) not in FREE
    ]
    yield from _matched("slot", wanted, found, allowed)


def _alterations(truth: Json, legible: dict[str, list[Entry]], out: Json) -> Counted:
    if "alterations" in truth:
        yield from _matched("alteration", legible["alterations"], out.get("alterations", []), ())


def _matched(name: str, wanted: Sequence[Entry], found: Sequence[Entry], allowed: Sequence[Entry]) -> Counted:
    """Pair places one to one by how far the smaller box is covered; kinds and confirmations are counted apart."""
    left = list(found)
    for entry in wanted:
        near = [f for f in left if f.get("page") == entry["page"] and covers(entry["bbox"], f["bbox"]) >= COVERED]
        if near:
            hit = max(near, key=lambda f: (f.get("kind") == entry["kind"], iou(entry["bbox"], f["bbox"])))
            left.remove(hit)
            counts = Counter({f"{name}_tp": 1, f"{name}_kind_ok": hit.get("kind") == entry["kind"]})
            told = hit.get("confirmed") == entry.get("confirmed")
            counts[f"{name}_confirmed_ok"] = told
            note = "" if told else f"page {entry['page']} {name} {_told(entry)} confirmed {hit.get('confirmed')}"
            yield counts, note
        else:
            yield Counter({f"{name}_fn": 1}), f"page {entry['page']} {name} {_told(entry)} not found"
    for extra in left:
        if not any(a["page"] == extra.get("page") and covers(a["bbox"], extra["bbox"]) >= COVERED for a in allowed):
            yield Counter({f"{name}_fp": 1}), f"page {extra.get('page')} {name} {_told(extra)} is false"


def _told(entry: Entry) -> str:
    parts = (entry.get("type"), entry.get("kind"), entry.get("label"), entry.get("text"))
    return " ".join(str(part) for part in parts if part)


def _fingerprints(truth: Json, legible: dict[str, list[Entry]], out: Json) -> Counted:
    """Count thumbs and seals that got their own kind, and thumbs seen where there are none."""
    if "fingerprints" not in truth:
        return
    pressed = {"fingerprint": legible["fingerprints"], "seal": legible["seals"]}
    seen = {"fingerprint": out.get("fingerprints", []), "seal": out.get("seals", [])}
    for kind, entries in pressed.items():
        other = "seal" if kind == "fingerprint" else "fingerprint"
        for entry in entries:
            own, wrong = (max(_nearness(entry, seen[k]), default=0.0) for k in (kind, other))
            told = own >= SAME and own >= wrong
            what = "taken for a " + other if wrong >= SAME and wrong > own else "not found"
            counts = Counter({"told_n": 1, "told_ok": told, f"{kind}_n": 1, f"{kind}_ok": told})
            yield counts, "" if told else f"page {entry['page']} {kind} {entry.get('text', '')} {what}"
    for extra in seen["fingerprint"]:
        if not any(near >= SAME for near in _nearness(extra, legible["fingerprints"])):
            yield Counter(fingerprint_fp=1), f"page {extra.get('page')} fingerprint is false"


def _nearness(entry: Entry, others: Iterable[Entry]) -> Iterator[float]:
    for other in others:
        if other.get("page") == entry.get("page") and other.get("bbox") and entry.get("bbox"):
            yield iou(entry["bbox"], other["bbox"])


def _boxes(
    name: str, wanted: Iterable[Sequence[Entry]], found: Sequence[Entry], same: Callable[[Entry, Entry], bool]
) -> Counted:
    """Count the things of a kind whose place was found, of all there are and of those that were found at all.

    Each thing has one place or several on its page (a date beside two names); any of them will do.
    """
    for entry, *more in wanted:
        if not entry.get("bbox"):
            continue
        own = [f for f in found if f.get("page") == entry["page"] and f.get("bbox") and same(entry, f)]
        near = max((near for place in (entry, *more) for near in _nearness(place, own)), default=0.0)
        right = near >= SAME
        about = entry.get("role") or entry.get("text") or ""
        note = f"page {entry['page']} {name} {about} box off ({near:.2f})" if own and not right else ""
        yield Counter({f"{name}_box_n": 1, f"{name}_box_found": bool(own), f"{name}_box_ok": right}), note


def _same_date(one: Entry, other: Entry) -> bool:
    return bool(one["role"] == other.get("role") and one["value"] == other.get("value"))


def _same_signature(one: Entry, other: Entry, types: dict[str, str]) -> bool:
    if other.get("state") != "signed" or types.get(other.get("document", "")) != one["type"]:
        return False
    return person(one["role"]) == person(other.get("role"))
