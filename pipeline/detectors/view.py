"""The case as rules see it: the facts of a `CaseFile` with the questions that many rules ask of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.casefile import Box, CaseFile, DateFact, Document, Evidence, People, Profile
from pipeline.detectors.peers import Peers
from pipeline.documents.cues import cue_points, folded_page
from pipeline.packs.load import Pack

WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)


def listed(pages: Iterable[int]) -> str:
    """Page numbers for a message."""
    return "、".join(map(str, pages))


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case and the pack it is judged by; `peers`: the other files of its batch, None where there are none."""

    case: CaseFile
    pack: Pack
    peers: Peers | None = None
    _texts: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _cues: dict[int, Mapping[str, float]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def profile(self) -> Profile:
        return self.case.profile

    @property
    def people(self) -> People:
        return self.case.people

    @property
    def criminal(self) -> bool:
        return self.profile.case_kind == "criminal"

    @property
    def by_notice(self) -> bool:
        """Opened by an organ's request (通知辩护/通知代理), not by an application."""
        return self.profile.entry == "notice"

    def demands(self, kind: str) -> bool:
        """Whether the pack requires a type of document in files of this kind, stage and entry."""
        profile = self.profile
        entries = self.pack.required_of(profile.case_kind, profile.stage, profile.entry)
        return any(kind in entry.documents for entry in entries)

    def of_type(self, *types: str) -> tuple[Document, ...]:
        return self.case.of_type(*types)

    def text_of(self, document: Document) -> str:
        """A document's text, folded (documents/cues.py) for matching."""
        return "".join(self.page_text(number) for number in document.pages)

    def page_text(self, number: int) -> str:
        """A page's text, folded; every rule asks for it, so it is kept."""
        if number not in self._texts:
            self._texts[number] = folded_page(self.case.page(number).content.text)
        return self._texts[number]

    def cues(self, number: int) -> Mapping[str, float]:
        """What a page's words say about its type (documents/cues.py)."""
        if number not in self._cues:
            self._cues[number] = cue_points(self.page_text(number))
        return self._cues[number]

    def says(self, pattern: str, *types: str) -> tuple[Document, int, str] | None:
        """The first document of these types whose folded text holds the pattern, with the page and what matched."""
        compiled = re.compile(pattern)
        for document in self.of_type(*types):
            for number in document.pages:
                match = compiled.search(self.page_text(number))
                if match:
                    return document, number, match[0]
        return None

    def dates(self, *roles: str) -> tuple[DateFact, ...]:
        return self.case.dates_of(*roles)

    def undated(self, types: tuple[str, ...], roles: tuple[str, ...]) -> tuple[Document, ...]:
        """Documents of these types of which no date in these roles was read at all."""
        dated = {date.document for date in self.dates(*roles)}
        return tuple(document for document in self.of_type(*types) if document.id not in dated)

    def whole(self, document: Document, quote: str = "") -> Evidence:
        """A document's first page as evidence."""
        return Evidence(document.first, document.title_box or WHOLE_PAGE, quote or document.title)
