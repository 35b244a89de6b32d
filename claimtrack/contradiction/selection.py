"""Which pairs are shown, and in what order: each clash once, pairs on one matter together, as two camps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from claimtrack.contradiction.gathering import joined
from claimtrack.contradiction.terms import words_of
from claimtrack.schema import Claim, Contradiction

CLASH_FIELDS = frozenset({"target", "event", "thing", "likelihood"})


def select(pairs: Iterable[Contradiction]) -> list[Contradiction]:
    """Order pairs for reading and keep the surest of those that show one clash again."""
    return list(distinct(sorted(pairs, key=_rank)))


def distinct(pairs: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Give the first of the pairs that show one clash, as they come.

    That is one of the same voices in the same documents, or in the same words: a reprint repeats its article's clashes.
    """
    seen: set[object] = set()
    for pair in pairs:
        clash = _clash_key(pair)
        if clash not in seen:
            seen.add(clash)
            words = pair.kind, frozenset((c.source.name, *words_of(c.text)) for c in (pair.a, pair.b))
            if words not in seen:
                seen.add(words)
                yield pair


def _rank(pair: Contradiction) -> tuple[bool, float, str]:
    return pair.strength != "contradiction", -pair.score, pair.id


def _clash_key(pair: Contradiction) -> object:
    about = tuple(sorted({e.field + e.a + e.b for e in pair.evidence if e.field in CLASH_FIELDS}))
    if pair.kind == "stance":
        return pair.kind, about, frozenset((pair.a.document, pair.b.document))
    sides = frozenset((c.document, c.source.id, c.frame.predicate if not about else "") for c in (pair.a, pair.b))
    return pair.kind, about, sides


def blocks(pairs: Iterable[Contradiction]) -> list[list[Contradiction]]:
    """Gather pairs that clash on one matter and hang together by their claims; all in the order given."""
    return joined(pairs, lambda pair: [(pair.group or pair.id, claim.id) for claim in (pair.a, pair.b)])


class Camps(NamedTuple):
    """Who stands where in a block besides the claims of its first pair: with A, with B, or against both."""

    a: tuple[Claim, ...]
    b: tuple[Claim, ...]
    neither: tuple[Claim, ...]


def camps(block: Sequence[Contradiction]) -> Camps:
    """Tell on which side the other claims of a block stand: who clashes with A is with B, and so on.

    A claim that clashes with A and with B, as a third number does, is with neither.
    """
    first = block[0]
    known = {claim.id: claim for pair in block for claim in (pair.a, pair.b)}
    foes: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in block:
        foes[pair.a.id][pair.b.id] = foes[pair.b.id][pair.a.id] = None
    camp = {first.a.id: "a", first.b.id: "b"}
    waiting = list(camp)
    for at in waiting:  # grows on the way
        for other in sorted(foes[at].keys() - camp.keys()):
            neither = {first.a.id, first.b.id} <= foes[other].keys() or camp[at] == "neither"
            camp[other] = "neither" if neither else {"a": "b", "b": "a"}[camp[at]]
            waiting.append(other)
    others = [claim for id, claim in known.items() if id not in {first.a.id, first.b.id}]
    return Camps(*(tuple(c for c in others if camp[c.id] == name) for name in Camps._fields))
