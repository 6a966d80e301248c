"""People, persons and numbers as the output gives them."""

from __future__ import annotations

from pipeline.casefile import Box, Evidence, Number, People, Person
from pipeline.summary.named import number_json, people_json, person_json


def test_what_is_not_known_is_null_and_lists_never_are() -> None:
    told = people_json(People())
    assert [key for key, value in told.items() if value is None] == [
        "recipient", "lawyer", "law_firm", "agency", "charge_or_cause",
    ]  # fmt: skip
    assert all(value == [] for value in told.values() if value is not None)
    assert person_json(Person("王某", "witness"))["id_number"] is None


def test_a_person_has_every_place_and_every_reading() -> None:
    place = Evidence(3, Box(0.1, 0.2, 0.3, 0.25), "王某")
    told = person_json(Person("王某", "victim", ("玉某",), "110101199003070011", "13800000000", (place,)))
    assert told["variants"] == ["玉某"]
    assert told["places"] == [{"page": 3, "bbox": [0.1, 0.2, 0.3, 0.25], "text": "王某"}]


def test_a_number_says_whether_its_form_holds() -> None:
    told = number_json(Number("id", "110101199003070012", "d2", 4, Box(0, 0, 1, 1), valid=False))
    assert (told["kind"], told["document"], told["page"], told["valid"]) == ("id", "d2", 4, False)
