"""Every output is what its schema says, and the schema says what docs/output.md tells."""

import jsonschema
import pytest

from pipeline.summary.contract import failed_case_json
from pipeline.summary.schema import case_schema


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(case_schema())


def test_a_failed_case_holds_it():
    from pipeline.problems import problem

    failed = failed_case_json("坏卷", (), (problem("F102", file="a.pdf"),), rules=["DOC101"])
    jsonschema.validate(failed, case_schema())


@pytest.mark.parametrize("key", ["status", "pages", "findings"])
def test_what_lacks_a_key_does_not(key):
    failed = failed_case_json("坏卷", (), (), rules=[])
    del failed[key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(failed, case_schema())
