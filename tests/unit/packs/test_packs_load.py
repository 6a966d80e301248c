"""Packs: what comes with prescreen, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.detectors.registry import all_rules, checked
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


def _write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_a_bureau_writes_its_own_pack(tmp_path: Path) -> None:
    name = _write(
        tmp_path,
        "某市.toml",
        """
        title = "某市"
        extends = "henan"
        disable = ["CAT204"]
        [severities]
        FRM302 = "medium"
        [parameters.CAT203]
        rows = 5
        [[required]]
        documents = ["litigation_risk_notice"]
        kinds = ["civil"]
        [[waived]]
        documents = ["assignment_reply"]
        [[forms]]
        id = "sheet_2019"
        types = ["quality_evaluation_form"]
        print = "2019年版"
        valid_to = 2023-12-31
        rule = "VER901"
        reason = "旧表"
        [customs]
        stubs_count = true
        """,
    )
    pack, below = checked(load_pack(name)), load_pack("henan")
    assert (pack.name, pack.title) == ("某市", "某市")
    assert pack.rules == below.rules - {"CAT204"}
    assert pack.severities["FRM302"] == "medium"
    assert pack.parameter("CAT203", "rows", 3) == 5
    assert pack.customs.stubs_count and not below.customs.stubs_count
    assert _documents(pack, "civil", "litigation", "application") == {
        *_documents(below, "civil", "litigation", "application"),
        "litigation_risk_notice",
    }
    assert "assignment_reply" in _documents(below, "criminal", "trial", "notice")
    assert "assignment_reply" not in _documents(pack, "criminal", "trial", "notice")
    assert pack.forms[0].valid_to.year == 2023


def _documents(pack: Pack, kind: str, stage: str, entry: str) -> set[str]:
    return {one for required in pack.required_of(kind, stage, entry) for one in required.documents}


def test_a_paper_can_be_waived_for_some_files_only(tmp_path: Path) -> None:
    name = _write(
        tmp_path,
        "a.toml",
        'title = "甲"\nextends = "henan"\n[[waived]]\ndocuments = ["power_of_attorney"]\nkinds = ["criminal"]\n'
        'stages = ["investigation"]\n',
    )
    pack = load_pack(name)
    assert "power_of_attorney" not in _documents(pack, "criminal", "investigation", "application")
    assert "power_of_attorney" in _documents(pack, "criminal", "trial", "application")
    assert "power_of_attorney" in _documents(pack, "civil", "litigation", "application")
    assert "power_of_attorney" not in _documents(pack, "criminal", "trial", "notice")  # never was
    assert "aid_decision" in _documents(pack, "criminal", "investigation", "application")


def test_a_pack_file_extends_one_beside_it(tmp_path: Path) -> None:
    _write(
        tmp_path, "省.toml", 'title = "省"\nextends = "national"\nenable = ["DOC102"]\nforms_on = ["words_of_2013"]\n'
    )
    pack = load_pack(_write(tmp_path, "市.toml", 'title = "市"\nextends = "省.toml"\nrules = ["DOC102"]\n'))
    assert pack.rules == {"DOC102"}
    assert pack.forms_on == {"words_of_2013"}
    assert pack.required == load_pack("national").required


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "甲"\nextend = "henan"\n', "是不是 extends"),
        ('title = "甲"\n[[required]]\ndocument = ["cover"]\n', "是不是 documents"),
        ('title = "甲"\n[[required]]\ndocuments = ["cover"]\nwhen = "hearing"\n', "是不是 heard"),
        ('title = "甲"\n[[required]]\ndocuments = ["cover"]\nkinds = ["criminel"]\n', "是不是 criminal"),
        ('title = "甲"\nextends = "henna"\n', "是不是 henan"),
        ('title = "甲"\nextends = "henan"\ndisable = ["CAT240"]\n', "是不是 CAT2"),
        ('title = "甲"\nextends = "henan"\n[[waived]]\ndocuments = ["aid_leter"]\n', "是不是 aid_letter"),
        ('title = "甲"\nenable = ["DOC199"]\n', "没有规则 DOC199"),
        ('title = "甲"\n[severities]\nDOC01 = "low"\n', "是不是 DOC"),
        ('title = "甲"\n[severities]\nDOC101 = "hihg"\n', "是不是 high"),
        ('title = "甲"\n[[required]]\ndocuments = ["covers"]\n', "是不是 cover"),
        ('title = "甲"\nforms_on = ["words_of_2014"]\n', "是不是 words_of_2013"),
        ('title = "甲"\n[customs]\nstub_counts = true\n', "stubs_count"),
        ('title = "甲"\n[[forms]]\nid = "a"\ntypes = ["*"]\nprint = "("\nvalid_to = 2023-01-01\nrule = "VER901"\n'
         'reason = "乙"\n', "正则"),
        ("title = 甲\n", "TOML"),
        ("extends = 'henan'\n", "title"),
        ('title = "甲"\nextends = "a.toml"\n', "互相沿用"),
    ],
)  # fmt: skip
def test_a_wrong_pack_says_what_was_meant(text: str, said: str, tmp_path: Path) -> None:
    name = _write(tmp_path, "a.toml", text)
    with pytest.raises(UsageError) as caught:
        checked(load_pack(name))
    assert said in caught.value.message + caught.value.advice
    assert caught.value.advice


def test_a_pack_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="读不了"):
        load_pack(str(tmp_path / "没有.toml"))


def test_the_packs_require_what_the_register_of_required_papers_does() -> None:
    """Every type that a criminal trial file by application and one by notice must hold, beyond the rules' own."""
    pack = load_pack("henan")
    ours = {"cover", "aid_letter", "closing_report", "indictment", "hearing_summons", "hearing_record", "judgment"}
    applied = {"aid_application", "identity_proof", "approval_form", "aid_decision", "aid_agreement"}
    by_application = _documents(pack, "criminal", "trial", "application")
    assert by_application == {*ours, *applied, "power_of_attorney", "hardship_statement"}
    assert _documents(pack, "criminal", "trial", "notice") == {*ours, "defence_request", "assignment_reply"}
