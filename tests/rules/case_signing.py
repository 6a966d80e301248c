"""What stands on the papers of a lawyer's YAML beside text and dates: signatures and official seals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from case_facts import Strict
from pydantic import field_validator

from pipeline.casefile import Box, Document, Mark, Seal, Signature, SignatureMark, SignatureState

SEAL_BOX = Box(0.6, 0.75, 0.8, 0.89)
SIGN_BOX = Box(0.3, 0.91, 0.45, 0.94)
_STATES: dict[str, tuple[SignatureState, SignatureMark | None]] = {
    "signed": ("signed", "handwriting"),
    "handwriting": ("signed", "handwriting"),
    "fingerprint": ("signed", "fingerprint"),
    "name_seal": ("signed", "name_seal"),
    "blank": ("blank", None),
    "unclear": ("unclear", None),
}


class WrittenSignature(Strict):
    """A place to sign: who, and what stands in it. `page` counts within the document, `name` is what was read there."""

    role: str
    state: Literal["signed", "handwriting", "fingerprint", "name_seal", "blank", "unclear"] = "signed"
    page: int = 1
    name: str = ""


class Signed(Strict):
    """The signatures and seals of a document.

    `signatures`: role and what stands there, or a list of `WrittenSignature`s. `seals`: what its official seals say;
    `black_seals`: they are those of a copy.
    """

    signatures: tuple[WrittenSignature, ...] = ()
    seals: tuple[str, ...] = ()
    black_seals: bool = False

    @field_validator("signatures", mode="before")
    @classmethod
    def _short_signatures(cls, value: object) -> object:
        return [{"role": role, "state": state} for role, state in value.items()] if isinstance(value, dict) else value

    def placed_signatures(self, document: Document) -> Iterator[Signature]:
        """Its places to sign."""
        for one in self.signatures:
            page = document.first + one.page - 1
            yield Signature(document.id, one.role, *_STATES[one.state], page, SIGN_BOX, one.name)

    def placed_seals(self, document: Document) -> Iterator[Seal]:
        """Its official seals, on its last page."""
        for text in self.seals:
            yield Seal(document.id, document.last, SEAL_BOX, text)

    def seal_marks(self) -> tuple[Mark, ...]:
        """Its seals as marks of the page that bears them."""
        return tuple(Mark("seal", SEAL_BOX, "black" if self.black_seals else "red", text) for text in self.seals)
