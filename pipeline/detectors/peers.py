"""What rules know of the other files of a batch: abstracts to compare, and the resemblances that were found.

An abstract is all that comparing needs of a case: the own words of its interviews, reading records and statements with
their places, and who takes part, to tell co-defendants from strangers. It stays in the run folder.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.casefile import Box, Document
from pipeline.outcomes import MatchedPassage

GROUPS: dict[str, str] = {
    "client_interview": "talk",
    "client_talk": "talk",
    "file_reading_record": "reading",
    "defence_statement": "statement",
    "representation_statement": "statement",
    "legal_opinion": "statement",
}
"""Types that are compared across files, with what they are compared among."""


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """A line of a compared text: its page in the case, its box, its words."""

    page: int
    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class ComparedText:
    """The own words of one paper. `lost`: its pages that could not be read."""

    document: str
    type: str
    title: str
    first: int
    last: int
    lines: tuple[PlacedWords, ...]
    lost: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Abstract:
    """What comparing needs of a case.

    `client`: spellings of the client's name; `others`: defendants and parties on the client's side beside the client;
    `opponents`: the other side; `numbers`: numbers under which courts, procuratorates and commissions know the case;
    `charge`: what indictment or judgment, complaint or award tell of the facts; `documents`: all of the case.
    """

    case_id: str
    regime: str
    client: tuple[str, ...]
    others: tuple[str, ...]
    opponents: tuple[str, ...]
    lawyer: str
    numbers: tuple[str, ...]
    charge: str
    documents: tuple[Document, ...]
    texts: tuple[ComparedText, ...]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A paper of this case and one of another case that share passages.

    `share`: the part of this one's own words, beyond what is printed, that stands in the other; `other_share` the same
    the other way round; `length`: characters in common. `related`: why the two cases lawfully tell the same, "" where
    nothing says so. `passages`: `copy` lies in this case, `origin` in the other.
    """

    document: str
    other_case: str
    other_title: str
    other_pages: tuple[int, int]
    share: float
    other_share: float
    length: int
    related: str
    passages: tuple[MatchedPassage, ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """The other files of the batch: whether they have all been compared, and what was found; `unread`: lost pages."""

    compared: bool
    resemblances: tuple[Resemblance, ...] = ()
    unread: tuple[int, ...] = ()
