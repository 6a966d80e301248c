"""Which mentions are one person, and what part that person plays in this case.

Spellings are joined when they may be one name misread: characters that look alike, or in the same slot of poorly read
handwriting one that does not. What speaks for two people keeps them apart: they are named side by side
(张建国、张建民), on opposite sides, each as a party described for itself, or with identity numbers of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.extraction.mentions import AID_FORMS, Mention
from pipeline.extraction.papers import Paper
from pipeline.text.names import differences, elect, likely_name, surname, told_apart, unmistakable_name

_CLIENT = frozenset({
    "recipient", "applicant", "accused", "committed", "plaintiff", "defendant", "answerer", "answered", "third",
    "addressed", "victim", "fellow", "apart", "proxy", "guardian",
})  # fmt: skip
_LAWYERS = frozenset({"lawyer", "former", "agent", "duty", "addressed"})
_SIDES: dict[str, frozenset[str]] = {
    "plaintiff": frozenset({"defendant"}),
    "defendant": frozenset({"plaintiff"}),
    "answerer": frozenset({"answered"}),
    "answered": frozenset({"answerer"}),
    "accused": frozenset({"victim", "witness"}),
    "victim": frozenset({"accused"}),
    "recipient": frozenset({"lawyer", "former", "proxy"}),
    "lawyer": frozenset({"recipient", "applicant", "accused"}),
    "official": frozenset({"recipient", "accused"}),
}
_WEAK = 0.4
"""A spelling that carries no more than this share of the other's weight may be a misreading of it."""
_POOR = 0.9
"""Score of a line below which a character may have been read as one that looks different."""
_TOUCH = 0.05
"""Share of handwriting above which a line is not all print."""
_UNLABELLED = 2
"""Signatures of one person that may stand where no label was read."""
_HAND = 0.3
"""Share of handwriting from which on the same holds."""


@dataclass(slots=True)
class Cluster:
    """Mentions taken for one person. `name` is the best reading; `claims` weighs what papers call the person."""

    mentions: list[Mention]
    ids: set[str] = field(default_factory=set)
    occurrences: Mapping[str, int] = field(default_factory=dict)

    @property
    def spellings(self) -> dict[str, float]:
        """Weight of every spelling: of its mentions, and a little for each time it stands anywhere in the file."""
        weights: dict[str, float] = {}
        for mention in self.mentions:
            weights[mention.name] = weights.get(mention.name, 0.0) + mention.weight
        return {name: weight + 0.15 * self.occurrences.get(name, 0) for name, weight in weights.items()}

    @property
    def weight(self) -> float:
        return sum(self.spellings.values())

    @property
    def lead(self) -> str:
        """The spelling that weighs most."""
        spellings = self.spellings
        return max(sorted(spellings), key=lambda name: spellings[name])

    @property
    def name(self) -> str:
        """Elected character by character; a spelling that was read, unless another leads at every place."""
        spellings = self.spellings
        elected = elect(sorted(spellings.items()))
        return elected if elected in spellings or likely_name(elected) else self.lead

    @property
    def claims(self) -> dict[str, float]:
        weights: dict[str, float] = {}
        for mention in self.mentions:
            weights[mention.claim] = weights.get(mention.claim, 0.0) + mention.weight
        return weights


def clusters_of(
    mentions: Sequence[Mention], papers: Sequence[Paper], ids: Mapping[str, frozenset[str]]
) -> list[Cluster]:
    """Join mentions into people, the weightiest first. `ids`: valid identity numbers that stand beside a spelling."""
    text = "\n".join(paper.text for paper in papers if paper.document.type != "blank_page")
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    counts = _counts(tuple(by_name), text)
    nodes = [Cluster(found, set(ids.get(name, ())), {name: counts[name]}) for name, found in by_name.items()]
    nodes.sort(key=lambda node: (-node.weight, node.lead))
    people: list[Cluster] = []
    for node in nodes:
        home = next((one for one in people if _same(one, node, text)), None)
        if home is None:
            people.append(node)
        else:
            home.mentions.extend(node.mentions)
            home.ids |= node.ids
            home.occurrences = {**home.occurrences, **node.occurrences}
    return people


