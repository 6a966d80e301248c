"""Packs: what comes with prescreen, and what a wrong one says."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pipeline.detectors.registry import all_rules
from pipeline.packs.load import Pack, load_pack, pack_names
from pipeline.problems import UsageError


def test_the_packs_that_come_with_prescreen() -> None:
    assert {"henan", "national"} <= set(pack_names())


@pytest.mark.parametrize("name", pack_names())
def test_a_pack_names_rules_that_there_are(name: str) -> None:
    pack = load_pack(name)
    assert pack.name == name
    assert pack.title
    assert pack.rules
    assert pack.rules <= {rule.code for rule in all_rules()}


def test_an_unknown_pack_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        load_pack("atlantis")
    assert "atlantis" in str(caught.value)
    assert "henan" in str(caught.value) + str(getattr(caught.value, "advice", ""))


def test_a_rules_own_number_or_its_default() -> None:
    pack = Pack(name="x", title="甲", rules=frozenset({"DAT501"}), parameters={"DAT501": {"days": 3}})
    assert pack.parameter("DAT501", "days", 7) == 3
    assert pack.parameter("DAT501", "other", 7) == 7
    assert pack.parameter("DAT502", "days", 7) == 7


def test_a_pack_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError):
        Pack.model_validate({"name": "x", "title": "甲", "rules": [], "ruels": []})
