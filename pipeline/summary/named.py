"""Who and what a case names → the output's `people`, `persons[]` and `numbers[]` (docs/output.md)."""

from __future__ import annotations

from typing import Any

from pipeline.casefile import Box, Number, People, Person


def people_json(people: People) -> dict[str, Any]:
    """The contract's `people`, and the bodies and people beside those it asks for."""
    return {
        "recipient": people.recipient or None,
        "lawyer": people.lawyer or None,
        "lawyers": list(people.lawyers),
        "law_firm": people.law_firm or None,
        "agency": people.agency or None,
        "charge_or_cause": people.charge_or_cause or None,
        "case_numbers": list(people.case_numbers),
        "courts": list(people.courts),
        "procuratorates": list(people.procuratorates),
        "police": list(people.police),
        "commissions": list(people.commissions),
        "guardians": list(people.guardians),
        "co_defendants": list(people.co_defendants),
    }


def person_json(person: Person) -> dict[str, Any]:
    """Somebody the file names, with every place."""
    return {
        "name": person.name,
        "part": person.part,
        "variants": list(person.variants),
        "id_number": person.id_number or None,
        "phone": person.phone or None,
        "places": [{"page": one.page, "bbox": _bbox(one.box), "text": one.quote} for one in person.places],
    }


def number_json(number: Number) -> dict[str, Any]:
    """A number that identifies, with its place."""
    return {
        "kind": number.kind,
        "text": number.text,
        "document": number.document,
        "page": number.page,
        "bbox": _bbox(number.box),
        "valid": number.valid,
    }


def _bbox(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]