def _counts(names: Sequence[str], text: str) -> dict[str, int]:
    """How often each name stands anywhere, not counting where it is part of a longer one."""
    counts = {name: text.count(name) for name in names}
    own = dict(counts)
    for name in names:
        for longer in names:
            if len(longer) > len(name) and name in longer:
                own[name] -= counts[longer]
    return {name: max(0, count) for name, count in own.items()}


def _same(one: Cluster, other: Cluster, text: str) -> bool:
    """Whether the lesser cluster `other` (one spelling) is a misreading of somebody in `one`."""
    name = other.lead
    if not _akin(one, other):
        return False
    weights = one.spellings
    spellings = sorted(weights, key=lambda each: (-weights[each], each))
    if any(_apart(each, name, one, other, text) for each in spellings[:3]):
        return False
    if one.ids & other.ids and surname(one.lead) == surname(name):
        return True
    return any(_misread(each, name, one, other) for each in spellings)


def _akin(one: Cluster, other: Cluster) -> bool:
    """Whether papers call the two what one person may be called: both parties, or both lawyers."""
    mine, theirs = set(one.claims), set(other.claims)
    if mine & theirs:
        return True
    return any(mine & group and theirs & group for group in (_CLIENT, _LAWYERS))


def _misread(name: str, other: str, one: Cluster, node: Cluster) -> bool:
    shared = bool(set(one.claims) & set(node.claims))
    weak = node.weight <= _WEAK * one.weight
    poor = all(mention.span.score < _POOR or mention.span.hand > _HAND for mention in node.mentions)
    if len(name) != len(other):
        return weak and shared and _shortened(name, other) and (poor or len(other) < len(name))
    wrong, strange = differences(name, other)
    if len(name) == 2:
        return wrong == 1 and strange == 0 and shared and weak
    if strange == 0:
        return (wrong == 1 and (weak or shared)) or (wrong == 2 and weak and shared and poor)
    if strange == 1:
        if wrong == 1 and name[0] == other[0] and weak and shared and _only_filled_in(one, node):
            return True
        # The surname, or at least one other character, must have been read right.
        return (
            wrong <= 2 and weak and shared and poor and (wrong == 1 or name[0] == other[0] or name[1:-1] == other[1:-1])
        )
    return False


def _only_filled_in(one: Cluster, node: Cluster) -> bool:
    """Whether the lesser spelling stands in slots only, on papers that name the other as well, or once as a lawyer.

    Two people of so similar names would each be told of in a sentence somewhere.
    """
    papers = {mention.paper for mention in one.mentions}
    written = len(node.mentions) + _UNLABELLED
    if all(mention.claim in _LAWYERS for mention in node.mentions):
        return len(node.mentions) == 1 and len(papers) >= 4
    beside = sum(mention.paper in papers for mention in node.mentions)
    slots = all(mention.slot and not mention.opening and mention.span.hand > _TOUCH for mention in node.mentions)
    return slots and beside >= max(1, len(node.mentions) - 1) and sum(node.occurrences.values()) <= written


def _shortened(name: str, other: str) -> bool:
    """Whether the longer of the two is the other with one character more."""
    longer, shorter = (name, other) if len(name) > len(other) else (other, name)
    if len(longer) - len(shorter) != 1 or len(shorter) < 2:
        return False
    rest = iter(longer)
    return all(char in rest for char in shorter)


_TOGETHER = (",", "和", "与", "及", "跟", "伙同")
"""What stands between two people who are named side by side."""


def _apart(name: str, other: str, one: Cluster, node: Cluster, text: str) -> bool:
    """Whether something says that the two are two people."""
    if told_apart(name, other) or (one.ids and node.ids and not one.ids & node.ids):
        return True
    if name in other or other in name:
        return _opposed(one.mentions, node.mentions)
    pairs = ((name, other), (other, name))
    if any(f"{first}{link}{second}" in text for first, second in pairs for link in _TOGETHER):
        return True
    opened = {mention.paper for mention in one.mentions if mention.opening and mention.name == name}
    if any(mention.opening and mention.paper in opened and mention.span.score > _POOR for mention in node.mentions):
        return True
    return _opposed(one.mentions, node.mentions)


