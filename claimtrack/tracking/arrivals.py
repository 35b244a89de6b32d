"""What came into the store since a day: new claims, what they contradict or confirm of the old, who changed sides."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.contradiction import contrasts, propositions
from claimtrack.schema import Claim, Confirmation, Contradiction, Corroboration, Reversal
from claimtrack.store import PairQuery, Query
from claimtrack.tracking import pairing, timeline

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["Arrivals", "arrivals", "confirmations"]


@dataclass(frozen=True)
class Arrivals:
    """What came into a store.

    Attributes:
        claims: those that came, newest document first.
        contradictions: the pairs that they take part in, those with an old claim first, best first.
        confirmations: what they bear out of the old.
        reversals: the changes of side that they are.
    """

    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    confirmations: tuple[Confirmation, ...]
    reversals: tuple[Reversal, ...]


def arrivals(store: Store, since: str, topic: str | None = None) -> Arrivals:
    """Tell what came on or after a day (ISO 8601), and what it means for the old; the pairs must be up to date.

    A claim that was read again keeps the day on which it first came. What a reprint only says again is no news beyond
    its being there.
    """
    claims = tuple(store.claims(Query(topic=topic, added_since=since)))
    alike = _alike(store, claims)
    prints = pairing.prints(store, alike)
    repeated = timeline.repeats(alike, prints)
    new = {claim.id for claim in claims} - repeated.keys()
    old = {claim.id for claim in alike} - {claim.id for claim in claims}
    reversals = [reversal for reversal in timeline.reversals(alike, repeated) if reversal.after.id in new]
    told = [{reversal.before.id, reversal.after.id} for reversal in reversals]
    pairs = pairing.best_pairs(store, PairQuery(topic=topic, added_since=since))
    striking = [pair for pair in pairs if new & _ids(pair) and _ids(pair) not in told]
    return Arrivals(
        claims=claims, reversals=tuple(reversals),
        contradictions=tuple(sorted(striking, key=lambda pair: _ids(pair) <= new)),
        confirmations=tuple(confirmations(contrasts.corroborations(alike, prints), new, old)),
    )


def _ids(pair: Contradiction) -> set[str]:
    return {pair.a.id, pair.b.id}


def _alike(store: Store, claims: Iterable[Claim]) -> list[Claim]:
    """These claims, and all on the propositions that they are on."""
    found = {claim.id: claim for claim in claims}
    for id in sorted({key.id for claim in found.values() for key in propositions.keys(claim)}):
        found |= {member.id: member for member in store.members(id)}
    return list(found.values())


def confirmations(
    found: Iterable[Corroboration], new: Container[str], old: Container[str]
) -> Iterator[Confirmation]:
    """Pick what new claims, by voices that did not say so before, bear out of what others said.

    Args:
        found: who says the same.
        new: the ids of the new claims.
        old: the ids of those that were there before.
    """
    for one in found:
        claims = {claim.id: claim for claim in one.claims}
        joining = [voice for voice in one.voices if not any(id in old for id in voice.claims)]
        fresh = [claims[id] for voice in joining for id in voice.claims if id in new]
        before = [claim for id, claim in claims.items() if id in old]
        if fresh and before and one.independent > 1:
            yield Confirmation(
                id=one.id, proposition=one.proposition, side=one.side, new=tuple(fresh), old=tuple(before)
            )
