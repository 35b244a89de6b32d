"""What was told of a forecast's matter after it was made: for the person who says how it turned out.

A fact is of the same matter if it is of the same proposition but for its time, or if the same thing is told of the same
linked names: "will be signed before March 2026" and "was not signed by March 2026" name different days, and one of them
nobody who signs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from claimtrack.contradiction import propositions
from claimtrack.contradiction.terms import says_little, tells_time
from claimtrack.schema import Claim, Forecast

__all__ = ["TOLD", "with_facts"]

TOLD = 3  # facts shown with a forecast, the latest first


@dataclass(frozen=True)
class _Deed:
    """What happens to which linked names, and the nouns besides, words of time aside."""

    what: str
    names: frozenset[str]
    nouns: frozenset[str]

    def is_of(self, other: _Deed) -> bool:
        """Tell whether two deeds of the same names may be one: one of them says no other thing than the other does.

        What "make" and the like are said of must be the same.
        """
        if says_little(self.what):
            return self.nouns == other.nouns
        return self.nouns <= other.nouns or other.nouns <= self.nouns


def with_facts(forecasts: Sequence[Forecast], claims: Iterable[Claim]) -> list[Forecast]:
    """Put to each forecast that nobody resolved the facts that were told of its matter after it was made."""
    facts: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in filter(_is_certain, claims):
        for key in _addresses(claim):
            facts[key].append(claim)
    return [
        f if f.status == "resolved" else f.model_copy(update={"told": _told(f.claim, facts)}) for f in forecasts
    ]


def _told(forecast: Claim, facts: dict[Hashable, list[Claim]]) -> tuple[Claim, ...]:
    made = forecast.published or "9999"
    deed, matters = _deed(forecast), set(_matters(forecast))
    near = {claim.id: claim for key in _addresses(forecast) for claim in facts.get(key, ())}
    found = (
        claim for claim in near.values()
        if _published(claim) > made and (matters.intersection(_matters(claim)) or deed.is_of(_deed(claim)))
    )  # fmt: skip
    return tuple(sorted(found, key=_published, reverse=True)[:TOLD])


def _addresses(claim: Claim) -> Iterator[Hashable]:
    """Where claims of one matter meet."""
    yield from _matters(claim)
    deed = _deed(claim)
    if deed.names:
        yield deed.what, deed.names


def _matters(claim: Claim) -> Iterator[propositions.Key]:
    """The propositions of a claim, whether they are to come or came, and whenever."""
    return (replace(key, when="") for key in propositions.keys(claim))


def _deed(claim: Claim) -> _Deed:
    frame = claim.frame
    circumstances = (each.partition(" ")[2] for each in frame.circumstances)
    keys = {*frame.agents, *frame.patients, *frame.parties, *frame.things, *circumstances}
    names = frozenset(key for key in keys if ":" in key)
    nouns = frozenset(key for key in keys - names if not tells_time(key))
    return _Deed(frame.event or frame.predicate, names, nouns)


def _is_certain(claim: Claim) -> bool:
    return claim.factuality in {"CT+", "CT-"} and claim.time.relation != "future" and claim.condition is None


def _published(claim: Claim) -> str:
    return claim.published or ""