def _opposed(mine: Iterable[Mention], theirs: Sequence[Mention]) -> bool:
    """Whether one paper, read well, puts the two on opposite sides."""
    sides = {(mention.paper, claim) for mention in mine for claim in _SIDES.get(mention.claim, ())}
    return any((mention.paper, mention.claim) in sides and mention.span.score > _POOR for mention in theirs)


def doubtful(one: Cluster) -> bool:
    """Whether this may be no person at all: a word of a form, or scribble that nothing else bears out."""
    ours = ("recipient", "applicant", "lawyer")
    slots = {mention.paper for mention in one.mentions if mention.kind in AID_FORMS and mention.claim in ours}
    described = any(mention.opening for mention in one.mentions) or len(one.name) > 4
    if not unmistakable_name(one.name) and not described and len(slots) < 2:
        return True
    scribbled = all(mention.span.hand > _HAND or mention.span.score < _POOR for mention in one.mentions)
    return scribbled and sum(mention.weight for mention in one.mentions) < 0.7 and len(slots) < 2


def recipient_of(people: Sequence[Cluster], kind: str) -> Cluster | None:
    """The client: whom the aid papers name; where they name nobody, the only one accused or represented."""
    points = {
        id(one): sum(
            mention.weight * _AS_CLIENT.get(mention.claim, 0.0)
            for mention in one.mentions
            if mention.claim != "applicant" or mention.kind in AID_FORMS or mention.kind == "identity_proof"
        )
        for one in people
    }
    best = max(people, key=lambda one: points[id(one)], default=None)
    if best is not None and points[id(best)] > 0.2:
        return best
    claim = "accused" if kind == "criminal" else "plaintiff"
    parties = [one for one in people if one.claims.get(claim, 0.0) > 0.5]
    return parties[0] if len(parties) == 1 else None


_AS_CLIENT = {"recipient": 1.0, "applicant": 0.8, "committed": 0.3}


def part_of(one: Cluster, recipient: Cluster | None, lawyers: Sequence[Cluster], kind: str) -> str:
    """The part somebody plays (casefile.Person); "" for people whom the case does not turn on."""
    claims = one.claims
    if one is recipient:
        return "recipient"
    if any(one is lawyer for lawyer in lawyers):
        return "lawyer"
    if "apart" in claims:
        return "accomplice"
    top = max(sorted(claims), key=lambda claim: claims[claim])
    if claims.get("guardian", 0.0) >= 0.5 * claims[top] and _guards(one, recipient):
        return "guardian"
    if claims.get("duty", 0.0) > 0.3 * sum(claims.values()):
        return "duty_lawyer"
    if top in ("agent", "lawyer", "former"):
        return "other_lawyer"
    if top in ("witness", "official"):
        return top
    if top == "victim":
        return "victim"
    ours = recipient.claims if recipient else {}
    if top in ("accused", "committed", "fellow"):
        if len(one.mentions) == 1 and not one.mentions[0].opening and top != "fellow":
            return ""
        harmed = ours.get("victim", 0.0) + ours.get("plaintiff", 0.0) > ours.get("accused", 0.0)
        return "opponent" if harmed else "co_defendant"
    if top in ("plaintiff", "defendant", "answerer", "answered"):
        return _side(claims, ours, kind)
    return {"third": "third_party", "guardian": "", "proxy": "proxy"}.get(top, "")


def _guards(one: Cluster, recipient: Cluster | None) -> bool:
    """Whether the guardian is the client's: named on the aid papers, or behind the client in a heading."""
    if recipient is None:
        return False
    return any(
        mention.claim == "guardian"
        and (mention.kind in AID_FORMS or mention.kind == "plea_affidavit" or mention.near in recipient.spellings)
        for mention in one.mentions
    )


def _side(claims: Mapping[str, float], ours: Mapping[str, float], kind: str) -> str:
    def leaning(of: Mapping[str, float]) -> float:
        return of.get("plaintiff", 0.0) + of.get("answered", 0.0) - of.get("defendant", 0.0) - of.get("answerer", 0.0)

    if kind == "criminal":
        return "victim" if leaning(claims) > 0 and ours.get("accused") else "opponent"
    theirs, mine = leaning(claims), leaning(ours)
    if not mine:
        return "opponent"
    return "opponent" if theirs * mine < 0 else "co_party"
