"""What a pack is: a region's rules, their severities and thresholds, its required documents, its forms, its customs."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Kind = Literal["criminal", "civil", "administrative", "labour_arbitration", "non_litigation"]
Stage = Literal["investigation", "prosecution_review", "trial", "litigation", "arbitration", "non_litigation"]
Entry = Literal["application", "notice"]
When = Literal["always", "claimant", "heard", "adjudged", "mediated", "means_tested", "prosecuted", "first_instance"]
"""What the file must be like for a paper to be required in it; detectors/conditions.py answers each of them."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"不是合格的正则表达式: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Where(_Strict):
    """Files that an entry speaks of: those of these kinds, stages and entries; empty means all."""

    documents: tuple[str, ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] = ()
    stages: tuple[Stage, ...] = ()
    entries: tuple[Entry, ...] = ()

    def meets(self, kind: str, stage: str, entry: str) -> bool:
        """Whether a file of this kind, stage and entry is meant."""
        return all(
            not wanted or given in wanted
            for wanted, given in ((self.kinds, kind), (self.stages, stage), (self.entries, entry))
        )


class Required(Where):
    """Types of documents that such files must hold, each of them; `instead`: types any of which takes their place."""

    when: When = "always"
    instead: tuple[str, ...] = ()


class RegisteredForm(_Strict):
    """A version of a printed form that the region registers as outdated: `print` is what only that version says.

    `print` is matched against the form's folded text (text/normalise.py); the form was right to use up to `valid_to`
    and tolerated up to `grace_to`.
    """

    id: str
    types: tuple[str, ...] = Field(min_length=1)
    print: Pattern
    valid_to: dt.date
    grace_to: dt.date | None = None
    rule: Literal["VER901", "VER902"]
    reason: str
    basis: str = ""


class Customs(_Strict):
    """Regional switches. `stubs_count`: a stub (存根) in the file stands for the form that it was torn off."""

    stubs_count: bool = False


class CustomsWritten(_Strict):
    """Switches as a pack writes them: those it is silent about stay as they are in the extended pack."""

    stubs_count: bool | None = None


class Pack(_Strict):
    """The rules of a region with all that they take from it. `parameters` holds a rule's own numbers, by code.

    `disabled`, `waived`: rules and types of documents that it took away from those it extends, known or not.
    """

    name: str
    title: str
    rules: frozenset[str]
    disabled: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()
    severities: dict[str, Literal["high", "medium", "low"]] = Field(default_factory=dict)
    parameters: dict[str, dict[str, float]] = Field(default_factory=dict)
    required: tuple[Required, ...] = ()
    forms: tuple[RegisteredForm, ...] = ()
    forms_on: frozenset[str] = frozenset()
    forms_off: frozenset[str] = frozenset()
    customs: Customs = Customs()

    def parameter(self, code: str, key: str, default: float) -> float:
        """A rule's number, or its default where the pack is silent."""
        return self.parameters.get(code, {}).get(key, default)

    def required_of(self, kind: str, stage: str, entry: str) -> tuple[Required, ...]:
        """The entries for files of this kind, stage and entry."""
        return tuple(entry_ for entry_ in self.required if entry_.meets(kind, stage, entry))


class PackFile(_Strict):
    """A pack as it is written. Where it `extends` another, it says only what is different.

    `rules`: all rules, in place of the extended pack's; `enable`, `disable`: rules added and taken away; `waived`:
    documents that the extended pack requires and this one does not.
    """

    title: str
    extends: str | None = None
    rules: frozenset[str] | None = None
    enable: frozenset[str] = frozenset()
    disable: frozenset[str] = frozenset()
    severities: dict[str, Literal["high", "medium", "low"]] = Field(default_factory=dict)
    parameters: dict[str, dict[str, float]] = Field(default_factory=dict)
    required: tuple[Required, ...] = ()
    waived: tuple[Where, ...] = ()
    forms: tuple[RegisteredForm, ...] = ()
    forms_on: frozenset[str] = frozenset()
    forms_off: frozenset[str] = frozenset()
    customs: CustomsWritten = CustomsWritten()

    def over(self, name: str, base: Pack | None) -> Pack:
        """The pack `name` that this file makes of the extended one (None where it extends none)."""
        below = base or Pack(name=name, title=self.title, rules=frozenset())
        rules = below.rules if self.rules is None else self.rules
        codes = {*below.parameters, *self.parameters}
        return Pack(
            name=name,
            title=self.title,
            rules=(rules | self.enable) - self.disable,
            disabled=below.disabled | self.disable,
            waived=below.waived | {kind for where in self.waived for kind in where.documents},
            severities={**below.severities, **self.severities},
            parameters={code: {**below.parameters.get(code, {}), **self.parameters.get(code, {})} for code in codes},
            required=(*_without(below.required, self.waived), *self.required),
            forms=(*below.forms, *self.forms),
            forms_on=(below.forms_on | self.forms_on) - self.forms_off,
            forms_off=(below.forms_off | self.forms_off) - self.forms_on,
            customs=Customs.model_validate(
                {**below.customs.model_dump(), **self.customs.model_dump(exclude_none=True)}
            ),
        )


def _without(required: tuple[Required, ...], waived: tuple[Where, ...]) -> tuple[Required, ...]:
    """What is required, less what is waived; an entry that is waived for some files only goes on for the others."""
    kept = list(required)
    for one in waived:
        kept = [part for entry in kept for part in _less(entry, one)]
    return tuple(kept)


def _less(entry: Required, waived: Where) -> list[Required]:
    named = tuple(kind for kind in entry.documents if kind in waived.documents)
    if not named:
        return [entry]
    parts = []
    others = tuple(kind for kind in entry.documents if kind not in waived.documents)
    if others:
        parts.append(entry.model_copy(update={"documents": others}))
    for field, every in _EVERY.items():
        wanted, given = getattr(waived, field), getattr(entry, field) or every
        if not wanted:
            continue
        rest = tuple(value for value in given if value not in wanted)
        if rest:
            parts.append(entry.model_copy(update={"documents": named, field: rest}))
            entry = entry.model_copy(update={field: tuple(value for value in given if value in wanted)})
    return parts


_EVERY: dict[str, tuple[str, ...]] = {
    "kinds": ("criminal", "civil", "administrative", "labour_arbitration", "non_litigation"),
    "stages": ("investigation", "prosecution_review", "trial", "litigation", "arbitration", "non_litigation"),
    "entries": ("application", "notice"),
}
